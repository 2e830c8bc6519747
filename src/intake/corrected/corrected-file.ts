import { guardCell, unguardCell } from '../../domain/quality/values/spreadsheet-text';
import { recordsOfBatch } from '../csv/copy-format';
import { cellsOfRecord } from '../csv/csv-text';
import type { Container, Delimiter, OpenTable } from '../types';
import type { WrittenSheet } from '../xlsx/write-workbook';

/**
 * The file of rejected records: the person's own columns, and behind them what is wrong with each row. It is sent back
 * with the rows put right; the number of the record says which one a row is.
 */
const noteNames = {
  row: 'Surveyor row',
  line: 'Surveyor line',
  error: 'Surveyor error',
  message: 'Surveyor message',
  column: 'Surveyor column',
  hint: 'Surveyor hint',
  rest: 'Surveyor rest',
} as const;
type Note = keyof typeof noteNames;
const notes = Object.keys(noteNames) as readonly Note[]; // the keys of the constant above

/** A rejected record as the file shows it. */
export interface RejectedRow {
  readonly rowNumber: number;
  readonly line: number;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly column: string | null;
  /** One text for each column of the import. */
  readonly cells: readonly string[];
  /** What of the record has no column: surplus cells, or a text that holds no cells. */
  readonly rest: string;
}

/** A row of a file that came back. */
export interface CorrectedRow {
  readonly rowNumber: number;
  readonly cells: readonly string[];
  /** A person emptied the cell with the error: the row is right as it stands. */
  readonly isDeclaredRight: boolean;
  /** What still has no column. */
  readonly rest: string;
}

/** Names of the further columns, told from those of the import. */
function noteColumns(columns: readonly string[]): Readonly<Record<Note, string>> {
  const taken = new Set(columns);
  const nameOf = (note: Note): string => {
    let name: string = noteNames[note];
    while (taken.has(name)) name = `${name} *`;
    return name;
  };
  return Object.fromEntries(notes.map((note) => [note, nameOf(note)])) as Record<Note, string>; // one for each note
}

/** Header of the file of rejected records. */
export function rejectedHeader(columns: readonly string[]): string[] {
  const names = noteColumns(columns);
  return [...columns, ...notes.map((note) => names[note])].map(guardCell);
}

/** Cells of a rejected record in the order of `rejectedHeader`, safe to open in a spreadsheet program. */
export function rejectedCells(row: RejectedRow): string[] {
  const { rowNumber, line, code, message, column, hint, rest } = row;
  const told = [String(rowNumber), String(line), code, message, column ?? '', hint, rest];
  return [...row.cells, ...told].map(guardCell);
}

/** Cells as one line of CSV (RFC 4180). */
export function csvLine(cells: readonly string[]): string {
  const quoted = cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return `${quoted.join(',')}\r\n`;
}

const byteOrderMark = '\uFEFF';

/** The file as CSV, in pieces: UTF-8 with a byte order mark, which spreadsheet programs need. */
export async function* rejectedCsv(
  columns: readonly string[],
  pages: AsyncIterable<readonly RejectedRow[]>,
): AsyncGenerator<string, void, undefined> {
  yield `${byteOrderMark}${csvLine(rejectedHeader(columns))}`;
  for await (const page of pages) {
    if (page.length > 0) yield page.map((row) => csvLine(rejectedCells(row))).join('');
  }
}

/** The file as the one sheet of a workbook; its texts are as safe when the workbook is saved as CSV. */
export function rejectedSheet(
  columns: readonly string[],
  pages: AsyncIterable<readonly RejectedRow[]>,
): WrittenSheet {
  const rows = async function* (): AsyncGenerator<string[], void, undefined> {
    for await (const page of pages) yield* page.map(rejectedCells);
  };
  return { name: 'Rejected rows', columns: rejectedHeader(columns).map((name) => ({ name })), rows: rows() };
}

export interface RecordFormat {
  readonly container: Container | null;
  readonly delimiter: string | null;
  readonly columns: readonly string[];
}

