import type { Phase } from '../domain/flow/phases';
import { type PhaseProgress, flowProgress } from '../domain/flow/progress';
import { setProgress } from './flows';
import { execute, queryRows } from './query';
import { type TenantTrx, tenantOf } from './tenant';

/** Works out a flow's progress from its phase runs and stores it if it is larger. */
export async function refreshProgress(trx: TenantTrx, flowId: string): Promise<void> {
  const rows = await queryRows<{
    phase: Phase;
    rowsDone: number;
    rowsTotal: number;
    published: number;
    runs: number;
  }>(
    trx,
    `select phase, sum(least(position, rows_total))::bigint as rows_done, sum(rows_total)::bigint as rows_total,
       count(published_at) as published,
       case when phase in ('asset_inventory', 'dependency_analysis', 'tech_debt_assessment') then 1 else (
         select count(*) from data_imports i where i.client_account_id = :clientAccountId
           and i.engagement_id = :engagementId and i.flow_id = :flowId and i.undone_at is null) end as runs
     from phase_runs
     where client_account_id = :clientAccountId and engagement_id = :engagementId and flow_id = :flowId
       and scenario_id is null and status <> 'superseded'
     group by phase`,
    { ...tenantOf(trx), flowId },
  );
  const progress: Partial<Record<Phase, PhaseProgress>> = {};
  for (const { phase, rowsDone, rowsTotal, published, runs } of rows)
    progress[phase] = { completed: published >= runs, rowsDone, rowsTotal };
  await setProgress(trx, flowId, flowProgress(progress, false));
}

/**
 * Writes which phases of a flow are complete: a phase of imports is when it is published for each of them, so a
 * further file opens it again.
 */
export async function refreshCompletedPhases(trx: TenantTrx, flowId: string): Promise<void> {
  await execute(
    trx,
    `with imports as (
       select count(*) as total from data_imports
       where client_account_id = :clientAccountId and engagement_id = :engagementId and flow_id = :flowId
         and undone_at is null),
     published as (
       select r.phase, count(*) as done from flow_results r
       left join data_imports i on i.client_account_id = r.client_account_id
         and i.engagement_id = r.engagement_id and i.id = r.import_id
       where r.client_account_id = :clientAccountId and r.engagement_id = :engagementId and r.flow_id = :flowId
         and r.scenario_id is null and i.undone_at is null
       group by r.phase),
     complete as (
       select coalesce(array_agg(p.phase) filter (where p.done >= case when p.phase in ('asset_inventory',
         'dependency_analysis', 'tech_debt_assessment') then 1 else i.total end), '{}') as phases
       from imports i left join published p on true)
     update discovery_flows d set
       data_import_completed = 'data_import' = any (c.phases),
       data_validation_completed = 'data_validation' = any (c.phases),
       field_mapping_completed = 'field_mapping' = any (c.phases),
       data_cleansing_completed = 'data_cleansing' = any (c.phases),
       asset_inventory_completed = 'asset_inventory' = any (c.phases),
       dependency_analysis_completed = 'dependency_analysis' = any (c.phases),
       tech_debt_assessment_completed = 'tech_debt_assessment' = any (c.phases),
       assessment_ready = 'asset_inventory' = any (c.phases),
       updated_at = clock_timestamp()
     from complete c
     where d.client_account_id = :clientAccountId and d.engagement_id = :engagementId
       and d.master_flow_id = :flowId`,
    { ...tenantOf(trx), flowId },
  );
}
