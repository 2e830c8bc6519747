import type { ReconcileActivities } from '../types';
import type { ActivityDependencies } from '../dependencies';
import { RestartBackoff } from './reconcile-backoff';
import { reconcileChanges } from './reconcile-changes';
import { defaultReconcileTiming, ReconcileRound, type ReconcileTiming } from './reconcile-round';
import { reconcileRuns } from './reconcile-runs';
import { reconcileSignals } from './reconcile-signals';
import { sweep } from './sweep';

/** The round that makes rows and workflows agree again, and removes what nobody reads any more. */
export function createReconcileActivities(
  deps: ActivityDependencies,
  timing: ReconcileTiming = defaultReconcileTiming,
): ReconcileActivities {
  const backoff = new RestartBackoff(timing.restartDelayMs ?? defaultReconcileTiming.restartDelayMs);
  return {
    reconcileFlows: async () => {
      const round = await ReconcileRound.begin(deps, timing, backoff);
      await reconcileRuns(round);
      await reconcileSignals(round);
      await reconcileChanges(round);
      await sweep(round);
      return round.result();
    },
  };
}
