import { readTextRecords } from './csv-text';
import type { CopyOptions, Delimiter, IntakeBatch } from '../types';

/** Widest table that is landed as one column per header; wider ones go as one `text[]` literal. */
export const maxLandingColumns = 200;

/** How the batches of a table are written. */
export function copyOptionsFor(delimiter: Delimiter, columnCount: number): CopyOptions {
  return { delimiter, layout: columnCount > maxLandingColumns ? 'array' : 'columns' };
}

const needsQuotes: Readonly<Record<Delimiter, RegExp>> = {
  ',': /[",\r\n\\]/u,
  ';': /[";\r\n\\]/u,
  '\t': /["\t\r\n\\]/u,
  '|': /["|\r\n\\]/u,
};

const quoteCell = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** Cells as one CSV record without its line end. */
export function encodeRecord(cells: readonly string[], delimiter: Delimiter): string {
  const special = needsQuotes[delimiter];
  return cells.map((cell) => (special.test(cell) ? quoteCell(cell) : cell)).join(delimiter);
}

/** Cells as a PostgreSQL `text[]` literal. */
export function arrayLiteral(cells: readonly string[]): string {
  return `{${cells.map((cell) => `"${cell.replaceAll(/["\\]/gu, '\\$&')}"`).join(',')}}`;
}

function cellsOfArrayLiteral(literal: string): string[] {
  const cells: string[] = [];
  for (const match of literal.matchAll(/"((?:[^"\\]|\\.)*)"/gsu)) {
    cells.push((match[1] ?? '').replaceAll(/\\(.)/gsu, '$1'));
  }
  return cells;
}

/** Text of accepted cells in the layout of the batch, without row and line number. */
export function encodeForCopy(cells: readonly string[], options: CopyOptions): string {
  return options.layout === 'array' ? quoteCell(arrayLiteral(cells)) : encodeRecord(cells, options.delimiter);
}

/** One accepted record of a batch. */
export interface BatchRecord {
  readonly rowNumber: number;
  readonly line: number;
  readonly cells: readonly string[];
}

const defaultOptions: CopyOptions = { delimiter: ',', layout: 'columns' };

/** Splits a line of plain cells; null when it holds quotes and needs the full reader. */
function plainRecords(text: string, delimiter: Delimiter): string[][] | null {
  if (text.includes('"')) return null;
  const lines = text.split('\n');
  lines.pop();
  return lines.map((line) => line.split(delimiter));
}

/** Accepted records of a batch with their row and line numbers. */
export function recordsOfBatch(batch: IntakeBatch): BatchRecord[] {
  const { delimiter, layout } = batch.copyOptions ?? defaultOptions;
  const text = batch.copy.toString('utf8');
  const rows =
    plainRecords(text, delimiter) ??
    readTextRecords(text, delimiter, Number.POSITIVE_INFINITY).map((record) => record.cells);
  return rows.map(([rowNumber, line, ...cells]) => ({
    rowNumber: Number(rowNumber),
    line: Number(line),
    cells: layout === 'array' ? cellsOfArrayLiteral(cells[0] ?? '') : cells,
  }));
}

/** Accepted cells of a batch, one array of `columns` texts a record. */
export function rowsOfBatch(batch: IntakeBatch, columns: number | readonly string[]): string[][] {
  const width = typeof columns === 'number' ? columns : columns.length;
  return recordsOfBatch(batch).map((record) => record.cells.slice(0, width));
}
