import type { AttributeName } from '../attributes/types';
import type { LearnedPattern } from './types';

/** Decisions of a tenant by normalised header. */
export interface LearnedIndex {
  readonly patternsOf: (header: string) => readonly LearnedPattern[];
  readonly targetsOf: (header: string) => readonly AttributeName[];
}

/** Groups remembered decisions by header. */
export function indexLearned(patterns: readonly LearnedPattern[]): LearnedIndex {
  const byHeader = new Map<string, LearnedPattern[]>();
  for (const pattern of patterns) {
    const held = byHeader.get(pattern.header);
    if (held === undefined) byHeader.set(pattern.header, [pattern]);
    else held.push(pattern);
  }
  const patternsOf = (header: string): readonly LearnedPattern[] => byHeader.get(header) ?? [];
  return {
    patternsOf,
    targetsOf: (header) =>
      patternsOf(header)
        .map((pattern) => pattern.target)
        .filter((target) => target !== null),
  };
}

const firstApproval = 3;
const furtherApproval = 1.2;
/** A rejection blocks the pair: no header and values together weigh more. */
const rejectionBase = -6;

/**
 * Log odds that the tenant's decisions give a target (null: leave unmapped). Laplace's rule decides the sign;
 * each further decision the same way adds a little.
 */
export function learnedWeight(index: LearnedIndex, header: string, target: AttributeName | null): number {
  let weight = 0;
  for (const { target: decided, approvals, rejections } of index.patternsOf(header)) {
    if (decided !== target) continue;
    const rate = (approvals + 1) / (approvals + rejections + 2);
    const surplus = Math.abs(approvals - rejections);
    if (rate > 0.5) weight += firstApproval + furtherApproval * Math.min(4, surplus - 1);
    if (rate < 0.5) weight += rejectionBase - furtherApproval * Math.min(4, surplus - 1);
  }
  return weight;
}
