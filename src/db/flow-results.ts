import type { Phase } from '../domain/flow/phases';
import { queryRows } from './query';
import { type TenantTrx, tenantOf } from './tenant';

/** Which phases of a flow are published, outside scenarios. */
export async function listPublishedPhases(
  trx: TenantTrx,
  flowId: string,
): Promise<{ readonly phase: Phase; readonly importId: string | null; readonly phaseRunId: string }[]> {
  return queryRows(
    trx,
    `select phase, import_id, phase_run_id from flow_results
     where client_account_id = :clientAccountId and engagement_id = :engagementId and flow_id = :flowId
       and scenario_id is null`,
    { ...tenantOf(trx), flowId },
  );
}
