import {
  type ActivityInterceptorsFactory,
  type NativeConnection,
  Worker,
  type WorkerOptions,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { heartbeatIntervalMs } from './activities/interceptors/heartbeat-interceptor';
import type { Activities } from './activities/types';

export interface WorkerDeps {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly activities: Partial<Activities>;
  readonly interceptors: ActivityInterceptorsFactory[];
  /** A bundle made beforehand; without one the workflows beside this file are bundled at the start. */
  readonly workflowBundle?: WorkflowBundleOption;
  /** How long running batches may take to end after a stop was asked for, in ms. */
  readonly shutdownGraceMs?: number;
  readonly maxConcurrentActivities?: number;
  readonly maxCachedWorkflows?: number;
  /** Who the server says holds a task; process id and host name when absent. */
  readonly identity?: string;
}

/** The batch in hand takes a second or two; the rest is reserve for a slow disk. */
const defaultGraceMs = 20_000;
/** Past the grace time activities are cancelled; then the process ends even if one does not obey. */
const forceAfterGraceMs = 10_000;

/** Where the workflows are, for bundlers: beside this file, compiled or not. */
export const workflowsPath = require.resolve('./workflows');

/** A worker for every workflow and activity of the product; `run()` ends after `shutdown()`. */
export async function createSurveyorWorker(deps: WorkerDeps): Promise<Worker> {
  const graceMs = deps.shutdownGraceMs ?? defaultGraceMs;
  return Worker.create({
    connection: deps.connection,
    namespace: deps.namespace,
    taskQueue: deps.taskQueue,
    activities: deps.activities,
    interceptors: { activity: deps.interceptors },
    ...workflowSource(deps.workflowBundle),
    // A cancel is learnt by heartbeats: throttled ones would bring it seconds late.
    maxHeartbeatThrottleInterval: heartbeatIntervalMs,
    defaultHeartbeatThrottleInterval: heartbeatIntervalMs,
    shutdownGraceTime: graceMs,
    shutdownForceTime: graceMs + forceAfterGraceMs,
    ...(deps.maxConcurrentActivities && {
      maxConcurrentActivityTaskExecutions: deps.maxConcurrentActivities,
    }),
    ...(deps.identity && { identity: deps.identity }),
    ...(deps.maxCachedWorkflows !== undefined && { maxCachedWorkflows: deps.maxCachedWorkflows }),
  });
}

function workflowSource(
  bundle: WorkflowBundleOption | undefined,
): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  return bundle ? { workflowBundle: bundle } : { workflowsPath };
}
