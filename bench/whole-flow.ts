import { createReadStream } from 'node:fs';
import path from 'node:path';
import { withClient } from '../src/db/connection/bootstrap';
import { createBenchDatabase, type BenchDatabase } from './bench-database';
import { startFlowWorker } from './flow-worker';
import { generatedColumns, writeExport } from './generate';
import { measureUse, type ResourceUse } from './memory';
import { type BenchRow, seconds } from './rows';
import type { BenchServers } from './servers';

/** Whole flow against the server's own COPY of the same file (design bars). */
const mostCopies = 20;
const constantSeconds = 5;
const steepest = 1.15;
const mostGrowthMegabytes = 128;

interface FlowTime extends ResourceUse {
  readonly rows: number;
  readonly copySeconds: number;
}

/** Whole flows of growing exports by a real worker, each into a database of its own. */
export async function benchWholeFlow(
  servers: BenchServers,
  sizes: readonly number[] = [10_000, 100_000],
): Promise<BenchRow[]> {
  const times: FlowTime[] = [];
  for (const rows of sizes) times.push(await measureFlow(servers, rows));
  return [...times.map(timeRow), ...slopeRows(times)];
}

async function measureFlow(servers: BenchServers, rows: number): Promise<FlowTime> {
  const database = await createBenchDatabase(servers.adminUrl, 'flow');
  const worker = await startFlowWorker(database, servers);
  const file = path.join(servers.folder, `export-${rows}.csv`);
  try {
    await writeExport(file, rows);
    const copySeconds = await serverCopy(database, file);
    const input = await worker.upload(database.tenant, createReadStream(file));
    const { use } = await measureUse(() => worker.runFlow(input));
    return { rows, copySeconds, ...use };
  } finally {
    await worker.stop();
    await database.drop();
  }
}

/** The server alone reads the file into a logged table, the least that storing it can cost; the better of three. */
async function serverCopy(database: BenchDatabase, file: string): Promise<number> {
  const columns = generatedColumns.map((_, index) => `c${index + 1} text`).join(', ');
  const name = file.replaceAll("'", "''");
  return withClient(database.adminUrl, async (admin) => {
    const taken: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await admin.query(`drop table if exists bench_copied; create table bench_copied (${columns})`);
      const start = process.hrtime.bigint();
      await admin.query(`copy bench_copied from '${name}' (format csv, header true)`);
      taken.push(Number(process.hrtime.bigint() - start) / 1e9);
    }
    await admin.query('drop table bench_copied');
    return Math.min(...taken);
  });
}

function timeRow(time: FlowTime): BenchRow {
  const most = mostCopies * time.copySeconds + constantSeconds;
  return {
    row: `whole flow, ${time.rows.toLocaleString('en')} rows`,
    ours: seconds(time.seconds),
    anchor: `${seconds(time.copySeconds)} (server-side COPY)`,
    ratio: time.seconds / time.copySeconds,
    bar: `≤ ${seconds(most)} (20 × COPY + 5 s)`,
    passed: time.seconds <= most,
    cpuSeconds: time.cpuSeconds,
    peakMegabytes: time.peakMegabytes,
  };
}

function slopeRows(times: readonly FlowTime[]): BenchRow[] {
  const [first] = times;
  const last = times.at(-1);
  if (first === undefined || last === undefined || first === last) return [];
  const slope = Math.log(last.seconds / first.seconds) / Math.log(last.rows / first.rows);
  const growth = last.peakMegabytes - last.idleMegabytes;
  return [
    {
      row: `growth of time, ${first.rows.toLocaleString('en')} to ${last.rows.toLocaleString('en')} rows`,
      ours: `slope ${slope.toFixed(2)}`,
      anchor: 'linear is 1',
      ratio: slope,
      bar: `≤ ${steepest}`,
      passed: slope <= steepest,
      cpuSeconds: null,
      peakMegabytes: null,
    },
    {
      row: `worker memory, ${last.rows.toLocaleString('en')} rows`,
      ours: `+${Math.round(growth)} MB`,
      anchor: `${Math.round(last.idleMegabytes)} MB idle`,
      ratio: null,
      bar: `≤ ${mostGrowthMegabytes} MB growth`,
      passed: growth <= mostGrowthMegabytes,
      cpuSeconds: null,
      peakMegabytes: last.peakMegabytes,
    },
  ];
}
