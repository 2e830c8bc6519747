import type { FlowPolicy, Tenant } from '../../domain/flow/messages';
import { isEstatePhase } from '../../domain/flow/phases';
import type { CommandType } from '../../domain/flow/status';
import { systemActor } from '../accounts/audit';
import type { EstateLease } from '../estate/estates';
import type { OtherRuns } from './flow-progress';
import { setFlowStatus } from './flow-status';
import type { PhaseRun, PhaseRunKey } from './phase-runs';
import type { AppDatabase } from '../connection/pools';
import { prepare, queryFirst } from '../connection/query';
import { callInTenant, inTenant } from '../connection/tenant';

/** How a phase begins, or why it does not. */
export type Entry =
  | { readonly kind: 'no_flow' }
  /** It is done; this is its result. */
  | { readonly kind: 'published'; readonly rowsIn: number; readonly rowsOut: number }
  /** A command waits that comes first. */
  | { readonly kind: 'command'; readonly command: CommandType }
  | EnteredPhase;

export interface EnteredPhase {
  readonly kind: 'entered';
  readonly run: PhaseRun;
  readonly otherRuns: OtherRuns;
  /** What the flow's owner decided before it started; null for a run without a flow. */
  readonly policy: FlowPolicy | null;
  /** Of a phase of the estate; undefined while another run holds it. */
  readonly lease: EstateLease | undefined;
}

interface Answer extends PhaseRun {
  readonly flowStatus: string | null;
  readonly publishedIn: number | null;
  readonly publishedOut: number | null;
  readonly command: CommandType | null;
  readonly imports: number | null;
  readonly others: OtherRuns['others'];
  readonly estateFence: number | null;
  readonly estateRevision: number | null;
  /** As `insertFlow` wrote it. */
  readonly policy: FlowPolicy | null;
}

const enter = prepare(
  'enter_phase',
  `select e.flow_status, e.published_in, e.published_out, e.command, e.imports, e.others, e.estate_fence,
     e.estate_revision, (e.run).*, (select m.flow_configuration -> 'policy' from master_flows m
       where m.client_account_id = (e.run).client_account_id and m.engagement_id = (e.run).engagement_id
         and m.flow_id = (e.run).flow_id) as policy
   from enter_phase(:clientAccountId, :engagementId, :flowId, :changeId, :phase, :importId, :heeded, :closesImports,
     :takesEstate, :whateverStatus) e`,
);

/**
 * Enters a phase in one round trip: takes hold of its run (see `beginPhaseRun`), notes the phase on the flow's rows,
 * and takes the estate if it is a phase of the estate. `heeded` are the commands that come first, the most urgent
 * first. A flow that is not running is set running.
 */
export async function enterPhase(
  db: AppDatabase,
  tenant: Tenant,
  key: PhaseRunKey,
  heeded: readonly CommandType[],
): Promise<Entry> {
  const { flowId, changeId, phase, importId } = key;
  const bindings = {
    flowId,
    changeId,
    phase,
    importId,
    heeded,
    closesImports: phase === 'asset_inventory',
    takesEstate: isEstatePhase(phase),
    whateverStatus: false,
  };
  const answer = await callInTenant<Answer>(db, tenant, enter, bindings);
  const stands = typeof flowId === 'string' && answer !== undefined && needsStatus(answer);
  if (!stands) return entryOf(answer);
  return inTenant(db, tenant, async (trx) => {
    await setFlowStatus(trx, flowId, { status: 'running' }, systemActor);
    const again = { clientAccountId: tenant.clientAccountId, engagementId: tenant.engagementId, ...bindings };
    return entryOf(await queryFirst<Answer>(trx, enter, { ...again, whateverStatus: true }));
  });
}

/** Nothing was done because the flow is not running. */
function needsStatus({ id, publishedIn, command }: Nullable<Answer>): boolean {
  return id === null && publishedIn === null && command === null;
}

/** Of a phase that was not entered, no column of the run has a value. */
type Nullable<Row> = { readonly [Column in keyof Row]: Row[Column] | null };

function entryOf(answer: Answer | undefined): Entry {
  if (answer === undefined) return { kind: 'no_flow' };
  const { flowStatus: _, publishedIn, publishedOut, command, imports, others, policy, ...rest } = answer;
  if (publishedIn !== null) return { kind: 'published', rowsIn: publishedIn, rowsOut: publishedOut ?? 0 };
  if (command !== null) return { kind: 'command', command };
  const { estateFence: fence, estateRevision: revision, ...run } = rest;
  const lease = fence === null || revision === null ? undefined : { runId: run.id, fence, revision };
  return { kind: 'entered', run, policy, otherRuns: { imports: imports ?? 0, others }, lease };
}
