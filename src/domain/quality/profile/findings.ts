import type { AttributeName } from '../../attributes/types';
import type { FindingSeverity } from '../../lists';
import { dominantFormat, formatViolations } from './profile-scores';
import { maskSample } from './pii';
import { longestExportable } from './decisions';
import type { ColumnProfile, QualityFinding, TableProfile } from '../types';
import { readUnit } from '../values/units';

/** Largest cell that a record can hold, in characters. */
export const longestStorable = 65_536;
const exampleCount = 3;
const exampleLength = 80;

/** Targets of columns where they are known already, by header. */
export type KnownTargets = ReadonlyMap<string, AttributeName>;

interface ColumnFinding {
  readonly code: string;
  readonly severity: FindingSeverity;
  readonly affectedRows: number;
  readonly message: string;
  readonly blocking?: boolean;
  readonly examples?: readonly string[];
}

type Rule = (column: ColumnProfile) => ColumnFinding | null;

/**
 * What people should know about a table before its columns are mapped, worst first. Only what could not be stored
 * blocks: everything else is said and kept.
 */
export function profileFindings(
  profile: TableProfile,
  targets: KnownTargets = new Map(),
): readonly QualityFinding[] {
  const findings = profile.columns.flatMap((column) => columnFindings(column, targets));
  const repeated = repeatedRows(profile);
  const all = repeated === null ? findings : [...findings, repeated];
  return all.sort((a, b) => severityRank[b.severity] - severityRank[a.severity]);
}

const severityRank: Readonly<Record<FindingSeverity, number>> = {
  info: 0,
  low: 1,
  medium: 2,
  high: 3,
  critical: 4,
};

function columnFindings(column: ColumnProfile, targets: KnownTargets): readonly QualityFinding[] {
  return rules.flatMap((rule) => {
    const found = rule(column);
    if (found === null) {
      return [];
    }
    const { code, severity, affectedRows, message } = found;
    return [
      {
        code,
        severity,
        blocking: found.blocking ?? false,
        column: column.column,
        attribute: targets.get(column.column) ?? null,
        affectedRows,
        message,
        examples: found.examples ?? [],
      },
    ];
  });
}

function repeatedRows(profile: TableProfile): QualityFinding | null {
  const affectedRows = profile.repeatedRows ?? 0;
  if (affectedRows === 0) {
    return null;
  }
  return {
    code: 'repeated_rows',
    severity: 'low',
    blocking: false,
    column: null,
    attribute: null,
    affectedRows,
    message: `${affectedRows} rows repeat an earlier row in every cell`,
    examples: [],
  };
}

function share(part: number, whole: number): string {
  return `${Math.round((part / whole) * 100)} %`;
}

function saying(column: ColumnProfile): number {
  return column.rows - column.empty - column.placeholders;
}

function missingValues(column: ColumnProfile): ColumnFinding | null {
  const affectedRows = column.empty + column.placeholders;
  if (column.rows === 0 || affectedRows * 20 <= column.rows) {
    return null;
  }
  if (affectedRows === column.rows) {
    return {
      code: 'empty_column',
      severity: 'info',
      affectedRows,
      message: `"${column.column}" says nothing in any row`,
    };
  }
  const message = `"${column.column}" says nothing in ${share(affectedRows, column.rows)} of the rows`;
  return {
    code: 'missing_values',
    severity: missingSeverity(affectedRows / column.rows),
    affectedRows,
    message,
  };
}

function missingSeverity(part: number): FindingSeverity {
  if (part > 0.5) {
    return 'critical';
  }
  return part > 0.25 ? 'high' : 'medium';
}

/** Cells that break the format which most of their column keeps. */
function invalidFormat(column: ColumnProfile): ColumnFinding | null {
  const affectedRows = formatViolations(column);
  if (affectedRows * 20 <= saying(column)) {
    return null;
  }
  const format = dominantFormat(column)?.format ?? 'other';
  const severity = affectedRows * 4 > saying(column) ? 'high' : 'medium';
  const message = `${affectedRows} cells of "${column.column}" are not of the format (${format}) of the others`;
  return { code: 'invalid_format', severity, affectedRows, message };
}

/** No format holds for half of the cells. */
function mixedKinds(column: ColumnProfile): ColumnFinding | null {
  const dominant = dominantFormat(column);
  if (dominant === null || dominant.rows >= dominant.others) {
    return null;
  }
  const message = `"${column.column}" mixes formats; the most frequent one (${dominant.format}) holds for ${share(dominant.rows, saying(column))}`;
  return { code: 'mixed_kinds', severity: 'medium', affectedRows: dominant.others, message };
}

