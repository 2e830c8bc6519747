import { attributeDefinition } from '../attributes/registry';
import type { AttributeName } from '../attributes/types';
import type { ColumnProfile } from '../quality/types';
import { combinationOf } from './combinations';
import { normaliseHeader } from './headers/header';
import { type ColumnReading, readingFor, type Recipe, type RecipeColumn } from './recipe';
import type { ColumnRule, MappingReason, MappingSuggestion } from './types';

/** A column that a recipe has decided. */
export interface RecipeApproval {
  readonly sourceColumn: string;
  /** Null: the policy of a flow. */
  readonly approvedBy: string | null;
  /** RFC 3339. */
  readonly approvedAt: string;
}

/** The columns of a table under a recipe: those that it decides, and suggestions for a person for the rest. */
export interface AppliedRecipe {
  readonly suggestions: readonly MappingSuggestion[];
  readonly approvals: readonly RecipeApproval[];
}

interface Verdict {
  readonly recipe: RecipeColumn | null;
  /** Why a person should look at the column, null when it is as approved. */
  readonly problem: MappingReason | null;
  readonly rule: ColumnRule | null;
}

/**
 * Lets the recipe of a source come before what the engine suggests. Columns that are new, or whose values contradict
 * what was approved, keep the suggestion of the engine and the reason why a person should look at them.
 */
export function applyRecipe(
  suggestions: readonly MappingSuggestion[],
  profiles: readonly ColumnProfile[],
  recipe: Recipe,
): AppliedRecipe {
  const byColumn = new Map(profiles.map((profile) => [profile.column, profile]));
  const known = indexColumns(recipe.columns, new Set(byColumn.keys()));
  const verdicts = suggestions.map((one) => judge(one, byColumn.get(one.sourceColumn), known));
  const fed = new Map<AttributeName, number>();
  for (const { recipe: column, problem, rule } of verdicts) {
    if (column === null || column.target === null || problem !== null) continue;
    fed.set(column.target, Math.max(fed.get(column.target) ?? 0, rule?.order ?? 0));
  }
  const approvals: RecipeApproval[] = [];
  const merged = suggestions.map((suggestion, at) => {
    const { recipe: column = null, problem = null, rule = null } = verdicts[at] ?? {};
    if (column === null || problem !== null) return besideRecipe(suggestion, problem, fed);
    const { approvedBy, approvedAt } = column;
    approvals.push({ sourceColumn: suggestion.sourceColumn, approvedBy, approvedAt });
    return asApproved(suggestion, column, rule ?? column.rule, recipe.version);
  });
  return { suggestions: merged, approvals };
}

/** Columns by their header as written, or by its words where these are of one column on either side. */
function indexColumns(
  columns: readonly RecipeColumn[],
  headers: ReadonlySet<string>,
): (header: string) => RecipeColumn | undefined {
  const exact = new Map(columns.map((column) => [column.column, column]));
  const ofRecipe = onlyOnes(columns.filter(({ column }) => !headers.has(column)).map(({ column }) => column));
  const ofTable = onlyOnes([...headers].filter((header) => !exact.has(header)));
  return (header) => {
    const words = normaliseHeader(header);
    const written = ofTable.get(words) === undefined ? undefined : ofRecipe.get(words);
    return exact.get(header) ?? (written === undefined ? undefined : exact.get(written));
  };
}

/** Headers by their words, those left out whose words another one has as well. */
function onlyOnes(headers: readonly string[]): ReadonlyMap<string, string> {
  const byWords = new Map<string, string>();
  const repeated = new Set<string>();
  for (const header of headers) {
    const words = normaliseHeader(header);
    if (byWords.has(words)) repeated.add(words);
    byWords.set(words, header);
  }
  for (const words of repeated) byWords.delete(words);
  return byWords;
}

function judge(
  suggestion: MappingSuggestion,
  profile: ColumnProfile | undefined,
  known: (header: string) => RecipeColumn | undefined,
): Verdict {
  const column = known(suggestion.sourceColumn);
  if (column === undefined || profile === undefined) {
    const text = 'The column is new since the mapping of this source was approved';
    return { recipe: null, problem: { code: 'recipe.new_column', weight: 0, text }, rule: null };
  }
  const reading = readingFor(profile, column.target);
  const contradiction = contradictionOf(column, reading, profile, suggestion);
  if (contradiction === null) return { recipe: column, problem: null, rule: presentRule(column, reading) };
  const approved = column.target === null ? 'unmapped' : column.target;
  const text = `Approved as ${approved}, but ${contradiction}`;
  return { recipe: column, problem: { code: 'recipe.contradicted', weight: 0, text }, rule: null };
}

