import { z } from 'zod';
import type { FlowRef, FlowState, ImportRequest } from '../../domain/flow/messages';
import { DomainError } from '../../domain/errors';
import { type CommandContext, type FlowStatus, judgeCommand } from '../../domain/flow/status';
import { nextStep } from '../../domain/flow/steps';
import { type Actor, systemActor } from '../../db/accounts/audit';
import { consumeCommand, type FlowCommand, listPendingCommands } from '../../db/flows/commands';
import { refreshCompletedPhases } from '../../db/flows/flow-progress';
import type { MasterFlow } from '../../db/flows/flow-rows';
import { setFlowStatus } from '../../db/flows/flow-status';
import { lockFlow } from '../../db/flows/flows';
import { raiseGateVersion } from '../../db/flows/gates';
import { insertImports, listFlowImports } from '../../db/imports/imports';
import { supersedeOpenRuns } from '../../db/flows/phase-runs';
import { inTenant, type TenantTrx } from '../../db/connection/tenant';
import type { ActivityDependencies } from '../dependencies';
import { readFlowState } from './flow-state';
import { newImports } from './new-imports';

/** Consumes the pending commands of a flow in their order; decisions are left to the gate. */
export async function applyCommands(deps: ActivityDependencies, flow: FlowRef): Promise<FlowState> {
  return inTenant(deps.app, flow, async (trx) => {
    const master = await lockFlow(trx, flow.flowId);
    if (master === undefined) throw new DomainError('FLOW_002', { flow_id: flow.flowId });
    let context = contextOf(master);
    const pending = await listPendingCommands(trx, flow.flowId);
    for (const command of pending) {
      if (command.type !== 'decide') context = await apply(trx, command, context);
    }
    const state = await readFlowState(trx, flow.flowId);
    return pending.some(({ type }) => type === 'retry') ? waitAgain(trx, flow.flowId, state) : state;
  });
}

/** A flow that failed while it waited for a person waits for that person again. */
async function waitAgain(trx: TenantTrx, flowId: string, state: FlowState): Promise<FlowState> {
  const step = nextStep(state);
  if (state.status !== 'running' || step.kind !== 'gate' || step.gate === 'import') return state;
  const waiting = { status: 'waiting_for_approval', waitingFor: step.gate } as const;
  await setFlowStatus(trx, flowId, waiting, systemActor);
  return readFlowState(trx, flowId);
}

function contextOf({ flowStatus, pausedFrom, acceptsImports }: MasterFlow): CommandContext {
  return { status: flowStatus, pausedFrom, acceptsImports };
}

async function apply(trx: TenantTrx, command: FlowCommand, context: CommandContext): Promise<CommandContext> {
  const verdict = judgeCommand(command.type, context);
  if (!verdict.accepted) {
    await consumeCommand(trx, command.id, 'rejected');
    return context;
  }
  await takeEffect(trx, command);
  const moved = verdict.target !== context.status;
  if (moved) await setFlowStatus(trx, command.flowId, change(command, verdict.target), actorOf(command));
  await consumeCommand(trx, command.id, 'applied');
  if (!moved) return context;
  return {
    ...context,
    status: verdict.target,
    pausedFrom: verdict.target === 'paused' ? context.status : null,
  };
}

function change(command: FlowCommand, status: FlowStatus): Parameters<typeof setFlowStatus>[2] {
  return command.type === 'cancel' ? { status, reason: 'requested' } : { status };
}

function actorOf(command: FlowCommand): Actor {
  return command.author === null ? systemActor : { userId: command.author };
}

const AddedTable = z.object({
  importId: z.string(),
  place: z.object({ entry: z.string().nullable(), sheet: z.string().nullable() }).optional(),
  detection: z.record(z.string(), z.unknown()).optional(),
});

const AddedImport = AddedTable.extend({
  objectId: z.string(),
  furtherTables: z.array(AddedTable).optional(),
  importName: z.string().optional(),
  importCategory: z.string().optional(),
  processingConfig: z.record(z.string(), z.unknown()).optional(),
});

/** What a command does beside the status. */
async function takeEffect(trx: TenantTrx, command: FlowCommand): Promise<void> {
  if (command.type === 'add_import') await addImport(trx, command);
  if (command.type === 'rerun') await suggestAgain(trx, command.flowId);
}

async function addImport(trx: TenantTrx, command: FlowCommand): Promise<void> {
  // `ImportRequest` has no members without a value: the payload is JSON, where a missing one is left out.
  const added = AddedImport.parse(command.payload) as ImportRequest;
  await insertImports(trx, command.flowId, newImports(added, command.author));
  await raiseOpenGate(trx, command.flowId);
  await refreshCompletedPhases(trx, command.flowId);
}

/** An approval of the older set of columns is refused from now on. */
async function raiseOpenGate(trx: TenantTrx, flowId: string): Promise<void> {
  await raiseGateVersion(trx, { flowId, gate: 'mapping_approval', importId: null });
}

async function suggestAgain(trx: TenantTrx, flowId: string): Promise<void> {
  for (const { id } of await listFlowImports(trx, flowId)) {
    await supersedeOpenRuns(trx, { flowId, phase: 'field_mapping', importId: id });
  }
  await raiseOpenGate(trx, flowId);
}
