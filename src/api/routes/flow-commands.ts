import type { FlowStatusRow } from '../../db/flows/flow-rows';
import { readFlowStatus } from '../../db/hot-reads';
import { DomainError } from '../../domain/errors';
import { type Phase, normalisePhase, phases } from '../../domain/flow/phases';
import { isTerminal } from '../../domain/flow/status';
import { decisionVersion } from '../decision-version';
import { defineRoute, type Route, type RouteAnswer, type RouteInput } from '../route';
import {
  ApproveBody,
  CommandAnswer,
  DeleteAnswer,
  ExecuteBody,
  ResumeBody,
  RetryBody,
} from '../schemas/commands';
import { flowParams } from '../schemas/common';
import type { ApiServices } from '../services';
import { archiveFlow } from '../use-cases/archive-flow';
import { commandFlow, type CommandResult, missingFlow } from '../use-cases/command-flow';
import { decideOpenGate } from '../use-cases/decide-gate';

const place = '/unified-discovery/flows/:flow_id';
const common = { scope: 'tenant', tag: 'flow commands', params: flowParams } as const;
const answers = { 200: CommandAnswer, 202: CommandAnswer } as const;
const errors = ['FLOW_002', 'FLOW_003', 'VAL_004', 'VAL_005'] as const;

/** Commands to flows: each is a row first, then a signal. */
export function flowCommandRoutes(services: ApiServices): Route[] {
  return [...stopAndGo(services), ...decisions(services)];
}

function stopAndGo(services: ApiServices): Route[] {
  const command = { ...common, method: 'post', permission: 'discovery.execute', responses: answers } as const;
  return [
    defineRoute({
      ...command,
      path: `${place}/pause`,
      summary: 'Pause a flow at its next batch',
      errors: [...errors],
      handler: async (input) => answer(await order(services, input, 'pause'), 'paused', 'Flow paused'),
    }),
    defineRoute({
      ...command,
      path: `${place}/resume`,
      summary: 'Go on with a paused or failed flow, or approve the gate at which it waits',
      body: ResumeBody,
      errors: [...errors, 'FLOW_009', 'FLOW_010', 'MAP_004'],
      handler: (input) => resume(services, input),
    }),
    defineRoute({
      ...command,
      path: `${place}/retry`,
      summary: 'Try the failed phase again',
      body: RetryBody,
      errors: [...errors],
      handler: (input) => retry(services, input),
    }),
    defineRoute({
      ...command,
      path: `${place}/cancel`,
      summary: 'Cancel a flow for good',
      errors: [...errors],
      handler: async (input) => answer(await order(services, input, 'cancel'), 'cancelled', 'Flow cancelled'),
    }),
    defineRoute({
      ...common,
      method: 'delete',
      path: place,
      summary: 'Cancel an open flow and archive it; archive a closed one',
      permission: 'discovery.delete',
      responses: { 200: DeleteAnswer, 202: DeleteAnswer },
      errors: [...errors],
      handler: (input) => remove(services, input),
    }),
  ];
}

function decisions(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...common,
      method: 'post',
      path: `${place}/execute`,
      summary: 'Resume or retry a flow by its status; at an open mapping gate suggest the mappings again',
      permission: 'discovery.execute',
      body: ExecuteBody,
      responses: answers,
      errors: [...errors, 'FLOW_006', 'FLOW_008', 'VAL_001'],
      handler: (input) => execute(services, input),
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: `${place}/approve`,
      summary: 'Decide the open gate of a flow as it stands',
      permission: 'discovery.map',
      body: ApproveBody,
      responses: answers,
      errors: [...errors, 'FLOW_009', 'FLOW_010', 'MAP_004'],
      handler: async (input) => {
        const { gate, version, note } = input.body;
        const choice = { flowId: input.params.flow_id, version: decisionVersion(input, version), note };
        const result = await decideOpenGate(services, input, { ...choice, gate: gate ?? undefined });
        return answer(result, 'running', 'Gate approved');
      },
    }),
  ];
}

type FlowInput<B = unknown> = RouteInput<{ flow_id: string }, unknown, B>;

