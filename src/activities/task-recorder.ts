import type { Tenant } from '../domain/flow/messages';
import { DomainError } from '../domain/errors';
import {
  insertBackgroundTask,
  insertSystemTask,
  setTaskEnded,
  setTaskHeartbeat,
  type TaskFailure,
} from '../db/background-tasks';
import type { AppDatabase, SystemDatabase } from '../db/pools';
import { inSystemScope, type SystemTrx } from '../db/scopes';
import { inTenant, type TenantTrx } from '../db/tenant';
import type { BackgroundTask, TaskRecorder } from './task-interceptor';

/** Longest failure text that is kept. */
const messageLength = 500;

/** Keeps `background_tasks`, each note in a small transaction of its own: in the tenant that the task works for. */
export function createTaskRecorder(databases: {
  readonly app: AppDatabase;
  readonly system: SystemDatabase;
}): TaskRecorder {
  const { app, system } = databases;
  const write = async (
    tenant: Tenant | null,
    work: (trx: TenantTrx | SystemTrx) => Promise<void>,
  ): Promise<void> => {
    await (tenant === null ? inSystemScope(system, work) : inTenant(app, tenant, work));
  };
  return {
    started: async (task) => {
      const row = rowOf(task);
      const { tenant } = task;
      if (tenant === null) await inSystemScope(system, (trx) => insertSystemTask(trx, row));
      else await inTenant(app, tenant, (trx) => insertBackgroundTask(trx, row));
    },
    heartbeat: (task) => write(task.tenant, (trx) => setTaskHeartbeat(trx, task.taskId)),
    finished: (task, { state, finishedAt, error }) =>
      write(task.tenant, (trx) =>
        setTaskEnded(trx, task.taskId, {
          state,
          endedAt: finishedAt,
          ...(error === undefined ? {} : { failure: describe(error) }),
        }),
      ),
  };
}

function rowOf(task: BackgroundTask): Parameters<typeof insertBackgroundTask>[1] {
  const { taskId: id, flowId, activityType: name, workflowId, runId, attempt, startedAt } = task;
  const [, activityId = null] = id.split('/');
  return { id, flowId, name, workflowId, runId, activityId, attempt, startedAt };
}

/** Code and kind of an error. Its text is kept for errors of our own only: others may quote what they choked on. */
function describe(error: unknown): TaskFailure {
  const cause = domainErrorIn(error);
  if (cause !== undefined) {
    return { code: cause.code, type: cause.name, message: cause.message.slice(0, messageLength) };
  }
  const type = error instanceof Error ? error.name : typeof error;
  return { code: sqlstateOf(error), type, message: null };
}

/** The interceptors inside have told Temporal of a domain error already; it is the cause then. */
function domainErrorIn(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  return error instanceof Error && error.cause instanceof DomainError ? error.cause : undefined;
}

function sqlstateOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
