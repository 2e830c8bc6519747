import { Readable } from 'node:stream';
import { discoveryWorkflowId } from '../src/domain/flow/ids';
import type { DiscoveryFlowInput, FlowRef } from '../src/domain/flow/messages';
import { type BenchDatabase, createBenchDatabase } from './bench-database';
import { type FlowWorker, startFlowWorker } from './flow-worker';
import { generateExport } from './generate';
import { measureUse } from './memory';
import { type BenchRow, median, milliseconds } from './rows';
import type { BenchServers } from './servers';

const flowRows = 100;
const warmUps = 3;
const rounds = 15;

/** A 100-row flow against a bare workflow with as many activities: latency, CPU and size of its history. */
export async function benchOrchestration(servers: BenchServers): Promise<BenchRow[]> {
  const database = await createBenchDatabase(servers.adminUrl, 'orchestration');
  const worker = await startFlowWorker(database, servers);
  try {
    const { events, steps } = await warmUp({ database, worker });
    const flows: Sample[] = [];
    const bare: Sample[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const input = await upload({ database, worker }, round);
      flows.push(await sample(() => worker.runFlow(input)));
      bare.push(await sample(() => worker.runBare(steps)));
    }
    return [...comparisons(flows, bare, steps), eventsRow(events)];
  } finally {
    await worker.stop();
    await database.drop();
  }
}

interface Sample {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

async function sample(run: () => Promise<number>): Promise<Sample> {
  const { result, use } = await measureUse(run);
  return { seconds: result, cpuSeconds: use.cpuSeconds, peakMegabytes: use.peakMegabytes };
}

/** Each flow meets an empty estate. */
async function upload({ database, worker }: Bench, seed: number): Promise<DiscoveryFlowInput> {
  return worker.upload(await database.addTenant(), Readable.from(generateExport(flowRows, seed)));
}

interface Bench {
  readonly database: BenchDatabase;
  readonly worker: FlowWorker;
}

async function warmUp(bench: Bench): Promise<{ readonly events: number; readonly steps: number }> {
  const { worker } = bench;
  let counted = { events: 0, steps: 0 };
  for (let run = 0; run < warmUps; run += 1) {
    const input = await upload(bench, 1_000 + run);
    await worker.runFlow(input);
    counted = await countEvents(worker, input);
    await worker.runBare(counted.steps);
  }
  return counted;
}

async function countEvents(worker: FlowWorker, flow: FlowRef): Promise<{ events: number; steps: number }> {
  const { events } = await worker.client.workflow.getHandle(discoveryWorkflowId(flow)).fetchHistory();
  const steps = events?.filter((event) => Boolean(event.activityTaskScheduledEventAttributes)).length ?? 0;
  return { events: events?.length ?? 0, steps };
}

function comparisons(flows: readonly Sample[], bare: readonly Sample[], steps: number): BenchRow[] {
  const shared = {
    cpuSeconds: flows.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    peakMegabytes: Math.max(...flows.map(({ peakMegabytes }) => peakMegabytes)),
  };
  const compare = (measure: keyof Sample, most: number): Omit<BenchRow, 'row'> => {
    const ours = median(flows.map((one) => one[measure] * 1_000));
    const anchor = median(bare.map((one) => one[measure] * 1_000));
    return {
      ours: milliseconds(ours),
      anchor: `${milliseconds(anchor)} (bare workflow, ${steps} activities)`,
      ratio: ours / anchor,
      bar: `≤ ${most}`,
      passed: ours / anchor <= most,
      ...shared,
    };
  };
  return [
    { row: `flow of ${flowRows} rows, p50`, ...compare('seconds', 2) },
    { row: `flow of ${flowRows} rows, CPU`, ...compare('cpuSeconds', 1.6) },
  ];
}

function eventsRow(events: number): BenchRow {
  return {
    row: 'history of a flow',
    ours: `${events} events`,
    anchor: '',
    ratio: null,
    bar: '≤ 80',
    passed: events <= 80,
    cpuSeconds: null,
    peakMegabytes: null,
  };
}
