import type { Tenant } from '../../domain/flow/messages';
import { execute, queryFirst, queryOne, queryRows } from '../connection/query';
import type { SystemTrx } from '../connection/scopes';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** A superseded run whose derived rows are still there. */
export interface RunToSweep extends Tenant {
  readonly id: string;
}

/** Superseded runs of all tenants that ended before a moment and are not swept yet, the oldest first. */
export async function listRunsToSweep(trx: SystemTrx, before: Date, limit: number): Promise<RunToSweep[]> {
  return queryRows<RunToSweep>(
    trx,
    `select client_account_id, engagement_id, id from phase_runs
     where status = 'superseded' and swept_at is null and finished_at < :before
     order by finished_at limit :limit`,
    { before, limit },
  );
}

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/**
 * Whether something published still reads the rows of a run: a pointer of the estate, the published plan, or an
 * asset that one of its records speaks of.
 */
export async function isRunInUse(trx: TenantTrx, runId: string): Promise<boolean> {
  const { used } = await queryOne<{ used: boolean }>(
    trx,
    `select exists (select from flow_results where ${ofTenant} and phase_run_id = :runId)
       or exists (select from estates where ${ofTenant}
         and :runId in (inventory_run_id, dependency_run_id, assessment_run_id))
       or exists (select from estate_plans p join estates e on e.client_account_id = p.client_account_id
           and e.engagement_id = p.engagement_id and e.plan_id = p.id
         where p.client_account_id = :clientAccountId and p.engagement_id = :engagementId
           and p.phase_run_id = :runId)
       or exists (select from asset_sources where ${ofTenant} and phase_run_id = :runId) as used`,
    { ...tenantOf(trx), runId },
  );
  return used;
}

/** Tables whose rows belong to a run; those of plans follow the run's plan. */
const derivedTables = [
  'raw_import_records',
  'rejected_records',
  'corrected_records',
  'cleansed_records',
  'cleansing_rules',
  'column_profiles',
  'data_quality_findings',
  'asset_changes',
  'asset_dependencies',
  'unresolved_references',
  'application_members',
  'assessments',
  'recommendations',
] as const;

/** Deletes up to `limit` derived rows of a run; returns how many, 0 when none is left. */
export async function deleteDerivedRows(trx: TenantTrx, runId: string, limit: number): Promise<number> {
  let deleted = 0;
  for (const table of derivedTables) {
    if (deleted >= limit) return deleted;
    deleted += await execute(
      trx,
      // a join, because row-level security keeps a list of ctids from being looked up one by one
      `delete from ${table} d using (select ctid from ${table} where ${ofTenant} and phase_run_id = :runId
         limit :limit) chosen
       where d.client_account_id = :clientAccountId and d.engagement_id = :engagementId
         and d.phase_run_id = :runId and d.ctid = chosen.ctid`,
      { ...tenantOf(trx), runId, limit: limit - deleted },
    );
  }
  for (const table of ['move_groups', 'waves'] as const) {
    deleted += await execute(
      trx,
      `delete from ${table} where ${ofTenant} and plan_id in (
         select id from estate_plans where ${ofTenant} and phase_run_id = :runId)`,
      { ...tenantOf(trx), runId },
    );
  }
  return deleted;
}

/** Notes that nothing of a superseded run is left but its counts. */
export async function setRunSwept(trx: TenantTrx, runId: string): Promise<void> {
  await execute(
    trx,
    `update phase_runs set swept_at = clock_timestamp()
     where ${ofTenant} and id = :runId and status = 'superseded'`,
    { ...tenantOf(trx), runId },
  );
}

/** Tenants that have idempotency records past their time. */
export async function listTenantsWithExpiredKeys(trx: SystemTrx, limit: number): Promise<Tenant[]> {
  return queryRows<Tenant>(
    trx,
    `select distinct client_account_id, engagement_id from idempotency_keys
     where expires_at <= clock_timestamp() limit :limit`,
    { limit },
  );
}

/** Whether a command that nobody has consumed yet brings this upload into a flow. */
export async function isObjectAwaited(trx: TenantTrx, objectId: string): Promise<boolean> {
  const awaited = await queryFirst(
    trx,
    `select 1 as awaited from flow_commands where ${ofTenant} and consumed_at is null and type = 'add_import'
       and payload ->> 'objectId' = :objectId`,
    { ...tenantOf(trx), objectId },
  );
  return awaited !== undefined;
}

/** Forgets up to `limit` background tasks that ended before a moment; returns how many. */
export async function deleteEndedTasks(trx: SystemTrx, before: Date, limit: number): Promise<number> {
  return execute(
    trx,
    `delete from background_tasks where id in (
       select id from background_tasks where ended_at < :before order by ended_at limit :limit)`,
    { before, limit },
  );
}