/** The cells of a record that could not be read, as far as they can be told, and what is left of it. */
export function recoverCells(
  raw: string,
  { container, delimiter, columns }: RecordFormat,
): Pick<RejectedRow, 'cells' | 'rest'> {
  if (container === 'json' || container === 'ndjson') return recoverObject(raw, columns);
  // The detection has told one of the known delimiters; rows of workbooks are kept with commas.
  const separator = (container === 'xlsx' ? ',' : (delimiter ?? ',')) as Delimiter;
  const found = cellsOfRecord(raw.replace(/[\r\n]+$/, ''), separator);
  const surplus = found.slice(columns.length);
  return {
    cells: columns.map((_, position) => found[position] ?? ''),
    rest: surplus.some((cell) => cell.trim() !== '') ? surplus.join(separator) : '',
  };
}

function recoverObject(raw: string, columns: readonly string[]): Pick<RejectedRow, 'cells' | 'rest'> {
  const value = parsed(raw);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { cells: columns.map(() => ''), rest: raw };
  }
  const entries = new Map<string, unknown>(Object.entries(value));
  const cells = columns.map((column) => textOf(entries.get(column)));
  const strangers = Object.keys(value).filter((key) => !columns.includes(key));
  return { cells, rest: strangers.length === 0 ? '' : raw };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a text that is no JSON holds no cells
  }
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a file that came back lacks. */
export interface MissingColumns {
  readonly missing: readonly string[];
}

/** Where the columns of an import, and those about its rejected records, stand in a file that came back. */
export interface CorrectedColumns {
  /** Position in the file of each column of the import. */
  readonly positions: readonly number[];
  readonly row: number;
  /** -1: the person removed the column. */
  readonly error: number;
  readonly rest: number;
  /** Columns that the import does not have. */
  readonly unknown: readonly string[];
}

/** Recognises the columns of a file that came back, in any order. */
export function correctedColumns(
  columns: readonly string[],
  header: readonly string[],
): CorrectedColumns | MissingColumns {
  const names = noteColumns(columns);
  const places = new Map(header.map((name, position) => [unguardCell(name), position]));
  const wanted = [...columns, names.row];
  const missing = wanted.filter((name) => !places.has(name));
  if (missing.length > 0) return { missing };
  const known = new Set([...columns, ...Object.values(names)]);
  const placeOf = (name: string): number => places.get(name) ?? -1;
  return {
    positions: columns.map(placeOf),
    row: placeOf(names.row),
    error: placeOf(names.error),
    rest: placeOf(names.rest),
    unknown: [...places.keys()].filter((name) => !known.has(name)),
  };
}

/** The rows of a file that came back, batch by batch, as they were before Surveyor made them safe to open. */
export async function* correctedRows(
  table: Pick<OpenTable, 'batches'>,
  places: CorrectedColumns,
): AsyncGenerator<CorrectedRow[], void, undefined> {
  for await (const batch of table.batches()) {
    yield recordsOfBatch(batch).flatMap(({ cells }): CorrectedRow[] => {
      const rowNumber = numberOf(cells[places.row]);
      if (rowNumber === undefined) return [];
      return [
        {
          rowNumber,
          cells: places.positions.map((position) => unguardCell(cells[position] ?? '')),
          isDeclaredRight: places.error >= 0 && (cells[places.error] ?? '').trim() === '',
          rest: places.rest < 0 ? '' : unguardCell(cells[places.rest] ?? '').trim(),
        },
      ];
    });
  }
}

/** Number of a record; spreadsheet programs may have written `12.0`. */
function numberOf(cell: string | undefined): number | undefined {
  const match = /^\s*(\d{1,10})(?:[.,]0+)?\s*$/.exec(cell ?? '');
  return match === null ? undefined : Number(match[1]);
}

/** Whether a row still stands as it was sent out; spaces and line ends that a program changes do not count. */
export function isUnchanged(before: readonly string[], after: readonly string[]): boolean {
  const plain = (cell: string | undefined): string => (cell ?? '').replaceAll(/\s+/g, ' ').trim();
  return before.every((cell, position) => plain(cell) === plain(after[position]));
}
