import type { FlowRef, GateOutcome } from '../../domain/flow/messages';
import type { Gate } from '../../domain/flow/phases';
import { DomainError } from '../../domain/errors';
import { type Actor, systemActor } from '../../db/accounts/audit';
import { consumeCommand, listPendingCommands } from '../../db/flows/commands';
import { setFlowStatus } from '../../db/flows/flow-status';
import { lockFlow } from '../../db/flows/flows';
import { consumeGate, type FlowGate, listGates } from '../../db/flows/gates';
import { listFlowImports } from '../../db/imports/imports';
import { beginPhaseRun, findPublishedRun } from '../../db/flows/phase-runs';
import { publishPhaseRun } from '../../db/flows/publish';
import { sealMappings } from '../../db/imports/mappings';
import { inTenant, type TenantTrx } from '../../db/connection/tenant';
import type { ActivityDependencies } from '../dependencies';
import { leaveOutNameless } from '../imports/left-out-imports';
import { recordRecipes } from '../imports/mapping-recipes';
import { readFlowState } from './flow-state';

/** Consumes the decision of an open gate; approved mappings are sealed and published for every import. */
export async function settleGate(
  deps: ActivityDependencies,
  flow: FlowRef,
  gate: Gate,
): Promise<GateOutcome> {
  return inTenant(deps.app, flow, async (trx) => {
    const master = await lockFlow(trx, flow.flowId);
    if (master === undefined) throw new DomainError('FLOW_002', { flow_id: flow.flowId });
    const consumed = await consumeDecided(trx, flow.flowId, gate);
    const [first] = consumed;
    if (first !== undefined) {
      const actor = actorOf(first);
      if (gate === 'mapping_approval') await publishMappings(trx, flow.flowId, actor);
      await consumeDecisions(trx, flow.flowId, gate);
      if (master.flowStatus !== 'running')
        await setFlowStatus(trx, flow.flowId, { status: 'running' }, actor);
    }
    return { decided: first !== undefined, state: await readFlowState(trx, flow.flowId) };
  });
}

/** A gate of one import stands once for each of them. */
async function consumeDecided(trx: TenantTrx, flowId: string, gate: Gate): Promise<FlowGate[]> {
  const open = (await listGates(trx, flowId)).filter((row) => row.gate === gate && row.consumedAt === null);
  const consumed: FlowGate[] = [];
  for (const { importId } of open) {
    const row = await consumeGate(trx, { flowId, gate, importId });
    if (row !== undefined) consumed.push(row);
  }
  return consumed;
}

async function publishMappings(trx: TenantTrx, flowId: string, actor: Actor): Promise<void> {
  const sealed: string[] = [];
  for (const { id: importId, undoneAt } of await listFlowImports(trx, flowId)) {
    const key = { flowId, phase: 'field_mapping', importId } as const;
    if (undoneAt !== null || (await findPublishedRun(trx, key)) !== undefined) continue;
    await sealMappings(trx, importId, actor.userId);
    await leaveOutNameless(trx, { flowId, importId });
    const run = await beginPhaseRun(trx, key);
    await publishPhaseRun(trx, run, {}, actor);
    sealed.push(importId);
  }
  await recordRecipes(trx, sealed, actor);
}

/** Answers the `decide` commands that signalled this decision. */
async function consumeDecisions(trx: TenantTrx, flowId: string, gate: Gate): Promise<void> {
  for (const command of await listPendingCommands(trx, flowId)) {
    const isOfGate = command.type === 'decide' && (command.gate === null || command.gate === gate);
    if (isOfGate) await consumeCommand(trx, command.id, 'applied');
  }
}

function actorOf(gate: FlowGate): Actor {
  return gate.decidedBy === null ? systemActor : { userId: gate.decidedBy };
}
