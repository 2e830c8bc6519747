import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowExecutionStatusName,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { z } from 'zod';
import type { FlowDirectory, StoredFlowStart, WorkflowState } from './activities/reconcile/flow-directory';
import { discoveryWorkflowId, estateWorkflowId, parseDiscoveryWorkflowId } from './domain/flow/ids';
import { defaultFlowLimits } from './domain/flow/limits';
import {
  defaultFlowPolicy,
  type DiscoveryFlowInput,
  type EstateChangeInput,
  type FlowRef,
} from './domain/flow/messages';
import type { CommandType } from './domain/flow/status';
import type { discoveryFlow, estateChange } from './workflows';
import * as messages from './workflows/messages';

/** Workflows of flows in one namespace and task queue. */
export function createFlowDirectory(client: Client, taskQueue: string): FlowDirectory {
  return {
    describe: (flow) => describe(client, discoveryWorkflowId(flow)),
    restart: (flow) => restart(client, taskQueue, flow),
    signal: async (flow, type, argument) => {
      await client.workflow.getHandle(discoveryWorkflowId(flow)).signal(signals[type], argument);
    },
    listOpen: (before) => listOpen(client, taskQueue, before),
    describeChange: (change) => describe(client, estateWorkflowId(change, change.id)),
    startChange: (input) => startChange(client, taskQueue, input),
  };
}

const signals = {
  pause: messages.pauseSignal,
  resume: messages.resumeSignal,
  cancel: messages.cancelSignal,
  retry: messages.retrySignal,
  decide: messages.decideSignal,
  add_import: messages.addImportSignal,
  rerun: messages.rerunSignal,
} as const satisfies Readonly<Record<CommandType, unknown>>;

/** A run that continues as new is not the last one, so the last one is what the server describes. */
const states: Readonly<Partial<Record<WorkflowExecutionStatusName, WorkflowState>>> = {
  RUNNING: 'running',
  PAUSED: 'running',
  CONTINUED_AS_NEW: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  TERMINATED: 'terminated',
  TIMED_OUT: 'timed_out',
};

async function describe(client: Client, workflowId: string): Promise<WorkflowState> {
  try {
    const { status } = await client.workflow.getHandle(workflowId).describe();
    const state = states[status.name];
    if (state === undefined) throw new Error(`The server describes a workflow as ${status.name}`);
    return state;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'missing';
    throw error;
  }
}

/** Begins a new run under the same id; one that somebody else has begun meanwhile is as good. */
async function restart(client: Client, taskQueue: string, flow: StoredFlowStart): Promise<void> {
  const { clientAccountId, engagementId } = flow;
  const keys = messages.searchAttributeKeys;
  try {
    await client.workflow.start<typeof discoveryFlow>('discoveryFlow', {
      args: [storedInput(flow)],
      taskQueue,
      workflowId: discoveryWorkflowId(flow),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
      typedSearchAttributes: [
        { key: keys.clientAccountId, value: clientAccountId },
        { key: keys.engagementId, value: engagementId },
      ],
      memo: { fingerprint: flow.fingerprint },
      priority: { fairnessKey: clientAccountId },
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

async function startChange(client: Client, taskQueue: string, input: EstateChangeInput): Promise<void> {
  const { clientAccountId, engagementId, changeId } = input;
  const keys = messages.searchAttributeKeys;
  try {
    await client.workflow.start<typeof estateChange>('estateChange', {
      args: [input],
      taskQueue,
      workflowId: estateWorkflowId(input, changeId),
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
      typedSearchAttributes: [
        { key: keys.clientAccountId, value: clientAccountId },
        { key: keys.engagementId, value: engagementId },
      ],
      priority: { fairnessKey: clientAccountId },
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

const StoredConfiguration = z.object({
  policy: z
    .object({
      approval: z.object({
        mode: z.enum(['ask', 'auto']),
        minConfidence: z.number(),
        recipe: z.enum(['ask', 'auto']).optional(),
      }),
      askConflicts: z.boolean(),
      askPreview: z.boolean(),
    })
    .default(defaultFlowPolicy),
});

/** What a stored flow's workflow needs to go on: its imports, like all else that happened, are in its rows. */
export function storedInput(flow: StoredFlowStart): DiscoveryFlowInput {
  const { clientAccountId, engagementId, flowId, userId, flowName, fingerprint, configuration } = flow;
  const { policy } = StoredConfiguration.parse(configuration);
  const input = { clientAccountId, engagementId, flowId, userId, flowName, fingerprint, policy };
  return { ...input, import: null, limits: defaultFlowLimits };
}

async function listOpen(client: Client, taskQueue: string, before: Date): Promise<FlowRef[]> {
  const query = [
    `WorkflowType = 'discoveryFlow'`,
    `ExecutionStatus = 'Running'`,
    `TaskQueue = '${taskQueue.replaceAll("'", "''")}'`,
    `StartTime < '${before.toISOString()}'`,
  ].join(' and ');
  const open: FlowRef[] = [];
  for await (const { workflowId } of client.workflow.list({ query, pageSize: 1_000 })) {
    const flow = parseDiscoveryWorkflowId(workflowId);
    if (flow !== undefined) open.push(flow);
  }
  return open;
}
