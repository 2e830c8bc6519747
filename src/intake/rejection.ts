import { withoutCutSequence } from './detection/encoding';
import type { RejectionCode } from './types';

/** Longest original text that is kept of a rejected record. */
export const maxRawBytes = 64 * 1024;

/** Facts about a fault; never cell values. */
export interface Fault {
  readonly code: RejectionCode;
  readonly line: number;
  readonly column: number | null;
  /** Cells found, for a ragged record. */
  readonly fields?: number;
  readonly width?: number;
  readonly maxCellBytes?: number;
}

type Advice = (fault: Fault) => string;

const advices: Readonly<Record<RejectionCode, Advice>> = {
  too_few_cells: ({ fields, width }) =>
    `${fields} cells, but the header has ${width}; add the missing cells, empty if need be`,
  too_many_cells: ({ fields, width }) =>
    `${fields} cells, but the header has ${width}; put cells that contain the delimiter in quotes`,
  unbalanced_quote: () =>
    'a quote opens here and never closes; close it, or double it when it is a part of the text',
  text_after_quote: () => 'text follows a closing quote; double the quotes that are a part of the text',
  nul_byte: () => 'a NUL character; export the data again or remove it',
  invalid_utf8: () => 'characters that are not valid in the encoding of the file; export it as UTF-8',
  cell_too_large: ({ maxCellBytes }) => `a cell is larger than ${maxCellBytes} bytes; shorten it`,
  not_an_object: () => 'the record is not a JSON object; send objects with one key a column',
  invalid_json: () => 'not valid JSON; write one whole object a line',
  footer_total: () => 'a total of the records above it, which is no record; nothing needs to be done',
  repeated_header: () => 'the header row again, which is no record; nothing needs to be done',
  second_table: () => 'it belongs to a second table in the same file; upload that as a file of its own',
};

/** What happened on which line, and what to do. */
export function rejectionMessage(fault: Fault): string {
  const cell = fault.column === null ? '' : `, cell ${fault.column + 1}`;
  return `Line ${fault.line}${cell}: ${advices[fault.code](fault)}`;
}

/** The bytes of a record as text, cut to the longest length that is kept. */
export function rawText(bytes: Buffer): string {
  const kept = bytes.length > maxRawBytes ? withoutCutSequence(bytes.subarray(0, maxRawBytes)) : bytes;
  return kept.toString('utf8').replaceAll('\0', '\u{fffd}');
}
