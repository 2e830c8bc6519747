import type { AttributeName } from '../attributes/types';
import type { TableKind } from '../lists';
import { maskSample } from '../quality/profile/pii';
import type { ColumnProfile } from '../quality/types';
import { weighColumn } from './candidates';
import type { WeighedColumn } from './candidates';
import { withLabelsOfCodes } from './evidence/code-labels';
import { readColumn, rematch } from './evidence/column-evidence';
import type { ColumnEvidence } from './evidence/column-evidence';
import { columnRule, decideUnit } from './column-rule';
import type { UnitDecision } from './column-rule';
import { targetConfidence, unmappedConfidence } from './confidence';
import { matchFormat } from './formats/recognise';
import type { FormatMatch } from './formats/recognise';
import { indexLearned } from './learned';
import type { LearnedIndex } from './learned';
import { partsTable } from './table/part-tables';
import type { PartsTable } from './table/part-tables';
import { answersOfFormat } from './suggest-by-format';
import type { FormatAnswer } from './suggest-by-format';
import { withoutSharedPrefix } from './headers/shared-prefix';
import { assignColumns } from './suggest-by-evidence';
import type { Assigned } from './suggest-by-evidence';
import type { TableContext } from './table/table-context';
import { kindOfTable, relationTargets } from './table/table-kind';
import type { KindOfTable } from './table/table-kind';
import { namesDatabases, plainTargets, tableSubject } from './table/table-subject';
import type { MappingInput, MappingProposal, MappingSuggestion } from './types';

const nothingTaken: ReadonlySet<AttributeName> = new Set();
const noUnit: UnitDecision = { unit: null, factor: 1, reasons: [] };
const withoutAssets: ReadonlySet<TableKind> = new Set(['dictionary', 'people', 'register']);

/** Targets that only tables of relations and flows feed. */
const onlyRelations: ReadonlySet<AttributeName> = new Set([
  'dependency_source',
  'dependency_target',
  'dependency_type',
  'port',
  'protocol',
  'connection_count',
]);

function allowedIn(kind: TableKind): (target: AttributeName) => boolean {
  if (withoutAssets.has(kind)) return () => false;
  if (kind === 'relations' || kind === 'network_flows') return (target) => relationTargets.has(target);
  return (target) => !onlyRelations.has(target);
}

function contextOf(
  columns: readonly ColumnEvidence[],
  kind: TableKind,
  parts: PartsTable | null,
): TableContext {
  const plain = plainTargets(columns);
  const ofDatabases = namesDatabases(columns) !== null && !plain.has('application_name');
  const subject = ofDatabases ? 'databases' : tableSubject(plain);
  const read =
    subject === 'applications' ? withLabelsOfCodes(columns.map((column) => rematch(column, true))) : columns;
  return {
    kind,
    subject,
    columns: read,
    plain: plainTargets(read),
    allowed: parts?.allowed ?? allowedIn(kind),
  };
}

function samplesOf(profile: ColumnProfile): string[] {
  return profile.samples.slice(0, 3).map((sample) => maskSample(sample, profile.pii));
}

function alternatives(
  weighed: WeighedColumn,
  except: AttributeName | null,
): MappingSuggestion['alternatives'] {
  return weighed.candidates
    .filter((candidate) => candidate.target !== except && candidate.score > -3)
    .slice(0, 3)
    .map((candidate) => ({
      target: candidate.target,
      confidence: targetConfidence(weighed, candidate, nothingTaken),
    }));
}

/** Headers of a table that names no asset may mean something else there. */
const unknownCeiling = 0.85;

function mapped(assigned: Assigned, taken: ReadonlySet<AttributeName>, kind: TableKind): MappingSuggestion {
  const { column: weighed, candidate } = assigned;
  const { profile, header } = weighed.column;
  const unit = decideUnit(candidate.target, profile, header.unit);
  const confidence = targetConfidence(weighed, candidate, taken);
  return {
    sourceColumn: profile.column,
    position: profile.position,
    target: candidate.target,
    confidence: kind === 'unknown' && !candidate.learned ? Math.min(unknownCeiling, confidence) : confidence,
    type: candidate.learned ? 'learned' : 'ai',
    rule: columnRule(profile, unit, assigned),
    reasons: [...candidate.reasons, ...unit.reasons],
    samples: samplesOf(profile),
    alternatives: alternatives(weighed, candidate.target),
  };
}

function unmapped(
  weighed: WeighedColumn,
  taken: ReadonlySet<AttributeName>,
  because: string | null,
): MappingSuggestion {
  const { profile } = weighed.column;
  const best = weighed.candidates[0];
  const lost = best !== undefined && taken.has(best.target) && best.score - weighed.unmapped > 0;
  const weight = Math.round(weighed.unmapped * 100) / 100;
  const why = lost ? `Another column feeds ${best.target} better` : 'Nothing in the catalogue fits';
  return {
    sourceColumn: profile.column,
    position: profile.position,
    target: null,
    confidence: because === null ? unmappedConfidence(weighed, lost, taken) : 0.98,
    type: weighed.unmappedReasons.some((reason) => reason.code === 'learned') ? 'learned' : 'ai',
    rule: columnRule(profile, noUnit, { combine: 'first', order: 0 }),
    reasons: [
      { code: lost ? 'unmapped.taken' : 'unmapped.nothing_fits', weight, text: because ?? why },
      ...weighed.unmappedReasons,
    ],
    samples: samplesOf(profile),
    alternatives: because === null ? alternatives(weighed, null) : [],
  };
}

