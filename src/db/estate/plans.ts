import { copyIn } from '../bulk/copy';
import { copyArray } from '../bulk/copy-text';
import { execute, queryOne, queryRows } from '../connection/query';
import { rowPieces } from '../bulk/row-pieces';
import { type TenantTrx, tenantOf } from '../connection/tenant';

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/** The plan of a run, made with the next number of the engagement or found as an earlier attempt left it. */
export async function openPlan(
  trx: TenantTrx,
  run: { readonly runId: string; readonly flowId: string | null },
): Promise<{ readonly id: string; readonly number: number }> {
  const bindings = { ...tenantOf(trx), ...run };
  await execute(
    trx,
    `insert into estate_plans (client_account_id, engagement_id, number, flow_id, phase_run_id)
     select :clientAccountId::uuid, :engagementId::uuid, coalesce(max(number), 0) + 1, :flowId::uuid, :runId::uuid
     from estate_plans where ${ofTenant}
     having not exists (select from estate_plans where ${ofTenant} and phase_run_id = :runId)`,
    bindings,
  );
  return queryOne(
    trx,
    `select id, number from estate_plans where ${ofTenant} and phase_run_id = :runId`,
    bindings,
  );
}

/** Throws away groups and waves that an earlier attempt has written. */
export async function clearPlan(trx: TenantTrx, planId: string): Promise<void> {
  const bindings = { ...tenantOf(trx), planId };
  await execute(trx, `delete from move_groups where ${ofTenant} and plan_id = :planId`, bindings);
  await execute(trx, `delete from waves where ${ofTenant} and plan_id = :planId`, bindings);
}

/** Shows the plan with what it holds, in the transaction that publishes its run. */
export async function publishPlan(
  trx: TenantTrx,
  planId: string,
  summary: Readonly<Record<string, number>>,
): Promise<void> {
  await execute(
    trx,
    `update estate_plans set summary = :summary, published_at = clock_timestamp()
     where ${ofTenant} and id = :planId`,
    { ...tenantOf(trx), planId, summary: JSON.stringify(summary) },
  );
}

export interface NewMoveGroup {
  readonly number: number;
  readonly name: string;
  readonly reasons: readonly string[];
  readonly isSharedService: boolean;
  readonly hasCycle: boolean;
  readonly waveNumber: number | null;
  /** Ids of assets. */
  readonly members: readonly string[];
}

export async function insertMoveGroups(
  trx: TenantTrx,
  planId: string,
  groups: readonly NewMoveGroup[],
): Promise<void> {
  await copyIn(
    trx,
    {
      table: 'landing_groups',
      columns: `number integer, name text, reasons text[], is_shared boolean,
       has_cycle boolean, wave_number integer, members uuid[]`,
    },
    rowPieces(groups, (group) => [
      group.number,
      group.name,
      copyArray(group.reasons),
      group.isSharedService,
      group.hasCycle,
      group.waveNumber,
      copyArray(group.members),
    ]),
  );
  await execute(
    trx,
    `insert into move_groups (client_account_id, engagement_id, plan_id, number, name, reasons, is_shared_service,
       has_cycle, wave_number, members)
     select :clientAccountId::uuid, :engagementId::uuid, :planId::uuid, number, name, reasons, is_shared, has_cycle,
       wave_number, members
     from landing_groups`,
    { ...tenantOf(trx), planId },
  );
}

export interface NewWave {
  readonly number: number;
  readonly groupNumbers: readonly number[];
  readonly cuts: readonly Readonly<Record<string, unknown>>[];
  readonly reasons: readonly string[];
}

export async function insertWaves(trx: TenantTrx, planId: string, waves: readonly NewWave[]): Promise<void> {
  await copyIn(
    trx,
    {
      table: 'landing_waves',
      columns: `number integer, group_numbers integer[], cuts jsonb,
       reasons text[]`,
    },
    rowPieces(waves, ({ number, groupNumbers, cuts, reasons }) => [
      number,
      `{${groupNumbers.join(',')}}`,
      JSON.stringify(cuts),
      copyArray(reasons),
    ]),
  );
  await execute(
    trx,
    `insert into waves (client_account_id, engagement_id, plan_id, number, group_numbers, cuts, reasons)
     select :clientAccountId::uuid, :engagementId::uuid, :planId::uuid, number, group_numbers, cuts, reasons
     from landing_waves`,
    { ...tenantOf(trx), planId },
  );
}

/** A wish of people about the order of moves, as it is stored. */
export interface WaveConstraintRow {
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export async function listWaveConstraints(trx: TenantTrx): Promise<WaveConstraintRow[]> {
  return queryRows<WaveConstraintRow>(
    trx,
    `select kind, payload from wave_constraints where ${ofTenant} order by created_at, id`,
    { ...tenantOf(trx) },
  );
}
