import type { Tenant } from '../../domain/flow/messages';
import type { BackgroundTaskState } from '../../domain/lists';
import { toJson } from '../bulk/json';
import type { AppDatabase } from '../connection/pools';
import { execute, prepare, queryFirst, queryOne, queryRows } from '../connection/query';
import type { SystemTrx } from '../connection/scopes';
import { callInTenant, type TenantTrx, tenantOf } from '../connection/tenant';

/** A row of `background_tasks`: one attempt of an activity. */
export interface BackgroundTaskRow {
  readonly id: string;
  readonly flowId: string | null;
  readonly name: string;
  readonly workflowId: string | null;
  readonly runId: string | null;
  readonly activityId: string | null;
  readonly attempt: number;
  readonly state: BackgroundTaskState;
  readonly startedAt: Date;
  readonly heartbeatAt: Date | null;
  readonly endedAt: Date | null;
  readonly durationMs: number | null;
  readonly errorCode: string | null;
  readonly errorType: string | null;
  readonly error: string | null;
}

export interface NewBackgroundTask {
  readonly id: string;
  readonly flowId: string | null;
  readonly name: string;
  readonly workflowId: string | null;
  readonly runId: string | null;
  readonly activityId: string | null;
  readonly attempt: number;
  readonly startedAt: Date;
}

export interface TaskFailure {
  readonly code: string | null;
  readonly type: string | null;
  readonly message: string | null;
}

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/** How one attempt of an activity stands. */
export interface TaskNote extends NewBackgroundTask {
  readonly state: BackgroundTaskState;
  readonly heartbeatAt: Date | null;
  /** Null while it is active. */
  readonly endedAt: Date | null;
  /** Why it failed, without cell values. */
  readonly failure?: TaskFailure;
}

const note = prepare('note_tasks', 'select note_tasks(:clientAccountId, :engagementId, :notes)');

/**
 * Notes how tasks of one tenant stand, in one round trip; each is named once. One that has ended stays as it ended.
 * Earlier attempts of the same activity that are still active have been given up.
 */
export async function noteTasks(db: AppDatabase, tenant: Tenant, notes: readonly TaskNote[]): Promise<void> {
  const rows = notes.map(({ failure, ...row }) => ({ ...row, ...failure }));
  await callInTenant(db, tenant, note, { notes: toJson(rows) });
}

/** A task of the installation, such as a sweeper. */
export async function insertSystemTask(trx: SystemTrx, task: NewBackgroundTask): Promise<void> {
  await execute(
    trx,
    `insert into background_tasks (id, flow_id, name, workflow_id, run_id, activity_id, attempt, started_at)
     values (:id, :flowId, :name, :workflowId, :runId, :activityId, :attempt, :startedAt)
     on conflict (id) do nothing`,
    { ...task },
  );
}

export async function setSystemTaskHeartbeat(trx: SystemTrx, id: string): Promise<void> {
  await execute(
    trx,
    `update background_tasks set heartbeat_at = clock_timestamp() where id = :id and state = 'active'`,
    { id },
  );
}

/** The end of a task of the installation. `failure` says why, without cell values. */
export async function setSystemTaskEnded(
  trx: SystemTrx,
  id: string,
  end: {
    readonly state: Exclude<BackgroundTaskState, 'active'>;
    readonly endedAt: Date;
    readonly failure?: TaskFailure;
  },
): Promise<void> {
  await execute(
    trx,
    `update background_tasks set state = :state, ended_at = :endedAt::timestamptz,
       duration_ms = greatest(0, extract(epoch from :endedAt::timestamptz - started_at) * 1000)::bigint,
       error_code = :code, error_type = :type, error = :message
     where id = :id`,
    {
      id,
      state: end.state,
      endedAt: end.endedAt,
      code: end.failure?.code,
      type: end.failure?.type,
      message: end.failure?.message,
    },
  );
}

export async function findBackgroundTask(trx: TenantTrx, id: string): Promise<BackgroundTaskRow | undefined> {
  return queryFirst<BackgroundTaskRow>(trx, `select * from background_tasks where ${ofTenant} and id = :id`, {
    ...tenantOf(trx),
    id,
  });
}

/** Tasks of one state, the newest first. */
export async function listBackgroundTasks(
  trx: TenantTrx,
  state: BackgroundTaskState,
  limit: number,
): Promise<BackgroundTaskRow[]> {
  return queryRows<BackgroundTaskRow>(
    trx,
    `select * from background_tasks where ${ofTenant} and state = :state
     order by started_at desc limit :limit`,
    { ...tenantOf(trx), state, limit },
  );
}

/** Active tasks whose last heartbeat, or start, is older than a moment. */
export async function countHangingTasks(trx: TenantTrx, before: Date): Promise<number> {
  const { count } = await queryOne<{ count: number }>(
    trx,
    `select count(*) from background_tasks where ${ofTenant} and state = 'active'
       and coalesce(heartbeat_at, started_at) < :before`,
    { ...tenantOf(trx), before },
  );
  return count;
}
