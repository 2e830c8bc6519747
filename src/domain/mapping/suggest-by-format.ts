import type { AttributeName } from '../attributes/types';
import type { ColumnEvidence } from './evidence/column-evidence';
import type { FormatFeed } from './formats/define';
import type { FormatMatch } from './formats/recognise';
import type { MappingReason } from './types';
import { valueEvidence } from './evidence/value-evidence';

/** What a recognised format says of one column. */
export interface FormatAnswer {
  readonly column: ColumnEvidence;
  readonly target: AttributeName | null;
  readonly feed: FormatFeed | null;
  /** Place among the columns of the target, from 0. */
  readonly order: number;
  readonly confidence: number;
  readonly reasons: readonly MappingReason[];
}

const unsureConfidence = 0.8;
const contradictedConfidence = 0.75;
/** Share of different values from which a column is taken to name each row. */
const uniqueEnough = 0.6;

function targetOf(column: ColumnEvidence, feed: FormatFeed, match: FormatMatch): AttributeName | null {
  if (feed.unless.length > 0 && match.hasHeader(feed.unless)) return null;
  if (feed.onlyUnique && !column.values.isEmpty && column.values.uniqueness < uniqueEnough) return null;
  const systems = feed.whenSystems !== undefined && column.values.share('operating_system') > 0.5;
  return systems ? (feed.whenSystems ?? feed.target) : feed.target;
}

function knownReason(match: FormatMatch, target: AttributeName | null): MappingReason {
  const text =
    target === null
      ? `${match.format.vendor} writes this column; no attribute holds it`
      : `${match.format.vendor} writes this column`;
  return { code: 'format', weight: 6, text };
}

function answerFor(column: ColumnEvidence, match: FormatMatch): FormatAnswer | undefined {
  const known = match.column(column.profile.column);
  if (known === undefined) return undefined;
  const target = known.feed === null ? null : targetOf(column, known.feed, match);
  const reason = knownReason(match, target);
  const certain = match.format.confidence;
  if (target === null || known.feed === null) {
    return { column, target: null, feed: null, order: 0, confidence: certain, reasons: [reason] };
  }
  const values = valueEvidence(target, column.values, null);
  const contradicted = column.values.said >= 5 && values.weight <= -4;
  const sure = known.feed.sure ? certain : unsureConfidence;
  return {
    column,
    target,
    feed: known.feed,
    order: known.feed.order,
    confidence: contradicted ? Math.min(sure, contradictedConfidence) : sure,
    reasons: contradicted ? [reason, ...values.reasons] : [reason],
  };
}

function leaveUnmapped(answer: FormatAnswer): FormatAnswer {
  const text = `Another column feeds ${answer.target}`;
  return { ...answer, target: null, feed: null, reasons: [{ code: 'unmapped.taken', weight: 0, text }] };
}

/** Numbers the columns of each target; a repeated column of a single value feeds nothing. */
function placed(answers: readonly FormatAnswer[]): FormatAnswer[] {
  const byTarget = new Map<AttributeName, FormatAnswer[]>();
  for (const answer of answers) {
    if (answer.target === null) continue;
    byTarget.set(answer.target, [...(byTarget.get(answer.target) ?? []), answer]);
  }
  const places = new Map<FormatAnswer, FormatAnswer>();
  for (const group of byTarget.values()) {
    const sorted = [...group].sort(
      (left, right) =>
        left.order - right.order || left.column.profile.position - right.column.profile.position,
    );
    const seen = new Set<number>();
    for (const [order, answer] of sorted.entries()) {
      const repeated = answer.feed?.combine === 'first' && seen.has(answer.order);
      seen.add(answer.order);
      places.set(answer, repeated ? leaveUnmapped(answer) : { ...answer, order });
    }
  }
  return answers.map((answer) => places.get(answer) ?? answer);
}

/** The answers of a recognised format; columns that the product does not write are left out. */
export function answersOfFormat(columns: readonly ColumnEvidence[], match: FormatMatch): FormatAnswer[] {
  return placed(columns.map((column) => answerFor(column, match)).filter((answer) => answer !== undefined));
}
