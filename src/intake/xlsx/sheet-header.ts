import type { TextRecord } from '../csv/csv-text';
import { type FoundHeader, findHeader, headerOnLine, isValueLike, usedWidth } from '../detection/find-header';
import type { MergedRange } from './sheet-survey';

/** One of the first rows of a sheet that hold a value. */
export interface HeadRow {
  /** Number of the row in the sheet, from 1. */
  readonly line: number;
  /** Number of the row among those that the part holds, from 1. */
  readonly ordinal: number;
  readonly cells: readonly string[];
}

/** Header rows stand at most so many on top of each other. */
const maxHeaderRows = 4;

/** All rows as wide as the widest, as a spreadsheet writes them to CSV. */
function padded(rows: readonly HeadRow[], maxColumns: number): TextRecord[] {
  const widest = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const width = Math.min(widest, maxColumns + 1);
  return rows.map(({ line, cells }) => ({
    line,
    cells: Array.from({ length: width }, (_, column) => cells[column] ?? ''),
    complete: true,
  }));
}

const isWide = ({ left, right }: MergedRange): boolean => right > left;
const covers = ({ left, right }: MergedRange, column: number): boolean =>
  column + 1 >= left && column + 1 <= right;

/** Repeats the text of each merged range over all of its cells. */
function fillMerges(records: readonly TextRecord[], merges: readonly MergedRange[]): TextRecord[] {
  const filled = records.map((record) => ({ ...record, cells: [...record.cells] }));
  const byLine = new Map(filled.map((record) => [record.line, record.cells]));
  const lastLine = records.at(-1)?.line ?? 0;
  for (const { top, bottom, left, right } of merges) {
    const text = byLine.get(top)?.[left - 1] ?? '';
    const end = text === '' ? 0 : Math.min(bottom, lastLine);
    for (let line = top; line <= end; line += 1) {
      const cells = byLine.get(line) ?? [];
      cells.fill(text, left - 1, Math.min(right, cells.length));
    }
  }
  return filled;
}

interface Block {
  /** Index of the first and of the last header row. */
  readonly first: number;
  readonly last: number;
}

class HeaderBlock {
  constructor(
    private readonly records: readonly TextRecord[],
    private readonly merges: readonly MergedRange[],
  ) {}

  /** The header rows around the one at `index`. */
  around(index: number): Block {
    let first = index;
    let last = index;
    while (last - first < maxHeaderRows - 1 && this.goesOnBelow(last)) last += 1;
    while (last - first < maxHeaderRows - 1 && this.isGroupRow(first - 1, first)) first -= 1;
    return { first, last };
  }

  private startingOn(index: number): MergedRange[] {
    const line = this.records[index]?.line;
    return this.merges.filter(({ top }) => top === line);
  }

  private cell(index: number, column: number): string {
    return this.records[index]?.cells[column]?.trim() ?? '';
  }

  private goesOnBelow(index: number): boolean {
    const line = this.records[index]?.line ?? 0;
    const below = this.records[index + 1];
    if (below === undefined || below.line !== line + 1) return false;
    if (
      this.merges.some(
        ({ top, bottom, left }) => this.isTall(top, bottom, line) && this.cell(index, left - 1) !== '',
      )
    ) {
      return true;
    }
    const groups = this.startingOn(index).filter(isWide);
    return this.isGroupRow(index, index + 1) && this.hasNamesUnder(index + 1, groups);
  }

  private isTall(top: number, bottom: number, line: number): boolean {
    return top <= line && bottom > line && bottom - top < maxHeaderRows;
  }

  /** Names stand under groups, and nothing beside them, as no record would have it. */
  private hasNamesUnder(index: number, groups: readonly MergedRange[]): boolean {
    const { cells } = this.records[index] ?? { cells: [] };
    let names = 0;
    for (const [column, cell] of cells.entries()) {
      if (cell.trim() === '') continue;
      if (isValueLike(cell) || !groups.some((group) => covers(group, column))) return false;
      names += 1;
    }
    return names > groups.length;
  }

  /** Whether a row holds groups of columns, and is no title over the whole table. */
  private isGroupRow(index: number, below: number): boolean {
    const line = this.records[index]?.line;
    if (line === undefined || line !== (this.records[below]?.line ?? 0) - 1) return false;
    const groups = this.startingOn(index).filter(isWide);
    const texts = new Set((this.records[index]?.cells ?? []).filter((cell) => cell.trim() !== ''));
    return groups.some(({ left }) => this.cell(index, left - 1) !== '' && (texts.size > 1 || left > 1));
  }
}

/** Header rows on top of each other as one: each column's different texts joined by a space. */
function joinRows(rows: readonly TextRecord[], merges: readonly MergedRange[]): readonly string[] {
  const filled = fillMerges(rows, merges);
  const width = filled[0]?.cells.length ?? 0;
  return Array.from({ length: width }, (_, column) => {
    const texts = filled.map(({ cells }) => (cells[column] ?? '').trim()).filter((text) => text !== '');
    return [...new Set(texts)].join(' ');
  });
}

function foundIn(records: readonly TextRecord[], line: number | undefined): FoundHeader | undefined {
  return line === undefined ? findHeader(records) : headerOnLine(records, line);
}

function withoutHeader(records: readonly TextRecord[], maxColumns: number): FoundHeader | undefined {
  const [first] = records;
  if (first === undefined) return undefined;
  const cells = first.cells.slice(0, maxColumns).map((_, column) => `column_${column + 1}`);
  return { line: first.line - 1, cells, bannerLines: 0, repetition: 0 };
}

function cutToNames(found: FoundHeader, named: readonly string[], maxColumns: number): FoundHeader {
  if (found.cells.length <= maxColumns || usedWidth(named) > maxColumns) return found;
  return { ...found, cells: found.cells.slice(0, maxColumns) };
}

export interface HeaderSearch {
  readonly merges: readonly MergedRange[];
  /** Row of the sheet that a person has chosen; 0 when there is none and the columns are numbered. */
  readonly headerLine?: number | undefined;
  readonly maxColumns: number;
}

/**
 * Finds the header row among the first rows of a sheet as in a CSV file. Merged cells count for each of their
 * columns; header rows on top of each other are joined, and the last of them is the header's line.
 */
export function findSheetHeader(
  rows: readonly HeadRow[],
  { merges, headerLine, maxColumns }: HeaderSearch,
): FoundHeader | undefined {
  const records = padded(rows, maxColumns);
  if (headerLine === 0) return withoutHeader(records, maxColumns);
  const filled = fillMerges(records, merges);
  const found = foundIn(filled, headerLine);
  if (found === undefined) return undefined;
  const index = records.findIndex(({ line }) => line === found.line);
  const { first, last } = new HeaderBlock(filled, merges).around(index);
  const names = joinRows(records.slice(first, last + 1), merges);
  const line = records[last]?.line ?? found.line;
  const joined = [{ line, cells: names, complete: true }, ...records.slice(last + 1)];
  const header = headerOnLine(joined, line);
  if (header === undefined) return undefined;
  return cutToNames({ ...header, bannerLines: first }, names, maxColumns);
}
