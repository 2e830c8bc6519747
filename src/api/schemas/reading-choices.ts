import { z } from 'zod';
import type { DetectionHint } from '../../intake/detection/detection-hint';
import type { TableChoices } from '../../intake/table-choices';
import { dateOrders, decimalMarks, delimiters, encodings, quoteMarks } from '../../intake/types';
import { parseBody } from '../validation';

const tableChoices = {
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum(delimiters).optional(),
  quote: z.enum(quoteMarks).optional(),
  decimal_mark: z.enum(decimalMarks).optional(),
  date_order: z.enum(dateOrders).optional(),
  /** Physical line of the header row, from 1; 0: there is none. */
  header_line: z.int().min(0).max(1_000_000).optional(),
};
const TableChoicesOf = z.object(tableChoices);
const tableName = z.string().min(1).max(300);

/** What a person says of how a file is to be read; it is believed, and kept with the import. */
const ReadingChoices = z.object({
  ...tableChoices,
  /** Names of the sheets, or of the files in an archive, that take part; absent: all with a table. */
  sheets: z.array(tableName).min(1).max(200).optional(),
  /** Choices for single tables, by the name of their sheet or file; they go before those for all. */
  tables: z.record(tableName, TableChoicesOf).optional(),
});

export interface ReadingChoicesValues {
  readonly hint: DetectionHint;
  readonly sheets: readonly string[] | undefined;
}

/** The choices among the settings of a request. @throws DomainError `VAL_002` for one that is not possible. */
export function readingChoices(settings: Readonly<Record<string, unknown>>): ReadingChoicesValues {
  // The schema's output is what `parseBody` returns.
  const choices = parseBody(ReadingChoices, settings) as z.output<typeof ReadingChoices>;
  const { sheets, tables, ...all } = choices;
  const hint: DetectionHint = hintOf(all);
  if (tables === undefined) return { hint, sheets };
  const named = Object.entries(tables).map(([name, own]) => [name, hintOf(own)]);
  return { hint: { ...hint, tables: Object.fromEntries(named) }, sheets };
}

function hintOf(choices: z.output<typeof TableChoicesOf>): TableChoices {
  const { encoding, delimiter, quote, decimal_mark, date_order, header_line } = choices;
  const hint = { encoding, delimiter, quote, decimalMark: decimal_mark, dateOrder: date_order };
  return defined({ ...hint, headerLine: header_line });
}

function defined(hint: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(hint).filter(([, value]) => value !== undefined));
}
