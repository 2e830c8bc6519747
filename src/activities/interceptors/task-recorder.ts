import { DomainError } from '../../domain/errors';
import {
  insertSystemTask,
  type NewBackgroundTask,
  noteTasks,
  setSystemTaskEnded,
  setSystemTaskHeartbeat,
  type TaskFailure,
  type TaskNote,
} from '../../db/flows/background-tasks';
import type { AppDatabase, SystemDatabase } from '../../db/connection/pools';
import { inSystemScope, type SystemTrx } from '../../db/connection/scopes';
import type { BackgroundTask, TaskEnd, TaskRecorder } from './task-interceptor';
import { TaskJournal } from './task-journal';

/** Longest failure text that is kept. */
const messageLength = 500;

/** The page of background tasks is behind by this much at most. */
const gatherMs = 100;

/** A recorder whose notes are written some together. */
export interface GatheringRecorder extends TaskRecorder {
  /** To be awaited before the databases are closed: everything told so far is written then. */
  settled(): Promise<void>;
}

/** Keeps `background_tasks`: in the tenant that a task works for, else as a task of the installation. */
export function createTaskRecorder(databases: {
  readonly app: AppDatabase;
  readonly system: SystemDatabase;
}): GatheringRecorder {
  const { app, system } = databases;
  const journal = new TaskJournal((tenant, notes) => noteTasks(app, tenant, notes), gatherMs);
  let written: Promise<void> = Promise.resolve();
  /** One after the other, so that a start is written before its end. */
  const inSystem = (work: (trx: SystemTrx) => Promise<void>): Promise<void> => {
    const writing = written.catch(() => undefined).then(() => inSystemScope(system, work));
    written = writing;
    return writing;
  };
  return {
    started: (task) =>
      task.tenant === null
        ? inSystem((trx) => insertSystemTask(trx, rowOf(task)))
        : journal.note(task.tenant, noteOf(task)),
    heartbeat: (task) =>
      task.tenant === null
        ? inSystem((trx) => setSystemTaskHeartbeat(trx, task.taskId))
        : journal.note(task.tenant, { ...noteOf(task), heartbeatAt: new Date() }),
    finished: (task, end) =>
      task.tenant === null
        ? inSystem((trx) => setSystemTaskEnded(trx, task.taskId, endOf(end)))
        : journal.note(task.tenant, { ...noteOf(task), ...endOf(end) }),
    settled: async () => {
      await Promise.allSettled([written, journal.settled()]);
    },
  };
}

function rowOf(task: BackgroundTask): NewBackgroundTask {
  const { taskId: id, flowId, activityType: name, workflowId, runId, attempt, startedAt } = task;
  const [, activityId = null] = id.split('/');
  return { id, flowId, name, workflowId, runId, activityId, attempt, startedAt };
}

function noteOf(task: BackgroundTask): TaskNote {
  return { ...rowOf(task), state: 'active', heartbeatAt: null, endedAt: null };
}

function endOf({ state, finishedAt, error }: TaskEnd): Pick<TaskNote, 'endedAt' | 'failure'> & {
  readonly state: TaskEnd['state'];
  readonly endedAt: Date;
} {
  return { state, endedAt: finishedAt, ...(error === undefined ? {} : { failure: describe(error) }) };
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
