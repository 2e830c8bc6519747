import type { Actor } from '../accounts/audit';
import { progressWhenPublished } from './flow-progress';
import { toJson } from '../bulk/json';
import type { Advance, PhaseRun, RunHold } from './phase-runs';
import { prepare, queryFirst } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

export interface Publication {
  /** Result of the phase as a whole, bounded; kept with the run. */
  readonly summary?: Readonly<Record<string, unknown>>;
  /** The plan that `dependency_analysis` made. */
  readonly planId?: string;
  /** What the same transaction has done as the last batch of the run. */
  readonly advance?: Advance;
  /** Progress of the flow after this, in percent; looked up when absent. */
  readonly progress?: number;
}

const publishRun = prepare(
  'publish_run',
  `select * from publish_run(:clientAccountId, :engagementId, :id, :fence, :advance, :summary, :planId, :progress,
     :actor)`,
);

/**
 * Publishes a run, the last statement of its phase's last transaction: the run is completed, the pointer moves to it,
 * the run published before is superseded, the estate it held is free, the child's booleans, progress and the audit
 * event follow. Undefined when the fence is lost; nothing is written then. Throws when the ledger does not add up.
 */
export async function publishPhaseRun(
  trx: TenantTrx,
  { id, fence }: RunHold,
  publication: Publication,
  actor: Actor,
): Promise<PhaseRun | undefined> {
  const { summary, planId, advance } = publication;
  return queryFirst<PhaseRun>(trx, publishRun, {
    ...tenantOf(trx),
    id,
    fence,
    advance: toJson(advance ?? {}),
    summary: summary && toJson(summary),
    planId,
    progress: publication.progress ?? (await progressWhenPublished(trx, id)) ?? 0,
    actor: toJson(actor),
  });
}
