import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { knex } from 'knex';
import { Client } from 'pg';
import { from } from 'pg-copy-streams';
import { detectContent } from '../src/intake/detection/detect';
import { openTable } from '../src/intake/read-table';
import { generatedColumns } from './generate';
import { type CopyOptions, type IntakeBatch, type OpenTable, defaultIntakeLimits } from '../src/intake/types';

export const modes = ['server_temp', 'scanner_temp', 'server_logged', 'landed', 'knex_batch'] as const;
export type Mode = (typeof modes)[number];

export interface ModeInput {
  readonly mode: Mode;
  readonly file: string;
  /** A superuser, who alone may let the server read a file. */
  readonly adminUrl: string;
  /** The ordinary role that imports run as. */
  readonly appUrl: string;
}

export interface Measurement {
  readonly mode: Mode;
  readonly rows: number;
  readonly seconds: number;
  /** CPU of this process, without that of the server. */
  readonly cpuSeconds: number;
  readonly idleMegabytes: number;
  readonly peakMegabytes: number;
}

const megabyte = 1024 * 1024;
const pieceBytes = 64 * 1024;
const clientAccountId = '11111111-1111-4111-8111-111111111111';
const engagementId = '22222222-2222-4222-8222-222222222222';
const runId = randomUUID();
const importId = '33333333-3333-4333-8333-333333333333';

const names = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `c${index + 1}`);
const columnList = (count: number): string =>
  names(count)
    .map((name) => `${name} text`)
    .join(', ');
const landingList = (count: number): string =>
  `row_number integer, line_number integer, ${columnList(count)}`;

async function openFile(file: string, batchRows = defaultIntakeLimits.batchRows): Promise<OpenTable> {
  const handle = await open(file);
  const head = await handle.read(Buffer.alloc(megabyte), 0, megabyte, 0);
  await handle.close();
  const detection = detectContent(head.buffer.subarray(0, head.bytesRead));
  const limits = { ...defaultIntakeLimits, batchRows };
  return openTable(() => createReadStream(file, { highWaterMark: 256 * 1024 }), detection, limits);
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

async function* piecesOf(batches: AsyncIterable<IntakeBatch>): AsyncGenerator<Buffer> {
  for await (const batch of batches) yield* pieces(batch.copy);
}

const copySql = (table: string, { delimiter }: CopyOptions): string =>
  `copy ${table} from stdin (format csv, delimiter '${delimiter}', force_not_null *)`;

async function serverCopy(client: Client, file: string, kind: 'temp' | ''): Promise<number> {
  await client.query(`create ${kind} table bench_copied (${columnList(generatedColumns.length)})`);
  const path = file.replaceAll("'", "''");
  const { rowCount } = await client.query(`copy bench_copied from '${path}' (format csv, header true)`);
  return rowCount ?? 0;
}

async function scannerCopy(client: Client, file: string): Promise<number> {
  // One COPY takes all batches, so small ones let the server begin early.
  const table = await openFile(file, 2500);
  await client.query(`create temp table bench_landing (${landingList(table.header.columns.length)})`);
  const sink = client.query(from(copySql('bench_landing', table.copyOptions)));
  await pipeline(Readable.from(piecesOf(table.batches())), sink);
  return sink.rowCount;
}

async function landBatch(client: Client, table: OpenTable, batch: IntakeBatch): Promise<void> {
  const width = table.header.columns.length;
  await client.query(`begin; select set_config('app.client_account_id', '${clientAccountId}', true),
    set_config('app.engagement_id', '${engagementId}', true);
    create temp table if not exists bench_landing (${landingList(width)}) on commit delete rows`);
  const sink = client.query(from(copySql('bench_landing', table.copyOptions)));
  await pipeline(Readable.from(pieces(batch.copy)), sink);
  await client.query(
    `insert into raw_import_records
       (client_account_id, engagement_id, phase_run_id, import_id, row_number, line_number, cells)
     select $1, $2, $4, $3, row_number, line_number, array[${names(width).join(', ')}]
     from bench_landing`,
    [clientAccountId, engagementId, importId, runId],
  );
  for (const { rowNumber, line, column, code, message, raw } of batch.rejected) {
    await client.query('insert into rejected_records values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
      clientAccountId,
      engagementId,
      runId,
      importId,
      rowNumber,
      line,
      column,
      code,
      message,
      raw,
    ]);
  }
  await client.query('update bench_ledger set position = $1, accepted = accepted + $2', [
    batch.rowsRead,
    batch.accepted,
  ]);
  await client.query('commit');
}

/** Commits batch after batch while the next one is read, as an import does. */
async function landAll(client: Client, file: string): Promise<number> {
  const table = await openFile(file);
  await client.query('create temp table bench_ledger as select 0 as position, 0 as accepted');
  const batches = table.batches();
  let rows = 0;
  let next = batches.next();
  for (;;) {
    const { value, done } = await next;
    if (done === true) return rows;
    next = batches.next();
    await landBatch(client, table, value);
    rows += value.accepted;
  }
}

/** What people write first: parse everything, then insert in chunks of 1,000. */
async function knexBatch(adminUrl: string, file: string): Promise<number> {
  const database = knex({ client: 'pg', connection: adminUrl, pool: { min: 1, max: 1 } });
  try {
    const rows: Record<string, string>[] = [];
    const columns = names(generatedColumns.length);
    const parser = createReadStream(file).pipe(parse({ columns: [...columns], from: 2, bom: true }));
    for await (const row of parser) rows.push(row as Record<string, string>); // csv-parse types records as any
    await database.raw(`create table bench_copied (${columnList(columns.length)})`);
    await database.transaction((trx) => trx.batchInsert('bench_copied', rows, 1000));
    return rows.length;
  } finally {
    await database.destroy();
  }
}

async function runMode(input: ModeInput, admin: Client, app: Client): Promise<number> {
  switch (input.mode) {
    case 'server_temp':
      return serverCopy(admin, input.file, 'temp');
    case 'scanner_temp':
      return scannerCopy(app, input.file);
    case 'server_logged':
      return serverCopy(admin, input.file, '');
    case 'landed':
      return landAll(app, input.file);
    case 'knex_batch':
      return knexBatch(input.adminUrl, input.file);
  }
}

/** Runs one way of loading a file in this process and says what it took. */
async function measure(input: ModeInput): Promise<Measurement> {
  const admin = new Client(input.adminUrl);
  const app = new Client(input.appUrl);
  await Promise.all([admin.connect(), app.connect()]);
  await admin.query(
    'drop table if exists bench_copied; truncate raw_import_records, rejected_records; checkpoint',
  );
  const idleMegabytes = process.memoryUsage().rss / megabyte;
  const startCpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  const rows = await runMode(input, admin, app);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const cpu = process.cpuUsage(startCpu);
  await Promise.all([admin.end(), app.end()]);
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  return { mode: input.mode, rows, seconds, cpuSeconds, idleMegabytes, peakMegabytes };
}

async function runChild(text: string): Promise<void> {
  const measurement = await measure(JSON.parse(text) as ModeInput); // written by the intake bench
  process.send?.(measurement);
  process.disconnect();
}

const [given] = process.argv.slice(2);
if (require.main === module && given !== undefined) void runChild(given);
