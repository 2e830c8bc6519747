import { findPendingStop } from '../../db/flows/commands';
import { inTenant } from '../../db/connection/tenant';
import type { ActivityDependencies } from '../dependencies';
import { Interruption, type PhaseOrder } from './phase-order';

const lookEveryMs = 1_000;

export interface StopWatch {
  /** Aborts when Temporal cancels the activity or a pause or cancel command waits. */
  readonly signal: AbortSignal;
  readonly end: () => void;
}

/** Looks every second, on another connection than the work, whether a person wants the phase to stop. */
export function watchForStop(deps: ActivityDependencies, order: PhaseOrder): StopWatch {
  const stop = new AbortController();
  const { flowId } = order;
  const look = async (): Promise<void> => {
    if (flowId === null) return;
    const command = await inTenant(deps.app, order, (trx) => findPendingStop(trx, flowId));
    if (command !== undefined) stop.abort(new Interruption(command));
  };
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look()
      .catch(() => undefined) // the work itself meets the same outage and is tried again
      .finally(() => {
        looking = false;
      });
  }, lookEveryMs);
  return {
    signal: AbortSignal.any([deps.cancellation(), stop.signal]),
    end: () => clearInterval(timer),
  };
}
