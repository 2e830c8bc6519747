/** Why a physical record was not accepted; lower-case words, never renamed. */
export const rejectionCodes = [
  'too_few_cells',
  'too_many_cells',
  'unbalanced_quote',
  'text_after_quote',
  'nul_byte',
  'invalid_utf8',
  'cell_too_large',
  'not_an_object',
  'invalid_json',
] as const;
export type RejectionCode = (typeof rejectionCodes)[number];

export interface RejectedRecord {
  /** Physical line, from 1, on which the record starts. */
  readonly line: number;
  /** Number of the record among all records of the table, from 1. */
  readonly rowNumber: number;
  /** Column position from 0 where the fault lies, or null. */
  readonly column: number | null;
  readonly code: RejectionCode;
  /** What happened and what to do, without cell values. */
  readonly message: string;
  /** The record as it stands in the file, at most 64 KiB, invalid bytes replaced. */
  readonly raw: string;
}

export type Container = 'csv' | 'xlsx' | 'json' | 'ndjson';

/** What the first bytes of an upload say it is. */
export interface Detection {
  readonly container: Container;
  /** IANA name, lower case. */
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  readonly hasBom: boolean;
  /** Null for JSON. */
  readonly delimiter: ',' | ';' | '\t' | '|' | null;
  readonly warnings: readonly string[];
}

/** Limits of one import (design: 5M rows, 1,000 columns, 64 KiB a cell). */
export interface IntakeLimits {
  readonly maxRows: number;
  readonly maxColumns: number;
  readonly maxCellBytes: number;
  /** Rows per batch. */
  readonly batchRows: number;
  readonly maxJsonDepth: number;
}

export const defaultIntakeLimits: IntakeLimits = {
  maxRows: 5_000_000,
  maxColumns: 1_000,
  maxCellBytes: 64 * 1024,
  batchRows: 25_000,
  maxJsonDepth: 32,
};

export interface TableHeader {
  /** Name of the sheet or array; null when the container has one unnamed table. */
  readonly name: string | null;
  /** Physical line of the header row, from 1. */
  readonly headerLine: number;
  /** Headers verbatim, made unique: repeated ones carry ` (2)`, empty ones are `column_n`. */
  readonly columns: readonly string[];
}

/**
 * Some accepted and rejected records in file order. `copy` holds the accepted records as CSV for
 * `COPY … FROM STDIN (FORMAT csv)`: row number, line number, then one field per column.
 */
export interface IntakeBatch {
  readonly copy: Buffer;
  readonly accepted: number;
  readonly rejected: readonly RejectedRecord[];
  /** Records read so far, accepted and rejected together; the position to go on from. */
  readonly rowsRead: number;
}
