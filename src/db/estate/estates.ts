import type { PhaseRun, RunHold } from '../flows/phase-runs';
import { execute, prepare, queryFirst, queryOne } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/** How long a run holds the estate without a sign of life. */
const leaseTime = "interval '5 minutes'";

/** The hold of one run on the estate of its engagement. */
export interface EstateLease {
  readonly runId: string;
  readonly fence: number;
  /** Raised whenever a projection is applied. */
  readonly revision: number;
}

const lockHolder = prepare(
  'lock_estate_run',
  `with run as materialized (
     select * from phase_runs where ${ofTenant} and id = :runId and fence = :runFence and status = 'running'
     for update),
   held as (
     update estates e set held_until = clock_timestamp() + ${leaseTime} from run
     where e.client_account_id = run.client_account_id and e.engagement_id = run.engagement_id
       and e.holder_run_id = run.id and e.fence = :fence
     returning 1)
   select run.*, exists (select from held) as holds_estate from run`,
);

/**
 * `lockPhaseRun` of a run that holds the estate: locks the estate after it and renews the hold. `holdsEstate` is false
 * when another run has taken the estate.
 */
export async function lockEstateRun(
  trx: TenantTrx,
  run: RunHold,
  lease: EstateLease,
): Promise<(PhaseRun & { readonly holdsEstate: boolean }) | undefined> {
  return queryFirst(trx, lockHolder, {
    ...tenantOf(trx),
    runId: run.id,
    runFence: run.fence,
    fence: lease.fence,
  });
}

/** Gives the estate free if this hold is still the one that stands. */
export async function freeEstate(trx: TenantTrx, lease: EstateLease): Promise<void> {
  await execute(
    trx,
    `update estates set holder_run_id = null, held_until = null, updated_at = clock_timestamp()
     where ${ofTenant} and holder_run_id = :runId and fence = :fence`,
    { ...tenantOf(trx), runId: lease.runId, fence: lease.fence },
  );
}

/** Raises the revision of the estate because its assets have changed, and answers it. */
export async function raiseRevision(trx: TenantTrx): Promise<number> {
  const { revision } = await queryOne<{ revision: number }>(
    trx,
    `update estates set revision = revision + 1, updated_at = clock_timestamp() where ${ofTenant}
     returning revision`,
    { ...tenantOf(trx) },
  );
  return revision;
}

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
