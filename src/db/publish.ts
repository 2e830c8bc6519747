import type { Phase } from '../domain/flow/phases';
import { type Actor, insertAuditEvent } from './audit';
import { refreshCompletedPhases, refreshProgress } from './flow-progress';
import { touchFlow } from './flows';
import { toJson } from './json';
import type { PhaseRun, RunHold } from './phase-runs';
import { execute, queryFirst } from './query';
import { type TenantTrx, tenantOf } from './tenant';

export interface Publication {
  /** Result of the phase as a whole, bounded; kept with the run. */
  readonly summary?: Readonly<Record<string, unknown>>;
  /** The plan that `dependency_analysis` made. */
  readonly planId?: string;
}

/**
 * Publishes a run, the last small transaction of its phase: the run is completed, the pointer moves to it, the run
 * published before is superseded, the child's booleans, progress and the audit event follow. Undefined when the
 * fence is lost; nothing is written then. Throws when the ledger does not add up.
 */
export async function publishPhaseRun(
  trx: TenantTrx,
  hold: RunHold,
  publication: Publication,
  actor: Actor,
): Promise<PhaseRun | undefined> {
  const run = await completeRun(trx, hold, publication);
  if (run === undefined) return undefined;
  if (run.scenarioId === null) await pointEstate(trx, run, publication);
  if (run.flowId !== null) await pointFlow(trx, run, run.flowId);
  await insertAuditEvent(trx, actor, {
    action: 'phase.published',
    resourceType: 'phase_run',
    resourceId: run.id,
    flowId: run.flowId,
    details: {
      phase: run.phase,
      importId: run.importId,
      scenarioId: run.scenarioId,
      changeId: run.changeId,
      rowsIn: run.rowsIn,
      rowsOut: run.rowsOut,
    },
  });
  return run;
}

async function completeRun(
  trx: TenantTrx,
  hold: RunHold,
  { summary }: Publication,
): Promise<PhaseRun | undefined> {
  return queryFirst<PhaseRun>(
    trx,
    `update phase_runs set status = 'completed', finished_at = clock_timestamp(), published_at = clock_timestamp(),
       updated_at = clock_timestamp(), rows_total = coalesce(rows_total, position),
       summary = coalesce(:summary, summary)
     where client_account_id = :clientAccountId and engagement_id = :engagementId and id = :id and fence = :fence
       and status = 'running'
     returning *`,
    { ...tenantOf(trx), id: hold.id, fence: hold.fence, summary: summary && toJson(summary) },
  );
}

async function pointFlow(trx: TenantTrx, run: PhaseRun, flowId: string): Promise<void> {
  await execute(
    trx,
    `with replaced as (
       delete from flow_results
       where client_account_id = :clientAccountId and engagement_id = :engagementId and flow_id = :flowId
         and phase = :phase and scenario_id is not distinct from :scenarioId::uuid
         and import_id is not distinct from :importId::uuid
       returning client_account_id, engagement_id, phase_run_id)
     update phase_runs r set status = 'superseded', updated_at = clock_timestamp() from replaced p
     where r.client_account_id = p.client_account_id and r.engagement_id = p.engagement_id
       and r.id = p.phase_run_id and r.id <> :runId`,
    resultBindings(trx, run, flowId),
  );
  await execute(
    trx,
    `insert into flow_results (client_account_id, engagement_id, phase_run_id, flow_id, scenario_id, phase,
       import_id, published_at)
     values (:clientAccountId, :engagementId, :runId, :flowId, :scenarioId, :phase, :importId, :publishedAt)`,
    resultBindings(trx, run, flowId),
  );
  if (run.scenarioId !== null) return;
  await refreshCompletedPhases(trx, flowId);
  await refreshProgress(trx, flowId);
  await touchFlow(trx, flowId);
}

function resultBindings(trx: TenantTrx, run: PhaseRun, flowId: string): Record<string, unknown> {
  const { id: runId, scenarioId, phase, importId, publishedAt } = run;
  return { ...tenantOf(trx), runId, flowId, scenarioId, phase, importId, publishedAt };
}

const pointers: Readonly<Partial<Record<Phase, string>>> = {
  asset_inventory: 'inventory_run_id',
  dependency_analysis: 'dependency_run_id',
  tech_debt_assessment: 'assessment_run_id',
};

/** The estate shows the last published run of each estate phase. */
async function pointEstate(trx: TenantTrx, run: PhaseRun, { planId }: Publication): Promise<void> {
  const pointer = pointers[run.phase];
  if (pointer === undefined) return;
  const bindings = { ...tenantOf(trx), runId: run.id, planId };
  await execute(
    trx,
    `insert into estates as e (client_account_id, engagement_id, ${pointer}, plan_id)
     values (:clientAccountId, :engagementId, :runId, :planId)
     on conflict (client_account_id, engagement_id) do update set ${pointer} = excluded.${pointer},
       plan_id = coalesce(excluded.plan_id, e.plan_id), updated_at = clock_timestamp()`,
    bindings,
  );
  if (planId === undefined) return;
  await execute(
    trx,
    `update estate_plans set published_at = clock_timestamp()
     where client_account_id = :clientAccountId and engagement_id = :engagementId and id = :planId`,
    bindings,
  );
}
