import type { PhaseRun, PhaseRunKey } from './phase-runs';
import { queryFirst } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** The completed run of a phase of an estate change, which no flow points to. */
export async function findCompletedRun(
  trx: TenantTrx,
  { changeId, phase }: Pick<PhaseRunKey, 'changeId' | 'phase'>,
): Promise<PhaseRun | undefined> {
  return queryFirst<PhaseRun>(
    trx,
    `select * from phase_runs where client_account_id = :clientAccountId and engagement_id = :engagementId
       and flow_id is null and change_id = :changeId and scenario_id is null and phase = :phase
       and status in ('completed', 'superseded') and published_at is not null
     order by published_at desc limit 1`,
    { ...tenantOf(trx), changeId, phase },
  );
}
