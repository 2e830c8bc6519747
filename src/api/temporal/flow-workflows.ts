import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowHandle,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { DomainError } from '../../domain/errors';
import { discoveryWorkflowId } from '../../domain/flow/ids';
import type { CommandSignal, DiscoveryFlowInput, FlowRef, FlowView } from '../../domain/flow/messages';
import type { CommandType } from '../../domain/flow/status';
import { searchAttributeKeys as keys } from '../../workflows/messages';
import type { TemporalLink } from './temporal-link';

/** What the API asks of Temporal. Every call ends in time; an outage is a `DomainError` `RES_001`. */
export interface FlowWorkflows {
  /** Starts the workflow of a new flow; false when a workflow of that id was started before. */
  readonly start: (input: DiscoveryFlowInput) => Promise<boolean>;
  readonly signal: (flow: FlowRef, type: CommandType, signal: CommandSignal) => Promise<void>;
  /** Answer of the query `flowView`; undefined when there is no such workflow. */
  readonly view: (flow: FlowRef) => Promise<FlowView | undefined>;
  /** Whether a workflow of that id is open, as far as the server says within half a second. */
  readonly isOpen: (flow: FlowRef) => Promise<boolean>;
  readonly isHealthy: () => Promise<boolean>;
}

const signalNames: Readonly<Record<CommandType, string>> = {
  pause: 'pause',
  resume: 'resume',
  cancel: 'cancel',
  retry: 'retry',
  decide: 'decide',
  add_import: 'addImport',
  rerun: 'rerun',
};

const callMs = 5_000;
const describeMs = 500;

export function createFlowWorkflows(link: TemporalLink, taskQueue: string): FlowWorkflows {
  return {
    start: async (input) => {
      try {
        await link.use(callMs, (client) => startWorkflow(client, taskQueue, input));
        return true;
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
        throw outage(error);
      }
    },
    signal: async (flow, type, signal) => {
      try {
        await link.use(callMs, (client) => handleOf(client, flow).signal(signalNames[type], signal));
      } catch (error) {
        throw outage(error);
      }
    },
    view: async (flow) => {
      try {
        return await link.use(callMs, (client) => handleOf(client, flow).query<FlowView>('flowView'));
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return undefined;
        throw outage(error);
      }
    },
    isOpen: async (flow) => {
      try {
        const { status } = await link.use(describeMs, (client) => handleOf(client, flow).describe());
        return status.name === 'RUNNING';
      } catch {
        return false; // unknown, or unknown in time: both mean that nothing can be said of the id
      }
    },
    isHealthy: async () => {
      try {
        await link.use(describeMs * 2, (_, connection) => connection.healthService.check({}));
        return true;
      } catch {
        return false; // the answer is what was asked for
      }
    },
  };
}

function handleOf(client: Client, flow: FlowRef): WorkflowHandle {
  return client.workflow.getHandle(discoveryWorkflowId(flow));
}

async function startWorkflow(client: Client, taskQueue: string, input: DiscoveryFlowInput): Promise<void> {
  await client.workflow.start('discoveryFlow', {
    args: [input],
    taskQueue,
    workflowId: discoveryWorkflowId(input),
    workflowIdConflictPolicy: 'FAIL',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    memo: { fingerprint: input.fingerprint },
    typedSearchAttributes: [
      { key: keys.clientAccountId, value: input.clientAccountId },
      { key: keys.engagementId, value: input.engagementId },
      { key: keys.flowPhase, value: 'data_import' },
      { key: keys.flowStatus, value: 'initialized' },
    ],
    priority: { fairnessKey: input.clientAccountId },
  });
}

/** Temporal that does not answer is an outage for the caller, whatever the client calls it. */
function outage(cause: unknown): unknown {
  return cause instanceof DomainError ? cause : new DomainError('RES_001', {}, { cause });
}
