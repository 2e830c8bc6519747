import type { EstateChangeInput, EstateChangeOutcome } from '../domain/flow/messages';
import { estatePhases } from '../domain/flow/phases';
import { ApplicationFailure } from '@temporalio/workflow';
import { estateActivities } from './activity-options';

/** Changes an estate outside an open flow: takes the change back or in, then projects the estate again. */
export async function estateChange(input: EstateChangeInput): Promise<EstateChangeOutcome> {
  const { clientAccountId, engagementId, changeId, userId, change, limits } = input;
  const activities = estateActivities(limits);
  const scope = { clientAccountId, engagementId, changeId, userId };
  await activities.undoImport({ ...scope, flowId: change.flowId, importId: change.importId });
  let rowsOut = 0;
  for (const phase of estatePhases) {
    const result = await activities.projectEstate({ ...scope, phase });
    if (result.status !== 'completed')
      throw ApplicationFailure.nonRetryable(
        `${phase} of an estate change answered ${result.status}`,
        'FLOW_001',
      );
    rowsOut += result.rowsOut;
  }
  return { changeId, rowsOut };
}
