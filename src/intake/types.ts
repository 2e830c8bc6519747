import type { Readable } from 'node:stream';

import type { ArchiveLimits } from './zip/archive-limits';

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
  'footer_total',
  'repeated_header',
  'second_table',
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

/** Encodings that are read, as IANA names in lower case. The first four are told from the bytes. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'gb18030',
  'big5',
] as const;
export type Encoding = (typeof encodings)[number];

/** Separators between cells that are recognised, in the order in which a tie is decided. */
export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** What a file is packed in. */
export type ArchiveKind = 'zip' | 'gzip';

/** Marks around cells that hold separators or line ends; `line`: double quotes, and such around whole lines as well. */
export const quoteMarks = ['"', "'", 'line'] as const;
export type QuoteMark = (typeof quoteMarks)[number];

/** Marks between the whole and the broken part of numbers. */
export const decimalMarks = ['.', ','] as const;
export type DecimalMark = (typeof decimalMarks)[number];

/** Orders of the parts of dates written in digits. */
export const dateOrders = ['day_first', 'month_first', 'year_first'] as const;
export type DateOrder = (typeof dateOrders)[number];

/** The header row of a text table. */
export interface HeaderPlace {
  /** Physical line from 1; 0 when the file has none and its columns are numbered. */
  readonly line: number;
  /** Lines with text above it, which are no data. */
  readonly titleLines: number;
  /** A person named the line. */
  readonly isChosen: boolean;
}

/** What the first bytes of an upload say it is. */
export interface Detection {
  /** For a ZIP archive of files: what its first file seems to be; `readUploadContent` tells all of them. */
  readonly container: Container;
  /** What the upload is packed in; absent when it is not. A workbook counts as itself. */
  readonly archive?: ArchiveKind;
  /** IANA name, lower case. */
  readonly encoding: Encoding;
  readonly hasBom: boolean;
  /** Null for JSON. */
  readonly delimiter: Delimiter | null;
  /** Absent: double quotes. */
  readonly quote?: QuoteMark;
  /** What the numbers of the first records are written with; absent when they do not tell. */
  readonly decimalMark?: DecimalMark;
  /** Only what a person has chosen. */
  readonly dateOrder?: DateOrder;
  readonly header?: HeaderPlace;
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
  /** All shared texts of a workbook together, in UTF-8; default 192 MiB. */
  readonly maxSharedTextBytes?: number;
  /** What archives may unpack to; absent: the usual limits. */
  readonly archive?: ArchiveLimits;
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

/** How the bytes of a batch are written; `COPY` must be told the same. */
export interface CopyOptions {
  readonly delimiter: Delimiter;
  /** `columns`: one field a column. `array`: one field with a `text[]` literal, for wide tables. */
  readonly layout: 'columns' | 'array';
}

/**
 * Some accepted and rejected records in file order. `copy` holds the accepted records as CSV for
 * `COPY … FROM STDIN (FORMAT csv)`: row number, line number, then one field per column.
 * Every line ends with a line feed. An unquoted empty field and `""` both mean the empty text: load with
 * `FORCE_NOT_NULL` on every column.
 */
export interface IntakeBatch {
  readonly copy: Buffer;
  readonly accepted: number;
  readonly rejected: readonly RejectedRecord[];
  /** Records read so far, accepted and rejected together; the position to go on from. */
  readonly rowsRead: number;
  /** How `copy` is written; absent means commas and one field a column. */
  readonly copyOptions?: CopyOptions;
  /** Lines without any value, ignored and no records. */
  readonly blankLines?: number;
  /** Accepted records that were no UTF-8 and were read as Windows-1252. */
  readonly transcoded?: number;
  /** Accepted JSON records in which a key stands twice; the last value is taken. */
  readonly duplicateKeys?: number;
}

/** A table that can be read from its start as often as needed. */
export interface OpenTable {
  readonly header: TableHeader;
  readonly copyOptions: CopyOptions;
  /** What a person should know about how the table was read. */
  readonly warnings: readonly string[];
  /** Reads the records behind the first `skipRows` ones (default: those of the options). */
  batches(skipRows?: number): AsyncGenerator<IntakeBatch>;
}

/** The bytes of an upload, readable from any place as often as needed. */
export interface UploadBytes {
  readonly size: number;
  /** A stream of the bytes from `start` (default 0) up to and without `end` (default: the size). */
  read(range?: { readonly start?: number; readonly end?: number }): Readable;
}

/** Where a table lies in an upload. Both null: the upload is the table. */
export interface TablePlace {
  /** Name of the entry of the archive, verbatim. */
  readonly entry: string | null;
  /** Name of the sheet of the workbook, verbatim. */
  readonly sheet: string | null;
}

/** One table of an upload. */
export interface UploadTable {
  readonly place: TablePlace;
  readonly detection: Detection;
}

/** What an upload holds. */
export interface UploadContent {
  /** The tables with at least one record, in file order; never empty. */
  readonly tables: readonly UploadTable[];
  /** Sheets and entries that are left out, each with the reason in plain words. */
  readonly ignored: readonly { readonly place: TablePlace; readonly reason: string }[];
  readonly warnings: readonly string[];
}
