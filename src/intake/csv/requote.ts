import { hasQuotedLines, QuotedLineReader, withoutQuotedLines } from './quoted-lines';
import { hasSingleQuotes, SingleQuoteReader, withDoubleQuotes } from './single-quotes';
import type { Delimiter, QuoteMark } from '../types';

/** How the cells of a text table are quoted. */
export function sniffQuote(text: string): QuoteMark {
  if (hasSingleQuotes(text)) return "'";
  return hasQuotedLines(text) ? 'line' : '"';
}

/** The text of a table with its cells quoted by double quotes, for one whose delimiter is not known yet. */
export function roughlyRequoted(text: string, mark: QuoteMark): string {
  if (mark === 'line') return withoutQuotedLines(text);
  // For finding the delimiter it is enough that the marks change places.
  return mark === "'" ? text.replaceAll(/['"]/gu, (one) => (one === "'" ? '"' : "'")) : text;
}

/** The text of a table with its cells quoted by double quotes. */
export function requotedText(text: string, mark: QuoteMark | undefined, delimiter: Delimiter): string {
  if (mark === 'line') return withoutQuotedLines(text);
  return mark === "'" ? withDoubleQuotes(text, delimiter) : text;
}

/** The same for a stream of UTF-8. */
export async function* requoted(
  chunks: AsyncIterable<Buffer>,
  mark: QuoteMark | undefined,
  delimiter: Delimiter,
): AsyncGenerator<Buffer> {
  if (mark === undefined || mark === '"') {
    yield* chunks;
    return;
  }
  const reader = mark === 'line' ? new QuotedLineReader() : new SingleQuoteReader(delimiter.charCodeAt(0));
  for await (const chunk of chunks) yield reader.push(chunk);
  yield reader.finish();
}
