import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { createActivities } from './activities';
import type { ActivityDependencies } from './activities/dependencies';
import { activityInterceptors } from './activities/interceptors/interceptors';
import { createTaskRecorder } from './activities/interceptors/task-recorder';
import { createPools, type Pools } from './db/connection/pools';
import { defaultIntakeLimits } from './intake/types';
import { createObjectStore } from './objects/create-object-store';
import { tuneCollector } from './runtime/collector';
import type { ConfigFor } from './runtime/config';
import { createLogger, installTemporalLogging, type Logger } from './runtime/logging';
import { serveMetrics } from './runtime/metrics-server';
import { workflowBundleFile } from './runtime/project-root';
import { stopSignal } from './runtime/process/stop-signals';
import { connectClient, connectWorker, ensureSearchAttributes } from './runtime/temporal-client';
import { createSurveyorWorker } from './create-worker';
import { createFlowDirectory } from './worker-directory';
import { createWorkerMetrics, type WorkerMetrics } from './worker-metrics';
import { ensureReconcilerSchedule } from './worker-schedule';

export type WorkerConfig = ConfigFor<'worker'>;

export interface WorkerProcessOptions {
  /** A file that gets this process's id once the worker takes tasks. */
  readonly readyFile?: string;
}

/**
 * A worker process: takes tasks until it is asked to stop, then lets running batches end within the configured
 * time. Throws when Temporal cannot be reached at the start; a database that is down later only delays activities.
 */
export async function runWorker(config: WorkerConfig, options: WorkerProcessOptions = {}): Promise<void> {
  const stopped = stopSignal();
  tuneCollector();
  const logger = createLogger('worker', config);
  installTemporalLogging(logger);
  const closing: (() => Promise<void>)[] = [];
  try {
    const pools = openPools(config, logger);
    closing.unshift(() => pools.close());
    const client = await connectClient(config);
    closing.unshift(() => client.connection.close());
    const metrics = await startMetrics(config, closing);
    const worker = await startWorker(config, { pools, client, metrics }, closing);
    const running = worker.run();
    if (options.readyFile !== undefined) saysReady(options.readyFile);
    logger.info({ taskQueue: config.taskQueue }, 'The worker takes tasks');
    await Promise.race([stopped, running]);
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await running;
  } finally {
    for (const close of closing) await close();
  }
}

/**
 * Phases join rows that were written a moment ago and have no statistics yet. The planner then believes in one row
 * and takes a nested loop, whose time grows with the square of the number; other joins cost little more at worst.
 */
const joinBySets = '-c enable_nestloop=off';

function openPools(config: WorkerConfig, logger: Logger): Pools {
  const { appDatabaseUrl: appUrl, systemDatabaseUrl: systemUrl } = config;
  return createPools({
    // A worker asks nobody who they are: the pool of that role stays empty.
    urls: { appUrl, systemUrl, authUrl: config.authDatabaseUrl ?? appUrl },
    size: { app: config.appPoolSize, system: config.systemPoolSize },
    applicationName: 'surveyor-worker',
    sessionOptions: joinBySets,
    onIdleError: (error) => logger.warn({ error }, 'An idle database connection was lost'),
  });
}

interface WorkerParts {
  readonly pools: Pools;
  readonly client: Client;
  readonly metrics: WorkerMetrics;
}

async function startWorker(
  config: WorkerConfig,
  { pools, client, metrics }: WorkerParts,
  closing: (() => Promise<void>)[],
): ReturnType<typeof createSurveyorWorker> {
  await ensureSearchAttributes(client);
  await ensureReconcilerSchedule(client, config.taskQueue);
  const connection = await connectWorker(config);
  closing.unshift(() => connection.close());
  const bundle = workflowBundleFile();
  const recorder = createTaskRecorder(pools);
  closing.unshift(() => recorder.settled());
  return createSurveyorWorker({
    connection,
    namespace: config.temporalNamespace,
    taskQueue: config.taskQueue,
    activities: createActivities(activityDependencies(config, pools, client)),
    interceptors: [metrics.interceptor, ...activityInterceptors(recorder)],
    ...(bundle === undefined ? {} : { workflowBundle: { codePath: bundle } }),
    shutdownGraceMs: config.shutdownSeconds * 1_000,
    maxConcurrentActivities: config.workerActivitySlots,
  });
}

function activityDependencies(config: WorkerConfig, pools: Pools, client: Client): ActivityDependencies {
  const { maxRows, maxColumns, maxCellBytes } = config;
  return {
    app: pools.app,
    system: pools.system,
    objects: createObjectStore(config),
    intakeLimits: { ...defaultIntakeLimits, maxRows, maxColumns, maxCellBytes },
    directory: createFlowDirectory(client, config.taskQueue),
    cancellation: () => Context.current().cancellationSignal,
    today: () => new Date().toISOString().slice(0, 10),
  };
}

async function startMetrics(
  { metricsPort, host }: WorkerConfig,
  closing: (() => Promise<void>)[],
): Promise<WorkerMetrics> {
  const metrics = createWorkerMetrics();
  if (metricsPort === undefined) return metrics;
  const server = await serveMetrics(metrics.registry, { port: metricsPort, host });
  closing.unshift(() => server.close());
  return metrics;
}

function saysReady(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, String(process.pid));
}
