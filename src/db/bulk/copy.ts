import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { from, to } from 'pg-copy-streams';
import { literal, takeAhead } from '../connection/ahead';
import { connectionOf, heldConnection } from '../connection/connection';
import { carryRows, dropCarried, type LandingTable, withCarried } from './landing';
import type { TenantTrx } from '../connection/tenant';

export type { LandingTable } from './landing';

export interface CopyOptions {
  readonly format?: 'text' | 'csv';
  /** Between the fields of CSV; a comma when absent. */
  readonly delimiter?: ',' | ';' | '\t' | '|';
}

/**
 * Streams rows into a temporary table by `COPY … FROM STDIN` and returns how many were read. The server refuses COPY
 * into tables with row-level security, so `target` is a temporary table, with its columns in brackets if need be. What
 * an earlier call of the same transaction has left in it goes. Few rows of a landing table are not written to it:
 * each later statement of the transaction that names the table carries them, see `carryRows`.
 */
export async function copyIn(
  trx: TenantTrx,
  target: LandingTable | string,
  source: Iterable<Buffer> | AsyncIterable<Buffer>,
  options: CopyOptions = {},
): Promise<number> {
  if (typeof target === 'string' || options.format === 'csv') return load(trx, target, source, options);
  const { whole, rest } = await startOf(source);
  if (whole !== undefined) return carryRows(trx, target, whole);
  dropCarried(trx, target.table);
  return load(trx, target, rest, options);
}

async function load(
  trx: TenantTrx,
  target: LandingTable | string,
  source: Iterable<Buffer> | AsyncIterable<Buffer>,
  options: CopyOptions,
): Promise<number> {
  const connection = await heldConnection(trx);
  const name = typeof target === 'string' ? target : target.table;
  const copy = `copy ${name} from stdin (${formatClause(options)})`;
  // One message for all: the answers before that of COPY are passed over.
  const sink = connection.query(
    from([...takeAhead(connection), ...made(target), ...emptied(trx, name), copy].join('; ')),
  );
  await pipeline(Readable.from(pieces(source), { objectMode: true, highWaterMark: 4 }), sink);
  return sink.rowCount;
}

/** What is carried with statements at most; more rows are planned and read better from a table. */
const carriedBytes = 512 * 1024;
const carriedRows = 1_000;
const lineEnd = 0x0a;

interface SourceStart {
  /** All of the source, when it is small. */
  readonly whole?: string;
  /** All of it, otherwise. */
  readonly rest: AsyncIterable<Buffer>;
}

async function startOf(source: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<SourceStart> {
  const read: Buffer[] = [];
  const iterator = iterate(source);
  const rest = { [Symbol.asyncIterator]: () => joined(read, iterator) };
  let bytes = 0;
  let rows = 0;
  while (bytes <= carriedBytes && rows <= carriedRows) {
    const next = await iterator.next();
    if (next.done === true) return { whole: Buffer.concat(read).toString('utf8'), rest };
    read.push(next.value);
    bytes += next.value.length;
    rows += countLines(next.value, carriedRows - rows);
  }
  return { rest };
}

async function* iterate(source: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  yield* source;
}

async function* joined(read: readonly Buffer[], iterator: AsyncGenerator<Buffer, void>) {
  yield* read;
  yield* iterator;
}

/** Lines of a piece, counted a little beyond `most` at most. */
function countLines(bytes: Buffer, most: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(lineEnd); at !== -1 && lines <= most; at = bytes.indexOf(lineEnd, at + 1)) {
    lines += 1;
  }
  return lines;
}

function made(target: LandingTable | string): string[] {
  if (typeof target === 'string') return [];
  return [`create temp table if not exists ${target.table} (${target.columns}) on commit delete rows`];
}

const usedTargets = new WeakMap<TenantTrx, Set<string>>();

function emptied(trx: TenantTrx, target: string): string[] {
  const used = usedTargets.get(trx) ?? new Set();
  usedTargets.set(trx, used);
  const [table = target] = target.split(' ', 1);
  if (used.has(table)) return [`truncate ${table}`];
  used.add(table);
  return [];
}

/**
 * The server takes a message as a whole before it reads the rows in it, so none may be large; and many small ones
 * would let it wait for this process, which reads the next rows meanwhile.
 */
const pieceBytes = 512 * 1024;

async function* pieces(source: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let small: Buffer[] = [];
  let size = 0;
  for await (const bytes of source) {
    small.push(bytes);
    size += bytes.length;
    if (size < pieceBytes) continue;
    const whole = small.length === 1 ? bytes : Buffer.concat(small);
    for (let at = 0; at < whole.length; at += pieceBytes) yield whole.subarray(at, at + pieceBytes);
    small = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(small);
}

/** An unquoted empty field of CSV means the empty text, as a quoted one does. */
function formatClause({ format, delimiter }: CopyOptions): string {
  if (format !== 'csv') return 'format text';
  const between = delimiter === '\t' ? String.raw`e'\t'` : `'${delimiter ?? ','}'`;
  return `format csv, delimiter ${between}, force_not_null *`;
}

/**
 * The result of a query as `COPY … TO STDOUT`, in chunks that may end within a row; see `decodeCopy` for text and
 * `decodeNumberedCells` for binary.
 */
export async function* copyOut(
  trx: TenantTrx,
  query: string,
  format: 'text' | 'binary' = 'text',
): AsyncGenerator<Buffer, void, undefined> {
  const connection = await connectionOf(trx);
  const whole = withCarried(trx, query, literal);
  const source = connection.query(to(`copy (${whole}) to stdout (format ${format})`));
  for await (const chunk of source) {
    yield chunk as Buffer; // a stream of bytes without encoding yields buffers
    await nextTurn(); // a fast server would keep this process from heartbeats and from feeding other connections
  }
}
