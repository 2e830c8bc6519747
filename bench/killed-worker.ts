/**
 * Takes one generated export through two whole flows by a worker process: nothing happens to the first one; in the
 * second the worker is killed and started again, once in each phase of --kills. Prints what both took, whether both
 * left the same, where every record ended and whether the rules of the database hold. Options: --rows 1000000
 * --seed 1 --kills data_import,data_cleansing. Servers as for the other benches. Exit code 1 when something differs.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createFlowWorkflows, type FlowWorkflows } from '../src/api/temporal/flow-workflows';
import { createTemporalLink } from '../src/api/temporal/temporal-link';
import { withClient } from '../src/db/connection/bootstrap';
import { verifyDatabase } from '../src/db/checks/verify';
import type { Tenant } from '../src/domain/flow/messages';
import { type SupervisedProcess, Supervisor } from '../src/runtime/process/processes';
import { projectRoot } from '../src/runtime/project-root';
import { lazyClient } from '../src/runtime/temporal-client';
import { type BenchDatabase, createBenchDatabase } from './bench-database';
import { benchDependencies, flowInput, storeUpload } from './flow-dependencies';
import { generateExport } from './generate';
import { benchConfig, type BenchServers, startBenchServers } from './servers';
import { tableSums } from './table-sums';

const pollMs = 100;
const stopGraceMs = 20_000;
const readyWithinMs = 120_000;

interface Stack {
  readonly servers: BenchServers;
  readonly database: BenchDatabase;
  readonly supervisor: Supervisor;
  readonly taskQueue: string;
  readonly home: string;
}

function startWorker({ servers, database, supervisor, taskQueue, home }: Stack): Promise<SupervisedProcess> {
  const readyFile = path.join(home, 'worker.ready');
  return supervisor.start({
    name: 'worker',
    command: process.execPath,
    args: [path.join(projectRoot(), 'bin', 'surveyor'), 'worker', '--ready-file', readyFile],
    environment: {
      SURVEYOR_HOME: home,
      SURVEYOR_APP_DATABASE_URL: database.urls.appUrl,
      SURVEYOR_SYSTEM_DATABASE_URL: database.urls.systemUrl,
      SURVEYOR_TASK_QUEUE: taskQueue,
      TEMPORAL_ADDRESS: servers.temporalAddress,
    },
    stop: { signal: 'SIGTERM', graceMs: stopGraceMs },
    isReady: (pid) => existsSync(readyFile) && readFileSync(readyFile, 'utf8').trim() === String(pid),
    readyWithinMs,
  });
}

/** Whether a phase of a flow has written something, and the status of the flow. */
async function lookAt({ database }: Stack, flowId: string, phase: string | undefined) {
  return withClient(database.adminUrl, async (admin) => {
    const { rows } = await admin.query<{ status: string; begun: boolean }>(
      `select m.flow_status as status, exists (select from phase_runs r where r.flow_id = m.flow_id
         and r.phase = $2 and r.status = 'running' and (r.position > 0
           or r.started_at < clock_timestamp() - interval '0.3 seconds')) as begun
       from master_flows m where m.flow_id = $1`,
      [flowId, phase ?? ''],
    );
    return rows[0] ?? { status: 'starting', begun: false };
  });
}

