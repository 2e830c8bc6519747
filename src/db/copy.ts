import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from, to } from 'pg-copy-streams';
import { connectionOf } from './connection';
import type { TenantTrx } from './tenant';

export interface CopyOptions {
  readonly format?: 'text' | 'csv';
  /** Between the fields of CSV; a comma when absent. */
  readonly delimiter?: ',' | ';' | '\t' | '|';
}

/**
 * Streams rows into a temporary table by `COPY … FROM STDIN` and returns how many were read. The server refuses COPY
 * into tables with row-level security, so `target` is a temporary table, with its columns in brackets if need be.
 */
export async function copyIn(
  trx: TenantTrx,
  target: string,
  source: Iterable<Buffer> | AsyncIterable<Buffer>,
  options: CopyOptions = {},
): Promise<number> {
  const connection = await connectionOf(trx);
  const sink = connection.query(from(`copy ${target} from stdin (${formatClause(options)})`));
  await pipeline(Readable.from(source, { objectMode: true, highWaterMark: 4 }), sink);
  return sink.rowCount;
}

/** An unquoted empty field of CSV means the empty text, as a quoted one does. */
function formatClause({ format, delimiter }: CopyOptions): string {
  if (format !== 'csv') return 'format text';
  const between = delimiter === '\t' ? String.raw`e'\t'` : `'${delimiter ?? ','}'`;
  return `format csv, delimiter ${between}, force_not_null *`;
}

/** The result of a query as `COPY … TO STDOUT` text, in chunks that may end within a row; see `decodeCopy`. */
export async function* copyOut(trx: TenantTrx, query: string): AsyncGenerator<Buffer, void, undefined> {
  const connection = await connectionOf(trx);
  const source = connection.query(to(`copy (${query}) to stdout (format text)`));
  for await (const chunk of source) yield chunk as Buffer; // a stream of bytes without encoding yields buffers
}
