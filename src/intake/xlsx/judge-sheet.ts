import { DomainError } from '../../domain/errors';
import type { FoundHeader } from '../detection/find-header';
import { checkHeader } from '../detection/header';
import type { IntakeLimits } from '../types';
import { type HeadRow, findSheetHeader } from './sheet-header';

/** A list of one column needs so many values under its name to be told from a page of text. */
const leastListRows = 3;
const maxListWords = 4;
const maxNameCharacters = 60;

const wordsIn = (text: string): number => text.trim().split(/\s+/u).length;

const filledCells = (cells: readonly string[]): string[] => cells.filter((cell) => cell.trim() !== '');

/** One column of short values without gaps below a short name; a cover page has sentences and gaps. */
function isList(header: FoundHeader, records: readonly HeadRow[]): boolean {
  const name = filledCells(header.cells)[0] ?? '';
  if (name.length > maxNameCharacters || /[.:!?]$/u.test(name.trim()) || records.length < leastListRows)
    return false;
  const last = records.at(-1)?.line ?? 0;
  const hasGaps = last - header.line > records.length + records.length / 10;
  const short = records.filter(({ cells }) => wordsIn(filledCells(cells)[0] ?? '') <= maxListWords);
  return !hasGaps && short.length * 10 >= records.length * 9;
}

/** Two columns of labels and values: `Customer: | ACME`. */
function isCoverPage(header: FoundHeader, records: readonly HeadRow[]): boolean {
  const rows = [header.cells, ...records.map(({ cells }) => cells)].map(filledCells);
  if (rows.some((cells) => cells.length > 2)) return false;
  const labels = rows.filter(([label]) => /:\s*$/u.test(label ?? ''));
  return labels.length * 2 >= rows.length;
}

/** Why the first rows of a sheet hold no table, in plain words; null when they do. */
export function whyNoTable(rows: readonly HeadRow[], limits: IntakeLimits): string | null {
  if (rows.length === 0) return 'The sheet is empty';
  const found = findSheetHeader(rows, { merges: [], maxColumns: limits.maxColumns });
  const header = acceptedHeader(found, limits);
  if (header === null) return 'No row of column names was found';
  const records = rows.filter(({ line }) => line > header.line);
  if (records.length === 0) return 'There are no records below the column names';
  const isOneColumn = [header.cells, ...records.map(({ cells }) => cells)].every(
    (cells) => filledCells(cells).length <= 1,
  );
  const isPage = isOneColumn ? !isList(header, records) : isCoverPage(header, records);
  return isPage ? 'It is a page of text and holds no table' : null;
}

/** A header that is refused for its number of columns is a header: opening the sheet says so. */
function acceptedHeader(found: FoundHeader | undefined, limits: IntakeLimits): FoundHeader | null {
  try {
    return checkHeader(
      found,
      { maxColumns: Math.max(limits.maxColumns, found?.cells.length ?? 0) },
      'IMP_005',
    );
  } catch (error) {
    if (error instanceof DomainError && error.code === 'IMP_005') return null;
    throw error;
  }
}