function severalValues(column: ColumnProfile): ColumnFinding | null {
  const prose = (column.kinds.text ?? 0) * 2 > saying(column) && column.meanLength > 60;
  if (column.multiValue === 0 || prose) {
    return null;
  }
  const message = `${column.multiValue} cells of "${column.column}" hold three or more values`;
  const examples = examplesOf(column, (text) => /[,;|\n]/.test(text));
  return { code: 'several_values', severity: 'low', affectedRows: column.multiValue, message, examples };
}

function tooLong(column: ColumnProfile): ColumnFinding | null {
  if (column.maxLength <= longestExportable) {
    return null;
  }
  const blocking = column.maxLength > longestStorable;
  const consequence = blocking ? 'can not be stored whole' : 'does not fit into a cell of a workbook';
  const message = `The longest cell of "${column.column}" has ${column.maxLength} characters and ${consequence}`;
  return { code: 'too_long', severity: blocking ? 'critical' : 'medium', affectedRows: 1, message, blocking };
}

function personalData(column: ColumnProfile): ColumnFinding | null {
  if (column.pii.length === 0) {
    return null;
  }
  const sensitive = column.pii.some((kind) => kind !== 'email' && kind !== 'person_name' && kind !== 'phone');
  const message = `"${column.column}" holds personal data: ${column.pii.join(', ').replaceAll('_', ' ')}`;
  const examples = examplesOf(column, () => true);
  return {
    code: 'personal_data',
    severity: sensitive ? 'high' : 'info',
    affectedRows: saying(column),
    message,
    examples,
  };
}

const fewestConstantRows = 10;

function constantColumn(column: ColumnProfile): ColumnFinding | null {
  const one = column.distinct === 1 && column.placeholders === 0 && column.empty === 0;
  if (!one || column.rows < fewestConstantRows) {
    return null;
  }
  const message = `"${column.column}" says the same in every row`;
  return { code: 'constant_column', severity: 'info', affectedRows: column.rows, message };
}

/** Cells of one column in different units, or some with a unit and some without. */
function mixedUnits(column: ColumnProfile): ColumnFinding | null {
  const factors = unitFactors(column);
  const rows = [...factors.values()].reduce((sum, count) => sum + count, 0);
  const bare = (column.numbers?.count ?? 0) - rows;
  if (rows === 0 || (factors.size < 2 && bare * 20 < rows)) {
    return null;
  }
  const message = `"${column.column}" writes its values in different units, or some without one; the unit in a cell counts`;
  const examples = Object.keys(column.unitWords).slice(0, exampleCount);
  return { code: 'mixed_units', severity: 'low', affectedRows: rows, message, examples };
}

/** Rows by factor of the units in the cells; counts have no unit worth comparing. */
function unitFactors(column: ColumnProfile): ReadonlyMap<number, number> {
  const factors = new Map<number, number>();
  for (const [word, rows] of Object.entries(column.unitWords)) {
    const unit = readUnit(word);
    if (unit !== null && unit.family !== 'count') {
      factors.set(unit.factor, (factors.get(unit.factor) ?? 0) + rows);
    }
  }
  return factors;
}

/** Whether all figures of a column lie between 0 and 1 with fractions: a share of one, not of a hundred. */
export function looksLikeFractions(column: ColumnProfile): boolean {
  const { numbers } = column;
  if (numbers === null || numbers.count < 3 || (column.kinds.percent ?? 0) > 0) {
    return false;
  }
  return numbers.minimum >= 0 && numbers.maximum <= 1 && numbers.integers * 2 < numbers.count;
}

function ambiguousDates(column: ColumnProfile): ColumnFinding | null {
  const dates = column.kinds.date ?? 0;
  const slashes = column.samples.some((text) => /^\d{1,2}[/-]\d{1,2}[/-]\d{2,4}/.test(text));
  if (dates * 2 < saying(column) || column.dateOrder !== 'unknown' || !slashes) {
    return null;
  }
  const message = `The dates of "${column.column}" can be read day first and month first, and none of them says which`;
  return {
    code: 'ambiguous_dates',
    severity: 'medium',
    affectedRows: dates,
    message,
    examples: examplesOf(column, () => true),
  };
}

function examplesOf(column: ColumnProfile, fits: (text: string) => boolean): readonly string[] {
  return column.samples
    .filter(fits)
    .slice(0, exampleCount)
    .map((text) => maskSample(text, column.pii).slice(0, exampleLength));
}

const rules: readonly Rule[] = [
  missingValues,
  invalidFormat,
  mixedKinds,
  severalValues,
  tooLong,
  personalData,
  constantColumn,
  mixedUnits,
  ambiguousDates,
];
