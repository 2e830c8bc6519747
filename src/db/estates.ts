import { execute } from './query';
import { type TenantTrx, tenantOf } from './tenant';

/** Gives the projection's lease free when a run of this flow holds it. */
export async function releaseEstate(trx: TenantTrx, flowId: string): Promise<void> {
  await execute(
    trx,
    `update estates e set holder_run_id = null, held_until = null, updated_at = clock_timestamp()
     from phase_runs r
     where e.client_account_id = :clientAccountId and e.engagement_id = :engagementId
       and r.client_account_id = e.client_account_id and r.engagement_id = e.engagement_id
       and r.id = e.holder_run_id and r.flow_id = :flowId`,
    { ...tenantOf(trx), flowId },
  );
}
