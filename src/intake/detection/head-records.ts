import { type TextRecord, readTextRecords } from '../csv/csv-text';
import { type FoundHeader, findHeader, headerOnLine, headerless } from './find-header';
import { readSeparatorLine } from './sniff-delimiter';
import type { Delimiter } from '../types';

/** So much of a file is looked at to find its header row. */
export const headBytes = 1024 * 1024;
const headRecords = 200;

/** The first records of a text, a `sep=` line passed over; a record that the cut leaves unfinished is left out. */
export function headRecordsOf(text: string, delimiter: Delimiter, isWhole: boolean): readonly TextRecord[] {
  const separator = readSeparatorLine(text);
  const body = separator?.rest ?? text;
  const records = readTextRecords(body, delimiter, headRecords);
  const whole = isWhole || records.length === 1 ? records : records.filter((record) => record.complete);
  return separator === null ? whole : whole.map((record) => ({ ...record, line: record.line + 1 }));
}

/** The header row: the one on the chosen line (0 for none), or the one that is found. */
export function headerOf(
  records: readonly TextRecord[],
  headerLine: number | undefined,
): FoundHeader | undefined {
  if (headerLine === undefined) return findHeader(records);
  const found = headerLine === 0 ? headerless(records) : headerOnLine(records, headerLine);
  return found === undefined ? undefined : { ...found, isChosen: true };
}
