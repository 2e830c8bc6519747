import { type Client, ScheduleAlreadyRunning } from '@temporalio/client';
import type { reconcile } from './workflows';

/** Where workers wait when nobody says otherwise. */
const usualTaskQueue = 'surveyor';

/** The id of the reconciler's schedule; installations that share a namespace differ in their task queue. */
export function reconcilerScheduleId(taskQueue: string): string {
  return taskQueue === usualTaskQueue ? 'surveyor-reconciler' : `surveyor-reconciler/${taskQueue}`;
}

/** Has the reconciler run every minute, never twice at a time; safe to call from every worker. */
export async function ensureReconcilerSchedule(client: Client, taskQueue: string): Promise<void> {
  const scheduleId = reconcilerScheduleId(taskQueue);
  try {
    await client.schedule.create({
      scheduleId,
      spec: { intervals: [{ every: '1 minute' }] },
      policies: { overlap: 'SKIP', catchupWindow: '1 minute' },
      action: {
        type: 'startWorkflow',
        workflowType: 'reconcile' satisfies (typeof reconcile)['name'],
        workflowId: scheduleId,
        taskQueue,
        args: [],
      },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