function order(
  services: ApiServices,
  input: FlowInput,
  type: 'pause' | 'resume' | 'cancel' | 'retry' | 'rerun',
): Promise<CommandResult> {
  return commandFlow(services, input, { flowId: input.params.flow_id, type });
}

async function resume(
  services: ApiServices,
  input: FlowInput<{
    version?: number | null | undefined;
    phase_input?: { user_approval?: boolean | undefined } | null | undefined;
  }>,
): Promise<RouteAnswer> {
  const flow = await findFlow(services, input);
  if (flow.flowStatus === 'waiting_for_approval' && input.body.phase_input?.user_approval === true) {
    const version = decisionVersion(input, input.body.version);
    const choice = { flowId: flow.flowId, version };
    return answer(await decideOpenGate(services, input, choice), 'running', 'Gate approved');
  }
  const type = flow.flowStatus === 'failed' ? 'retry' : 'resume';
  return answer(await order(services, input, type), 'running', 'Flow resumed');
}

async function retry(services: ApiServices, input: FlowInput): Promise<RouteAnswer> {
  const result = await order(services, input, 'retry');
  const { status, body } = answer(result, 'running', 'Failed phase is tried again');
  return { status, body: { ...body, phase_retried: result.flow.currentPhase } };
}

async function remove(services: ApiServices, input: FlowInput): Promise<RouteAnswer> {
  const { flow, isDone } = await archiveFlow(services, input, input.params.flow_id);
  const body = {
    success: true,
    flow_id: flow.flowId,
    status: isDone ? 'archived' : 'cancelled',
    detailed_status: flow.flowStatus,
    message: isDone ? 'Flow archived' : 'The flow is being cancelled and will be archived',
  };
  return { status: isDone ? 200 : 202, body };
}

async function execute(
  services: ApiServices,
  input: FlowInput<{ phase?: string | null | undefined }>,
): Promise<RouteAnswer> {
  const flow = await findFlow(services, input);
  assertPhaseMayRun(flow, input.body.phase ?? null);
  const type = executed(flow);
  const result = await order(services, input, type);
  return answer(result, 'running', type === 'rerun' ? 'Mappings are suggested again' : 'Flow goes on');
}

/** What `execute` means for a flow by its status. */
function executed({ flowStatus, waitingFor }: FlowStatusRow): 'resume' | 'retry' | 'rerun' {
  if (flowStatus === 'paused') return 'resume';
  if (flowStatus === 'failed') return 'retry';
  if (waitingFor === 'mapping_approval') return 'rerun';
  if (waitingFor === 'import') throw new DomainError('FLOW_006', { missing: 'import' });
  if (waitingFor !== null || isTerminal(flowStatus)) {
    throw new DomainError('FLOW_003', { current_state: flowStatus, target_state: 'running' });
  }
  throw new DomainError('FLOW_008', { current_state: flowStatus });
}

/** A phase can be asked for only when those before it are complete. */
function assertPhaseMayRun(flow: FlowStatusRow, name: string | null): void {
  if (name === null) return;
  const phase = normalisePhase(name);
  if (phase === undefined) throw new DomainError('VAL_001', { field: 'phase', known: phases });
  const present = flow.currentPhase ?? phases[0];
  if (positionOf(phase) > positionOf(present))
    throw new DomainError('FLOW_006', { phase, current_phase: present });
}

const positionOf = (phase: Phase): number => phases.indexOf(phase);

async function findFlow(services: ApiServices, input: FlowInput): Promise<FlowStatusRow> {
  const flow = await readFlowStatus(services.app, input.tenant, input.params.flow_id);
  if (flow === undefined) throw await missingFlow(services, input, input.params.flow_id);
  return flow;
}

interface CommandBody {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

function answer({ command, flow, isDone }: CommandResult, word: string, message: string): CommandBody {
  return {
    status: isDone ? 200 : 202,
    body: {
      success: true,
      flow_id: flow.flowId,
      status: word,
      detailed_status: flow.flowStatus,
      current_phase: flow.currentPhase,
      waiting_for: flow.waitingFor,
      message: isDone ? message : `${message}: accepted, and on its way`,
      result: { command_id: command.id, accepted_at: command.acceptedAt.toISOString(), done: isDone },
    },
  };
}