/** Runs a flow to its end; the worker dies once in each of the phases. Answers the seconds. */
async function runFlow(
  stack: Stack,
  workflows: FlowWorkflows,
  { tenant, rows, seed }: { readonly tenant: Tenant; readonly rows: number; readonly seed: number },
  kills: readonly string[],
): Promise<number> {
  const { deps, pools } = benchDependencies(stack.database, path.join(stack.home, 'objects'));
  const upload = await storeUpload(deps, tenant, 'export.csv', Readable.from(generateExport(rows, seed)));
  await pools.close();
  const input = flowInput(tenant, upload);
  let worker = await startWorker(stack);
  const start = process.hrtime.bigint();
  await workflows.start(input);
  const waiting = [...kills];
  for (;;) {
    await delay(pollMs);
    const { status, begun } = await lookAt(stack, input.flowId, waiting[0]);
    if (status === 'completed' && waiting.length === 0) break;
    if (status === 'failed' || status === 'completed') {
      throw new Error(`The flow is ${status} and was to be killed in ${waiting.join(', ')}: take more rows`);
    }
    if (!begun) continue;
    process.kill(worker.pid, 'SIGKILL');
    await worker.exited;
    process.stderr.write(`killed in ${waiting.shift()}\n`);
    worker = await startWorker(stack);
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  await worker.stop();
  return seconds;
}

/** The ledger of each run: what came in, and where it ended. */
async function printLedger({ database }: Stack, tenant: Tenant): Promise<void> {
  await withClient(database.adminUrl, async (admin) => {
    const { rows } = await admin.query<Record<string, string | number>>(
      `select phase, rows_in, passed, created, updated, merged, unchanged, linked, unresolved, skipped, rejected
       from phase_runs where client_account_id = $1 order by started_at`,
      [tenant.clientAccountId],
    );
    for (const { phase, rows_in: rowsIn, ...ended } of rows) {
      const parts = Object.entries(ended).filter(([, count]) => Number(count) > 0);
      const told = parts.map(([name, count]) => `${name} ${count}`).join(', ');
      console.log(`${String(phase).padEnd(21)} in ${rowsIn}: ${told}`);
    }
  });
}

/** The tables in which two tenants differ. */
async function differences({ database }: Stack, one: Tenant, other: Tenant): Promise<string[]> {
  const [left, right] = [await tableSums(database, one), await tableSums(database, other)];
  for (const { table, rows } of left) console.log(`${table.padEnd(28)} ${rows} rows`);
  return left.flatMap(({ table, rows, sum }, index) => {
    const twin = right[index];
    return twin?.sum === sum && twin.rows === rows ? [] : [`${table}: ${rows} rows, then ${twin?.rows}`];
  });
}

async function brokenRules({ database, home }: Stack): Promise<string[]> {
  const { pools } = benchDependencies(database, path.join(home, 'objects'));
  const { rules } = await verifyDatabase(pools);
  await pools.close();
  return rules.flatMap(({ rule, count }) => (count > 0 ? [`${rule}: ${count}`] : []));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      kills: { type: 'string', default: 'data_import,data_cleansing' },
    },
  });
  const servers = await startBenchServers({ temporal: true });
  // What is for benches is no setting of a worker, which inherits the rest.
  for (const key of Object.keys(process.env)) if (key.startsWith('SURVEYOR_BENCH_')) delete process.env[key];
  const database = await createBenchDatabase(servers.adminUrl, 'killed');
  const home = path.join(servers.folder, 'worker-home');
  const stack: Stack = {
    servers,
    database,
    supervisor: new Supervisor(home),
    taskQueue: `bench-killed-${randomUUID()}`,
    home,
  };
  const link = createTemporalLink(() =>
    lazyClient({ ...benchConfig(), temporalAddress: servers.temporalAddress }),
  );
  const workflows = createFlowWorkflows(link, stack.taskQueue);
  try {
    const other = await database.addTenant();
    const sized = { rows: Number(values.rows), seed: Number(values.seed) };
    const alone = await runFlow(stack, workflows, { ...sized, tenant: database.tenant }, []);
    console.log(`undisturbed: ${alone.toFixed(1)} s`);
    const killed = await runFlow(stack, workflows, { ...sized, tenant: other }, values.kills.split(','));
    console.log(`killed in ${values.kills}: ${killed.toFixed(1)} s`);
    await printLedger(stack, other);
    const faults = [...(await differences(stack, database.tenant, other)), ...(await brokenRules(stack))];
    console.log(faults.length === 0 ? 'Both left the same; all rules hold.' : faults.join('\n'));
    if (faults.length > 0) process.exitCode = 1;
  } finally {
    await stack.supervisor.stopAll();
    await link.close();
    await database.drop();
    await servers.stop();
  }
}

void main();
