import type { MappingReason } from '../types';

/** What the values of a column say for or against a target. */
export interface ValueEvidence {
  /** Log odds. */
  readonly weight: number;
  /** Whether the values show the target by themselves, not only permit it. */
  readonly shows: boolean;
  readonly reasons: readonly MappingReason[];
}

export const noEvidence: ValueEvidence = { weight: 0, shows: false, reasons: [] };

/** One statement; statements that show a target weigh at least 1.2. */
export function stated(code: string, weight: number, text: string): ValueEvidence {
  const rounded = Math.round(weight * 100) / 100;
  if (rounded === 0) return noEvidence;
  return { weight: rounded, shows: rounded >= 1.2, reasons: [{ code, weight: rounded, text }] };
}

/** All statements together. */
export function together(...parts: readonly ValueEvidence[]): ValueEvidence {
  return {
    weight: parts.reduce((sum, part) => sum + part.weight, 0),
    shows: parts.some((part) => part.shows),
    reasons: parts.flatMap((part) => part.reasons),
  };
}

/** A share in words. */
export function percentText(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Weight between `bad` (few cells fit) and `good` (most do). */
export function graded(share: number, good: number, bad: number): number {
  if (share >= 0.6) return good;
  if (share <= 0.1) return bad;
  return bad + ((share - 0.1) / 0.5) * (good - bad);
}
