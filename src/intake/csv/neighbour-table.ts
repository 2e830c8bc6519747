import { copyOptionsFor, encodeForCopy, encodeRecord, recordsOfBatch } from './copy-format';
import { nameColumns } from '../detection/header';
import { rawText, rejectionMessage } from '../rejection';
import type { CopyOptions, IntakeBatch, OpenTable, RejectedRecord } from '../types';

/** An empty column between two groups of columns. */
export interface ColumnGap {
  /** Position of the empty column, from 0; the first table ends before it. */
  readonly at: number;
  /** The columns behind it are another table; else they may be one, or columns set apart for the eye. */
  readonly isBorder: boolean;
}

type Row = readonly string[];

const isBlank = (cell: string | undefined): boolean => (cell ?? '').trim() === '';
const isEmptyRow = (cells: Row): boolean => cells.every(isBlank);
const filled = (cells: Row): string[] => cells.filter((cell) => !isBlank(cell));

/** Tables have at least so many columns. */
const leastColumns = 2;
/** Share of cells that a table fills where it has rows. */
const dense = 0.8;

interface Sides {
  readonly left: Row;
  readonly right: Row;
}

const sidesOf = (cells: Row, gap: number): Sides => ({
  left: cells.slice(0, gap),
  right: cells.slice(gap + 1),
});

function sharesName({ left, right }: Sides): boolean {
  const names = new Set(filled(left).map((name) => name.trim().toLowerCase()));
  return filled(right).some((name) => names.has(name.trim().toLowerCase()));
}

function isDense(rows: readonly Row[]): boolean {
  const cells = rows.flat();
  return filled(cells).length >= cells.length * dense;
}

/** Whether one side ends before the other, as tables of different length do and columns of one table do not. */
function endsEarlier(rows: readonly Sides[], width: Sides): boolean {
  const end = rows.findIndex(({ left, right }) => isEmptyRow(left) || isEmptyRow(right));
  if (end < 2) return false;
  const [both, rest] = [rows.slice(0, end), rows.slice(end)];
  const ended = isEmptyRow(rest[0]?.left ?? []) ? 'left' : 'right';
  if (!rest.every((row) => isEmptyRow(row[ended]))) return false;
  const isFull = isDense(both.map((row) => row[ended].slice(0, filled(width[ended]).length)));
  // Rows that say nothing under the first columns are no records of theirs; empty last columns are usual.
  return isFull && (ended === 'left' || rest.length >= 2);
}

/** Finds the column that parts two tables on one sheet; undefined when no column is empty between others. */
export function columnGap(header: Row, records: readonly Row[]): ColumnGap | undefined {
  const rows = records.filter((cells) => !isEmptyRow(cells));
  const at = header.findIndex((name, column) => {
    if (!isBlank(name) || rows.length === 0 || rows.some((cells) => !isBlank(cells[column]))) return false;
    const { left, right } = sidesOf(header, column);
    return filled(left).length >= leastColumns && filled(right).length >= leastColumns;
  });
  if (at < 0) return undefined;
  const names = sidesOf(header, at);
  const sides = rows.map((cells) => sidesOf(cells, at));
  return { at, isBorder: sharesName(names) || endsEarlier(sides, names) };
}

/** The table before a gap. Its columns are named without regard to those of the second one. */
export function beforeGap(table: OpenTable, header: Row, { at }: ColumnGap): OpenTable {
  const { columns, warnings } = nameColumns(header.slice(0, at));
  const other = header.slice(at + 1).find((name) => !isBlank(name)) ?? '';
  const copyOptions = copyOptionsFor(table.copyOptions.delimiter, columns.length);

  async function* batches(skipRows?: number): AsyncGenerator<IntakeBatch> {
    for await (const batch of table.batches(skipRows)) yield narrowed(batch, columns.length, copyOptions);
  }

  return {
    header: { ...table.header, columns },
    copyOptions,
    warnings: [
      `A second table begins beside the first one with the column "${other.trim().slice(0, 80)}"; it is left out, upload it as a file of its own`,
      ...table.warnings,
      ...warnings,
    ],
    batches,
  };
}

/** What people should know of a gap that may or may not part two tables. */
export function gapWarnings(gap: ColumnGap | undefined): string[] {
  if (gap === undefined || gap.isBorder) return [];
  return [
    `Column ${gap.at + 1} is empty; if the columns behind it are another table, upload that as a file of its own`,
  ];
}

function narrowed(batch: IntakeBatch, width: number, copyOptions: CopyOptions): IntakeBatch {
  const { delimiter } = copyOptions;
  const lines: string[] = [];
  const rejected: RejectedRecord[] = [...batch.rejected];
  for (const { rowNumber, line, cells } of recordsOfBatch(batch)) {
    const own = cells.slice(0, width);
    if (isEmptyRow(own)) {
      rejected.push(ofNeighbour(rowNumber, line, encodeRecord(cells, delimiter)));
      continue;
    }
    lines.push(`${rowNumber}${delimiter}${line}${delimiter}${encodeForCopy(own, copyOptions)}\n`);
  }
  rejected.sort((one, two) => one.rowNumber - two.rowNumber);
  return {
    ...batch,
    copy: Buffer.from(lines.join(''), 'utf8'),
    accepted: lines.length,
    rejected,
    copyOptions,
  };
}

function ofNeighbour(rowNumber: number, line: number, text: string): RejectedRecord {
  const code = 'second_table';
  const message = rejectionMessage({ code, line, column: null });
  return { line, rowNumber, column: null, code, message, raw: rawText(Buffer.from(text)) };
}
