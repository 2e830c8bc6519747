import { attributeNames } from '../attributes/types';
import type { AttributeName } from '../attributes/types';
import type { ColumnEvidence } from './evidence/column-evidence';
import type { ValueEvidence } from './evidence/evidence';
import type { HeaderMatch } from './headers/header-matches';
import { learnedWeight } from './learned';
import type { LearnedIndex } from './learned';
import { neighbourReasons } from './evidence/neighbours';
import type { TableContext } from './table/table-context';
import { subjectWeight } from './table/table-subject';
import type { MappingReason } from './types';
import { isOfOtherSort, valueEvidence } from './evidence/value-evidence';

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
const twins: readonly AttributeName[] = ['name', 'hostname'];
/** Headers of keys and accounts: values that read like host names are none under them. */
const keyedHeader =
  /^identifier |(?:^| )(?:identifier|number|key|code|user|login|account|username|type|status|state|class|kind|method|cpu|processor|\w{1,4}id)$/;
const namesOfHosts: ReadonlySet<AttributeName> = new Set(['hostname', 'fqdn']);
/** An unknown header speaks against each single target. */
const unknownHeader = -2.3;
/** A header that its values contradict still says that the column is of that sort. */
const contradictedHeader = -0.9;

/** Whether the header plainly means something that its values permit. */
function isPlain(column: ColumnEvidence): boolean {
  const best = column.matches[0];
  return best !== undefined && best.target !== null && best.weight >= 2 && !isContradicted(column);
}

function isContradicted(column: ColumnEvidence): boolean {
  const best = column.matches[0];
  if (best === undefined || best.target === null || best.weight < 1.5) return false;
  return isOfOtherSort(best.target, column.values, column.header.unit);
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
  const empty = match?.ambiguous === true && column.values.isEmpty;
  const nothing = { code: 'value.none', weight: -2.2, text: 'The column is empty' };
  return [
    ...(weight === 0 ? [] : [subject]),
    ...(empty ? [nothing] : []),
    ...neighbourReasons(column, target, match, context),
  ];
}

interface Weighing {
  readonly context: TableContext;
  readonly learned: LearnedIndex;
}

/** A header of a host name over values that are none still names the row. */
function nameOfOther(column: ColumnEvidence): HeaderMatch | null {
  const { values } = column;
  if (values.isEmpty || values.share('host') + values.share('fqdn') > 0.5) return null;
  const hosted = column.matches.find((one) => one.target === 'hostname' && !one.ambiguous);
  return hosted === undefined ? null : { ...hosted, target: 'name', weight: hosted.weight - 0.8 };
}

/** A header that says "name" over names of machines may as well stand for the host name, but rather not. */
function twinMatch(column: ColumnEvidence, target: AttributeName): HeaderMatch | null {
  if (target === 'name') return nameOfOther(column);
  if (target !== 'hostname' || column.values.share('host') < 0.6) return null;
  const named = column.matches.find((one) => one.target === 'name' && !one.ambiguous);
  return named === undefined ? null : { ...named, target, weight: named.weight - 2.2 };
}

/** Where the sum of the weights starts: at what the header says, or at its silence. */
function baseOf(column: ColumnEvidence, match: HeaderMatch | null, remembered: number): number {
  const base = match?.weight ?? (isContradicted(column) ? contradictedHeader : unknownHeader);
  return remembered > 0 ? Math.max(base, 0) : base;
}

function isShown(column: ColumnEvidence, target: AttributeName, values: ValueEvidence): boolean {
  return values.shows && !(namesOfHosts.has(target) && keyedHeader.test(column.header.words.join(' ')));
}

function weigh(column: ColumnEvidence, target: AttributeName, weighing: Weighing): Candidate | null {
  const match = column.matches.find((one) => one.target === target) ?? twinMatch(column, target);
  const values = valueEvidence(target, column.values, column.header.unit);
  const remembered = learnedWeight(weighing.learned, column.normalised, target);
  if (match === null && remembered <= 0 && !isShown(column, target, values)) return null;
  const around = contextReasons(column, target, match, weighing.context);
  const reminder = { code: 'learned', weight: remembered, text: 'Decided before by your team' };
  const reasons: MappingReason[] = [
    ...(match === null ? [] : [headerReason(column, match)]),
    ...values.reasons,
    ...around,
    ...(remembered === 0 ? [] : [reminder]),
  ];
  const contextWeight = around.reduce((sum, reason) => sum + reason.weight, 0);
  const score = baseOf(column, match, remembered) + values.weight + contextWeight + remembered;
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
  for (const twin of twins) if (twinMatch(column, twin) !== null) targets.add(twin);
  if (column.matches[0]?.target === 'os_version') targets.add('operating_system');
  if (!column.values.isEmpty && !isPlain(column)) for (const target of shownByValues) targets.add(target);
  const candidates = [...targets]
    .filter((target) => context.allowed(target))
    .map((target) => weigh(column, target, { context, learned }))
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
