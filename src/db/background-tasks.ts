import type { BackgroundTaskState } from '../domain/lists';
import { execute, queryFirst, queryOne, queryRows } from './query';
import type { SystemTrx } from './scopes';
import { type TenantTrx, tenantOf } from './tenant';

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

/** Notes that a task began. Its earlier attempts of the same activity, still active, have been given up. */
export async function insertBackgroundTask(trx: TenantTrx, task: NewBackgroundTask): Promise<void> {
  await insertTask(trx, { ...tenantOf(trx) }, task);
  await execute(
    trx,
    `update background_tasks set state = 'failed', ended_at = clock_timestamp(), error_type = 'attempt_lost',
       error = 'The attempt was given up and a later one took its place'
     where ${ofTenant} and state = 'active' and run_id = :runId and activity_id = :activityId
       and attempt < :attempt`,
    { ...tenantOf(trx), runId: task.runId, activityId: task.activityId, attempt: task.attempt },
  );
}

/** A task of the installation, such as a sweeper. */
export async function insertSystemTask(trx: SystemTrx, task: NewBackgroundTask): Promise<void> {
  await insertTask(trx, { clientAccountId: null, engagementId: null }, task);
}

async function insertTask(
  trx: TenantTrx | SystemTrx,
  scope: { readonly clientAccountId: string | null; readonly engagementId: string | null },
  task: NewBackgroundTask,
): Promise<void> {
  await execute(
    trx,
    `insert into background_tasks (id, client_account_id, engagement_id, flow_id, name, workflow_id, run_id,
       activity_id, attempt, started_at)
     values (:id, :clientAccountId, :engagementId, :flowId, :name, :workflowId, :runId, :activityId, :attempt,
       :startedAt)
     on conflict (id) do nothing`,
    { ...scope, ...task },
  );
}

export async function setTaskHeartbeat(trx: TenantTrx | SystemTrx, id: string): Promise<void> {
  await execute(
    trx,
    `update background_tasks set heartbeat_at = clock_timestamp() where id = :id and state = 'active'`,
    { id },
  );
}

/** The end of a task. `failure` says why, without cell values. */
export async function setTaskEnded(
  trx: TenantTrx | SystemTrx,
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
