import { z } from 'zod';
import type { DetectionHint } from '../../intake/detect';
import { dateOrders, decimalMarks, delimiters, encodings, quoteMarks } from '../../intake/types';
import { parseBody } from '../validation';

/** What a person says of how a file is to be read; it is believed, and kept with the import. */
const ReadingChoices = z.object({
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum(delimiters).optional(),
  quote: z.enum(quoteMarks).optional(),
  decimal_mark: z.enum(decimalMarks).optional(),
  date_order: z.enum(dateOrders).optional(),
  /** Physical line of the header row, from 1; 0: there is none. */
  header_line: z.int().min(0).max(1_000_000).optional(),
  /** Names of the sheets, or of the files in an archive, that take part; absent: all with a table. */
  sheets: z.array(z.string().min(1).max(300)).min(1).max(200).optional(),
});

export interface ReadingChoicesValues {
  readonly hint: DetectionHint;
  readonly sheets: readonly string[] | undefined;
}

/** The choices among the settings of a request. @throws DomainError `VAL_002` for one that is not possible. */
export function readingChoices(settings: Readonly<Record<string, unknown>>): ReadingChoicesValues {
  // The schema's output is what `parseBody` returns.
  const choices = parseBody(ReadingChoices, settings) as z.output<typeof ReadingChoices>;
  const { encoding, delimiter, quote, sheets } = choices;
  const { decimal_mark: decimalMark, date_order: dateOrder, header_line: headerLine } = choices;
  const hint = { encoding, delimiter, quote, decimalMark, dateOrder, headerLine };
  return { hint: defined(hint), sheets };
}

function defined(hint: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(hint).filter(([, value]) => value !== undefined));
}
