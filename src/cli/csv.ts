import { guardCell } from '../domain/quality/values/spreadsheet-text';
import { csvLine } from '../intake/corrected/corrected-file';

/** Rows as CSV (RFC 4180, with BOM for spreadsheet programs); the columns are all keys in order of appearance. */
export function toCsv(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => cellText(row[column])))];
  return `\uFEFF${lines.map((line) => csvLine(line.map(guardCell))).join('')}`;
}

/** A value as the text of one cell. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(cellText).join('; ');
  if (typeof value === 'object') return JSON.stringify(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