function labelsIn(columns: readonly ColumnEvidence[], parts: PartsTable | null): ColumnEvidence[] {
  const positions = new Set(parts?.labels.map(({ profile }) => profile.position));
  return columns.filter(({ profile }) => positions.has(profile.position));
}

/** The name of a disk or adapter is nobody's name. */
function ofPart({ profile }: ColumnEvidence): MappingSuggestion {
  return {
    sourceColumn: profile.column,
    position: profile.position,
    target: null,
    confidence: 0.98,
    type: 'ai',
    rule: columnRule(profile, noUnit, { combine: 'first', order: 0 }),
    reasons: [{ code: 'unmapped.part_name', weight: 3, text: 'It names a part of the machine' }],
    samples: samplesOf(profile),
    alternatives: [],
  };
}

function byFormat(answer: FormatAnswer): MappingSuggestion {
  const { profile, header } = answer.column;
  const { target, feed } = answer;
  const unit = target === null ? noUnit : decideUnit(target, profile, header.unit);
  const fixed = feed?.unit === undefined ? unit : { ...unit, unit: feed.unit, reasons: [] };
  const place = { combine: feed?.combine ?? 'first', order: answer.order };
  return {
    sourceColumn: profile.column,
    position: profile.position,
    target,
    confidence: answer.confidence,
    type: 'ai',
    rule: columnRule(profile, fixed, place),
    reasons: [...answer.reasons, ...fixed.reasons],
    samples: samplesOf(profile),
    alternatives: [],
  };
}

interface Weighing {
  readonly context: TableContext;
  readonly learned: LearnedIndex;
  readonly taken: ReadonlySet<AttributeName>;
  /** Why no column of the table is mapped, null when columns are. */
  readonly because: string | null;
}

/** Work on columns that pauses after each of them. */
type Steps<Result> = Generator<undefined, Result, undefined>;

function* eachColumn<From, To>(columns: readonly From[], work: (column: From) => To): Steps<To[]> {
  const done: To[] = [];
  for (const column of columns) {
    done.push(work(column));
    yield undefined;
  }
  return done;
}

function* byEvidence(columns: readonly ColumnEvidence[], weighing: Weighing): Steps<MappingSuggestion[]> {
  const { context, learned, because } = weighing;
  const weighed = yield* eachColumn(columns, (column) => weighColumn(column, context, learned));
  const assigned = assignColumns(weighed, weighing.taken);
  const byColumn = new Map(assigned.map((one) => [one.column, one]));
  const taken = new Set([...weighing.taken, ...assigned.map((one) => one.candidate.target)]);
  return weighed.map((column) => {
    const one = byColumn.get(column);
    return one === undefined ? unmapped(column, taken, because) : mapped(one, taken, context.kind);
  });
}

function kindOf(columns: readonly ColumnEvidence[], format: FormatMatch | null): KindOfTable {
  if (format === null) return kindOfTable(columns);
  return { kind: format.definition.kind, reason: format.definition.reason ?? null };
}

/** What people decided about the very header outweighs what the product usually means. */
function isOverruled(answer: FormatAnswer, learned: LearnedIndex): boolean {
  return learned.patternsOf(answer.column.normalised).some((pattern) => {
    const agrees = pattern.target === answer.target;
    const surplus = pattern.approvals - pattern.rejections;
    return agrees ? surplus < 0 : surplus > 0;
  });
}

/**
 * The same as `suggestMappings`, but it pauses after each step on one column (well under a millisecond), so that a
 * caller with other work can let go in between. The proposal is the value of the last step.
 */
export function* suggestMappingsInSteps(input: MappingInput): Steps<MappingProposal> {
  const format = matchFormat(input.columns.map((profile) => profile.column));
  const plain = yield* eachColumn(input.columns, (profile) => readColumn(profile, false));
  const read = withLabelsOfCodes(withoutSharedPrefix(plain));
  const { kind, reason } = kindOf(read, format);
  const parts = format === null && kind === 'inventory' ? partsTable(read, plainTargets(read)) : null;
  const context = contextOf(read, kind, parts);
  const learned = indexLearned(input.learned);
  const answers =
    format === null
      ? []
      : answersOfFormat(context.columns, format).filter((one) => !isOverruled(one, learned));
  const answered = new Set(answers.map((answer) => answer.column));
  const labels = labelsIn(context.columns, parts);
  const others = yield* byEvidence(
    context.columns.filter((column) => !answered.has(column) && !labels.includes(column)),
    {
      context,
      learned,
      taken: new Set(answers.map((answer) => answer.target).filter((target) => target !== null)),
      because: withoutAssets.has(kind) ? reason : null,
    },
  );
  const suggestions = [...answers.map(byFormat), ...others, ...labels.map(ofPart)];
  suggestions.sort((left, right) => left.position - right.position);
  return {
    kind,
    inventory: kind === 'inventory',
    reason,
    format: format?.format ?? null,
    ...(parts === null ? {} : { parts: parts.parts }),
    suggestions,
  };
}

/**
 * Proposes a target, or "leave unmapped", for every column of a table with confidence, reasons and rule. The
 * answer depends on headers, values and the tenant's memory alone: neither on the file's name nor on the order of
 * its columns.
 */
export function suggestMappings(input: MappingInput): MappingProposal {
  const steps = suggestMappingsInSteps(input);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
