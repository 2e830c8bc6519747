import { queryOne } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/**
 * Whether the columns of every other import of a flow are suggested. Only then does the gate open: people approve the
 * tables of a flow together, and nobody can approve what is not there yet.
 */
export async function areOthersSuggested(
  trx: TenantTrx,
  { flowId, importId }: { readonly flowId: string; readonly importId: string },
): Promise<boolean> {
  const { suggested } = await queryOne<{ suggested: boolean }>(
    trx,
    `select not exists (
       select from data_imports i
       where i.client_account_id = :clientAccountId and i.engagement_id = :engagementId and i.flow_id = :flowId
         and i.id <> :importId and i.undone_at is null and not exists (
           select from phase_runs r
           where r.client_account_id = i.client_account_id and r.engagement_id = i.engagement_id
             and r.flow_id = i.flow_id and r.import_id = i.id and r.phase = 'field_mapping'
             and r.scenario_id is null and r.status <> 'superseded'
             and (r.published_at is not null or r.position_detail @> '{"suggested": true}'))) as suggested`,
    { ...tenantOf(trx), flowId, importId },
  );
  return suggested;
}
