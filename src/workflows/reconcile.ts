import { proxyActivities } from '@temporalio/workflow';
import type { ReconcileActivities } from '../activities/types';
import type { ReconcileReport } from '../domain/flow/messages';

/** One round of the reconciler; a schedule starts it every minute and a missed round is made up by the next. */
export async function reconcile(): Promise<ReconcileReport> {
  const { reconcileFlows } = proxyActivities<ReconcileActivities>({
    startToCloseTimeout: '1 minute',
    scheduleToCloseTimeout: '2 minutes',
    heartbeatTimeout: '10 seconds',
  });
  return reconcileFlows();
}
