import { proxyActivities } from '@temporalio/workflow';
import type { bareActivities } from '../bare-activities';

const { doNothing } = proxyActivities<typeof bareActivities>({ startToCloseTimeout: '1 minute' });

/** The least that any workflow of so many steps costs: activities that do nothing, one after the other. */
export async function bareWorkflow(steps: number): Promise<void> {
  for (let step = 0; step < steps; step += 1) await doNothing(step);
}