/** How the values contradict what was approved, null when they do not. What was so at the approval is no news. */
function contradictionOf(
  { target, reading: before, rule }: RecipeColumn,
  now: ColumnReading,
  profile: ColumnProfile,
  suggestion: MappingSuggestion,
): string | null {
  if (target === null) {
    const isNews = before.isEmpty && !now.isEmpty && suggestion.target !== null;
    return isNews ? 'the column was empty then and has values now' : null;
  }
  return otherValues(target, before, now) ?? otherWriting(target, before, now, { profile, rule });
}

function otherValues(target: AttributeName, before: ColumnReading, now: ColumnReading): string | null {
  if (now.isEmpty) return before.isEmpty ? null : 'the column is empty now';
  if (now.isContrary && !before.isContrary) return `the values are not those of a ${target}`;
  if (before.unit !== null && now.unit !== null && now.unit !== before.unit) {
    return `the values read as ${now.unit}, not as ${before.unit}`;
  }
  return null;
}

function otherWriting(
  target: AttributeName,
  before: ColumnReading,
  now: ColumnReading,
  { profile, rule }: { readonly profile: ColumnProfile; readonly rule: ColumnRule },
): string | null {
  const { dataType } = attributeDefinition(target);
  const { numbers } = profile;
  const hasFractions = numbers !== null && numbers.count > numbers.integers;
  if (dataType === 'number' && hasFractions && !before.isEmpty && now.decimalMark !== before.decimalMark) {
    return `the decimal mark reads as "${now.decimalMark}", not as "${before.decimalMark}"`;
  }
  const orders = [rule.dateOrder, now.dateOrder, before.dateOrder];
  const turned = now.dateOrder !== rule.dateOrder && now.dateOrder !== before.dateOrder;
  if (dataType === 'date' && turned && !orders.slice(0, 2).includes('unknown')) {
    return `the dates read as ${now.dateOrder}, not as ${rule.dateOrder}`;
  }
  return null;
}

/** The approved rule; what it took from the values of that file, and no person chose, is read from those of this one. */
function presentRule({ rule, reading: before }: RecipeColumn, now: ColumnReading): ColumnRule {
  const dateOrder = rule.dateOrder === 'unknown' ? now.dateOrder : rule.dateOrder;
  const isChosen = rule.decimalMark !== before.decimalMark;
  return { ...rule, dateOrder, decimalMark: isChosen ? rule.decimalMark : now.decimalMark };
}

function asApproved(
  suggestion: MappingSuggestion,
  { target, confidence, approvedBy, approvedAt }: RecipeColumn,
  rule: ColumnRule,
  version: number,
): MappingSuggestion {
  const who = approvedBy === null ? 'by the policy of a flow ' : '';
  const text = `As approved ${who}on ${approvedAt.slice(0, 10)}, recipe version ${version}`;
  const reason = { code: 'recipe.applied', weight: 0, text };
  const alternatives = suggestion.alternatives.filter((other) => other.target !== target);
  return { ...suggestion, target, confidence, rule, type: 'learned', reasons: [reason], alternatives };
}

/** A column for a person: it joins a target that the recipe feeds only where several columns may. */
function besideRecipe(
  suggestion: MappingSuggestion,
  problem: MappingReason | null,
  fed: ReadonlyMap<AttributeName, number>,
): MappingSuggestion {
  const reasons = [...(problem === null ? [] : [problem]), ...suggestion.reasons];
  const { target, rule, confidence, alternatives } = suggestion;
  const last = target === null ? undefined : fed.get(target);
  if (target === null || last === undefined) return { ...suggestion, reasons };
  const combine = rule.combine === 'product' ? null : combinationOf(target);
  if (combine !== null) return { ...suggestion, reasons, rule: { ...rule, combine, order: last + 1 } };
  const text = `Another column feeds ${target} as approved`;
  return {
    ...suggestion,
    target: null,
    confidence: Math.min(0.5, Math.round((1 - confidence) * 1000) / 1000),
    reasons: [...reasons, { code: 'unmapped.taken', weight: 0, text }],
    alternatives: [{ target, confidence }, ...alternatives.filter((other) => other.target !== target)].slice(
      0,
      3,
    ),
  };
}
