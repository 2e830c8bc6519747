import type { ConflictKind } from '../../domain/lists';
import { planForManyRows } from '../bulk/bulk-plans';
import { execute, queryOne } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

export interface NewConflict {
  readonly assetId: string | null;
  readonly kind: ConflictKind;
  readonly attribute: string | null;
  readonly message: string;
  readonly candidates: readonly Readonly<Record<string, unknown>>[];
  /** Equal for the same question, so that it is asked once. */
  readonly fingerprint: string;
}

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/** Writes the conflicts of a batch. Those that stand open already are noted as seen, decided ones are not asked again. */
export async function insertConflicts(
  trx: TenantTrx,
  run: { readonly runId: string; readonly flowId: string | null },
  conflicts: readonly NewConflict[],
): Promise<void> {
  if (conflicts.length === 0) return;
  const bindings = { ...tenantOf(trx), ...run, conflicts: JSON.stringify(conflicts) };
  await execute(
    trx,
    `update asset_conflicts a set phase_run_id = :runId
     from jsonb_to_recordset(:conflicts::jsonb) as n(fingerprint text)
     where a.client_account_id = :clientAccountId and a.engagement_id = :engagementId and a.status = 'open'
       and a.fingerprint = n.fingerprint`,
    bindings,
  );
  await execute(
    trx,
    `insert into asset_conflicts (client_account_id, engagement_id, flow_id, phase_run_id, asset_id, kind, attribute,
       message, candidates, fingerprint)
     select :clientAccountId::uuid, :engagementId::uuid, :flowId::uuid, :runId::uuid, n."assetId", n.kind,
       n.attribute, n.message, n.candidates, n.fingerprint
     from jsonb_to_recordset(:conflicts::jsonb) as n("assetId" uuid, kind text, attribute text, message text,
       candidates jsonb, fingerprint text)
     where not exists (select from asset_conflicts a where a.client_account_id = :clientAccountId
       and a.engagement_id = :engagementId and a.fingerprint = n.fingerprint
       and (a.status <> 'dismissed' or a.decided_by is not null))`,
    bindings,
  );
}

/** Conflicts that a run found and nobody has decided. */
export async function countOpenConflicts(trx: TenantTrx, runId: string): Promise<number> {
  const { count } = await queryOne<{ count: number }>(
    trx,
    `select count(*) as count from asset_conflicts where ${ofTenant} and status = 'open' and phase_run_id = :runId`,
    { ...tenantOf(trx), runId },
  );
  return count;
}

/** Closes open conflicts about assets that a run has projected without finding them again. */
export async function dismissSettledConflicts(trx: TenantTrx, runId: string): Promise<number> {
  await planForManyRows(trx);
  return execute(
    trx,
    `update asset_conflicts a set status = 'dismissed', decided_at = clock_timestamp()
     from asset_changes c
     where c.client_account_id = :clientAccountId and c.engagement_id = :engagementId and c.phase_run_id = :runId
       and a.client_account_id = c.client_account_id and a.engagement_id = c.engagement_id
       and a.asset_id = c.asset_id and a.status = 'open' and a.phase_run_id <> :runId`,
    { ...tenantOf(trx), runId },
  );
}
