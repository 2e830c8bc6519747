import { attributeNames } from '../attributes/types';
import type { AttributeName } from '../attributes/types';
import type { ColumnEvidence } from './column-evidence';
import type { ValueEvidence } from './evidence';
import type { HeaderMatch } from './header-match';
import { learnedWeight } from './learned';
import type { LearnedIndex } from './learned';
import { neighbourReasons } from './neighbours';
import type { TableContext } from './table-context';
import { subjectWeight } from './table-subject';
import type { MappingReason } from './types';
import { valueEvidence } from './value-evidence';

/** A target weighed for a column. */
export interface Candidate {
  readonly target: AttributeName;
  /** Log odds against leaving the column unmapped. */
  readonly score: number;
  readonly match: HeaderMatch | null;
  readonly values: ValueEvidence;
  readonly learned: boolean;
  readonly reasons: readonly MappingReason[];
}

export interface WeighedColumn {
  readonly column: ColumnEvidence;
  /** Best first. */
  readonly candidates: readonly Candidate[];
  /** Log odds of "leave unmapped" by what is known of the header. */
  readonly unmapped: number;
  readonly unmappedReasons: readonly MappingReason[];
}

/** Targets that values show without any help of the header. */
const shownByValues: readonly AttributeName[] = [
  'ip_address',
  'mac_address',
  'operating_system',
  'environment',
  'migration_strategy',
  'fqdn',
  'hostname',
  'power_state',
];
/** An unknown header speaks against each single target. */
const unknownHeader = -2.3;
/** A header that its values contradict still says that the column is of that sort. */
const contradictedHeader = -0.9;

function isContradicted(column: ColumnEvidence): boolean {
  const best = column.matches[0];
  if (best === undefined || best.target === null || best.weight < 1.5) return false;
  return valueEvidence(best.target, column.values, column.header.unit).weight <= -2.5;
}

function headerReason(column: ColumnEvidence, match: HeaderMatch): MappingReason {
  const texts = {
    exact: `The header "${column.profile.column}" is known`,
    words: `The header has the words of "${match.phrase}"`,
    reduced: `The header says "${match.phrase}"`,
    partial: `The header contains "${match.phrase}"`,
    fuzzy: `The header resembles "${match.phrase}"`,
  };
  const text = match.ambiguous ? `${texts[match.kind]}, which may mean several things` : texts[match.kind];
  return { code: `header.${match.kind}`, weight: Math.round(match.weight * 100) / 100, text };
}

function contextReasons(
  column: ColumnEvidence,
  target: AttributeName,
  match: HeaderMatch | null,
  context: TableContext,
): MappingReason[] {
  const weight = match === null || match.ambiguous ? subjectWeight(context.subject, target) : 0;
  const subject = { code: 'table.subject', weight, text: `The rows are ${context.subject}` };
  return [...(weight === 0 ? [] : [subject]), ...neighbourReasons(column, target, match, context)];
}

function weigh(
  column: ColumnEvidence,
  target: AttributeName,
  context: TableContext,
  learned: LearnedIndex,
): Candidate | null {
  const match = column.matches.find((one) => one.target === target) ?? null;
  const values = valueEvidence(target, column.values, column.header.unit);
  const remembered = learnedWeight(learned, column.normalised, target);
  if (match === null && !values.shows && remembered <= 0) return null;
  const base = match?.weight ?? (isContradicted(column) ? contradictedHeader : unknownHeader);
  const context_ = contextReasons(column, target, match, context);
  const reasons: MappingReason[] = [
    ...(match === null ? [] : [headerReason(column, match)]),
    ...values.reasons,
    ...context_,
    ...(remembered === 0
      ? []
      : [{ code: 'learned', weight: remembered, text: 'Decided before by your team' }]),
  ];
  const contextWeight = context_.reduce((sum, reason) => sum + reason.weight, 0);
  const start = remembered > 0 ? Math.max(base, 0) : base;
  const score = start + values.weight + contextWeight + remembered;
  return { target, score, match, values, learned: remembered > 0, reasons };
}

function unmappedEvidence(column: ColumnEvidence, learned: LearnedIndex): MappingReason[] {
  const known = column.matches.find((match) => match.target === null);
  const remembered = learnedWeight(learned, column.normalised, null);
  const reasons: MappingReason[] = [];
  if (known !== undefined && known.weight > 0) {
    reasons.push({
      code: 'header.no_attribute',
      weight: known.weight,
      text: `"${known.phrase}" has no attribute`,
    });
  }
  if (remembered > 0) {
    reasons.push({ code: 'learned', weight: remembered, text: 'Left unmapped before by your team' });
  }
  return reasons;
}

const targetOrder = new Map(attributeNames.map((name, index) => [name, index]));

/** Weighs every target that the header, the values or the tenant's memory suggest for a column. */
export function weighColumn(
  column: ColumnEvidence,
  context: TableContext,
  learned: LearnedIndex,
): WeighedColumn {
  const targets = new Set<AttributeName>(learned.targetsOf(column.normalised));
  for (const match of column.matches) if (match.target !== null) targets.add(match.target);
  if (!column.values.isEmpty) for (const target of shownByValues) targets.add(target);
  const candidates = [...targets]
    .filter((target) => context.allowed(target))
    .map((target) => weigh(column, target, context, learned))
    .filter((candidate) => candidate !== null)
    .sort(
      (left, right) =>
        right.score - left.score ||
        (targetOrder.get(left.target) ?? 0) - (targetOrder.get(right.target) ?? 0),
    );
  const unmappedReasons = unmappedEvidence(column, learned);
  const unmapped = unmappedReasons.reduce((sum, reason) => sum + reason.weight, 0);
  return { column, candidates, unmapped, unmappedReasons };
}
