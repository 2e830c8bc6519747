import type { AttributeName } from '../attributes/types';
import { attributeDefinition } from '../attributes/registry';
import type { MappingStatus } from '../lists';
import type { ColumnProfile } from '../quality/types';
import { decideUnit } from './column-rule';
import { ColumnValues } from './evidence/column-values';
import { normaliseHeader, parseHeader } from './headers/header';
import type { ColumnRule } from './types';
import { isOfOtherSort, valueEvidence } from './evidence/value-evidence';

/** What the values of a column said when its mapping was approved; null where they said nothing. */
export interface ColumnReading {
  readonly isEmpty: boolean;
  /** The values spoke against the target, and it was approved all the same. */
  readonly isContrary: boolean;
  /** Unit of the bare numbers. */
  readonly unit: string | null;
  readonly decimalMark: ColumnRule['decimalMark'];
  readonly dateOrder: ColumnRule['dateOrder'];
}

/** An approved column of a source. */
export interface RecipeColumn {
  readonly column: string;
  /** Null: approved to stay unmapped. */
  readonly target: AttributeName | null;
  readonly rule: ColumnRule;
  /** 0 to 1, as it was approved. */
  readonly confidence: number;
  /** Null: the policy of a flow. */
  readonly approvedBy: string | null;
  /** RFC 3339. */
  readonly approvedAt: string;
  readonly reading: ColumnReading;
}

/** The approved mapping of one set of headers of a source. */
export interface Recipe {
  readonly id: string;
  /** Counts the recipes of a source, from 1. */
  readonly version: number;
  readonly headerFingerprint: string;
  /** The export that was recognised, if one was. */
  readonly formatId: string | null;
  readonly columns: readonly RecipeColumn[];
}

/** A decided mapping as a recipe takes it up. */
export interface DecidedColumn {
  readonly sourceColumn: string;
  readonly target: AttributeName | null;
  readonly rule: ColumnRule;
  readonly confidence: number;
  readonly status: MappingStatus;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionNote: string | null;
}

/** Log odds from which on values speak against a target, whatever its header says. */
const contrary = -2.5;

/** What the values of a column say about a target. */
export function readingFor(profile: ColumnProfile, target: AttributeName | null): ColumnReading {
  const values = new ColumnValues(profile);
  const { decimalMark, dateOrder } = profile;
  const plain = { isEmpty: values.isEmpty, isContrary: false, unit: null, decimalMark, dateOrder };
  if (target === null || values.isEmpty) return plain;
  const { unit } = parseHeader(profile.column);
  const isContrary =
    isOfOtherSort(target, values, unit) || valueEvidence(target, values, unit).weight <= contrary;
  const tellsUnit = attributeDefinition(target).dataType === 'number' && hasBareNumbers(profile);
  return { ...plain, isContrary, unit: tellsUnit ? decideUnit(target, profile, unit).unit : null };
}

/** Cells that carry their unit, and zeros, say nothing of the unit of a column. */
function hasBareNumbers({ numbers, unitWords }: ColumnProfile): boolean {
  if (numbers === null || numbers.maximum === 0) return false;
  const withUnit = Object.values(unitWords).reduce((sum, count) => sum + count, 0);
  return withUnit * 2 <= numbers.count;
}

/**
 * The columns of a recipe from decided mappings. What a policy left unmapped for want of confidence is approved by
 * nobody and left out; where a policy decided, the word of a person in the recipe of the same headers stands.
 */
export function recipeColumns(
  decided: readonly DecidedColumn[],
  profiles: readonly ColumnProfile[],
  before: readonly RecipeColumn[],
): RecipeColumn[] {
  const byColumn = new Map(profiles.map((profile) => [profile.column, profile]));
  const known = new Map(before.map((column) => [column.column, column]));
  return decided.flatMap((mapping) => {
    const former = known.get(mapping.sourceColumn);
    const profile = byColumn.get(mapping.sourceColumn);
    const isByPolicy = mapping.decidedBy === null;
    if (isByPolicy && former !== undefined && former.approvedBy !== null) return [former];
    if (mapping.decidedAt === null || profile === undefined || isUndecided(mapping)) return former ?? [];
    const target = mapping.status === 'rejected' ? null : mapping.target;
    return [
      {
        column: mapping.sourceColumn,
        target,
        rule: mapping.rule,
        confidence: mapping.confidence,
        approvedBy: mapping.decidedBy,
        approvedAt: mapping.decidedAt.toISOString(),
        reading: readingFor(profile, target),
      },
    ];
  });
}

function isUndecided({ target, decidedBy, decisionNote }: DecidedColumn): boolean {
  return target === null && decidedBy === null && decisionNote !== null;
}

/** Whether two lists of columns say the same: targets and rules, and whether a person approved them. */
export function isSameRecipe(left: readonly RecipeColumn[], right: readonly RecipeColumn[]): boolean {
  const words = (columns: readonly RecipeColumn[]): string => columns.map(wordOf).sort().join('\n');
  return left.length === right.length && words(left) === words(right);
}

function wordOf({ column, target, rule, approvedBy }: RecipeColumn): string {
  const { combine, order, unit, decimalMark, dateOrder, multiValue, factor } = rule;
  const how = target === null ? [] : [combine, order, unit, decimalMark, dateOrder, multiValue, factor];
  return JSON.stringify([column, target, approvedBy === null, ...how]);
}

/** A table whose recipe is looked for. */
export interface RecipeTable {
  readonly headerFingerprint: string | null;
  readonly formatId: string | null;
  readonly columns: readonly string[];
}

/**
 * The recipe for a table among those of its source: that of the same headers, else the one that shares most columns
 * with it, at least half of its own. Tables of other exports are other tables of the source.
 */
export function chooseRecipe(recipes: readonly Recipe[], table: RecipeTable): Recipe | undefined {
  const newestFirst = recipes.toSorted((left, right) => right.version - left.version);
  const exact = newestFirst.find((recipe) => recipe.headerFingerprint === table.headerFingerprint);
  if (exact !== undefined) return exact;
  const headers = new Set(table.columns.map(normaliseHeader));
  const [best] = newestFirst
    .filter(({ formatId }) => formatId === null || table.formatId === null || formatId === table.formatId)
    .map((recipe) => ({ recipe, shared: sharedColumns(recipe, headers) }))
    .filter(({ recipe, shared }) => isEnough(recipe, shared))
    .sort((left, right) => right.shared - left.shared);
  return best?.recipe;
}

/** Whether a table has at least half of the columns of a recipe. */
export function sharesHeaders(recipe: Pick<Recipe, 'columns'>, columns: readonly string[]): boolean {
  return isEnough(recipe, sharedColumns(recipe, new Set(columns.map(normaliseHeader))));
}

function isEnough({ columns }: Pick<Recipe, 'columns'>, shared: number): boolean {
  return shared > 0 && shared * 2 >= columns.length;
}

function sharedColumns({ columns }: Pick<Recipe, 'columns'>, headers: ReadonlySet<string>): number {
  return columns.filter(({ column }) => headers.has(normaliseHeader(column))).length;
}
