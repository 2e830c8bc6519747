import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { discoveryWorkflowId } from '../src/domain/flow/ids';
import type { DiscoveryFlowInput, FlowRef } from '../src/domain/flow/messages';
import { type BenchDatabase, createBenchDatabase } from './bench-database';
import { type FlowWorker, startFlowWorker } from './flow-worker';
import { generateExport } from './generate';
import { measureUse } from './memory';
import { type BenchRow, median, milliseconds } from './rows';
import { cpuBetween, databaseClock, listenerClock } from './server-cpu';
import type { BenchServers } from './servers';

const flowRows = 100;
/**
 * A worker lives for days: both sides have run often enough for their code to be compiled and plans to be kept. Some
 * run at a time, or this would take longer than the measuring.
 */
const warmUps = 60;
const warmUpsAtOnce = 5;
const rounds = 15;
/** What the servers do behind a workflow that has ended is counted with it. */
const quietMs = 250;

/** A 100-row flow against a bare workflow with as many activities: latency, CPU and size of its history. */
export async function benchOrchestration(servers: BenchServers): Promise<BenchRow[]> {
  const database = await createBenchDatabase(servers.adminUrl, 'orchestration');
  const admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  const worker = await startFlowWorker(database, servers);
  const bench = { database, worker, admin, servers };
  try {
    const { events, steps } = await warmUp(bench);
    const flows: Sample[] = [];
    const bare: Sample[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const input = await upload(bench, round);
      flows.push(await sample(bench, () => worker.runFlow(input)));
      bare.push(await sample(bench, () => worker.runBare(steps)));
    }
    return [...comparisons(flows, bare, steps), eventsRow(events)];
  } finally {
    await worker.stop();
    await admin.end();
    await database.drop();
  }
}

interface Bench {
  readonly database: BenchDatabase;
  readonly worker: FlowWorker;
  readonly admin: Client;
  readonly servers: Pick<BenchServers, 'temporalAddress'>;
}

interface Sample {
  readonly seconds: number;
  readonly cpu: CpuUse;
  readonly peakMegabytes: number;
}

/** Seconds of CPU; null for a server that does not run on this machine. */
interface CpuUse {
  readonly worker: number;
  readonly temporal: number | null;
  readonly postgres: number | null;
}

/** Latency ends with the result; CPU also counts what is done behind it. */
async function sample(bench: Bench, run: () => Promise<number>): Promise<Sample> {
  await pause(quietMs);
  const before = await serverClocks(bench);
  const { result, use } = await measureUse(async () => {
    const seconds = await run();
    await bench.worker.settled();
    await pause(quietMs);
    return seconds;
  });
  const after = await serverClocks(bench);
  const cpu = {
    worker: use.cpuSeconds,
    temporal: cpuBetween(before.temporal, after.temporal),
    postgres: cpuBetween(before.postgres, after.postgres),
  };
  return { seconds: result, cpu, peakMegabytes: use.peakMegabytes };
}

async function serverClocks({ admin, servers }: Bench) {
  return { temporal: listenerClock(servers.temporalAddress), postgres: await databaseClock(admin) };
}

/** Each flow meets an empty estate. */
async function upload({ database, worker }: Bench, seed: number): Promise<DiscoveryFlowInput> {
  return worker.upload(await database.addTenant(), Readable.from(generateExport(flowRows, seed)));
}

async function warmUp(bench: Bench): Promise<{ readonly events: number; readonly steps: number }> {
  const counted = await runBoth(bench, warmUps);
  for (let run = 0; run < warmUps; run += warmUpsAtOnce) {
    const together = Array.from({ length: warmUpsAtOnce }, (_, at) => runBoth(bench, 1_000 + run + at));
    await Promise.all(together);
  }
  return counted;
}

async function runBoth(bench: Bench, seed: number): Promise<{ events: number; steps: number }> {
  const { worker } = bench;
  const input = await upload(bench, seed);
  await worker.runFlow(input);
  const counted = await countEvents(worker, input);
  await worker.runBare(counted.steps);
  return counted;
}

async function countEvents(worker: FlowWorker, flow: FlowRef): Promise<{ events: number; steps: number }> {
  const { events } = await worker.client.workflow.getHandle(discoveryWorkflowId(flow)).fetchHistory();
  const steps = events?.filter((event) => Boolean(event.activityTaskScheduledEventAttributes)).length ?? 0;
  return { events: events?.length ?? 0, steps };
}

function comparisons(flows: readonly Sample[], bare: readonly Sample[], steps: number): BenchRow[] {
  const shared = {
    cpuSeconds: flows.reduce((sum, { cpu }) => sum + cpu.worker, 0),
    peakMegabytes: Math.max(...flows.map(({ peakMegabytes }) => peakMegabytes)),
  };
  const latency = (samples: readonly Sample[]): number =>
    median(samples.map(({ seconds }) => seconds * 1_000));
  const ours = latency(flows);
  const anchor = latency(bare);
  const parts = { ours: cpuParts(flows), anchor: cpuParts(bare) };
  const cpuRatio = totalCpu(parts.ours) / totalCpu(parts.anchor);
  const isWhole = parts.ours.every(({ milliseconds: value }) => value !== null);
  return [
    {
      row: `flow of ${flowRows} rows, p50`,
      ours: milliseconds(ours),
      anchor: `${milliseconds(anchor)} (bare workflow, ${steps} activities)`,
      ratio: ours / anchor,
      bar: '≤ 2',
      passed: ours / anchor <= 2,
      ...shared,
    },
    {
      row: `flow of ${flowRows} rows, CPU`,
      ours: describeCpu(parts.ours),
      anchor: describeCpu(parts.anchor),
      ratio: cpuRatio,
      bar: isWhole ? '≤ 1.6' : '≤ 1.6 with servers on this machine',
      passed: isWhole ? cpuRatio <= 1.6 : null,
      ...shared,
    },
  ];
}

interface CpuPart {
  readonly of: keyof CpuUse;
  readonly milliseconds: number | null;
}

function cpuParts(samples: readonly Sample[]): CpuPart[] {
  return (['worker', 'temporal', 'postgres'] as const).map((of) => {
    const seconds = samples.flatMap(({ cpu }) => cpu[of] ?? []);
    return { of, milliseconds: seconds.length < samples.length ? null : median(seconds) * 1_000 };
  });
}

function totalCpu(parts: readonly CpuPart[]): number {
  return parts.reduce((sum, part) => sum + (part.milliseconds ?? 0), 0);
}

function describeCpu(parts: readonly CpuPart[]): string {
  const told = parts.map(({ of, milliseconds: value }) =>
    value === null ? `${of} elsewhere` : `${of} ${value.toFixed(0)}`,
  );
  return `${milliseconds(totalCpu(parts))} (${told.join(', ')})`;
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
