import type { AttributeName, AttributeValue, AttributeValues } from '../attributes/types';
import type { FindingSeverity } from '../lists';

/** What one cell looks like. A cell may be of several kinds ("10" is an integer and a number). */
export const valueKinds = [
  'empty',
  'placeholder',
  'integer',
  'number',
  'size',
  'percent',
  'money',
  'boolean',
  'date',
  'ip',
  'mac',
  'uuid',
  'fqdn',
  'host',
  'email',
  'person',
  'url',
  'operating_system',
  'product',
  'version',
  'environment',
  'criticality',
  'status',
  'power_state',
  'disposition',
  'asset_class',
  'serial',
  'text',
] as const;
export type ValueKind = (typeof valueKinds)[number];

export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

/** What was counted over all rows of one column. Counts are rows. */
export interface ColumnProfile {
  /** The header verbatim; repeated headers carry ` (2)`, empty ones are `column_n`. */
  readonly column: string;
  /** Position from 0. */
  readonly position: number;
  readonly rows: number;
  readonly empty: number;
  /** Cells such as `-`, `N/A`, `unknown`: present but saying nothing. */
  readonly placeholders: number;
  /** Distinct non-empty values; exact up to `distinctLimit`, then a lower bound. */
  readonly distinct: number;
  readonly distinctIsExact: boolean;
  readonly maxLength: number;
  readonly meanLength: number;
  /** Rows by kind among the cells that say something. */
  readonly kinds: Readonly<Partial<Record<ValueKind, number>>>;
  /** Most frequent values, most frequent first, at most 50. */
  readonly top: readonly ValueCount[];
  /** Up to 5 values in order of first appearance, not masked. */
  readonly samples: readonly string[];
  /** Statistics over cells that read as numbers under the column's number format. */
  readonly numbers: NumberStatistics | null;
  /** Cells with three or more parts split by comma, semicolon, pipe or newline. */
  readonly multiValue: number;
  /** Lower-case unit words seen in cells, with counts (`gib`, `mb`, `%`). */
  readonly unitWords: Readonly<Record<string, number>>;
  /** Decimal mark by column evidence. */
  readonly decimalMark: '.' | ',';
  /** Order of ambiguous dates by column evidence. */
  readonly dateOrder: 'dmy' | 'mdy' | 'unknown';
  /** Kinds of personal data found by value. */
  readonly pii: readonly PiiKind[];
  /** Rows by format among the cells that say something; each cell has exactly one. */
  readonly formats?: Readonly<Partial<Record<CellFormat, number>>>;
}

/** Coarse format of a cell, each cell exactly one, to say whether a column is consistent. */
export const cellFormats = [
  'number',
  'date',
  'ip',
  'mac',
  'uuid',
  'email',
  'url',
  'host',
  'words',
  'other',
] as const;
export type CellFormat = (typeof cellFormats)[number];

export const piiKinds = ['email', 'phone', 'credit_card', 'iban', 'national_id', 'person_name'] as const;
export type PiiKind = (typeof piiKinds)[number];

export interface NumberStatistics {
  readonly count: number;
  readonly integers: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  readonly median: number;
}

export interface TableProfile {
  readonly rows: number;
  /** Rows that repeat an earlier row in every cell; a lower bound above the limit of remembered rows. */
  readonly repeatedRows?: number;
  readonly columns: readonly ColumnProfile[];
  readonly scores: QualityScores;
}

/** Percentages from 0 to 100 with one decimal, each computed from counts. */
export interface QualityScores {
  readonly completeness: number;
  readonly consistency: number;
  readonly constraintCompliance: number;
  readonly overall: number;
}

/** Something about the data that a person should know; `blocking` ones need a decision before mapping. */
export interface QualityFinding {
  readonly code: string;
  readonly severity: FindingSeverity;
  readonly blocking: boolean;
  readonly column: string | null;
  readonly attribute: AttributeName | null;
  readonly affectedRows: number;
  readonly message: string;
  readonly examples: readonly string[];
}

/** One recorded change of one cell: reversible, with the rule that made it. */
export interface CleansingChange {
  readonly rowNumber: number;
  readonly attribute: AttributeName;
  readonly sourceColumn: string;
  readonly from: string;
  readonly to: AttributeValue | null;
  readonly rule: string;
}

/** What changed cells of one column for one attribute. */
export interface CleansingRule {
  readonly attribute: AttributeName;
  readonly sourceColumn: string;
  /** Of the column in its file, from 0. */
  readonly position: number;
  readonly rule: string;
  /** Whether the cell said nothing that could be used; otherwise the attribute has what was made of it. */
  readonly isUnusable: boolean;
}

/** Something wrong with one cell of one row. The message holds no cell value; `value` does. */
export interface RowFinding {
  readonly rowNumber: number;
  /** A key of `cellProblems`; never renamed. */
  readonly code: string;
  readonly severity: FindingSeverity;
  readonly attribute: AttributeName;
  readonly sourceColumn: string;
  readonly value: string;
  readonly message: string;
}

/** A row under the approved mapping. Values are canonical; what the cells said stays in the raw record. */
export interface CleansedRow {
  readonly values: AttributeValues;
  /** The values as the members of a JSON object, each behind a comma. */
  readonly members: readonly string[];
  /** Numbers of the rules that changed cells of the row, as the cleanser numbers them. */
  readonly applied: readonly number[];
  readonly changes: readonly CleansingChange[];
  readonly findings: readonly RowFinding[];
  /** Header of the column for which a person decided that this row is skipped, else null. */
  readonly skippedFor: string | null;
}
