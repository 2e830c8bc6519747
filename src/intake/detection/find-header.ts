import type { TextRecord } from '../csv/csv-text';

/** Where the header row stands and what it says. */
export interface FoundHeader {
  readonly line: number;
  /** Cells as they stand, without empty ones at the end that no record fills. */
  readonly cells: readonly string[];
  /** Non-blank lines above it. */
  readonly bannerLines: number;
  /** Share of its cells that come back in the records below, as data would. */
  readonly repetition: number;
  /** A person named the row. */
  readonly isChosen?: boolean;
}

/** Banner and title lines above a header are few. */
const searchedRecords = 60;
const comparedRecords = 100;
/** A later row must be this much better, so that a data row never takes the place of the header. */
const margin = 1.5;

const numberPattern = /^[-+]?[\d.,' ]*\d[\d.,' ]*(?:e[-+]?\d+)?\s?%?$/iu;
const addressPattern =
  /^(?:\d{1,3}(?:\.\d{1,3}){3}(?:\/\d+)?|(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/iu;

/** Whether a cell is a number, an IP or MAC address or a UUID, which a header hardly is. */
export function isValueLike(cell: string): boolean {
  const text = cell.trim();
  return text.length <= 64 && (numberPattern.test(text) || addressPattern.test(text));
}

const isHeaderText = (cell: string): boolean => {
  const text = cell.trim();
  return text !== '' && text.length <= 300 && !isValueLike(text);
};

/** Share of the cells that could be names of columns. */
export function headerQuality(cells: readonly string[]): number {
  return cells.filter(isHeaderText).length / Math.max(1, cells.length);
}

function distinctTexts(cells: readonly string[]): number {
  return new Set(cells.filter(isHeaderText)).size;
}

/** Number of cells up to the last one that is not empty. */
export function usedWidth(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== '') + 1;
}

const isSameWidth = (header: readonly string[], row: readonly string[]): boolean =>
  row.length === header.length || (row.length <= header.length + 1 && usedWidth(row) === header.length);

function supportOf(records: readonly TextRecord[], index: number): number {
  const header = records[index]?.cells ?? [];
  const used = header.slice(0, usedWidth(header));
  const below = records.slice(index + 1, index + 1 + comparedRecords);
  return below.filter(({ cells }) => isSameWidth(header, cells) || isSameWidth(used, cells)).length;
}

function widthOfTable(header: TextRecord, below: readonly TextRecord[]): number {
  const declared = usedWidth(header.cells);
  const raw = header.cells.length;
  let width = declared;
  for (const { cells } of below) {
    if (cells.length <= raw) width = Math.max(width, usedWidth(cells));
  }
  return width;
}

function repetitionOf(header: TextRecord, below: readonly TextRecord[]): number {
  const headerText = header.cells.join('\0');
  // A header that stands again further down comes from files that were put together.
  const data = below.filter(({ cells }) => cells.join('\0') !== headerText);
  const filled = header.cells.flatMap((cell, index) => (cell.trim() === '' ? [] : [{ cell, index }]));
  const repeated = filled.filter(({ cell, index }) => data.some((record) => record.cells[index] === cell));
  return filled.length === 0 ? 0 : repeated.length / filled.length;
}

/** The row with the most names that is followed by rows of its width; undefined when no row holds any text. */
export function findHeader(records: readonly TextRecord[]): FoundHeader | undefined {
  const filled = records.filter(({ cells }) => usedWidth(cells) > 0);
  let best = -1;
  let bestScore = 0;
  for (let index = 0; index < Math.min(filled.length, searchedRecords); index += 1) {
    const texts = distinctTexts(filled[index]?.cells ?? []);
    const score = texts * (supportOf(filled, index) + 1);
    if (score > bestScore * margin) {
      best = index;
      bestScore = score;
    }
  }
  return describeHeader(filled, Math.max(best, 0));
}

/** The header row on a line that a person chose. */
export function headerOnLine(records: readonly TextRecord[], line: number): FoundHeader | undefined {
  const filled = records.filter(({ cells }) => usedWidth(cells) > 0);
  const index = filled.findIndex((record) => record.line === line);
  return index < 0 ? undefined : describeHeader(filled, index);
}

/** Numbered columns for a table without a header row; as wide as most of its records. */
export function headerless(records: readonly TextRecord[]): FoundHeader | undefined {
  const [first] = records;
  const widths = new Map<number, number>();
  for (const { cells } of records) {
    const width = usedWidth(cells);
    if (width > 0) widths.set(width, (widths.get(width) ?? 0) + 1);
  }
  const [common] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  if (first === undefined || common === undefined) return undefined;
  const cells = Array.from({ length: common[0] }, (_, column) => `column_${column + 1}`);
  return { line: first.line - 1, cells, bannerLines: 0, repetition: 0 };
}

function describeHeader(filled: readonly TextRecord[], index: number): FoundHeader | undefined {
  const header = filled[index];
  if (header === undefined) return undefined;
  const below = filled.slice(index + 1);
  const width = widthOfTable(header, below);
  const cells = Array.from({ length: width }, (_, column) => header.cells[column] ?? '');
  return { line: header.line, cells, bannerLines: index, repetition: repetitionOf(header, below) };
}
