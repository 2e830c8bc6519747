import { type TextRecord, readTextRecords } from '../csv/csv-text';
import { headerQuality } from './find-header';
import { type Delimiter, delimiters } from '../types';

const sampleCharacters = 128 * 1024;
const sampleRecords = 100;

/** Delimiter that a spreadsheet's first line `sep=…` names, and the text behind that line. */
export function readSeparatorLine(
  text: string,
): { readonly delimiter: Delimiter; readonly rest: string } | null {
  const match = /^"?sep=(.)"?[ \t]*(?:\r\n|\r|\n|$)/iu.exec(text);
  const delimiter = delimiters.find((candidate) => candidate === match?.[1]);
  return match === null || delimiter === undefined ? null : { delimiter, rest: text.slice(match[0].length) };
}

/** Commas stand in texts more often than the others do, so the others win when both explain a file. */
const weights: Readonly<Record<Delimiter, number>> = { ',': 1, ';': 1.1, '\t': 1.3, '|': 1.2 };

const isBlank = (record: TextRecord): boolean => record.cells.every((cell) => cell.trim() === '');

/** The cell count most records have, and how many have it; a larger count wins a tie. */
function commonWidth(records: readonly TextRecord[]): { width: number; support: number } {
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let best = { width: 1, support: 0 };
  for (const [width, support] of counts) {
    if (support > best.support || (support === best.support && width > best.width)) best = { width, support };
  }
  return best;
}

/** How well a delimiter explains the text: equal widths, many columns, a header that reads like one. */
function scoreOf(text: string, delimiter: Delimiter): number {
  const read = readTextRecords(text, delimiter, sampleRecords);
  const records = read.filter((record) => !isBlank(record));
  const whole = records.length > 1 ? records.filter((record) => record.complete) : records;
  const { width, support } = commonWidth(whole);
  if (width < 2) return 0;
  const header = whole.find((record) => Math.abs(record.cells.length - width) <= 1);
  const quality = header === undefined ? 0 : headerQuality(header.cells);
  return (support / whole.length) * Math.sqrt(width - 1) * (0.1 + quality) * weights[delimiter];
}

/** The delimiter of a table; a comma when nothing separates cells, as in a list of one column. */
export function sniffDelimiter(text: string): Delimiter {
  const separator = readSeparatorLine(text);
  if (separator !== null) return separator.delimiter;
  const sample = text.slice(0, sampleCharacters);
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const score = sample.includes(delimiter) ? scoreOf(sample, delimiter) : 0;
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}
