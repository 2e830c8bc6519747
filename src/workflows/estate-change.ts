import {
  ApplicationFailure,
  CancellationScope,
  type ActivityInterfaceFor,
  continueAsNew,
  getExternalWorkflowHandle,
  log,
  sleep,
  TemporalFailure,
  workflowInfo,
} from '@temporalio/workflow';
import type { EstateActivities } from '../activities/types';
import { discoveryWorkflowId } from '../domain/flow/ids';
import { defaultFlowLimits } from '../domain/flow/limits';
import type {
  CorrectImport,
  EstateChangeInput,
  EstateChangeOutcome,
  EstateChangeRef,
  FlowRef,
} from '../domain/flow/messages';
import { estatePhases } from '../domain/flow/phases';
import { estateActivities } from './activity-options';
import { changeFailureText } from './failure-note';
import { retrySignal } from './messages';

type Calls = ActivityInterfaceFor<EstateActivities>;

/** Time between two looks at a flow that is in the middle of something: short at first. */
const firstWaitMs = 500;
const longestWaitMs = 30_000;

/** Changes an estate outside an open flow: takes the change back or in, then projects the estate again. */
export async function estateChange(input: EstateChangeInput): Promise<EstateChangeOutcome> {
  const { clientAccountId, engagementId, changeId, userId, limits, hasRow } = input;
  const activities = estateActivities(limits);
  const ref = { clientAccountId, engagementId, changeId, userId };
  if (hasRow !== true) return { changeId, rowsOut: await work(activities, input, ref) };
  try {
    if (!(await activities.beginEstateChange(ref))) return { changeId, rowsOut: 0 };
    const rowsOut = await work(activities, input, ref);
    await activities.endEstateChange({ ...ref, rowsOut });
    return { changeId, rowsOut };
  } catch (error) {
    if (!isFailure(error)) throw error;
    await CancellationScope.nonCancellable(() =>
      activities.failEstateChange({ ...ref, ...changeFailureText(error) }),
    );
    throw error;
  }
}

/** Continuing as new travels as an error as well, and is none. */
function isFailure(error: unknown): error is Error {
  return error instanceof TemporalFailure;
}

async function work(activities: Calls, input: EstateChangeInput, ref: EstateChangeRef): Promise<number> {
  const { change } = input;
  switch (change.kind) {
    case 'undo_import':
      await activities.undoImport({ ...ref, flowId: change.flowId, importId: change.importId });
      return project(activities, ref);
    case 'correct_import':
      return (await correct(activities, input, change)) ? project(activities, ref, change) : 0;
    case 'project':
      return project(activities, ref);
  }
}

async function project(activities: Calls, ref: EstateChangeRef, corrected?: CorrectImport): Promise<number> {
  let rowsOut = 0;
  for (const phase of estatePhases) {
    const result = await activities.projectEstate({ ...ref, phase });
    if (result.status !== 'completed')
      throw ApplicationFailure.nonRetryable(
        `${phase} of an estate change answered ${result.status}`,
        'FLOW_001',
      );
    rowsOut += result.rowsOut;
  }
  if (corrected !== undefined) await activities.countCorrections({ ...ref, ...corrected });
  return rowsOut;
}

/** Whether the estate has to be projected again. A flow in the middle of something is waited for. */
async function correct(activities: Calls, input: EstateChangeInput, change: CorrectImport): Promise<boolean> {
  const { clientAccountId, engagementId, changeId, userId } = input;
  const { flowId, importId, objectId } = change;
  const ref = { clientAccountId, engagementId, changeId, userId };
  let waitMs = firstWaitMs;
  for (;;) {
    const result = await activities.correctImport({ ...ref, flowId, importId, objectId });
    if (result.status === 'retry') {
      await tellFlow({ clientAccountId, engagementId, flowId }, result.commandId);
    }
    if (result.status !== 'later') return result.status === 'applied';
    if (workflowInfo().historyLength > defaultFlowLimits.eventsPerRun)
      await continueAsNew<typeof estateChange>(input);
    await sleep(waitMs);
    waitMs = Math.min(longestWaitMs, waitMs * 2);
  }
}

/** The command's row is written: a flow that cannot be told now is told by the reconciler. */
async function tellFlow(flow: FlowRef, commandId: string): Promise<void> {
  try {
    await getExternalWorkflowHandle(discoveryWorkflowId(flow)).signal(retrySignal, { commandId });
  } catch (error) {
    log.warn('A flow could not be told of its corrected rows', { error });
  }
}
