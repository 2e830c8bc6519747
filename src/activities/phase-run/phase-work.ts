import type { PhaseResult } from '../../domain/flow/messages';
import { DomainError } from '../../domain/errors';
import type { CommandType } from '../../domain/flow/status';
import { enterPhase, type EnteredPhase } from '../../db/flows/enter-phase';
import { freeEstate } from '../../db/estate/estates';
import { pausePhaseRun, type PhaseRun, type PhaseRunKey } from '../../db/flows/phase-runs';
import { inTenant } from '../../db/connection/tenant';
import type { ActivityDependencies } from '../dependencies';
import { HeldPhase } from './held-phase';
import { Interruption, type PhaseOrder, type StopCommand } from './phase-order';
import type { PhaseWork } from './phase-pieces';
import { watchForStop } from './stop-watch';

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
  entered: EnteredPhase,
  work: (phase: PhaseWork) => Promise<PhaseResult>,
): Promise<PhaseResult> {
  const { run, lease } = entered;
  const stop = watchForStop(deps, order);
  let isPublished = false;
  try {
    const result = await work(new HeldPhase(deps.app, order, entered, stop.signal));
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

function interruptionOf(error: unknown, signal: AbortSignal): StopCommand | undefined {
  if (error instanceof Interruption) return error.command;
  return signal.aborted && signal.reason instanceof Interruption ? signal.reason.command : undefined;
}
