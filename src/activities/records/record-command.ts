import { randomUUID } from 'node:crypto';
import type { RecordCommandRequest, RecordCommandResult } from '../../domain/flow/messages';
import type { Gate } from '../../domain/flow/phases';
import { systemActor } from '../../db/accounts/audit';
import { acceptCommand } from '../../db/flows/commands';
import { findFlow } from '../../db/flows/flows';
import { decideGate, listGates } from '../../db/flows/gates';
import { inTenant, type TenantTrx } from '../../db/connection/tenant';
import type { ActivityDependencies } from '../dependencies';

/** Writes the row of a command that an operator signalled to the workflow; a refusal is an answer. */
export async function recordCommand(
  deps: ActivityDependencies,
  request: RecordCommandRequest,
): Promise<RecordCommandResult> {
  return inTenant(deps.app, request, async (trx) => {
    const { flowId, type, key } = request;
    if (type === 'add_import') return { accepted: false };
    const gate = type === 'decide' ? await openGateOf(trx, request) : null;
    if (gate === undefined) return { accepted: false };
    const answer = await acceptCommand(
      trx,
      { id: randomUUID(), flowId, type, gate, idempotencyKey: key, origin: 'operator' },
      systemActor,
    );
    const accepted = answer?.accepted === true;
    if (accepted && gate !== null) await decideAsSuggested(trx, flowId, gate);
    return { accepted };
  });
}

/** The gate that an operator decides: the named one, else the one that the flow waits at. */
async function openGateOf(trx: TenantTrx, request: RecordCommandRequest): Promise<Gate | undefined> {
  const flow = await findFlow(trx, request.flowId);
  const wanted = request.gate ?? flow?.waitingFor ?? undefined;
  const gates = await listGates(trx, request.flowId);
  const isOpen = gates.some(({ gate, consumedAt }) => gate === wanted && consumedAt === null);
  return isOpen ? wanted : undefined;
}

async function decideAsSuggested(trx: TenantTrx, flowId: string, gate: Gate): Promise<void> {
  for (const row of await listGates(trx, flowId)) {
    if (row.gate !== gate || row.consumedAt !== null || row.decidedAt !== null) continue;
    const decision = { version: row.version, decision: { approved: true, by: 'operator' }, decidedBy: null };
    await decideGate(trx, { flowId, gate, importId: row.importId }, decision, systemActor);
  }
}
