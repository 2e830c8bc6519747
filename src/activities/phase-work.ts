import type { PhaseResult } from '../domain/flow/messages';
import { DomainError } from '../domain/errors';
import type { CommandType } from '../domain/flow/status';
import { systemActor } from '../db/audit';
import { enterPhase, type EnteredPhase } from '../db/enter-phase';
import { type EstateLease, freeEstate, holdEstate } from '../db/estates';
import { progressWith } from '../db/flow-progress';
import {
  advancePhaseRun,
  endFlowBatch,
  lockPhaseRun,
  pausePhaseRun,
  type Advance,
  type PhaseRun,
  type PhaseRunKey,
} from '../db/phase-runs';
import { type Publication, publishPhaseRun } from '../db/publish';
import { inTenant, type TenantTrx } from '../db/tenant';
import type { ActivityDependencies } from './dependencies';
import { Interruption, type PhaseOrder, type StopCommand } from './phase-order';
import { watchForStop } from './stop-watch';

/** Another attempt of this phase has taken over; this one must not write any more. */
export class FenceLost extends Error {
  override readonly name = 'FenceLost';
}

/** The hold on one phase run, and the only way in which a phase writes. */
export interface PhaseWork {
  readonly order: PhaseOrder;
  /** The run as it was when this attempt began: position and counts of earlier attempts. */
  readonly run: PhaseRun;
  /** The hold on the estate, of a phase of the estate; undefined while another run holds it. */
  readonly lease: EstateLease | undefined;
  readonly signal: AbortSignal;
  /**
   * One batch in one transaction: takes the fence (and renews the hold on the estate), does the work, adds what it
   * answers to the run. Ends the phase with an interruption afterwards when a pause or cancel waits.
   */
  readonly batch: (work: (trx: TenantTrx, run: PhaseRun) => Promise<Advance>) => Promise<void>;
  /** A transaction that only reads. */
  readonly read: <T>(work: (trx: TenantTrx) => Promise<T>) => Promise<T>;
  /**
   * The last transaction: what else belongs to it, then the publication. The last batch may be part of it: it is told
   * as `advance`.
   */
  readonly publish: (work: (trx: TenantTrx, run: PhaseRun) => Promise<Publication>) => Promise<PhaseResult>;
}

/** Runs a phase under its fence: begins or goes on, obeys stops, answers when it was published before. */
export async function workPhase(
  deps: ActivityDependencies,
  order: PhaseOrder,
  work: (phase: PhaseWork) => Promise<PhaseResult>,
): Promise<PhaseResult> {
  const entry = await enterPhase(deps.app, order, runKey(order), heededBy(order));
  if (entry.kind === 'no_flow') throw new DomainError('FLOW_002', { flow_id: order.flowId });
  if (entry.kind === 'published') return completed(entry);
  if (entry.kind === 'command') return { status: 'interrupted', command: asStop(entry.command) };
  return workEntered(deps, order, entry, work);
}

async function workEntered(
  deps: ActivityDependencies,
  order: PhaseOrder,
  { run, otherRuns, lease }: EnteredPhase,
  work: (phase: PhaseWork) => Promise<PhaseResult>,
): Promise<PhaseResult> {
  const stop = watchForStop(deps, order);
  let isPublished = false;
  try {
    const result = await work(hold(deps, order, { run, otherRuns, lease }, stop.signal));
    isPublished = result.status === 'completed';
    return result;
  } catch (error) {
    const command = interruptionOf(error, stop.signal);
    if (command === undefined) throw error;
    if (command === 'pause') await inTenant(deps.app, order, (trx) => pausePhaseRun(trx, run));
    return { status: 'interrupted', command };
  } finally {
    stop.end();
    // A publication frees the estate itself.
    if (lease !== undefined && !isPublished) await inTenant(deps.app, order, (trx) => freeEstate(trx, lease));
  }
}

/** The published result of a phase as its activity answers it. */
export function completed(run: Pick<PhaseRun, 'rowsIn' | 'rowsOut'>): PhaseResult {
  return { status: 'completed', rowsIn: run.rowsIn, rowsOut: run.rowsOut };
}

function runKey(order: PhaseOrder): PhaseRunKey {
  const { flowId, changeId, phase, importId } = order;
  return { flowId, changeId, scenarioId: null, phase, importId };
}

/** Commands that come before the phase. A further file comes before the estate takes up those that are there. */
function heededBy({ phase }: PhaseOrder): readonly StopCommand[] {
  return phase === 'asset_inventory' ? ['cancel', 'pause', 'add_import'] : ['cancel', 'pause'];
}

function asStop(command: CommandType): StopCommand {
  return command as StopCommand; // one of those that `heededBy` names
}

type Hold = Pick<EnteredPhase, 'run' | 'otherRuns' | 'lease'>;

function hold(deps: ActivityDependencies, order: PhaseOrder, held: Hold, signal: AbortSignal): PhaseWork {
  const { run, lease, otherRuns } = held;
  const locked = async (trx: TenantTrx): Promise<PhaseRun> => {
    const present = await lockPhaseRun(trx, run);
    if (present === undefined) throw new FenceLost(`Another attempt works on ${order.phase}`);
    if (lease !== undefined && !(await holdEstate(trx, lease))) throw new DomainError('ESTATE_001');
    return present;
  };
  const progressAfter = (present: PhaseRun, advance: Advance, isPublished: boolean): number => {
    const { position = present.position, rowsTotal = present.rowsTotal } = advance;
    return progressWith(otherRuns, { phase: order.phase, position, rowsTotal, isPublished });
  };
  const batch = async (trx: TenantTrx, work: BatchWork): Promise<StopCommand | undefined> => {
    const present = await locked(trx);
    const advance = await work(trx, present);
    if (order.flowId !== null) {
      const progress = progressAfter(present, advance, false);
      return endFlowBatch(trx, run, advance, { flowId: order.flowId, progress });
    }
    await advancePhaseRun(trx, run, advance);
    return undefined;
  };
  const publish = async (trx: TenantTrx, work: LastWork): Promise<PhaseResult> => {
    const present = await locked(trx);
    const publication = await work(trx, present);
    const progress = progressAfter(present, publication.advance ?? {}, true);
    const published = await publishPhaseRun(trx, run, { ...publication, progress }, systemActor);
    if (published === undefined) throw new FenceLost(`Another attempt works on ${order.phase}`);
    return completed(published);
  };
  return {
    order,
    run,
    lease,
    signal,
    batch: async (work) => {
      const stop = await inTenant(deps.app, order, (trx) => batch(trx, work), { signal });
      if (stop !== undefined) throw new Interruption(stop);
    },
    read: (work) => inTenant(deps.app, order, work, { signal }),
    publish: (work) => inTenant(deps.app, order, (trx) => publish(trx, work), { signal }),
  };
}

type BatchWork = Parameters<PhaseWork['batch']>[0];
type LastWork = Parameters<PhaseWork['publish']>[0];

function interruptionOf(error: unknown, signal: AbortSignal): StopCommand | undefined {
  if (error instanceof Interruption) return error.command;
  return signal.aborted && signal.reason instanceof Interruption ? signal.reason.command : undefined;
}
