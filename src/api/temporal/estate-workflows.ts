import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { estateWorkflowId } from '../../domain/flow/ids';
import type { EstateChangeInput } from '../../domain/flow/messages';
import { searchAttributeKeys as keys } from '../../workflows/messages';
import type { TemporalLink } from './temporal-link';

/** What the API asks of Temporal for changes of an estate. */
export interface EstateWorkflows {
  /** Starts the workflow of a change, after a while if told; one that was started before is left to itself. */
  readonly start: (input: EstateChangeInput, delayMs?: number) => Promise<void>;
}

const callMs = 5_000;

export function createEstateWorkflows(link: TemporalLink, taskQueue: string): EstateWorkflows {
  return {
    start: async (input, delayMs = 0) => {
      try {
        await link.use(callMs, (client) =>
          client.workflow.start('estateChange', {
            args: [input],
            taskQueue,
            workflowId: estateWorkflowId(input, input.changeId),
            workflowIdConflictPolicy: 'FAIL',
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
            ...(delayMs > 0 && { startDelay: delayMs }),
            typedSearchAttributes: [
              { key: keys.clientAccountId, value: input.clientAccountId },
              { key: keys.engagementId, value: input.engagementId },
            ],
            priority: { fairnessKey: input.clientAccountId },
          }),
        );
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    },
  };
}
