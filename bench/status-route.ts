import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, get } from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import { ServiceError } from '@temporalio/client';
import { createFirstTenant } from '../src/cli/provision';
import { createPools } from '../src/db/connection/pools';
import { discoveryWorkflowId } from '../src/domain/flow/ids';
import type { DiscoveryFlowInput } from '../src/domain/flow/messages';
import { type BenchDatabase, createBenchDatabase } from './bench-database';
import { type FlowWorker, startFlowWorker } from './flow-worker';
import { generateExport } from './generate';
import { type BenchRow, median } from './rows';
import type { BenchServers } from './servers';
import type { ServedFlow } from './status-server';

const callers = 16;
/** The server keeps few queries of one workflow waiting and refuses the others. */
const queryCallers = 4;
/** Many short rounds: what else the machine does then falls on both sides of a pair. */
const bareRounds = { count: 15, ms: 1_000, words: 'bare Koa and one named select', least: 0.6 };
/** A busy server answers few queries a second. */
const queryRounds = { count: 5, ms: 3_000, words: 'workflow query', least: 20 };

/** Status answers a second against bare Koa with one select, and against the query of the workflow. */
export async function benchStatusRoute(servers: BenchServers): Promise<BenchRow[]> {
  const database = await createBenchDatabase(servers.adminUrl, 'status');
  const pools = createPools({ urls: database.urls });
  const names = { account: 'Bench', engagement: 'Bench', email: `${randomUUID()}@bench.example` };
  const owner = await createFirstTenant(pools.auth, names);
  await pools.close();
  const tenant = { clientAccountId: owner.clientAccountId, engagementId: owner.engagementId };
  const worker = await startFlowWorker(database, servers);
  const stops: (() => void)[] = [];
  try {
    const flow = await worker.upload(tenant, Readable.from(generateExport(100)));
    await worker.runFlow(flow);
    const served = servedFlow(database, servers, flow.flowId);
    const [product, bare] = await Promise.all([serve('product', served), serve('bare', served)]);
    stops.push(product.stop, bare.stop);
    const headers = {
      authorization: `Bearer ${owner.apiKey}`,
      'x-client-account-id': tenant.clientAccountId,
      'x-engagement-id': tenant.engagementId,
    };
    const route = `/api/v1/unified-discovery/flows/${flow.flowId}/status`;
    const ours: Load = (ms) => load(() => request(product.port, route, headers), ms);
    const ofBare: Load = (ms) => load(() => request(bare.port, '/', {}), ms);
    const asked: Load = (ms) => load(() => query(worker, flow), ms, queryCallers);
    return [await compare(ours, ofBare, bareRounds), await compare(ours, asked, queryRounds)];
  } finally {
    for (const stop of stops) stop();
    await worker.stop();
    await database.drop();
  }
}

/** Answers a second. */
type Load = (ms: number) => Promise<number>;

async function compare(ours: Load, anchor: Load, rounds: typeof bareRounds): Promise<BenchRow> {
  const { count, ms, words, least } = rounds;
  for (const warmUp of [ours, anchor]) {
    if ((await warmUp(queryRounds.ms)) === 0) throw new Error('A server of the status bench gives no answer');
  }
  const rates: { readonly ours: number; readonly anchor: number }[] = [];
  for (let round = 0; round < count; round += 1)
    rates.push({ ours: await ours(ms), anchor: await anchor(ms) });
  const ratio = median(rates.map((rate) => rate.ours / rate.anchor));
  return {
    row: 'status route',
    ours: perSecond(median(rates.map((rate) => rate.ours))),
    anchor: `${perSecond(median(rates.map((rate) => rate.anchor)))} (${words})`,
    ratio,
    bar: `≥ ${least}`,
    passed: ratio >= least,
    cpuSeconds: null,
    peakMegabytes: null,
  };
}

const perSecond = (rate: number): string => `${Math.round(rate)}/s`;

/** Answers a second when several callers ask without a pause; the anchor may refuse some of them under load. */
async function load(call: () => Promise<boolean>, ms: number, callerCount = callers): Promise<number> {
  const end = Date.now() + ms;
  let answers = 0;
  const start = process.hrtime.bigint();
  const caller = async (): Promise<void> => {
    while (Date.now() < end) {
      if (await call()) answers += 1;
    }
  };
  await Promise.all(Array.from({ length: callerCount }, caller));
  return (answers * 1e9) / Number(process.hrtime.bigint() - start);
}

const agent = new Agent({ keepAlive: true, maxSockets: callers });

function request(port: number, route: string, headers: Readonly<Record<string, string>>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: route, headers, agent }, (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 200) resolve(true);
        else reject(new Error(`${route} answered ${response.statusCode}`));
      });
    }).once('error', reject);
  });
}

/** False when the server is too busy to ask the workflow. */
async function query(worker: FlowWorker, flow: DiscoveryFlowInput): Promise<boolean> {
  try {
    await worker.client.workflow.getHandle(discoveryWorkflowId(flow)).query('flowView');
    return true;
  } catch (error) {
    if (error instanceof ServiceError) return false;
    throw error;
  }
}

function servedFlow(database: BenchDatabase, servers: BenchServers, flowId: string): ServedFlow {
  const { appUrl, authUrl, systemUrl } = database.urls;
  return {
    flowId,
    adminUrl: database.adminUrl,
    environment: {
      SURVEYOR_ENV: 'production',
      SURVEYOR_HOME: path.join(servers.folder, 'home'),
      SURVEYOR_LOG_FORMAT: 'json',
      // As many connections as the anchor has.
      SURVEYOR_APP_POOL_SIZE: '10',
      SURVEYOR_APP_DATABASE_URL: appUrl,
      SURVEYOR_AUTH_DATABASE_URL: authUrl,
      SURVEYOR_SYSTEM_DATABASE_URL: systemUrl,
      SURVEYOR_TOKEN_SECRET: randomBytes(32).toString('hex'),
      TEMPORAL_ADDRESS: servers.temporalAddress,
    },
  };
}

function serve(
  kind: 'product' | 'bare',
  served: ServedFlow,
): Promise<{ readonly port: number; readonly stop: () => void }> {
  const child: ChildProcess = fork(path.join(__dirname, 'status-server.ts'), [kind, JSON.stringify(served)], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (port) => resolve({ port: Number(port), stop: () => child.disconnect() }));
    child.once('exit', (code) => reject(new Error(`The ${kind} server ended with ${code}`)));
  });
}
