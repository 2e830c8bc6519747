import type { Delimiter } from '../types';

/** One record of a small text, with the physical line (from 1) on which it starts. */
export interface TextRecord {
  readonly line: number;
  readonly cells: readonly string[];
  /** False for the last record when the text was cut inside it. */
  readonly complete: boolean;
}

interface Cursor {
  readonly text: string;
  readonly delimiter: Delimiter;
  at: number;
  line: number;
}

const isLineEnd = (character: string | undefined): boolean => character === '\n' || character === '\r';

/** Reads a line end at the cursor; CRLF, LF and CR each count as one line. */
function passLineEnd(cursor: Cursor): void {
  const isPair = cursor.text[cursor.at] === '\r' && cursor.text[cursor.at + 1] === '\n';
  cursor.at += isPair ? 2 : 1;
  cursor.line += 1;
}

function countLines(text: string): number {
  return text.match(/\r\n|\r|\n/gu)?.length ?? 0;
}

/** Reads up to the closing quote; a quote that never closes takes the rest of the text. */
function readQuoted(cursor: Cursor): string {
  const { text } = cursor;
  let from = cursor.at + 1;
  let cell = '';
  for (;;) {
    const close = text.indexOf('"', from);
    if (close < 0 || text[close + 1] !== '"') {
      cell += text.slice(from, close < 0 ? text.length : close);
      cursor.line += countLines(cell);
      cursor.at = close < 0 ? text.length : close + 1;
      return cell;
    }
    cell += text.slice(from, close + 1);
    from = close + 2;
  }
}

function readPlain(cursor: Cursor): string {
  const { text, delimiter } = cursor;
  const from = cursor.at;
  let at = from;
  while (at < text.length && text[at] !== delimiter && !isLineEnd(text[at])) at += 1;
  cursor.at = at;
  return text.slice(from, at);
}

function readCell(cursor: Cursor): string {
  if (cursor.text[cursor.at] !== '"') return readPlain(cursor);
  const quoted = readQuoted(cursor);
  const rest = readPlain(cursor);
  return /^[ \t]*$/u.test(rest) ? quoted : quoted + rest;
}

function readRecord(cursor: Cursor): TextRecord {
  const { line } = cursor;
  const cells: string[] = [];
  for (;;) {
    cells.push(readCell(cursor));
    if (cursor.text[cursor.at] !== cursor.delimiter) break;
    cursor.at += 1;
  }
  const complete = cursor.at < cursor.text.length;
  if (complete) passLineEnd(cursor);
  return { line, cells, complete };
}

/** Reads up to `maxRecords` records leniently, blank lines as records of one empty cell. */
export function readTextRecords(text: string, delimiter: Delimiter, maxRecords: number): TextRecord[] {
  const cursor: Cursor = { text, delimiter, at: 0, line: 1 };
  const records: TextRecord[] = [];
  while (cursor.at < text.length && records.length < maxRecords) records.push(readRecord(cursor));
  return records;
}

/** Cells of the one record that a text consists of. */
export function cellsOfRecord(text: string, delimiter: Delimiter): readonly string[] {
  if (!text.includes('"')) return text.split(delimiter);
  return readRecord({ text, delimiter, at: 0, line: 1 }).cells;
}
