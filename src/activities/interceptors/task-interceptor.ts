import type { Context } from '@temporalio/activity';
import type { Tenant } from '../../domain/flow/messages';
import type { BackgroundTaskState } from '../../domain/lists';
import { heartbeatIntervalMs } from './heartbeat-interceptor';
import type { ActivityInterceptor } from './interceptor';

/** One attempt of an activity, as the monitoring page shows it. */
export interface BackgroundTask {
  /** Unique for each attempt. */
  readonly taskId: string;
  readonly activityType: string;
  readonly attempt: number;
  readonly workflowId: string;
  readonly runId: string;
  /** Tenant and flow that the first argument names, if it does. */
  readonly tenant: Tenant | null;
  readonly flowId: string | null;
  readonly startedAt: Date;
}

/**
 * Keeps `background_tasks`. Told of a task in order, without waiting for the answers: one that never comes or an
 * error must not matter to the activity.
 */
export interface TaskRecorder {
  started(task: BackgroundTask): Promise<void>;
  heartbeat(task: BackgroundTask): Promise<void>;
  finished(task: BackgroundTask, end: TaskEnd): Promise<void>;
}

export interface TaskEnd {
  readonly state: Exclude<BackgroundTaskState, 'active'>;
  readonly finishedAt: Date;
  /** Why it failed; absent otherwise. */
  readonly error?: unknown;
}

/** Beats of one task are written this many heartbeats apart: the page needs no more. */
const beatsPerWrite = 5;

/** Tells the recorder about each attempt, beside it: monitoring never delays or fails the work it watches. */
export function taskInterceptor(context: Context, recorder: TaskRecorder): ActivityInterceptor {
  return {
    async execute(input, next) {
      const task = describeTask(context, input.args[0]);
      const noted = (note: Promise<void>): void => {
        note.catch((error: unknown) => context.log.warn('A background task could not be noted', { error }));
      };
      noted(recorder.started(task));
      const beat = (): void => noted(recorder.heartbeat(task));
      const timer = setInterval(beat, heartbeatIntervalMs * beatsPerWrite);
      try {
        const result = await next(input);
        noted(recorder.finished(task, { state: 'completed', finishedAt: new Date() }));
        return result;
      } catch (error) {
        const state = context.cancellationSignal.aborted ? 'cancelled' : 'failed';
        noted(recorder.finished(task, { state, finishedAt: new Date(), error }));
        throw error;
      } finally {
        clearInterval(timer);
      }
    },
  };
}

function describeTask(context: Context, argument: unknown): BackgroundTask {
  const { activityId, activityType, attempt, workflowExecution } = context.info;
  const { workflowId, runId } = workflowExecution ?? { workflowId: '', runId: '' };
  return {
    taskId: `${runId}/${activityId}/${attempt}`,
    activityType,
    attempt,
    workflowId,
    runId,
    tenant: tenantOf(argument),
    flowId: textOf(argument, 'flowId'),
    startedAt: new Date(),
  };
}

function tenantOf(argument: unknown): Tenant | null {
  const clientAccountId = textOf(argument, 'clientAccountId');
  const engagementId = textOf(argument, 'engagementId');
  return clientAccountId && engagementId ? { clientAccountId, engagementId } : null;
}

function textOf(argument: unknown, key: string): string | null {
  if (typeof argument !== 'object' || argument === null || !(key in argument)) return null;
  const value: unknown = Reflect.get(argument, key);
  return typeof value === 'string' ? value : null;
}
