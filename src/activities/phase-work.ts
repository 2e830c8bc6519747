import type { PhaseResult } from '../domain/flow/messages';
import type { Phase } from '../domain/flow/phases';
import { DomainError } from '../domain/errors';
import { systemActor } from '../db/audit';
import { findPendingStop, listPendingCommands } from '../db/commands';
import { refreshProgress } from '../db/flow-progress';
import { setFlowStatus } from '../db/flow-status';
import { lockFlow, setAcceptsImports, setFlowPhase } from '../db/flows';
import {
  advancePhaseRun,
  beginPhaseRun,
  findPublishedRun,
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
  readonly signal: AbortSignal;
  /**
   * One batch in one transaction: takes the fence, does the work, adds what it answers to the run. Ends the phase
   * with an interruption afterwards when a pause or cancel waits.
   */
  readonly batch: (work: (trx: TenantTrx, run: PhaseRun) => Promise<Advance>) => Promise<void>;
  /** A transaction that only reads. */
  readonly read: <T>(work: (trx: TenantTrx) => Promise<T>) => Promise<T>;
  /** The last small transaction: what else belongs to it, then the publication. */
  readonly publish: (work: (trx: TenantTrx, run: PhaseRun) => Promise<Publication>) => Promise<PhaseResult>;
}

/** Runs a phase under its fence: begins or goes on, obeys stops, answers when it was published before. */
export async function workPhase(
  deps: ActivityDependencies,
  order: PhaseOrder,
  work: (phase: PhaseWork) => Promise<PhaseResult>,
): Promise<PhaseResult> {
  const begun = await inTenant(deps.app, order, (trx) => begin(trx, order));
  if ('result' in begun) return begun.result;
  const stop = watchForStop(deps, order);
  const phase = hold(deps, order, begun.run, stop.signal);
  try {
    return await work(phase);
  } catch (error) {
    const command = interruptionOf(error, stop.signal);
    if (command === undefined) throw error;
    if (command === 'pause') {
      await inTenant(deps.app, order, (trx) => pausePhaseRun(trx, begun.run));
    }
    return { status: 'interrupted', command };
  } finally {
    stop.end();
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

type Begun = { readonly run: PhaseRun } | { readonly result: PhaseResult };

async function begin(trx: TenantTrx, order: PhaseOrder): Promise<Begun> {
  if (order.flowId !== null) {
    const result = await beginInFlow(trx, order, order.flowId);
    if (result !== undefined) return { result };
  }
  return { run: await beginPhaseRun(trx, runKey(order)) };
}

/** Enters the phase on the flow's rows, or answers at once: published before, or a command comes first. */
async function beginInFlow(
  trx: TenantTrx,
  order: PhaseOrder,
  flowId: string,
): Promise<PhaseResult | undefined> {
  const flow = await lockFlow(trx, flowId);
  if (flow === undefined) throw new DomainError('FLOW_002', { flow_id: flowId });
  const published = await findPublishedRun(trx, runKey(order));
  if (published !== undefined) return completed(published);
  const command = await commandBefore(trx, order.phase, flowId);
  if (command !== undefined) return { status: 'interrupted', command };
  if (flow.flowStatus !== 'running') await setFlowStatus(trx, flowId, { status: 'running' }, systemActor);
  await setFlowPhase(trx, flowId, order.phase);
  if (order.phase === 'asset_inventory') await setAcceptsImports(trx, flowId, false);
  return undefined;
}

async function commandBefore(trx: TenantTrx, phase: Phase, flowId: string): Promise<StopCommand | undefined> {
  const stop = await findPendingStop(trx, flowId);
  if (stop !== undefined || phase !== 'asset_inventory') return stop;
  const pending = await listPendingCommands(trx, flowId);
  return pending.some(({ type }) => type === 'add_import') ? 'add_import' : undefined;
}

function hold(deps: ActivityDependencies, order: PhaseOrder, run: PhaseRun, signal: AbortSignal): PhaseWork {
  const locked = async (trx: TenantTrx): Promise<PhaseRun> => {
    const present = await lockPhaseRun(trx, run);
    if (present === undefined) throw new FenceLost(`Another attempt works on ${order.phase}`);
    return present;
  };
  return {
    order,
    run,
    signal,
    batch: async (work) => {
      const stop = await inTenant(
        deps.app,
        order,
        async (trx) => {
          const advance = await work(trx, await locked(trx));
          await advancePhaseRun(trx, run, advance);
          if (order.flowId === null) return undefined;
          await refreshProgress(trx, order.flowId);
          return findPendingStop(trx, order.flowId);
        },
        { signal },
      );
      if (stop !== undefined) throw new Interruption(stop);
    },
    read: (work) => inTenant(deps.app, order, work, { signal }),
    publish: (work) =>
      inTenant(
        deps.app,
        order,
        async (trx) => {
          const publication = await work(trx, await locked(trx));
          const published = await publishPhaseRun(trx, run, publication, systemActor);
          if (published === undefined) throw new FenceLost(`Another attempt works on ${order.phase}`);
          return completed(published);
        },
        { signal },
      ),
  };
}

function interruptionOf(error: unknown, signal: AbortSignal): StopCommand | undefined {
  if (error instanceof Interruption) return error.command;
  return signal.aborted && signal.reason instanceof Interruption ? signal.reason.command : undefined;
}
