import type { CloseRequest, FailureNote, FlowState } from '../../domain/flow/messages';
import { DomainError } from '../../domain/errors';
import { type CommandType, isTerminal } from '../../domain/flow/status';
import { systemActor } from '../../db/accounts/audit';
import { type FlowCommand, listArchivingCancels, listPendingCommands } from '../../db/flows/commands';
import { releaseEstate } from '../../db/estate/estates';
import { insertFlowError } from '../../db/flows/flow-errors';
import type { MasterFlow } from '../../db/flows/flow-rows';
import { setFlowStatus } from '../../db/flows/flow-status';
import { lockFlow } from '../../db/flows/flows';
import { failOpenImports } from '../../db/imports/imports';
import { failPhaseRuns } from '../../db/flows/phase-runs';
import { inTenant, type TenantTrx } from '../../db/connection/tenant';
import type { ActivityDependencies } from '../dependencies';
import { readFlowState } from './flow-state';

/** Writes `failed` on the flow and its open runs; the flow stays open for a retry or a cancel. */
export async function failFlow(deps: ActivityDependencies, note: FailureNote): Promise<FlowState> {
  return inTenant(deps.app, note, async (trx) => {
    const flow = await locked(trx, note.flowId);
    const { flowId, phase, code, message } = note;
    if (!isTerminal(flow.flowStatus) && flow.flowStatus !== 'failed') {
      await failPhaseRuns(trx, flowId, { phase, code, message });
      if (phase === 'data_import') await failOpenImports(trx, flowId, { code, message });
      await insertFlowError(trx, { flowId, phase, code, message, category: 'phase', severity: 'high' });
      await setFlowStatus(trx, flowId, { status: 'failed', failure: { code, message } }, systemActor);
    }
    return readFlowState(trx, flowId);
  });
}

/** Writes the terminal status, unless a command or file that waits comes first. */
export async function closeFlow(deps: ActivityDependencies, request: CloseRequest): Promise<FlowState> {
  return inTenant(deps.app, request, async (trx) => {
    const flow = await locked(trx, request.flowId);
    const mayClose = request.status === 'cancelled' || !(await isSomethingPending(trx, request.flowId));
    if (mayClose) await close(trx, flow, request);
    return readFlowState(trx, request.flowId);
  });
}

async function locked(trx: TenantTrx, flowId: string): Promise<MasterFlow> {
  const flow = await lockFlow(trx, flowId);
  if (flow === undefined) throw new DomainError('FLOW_002', { flow_id: flowId });
  return flow;
}

async function isSomethingPending(trx: TenantTrx, flowId: string): Promise<boolean> {
  const comeFirst: readonly CommandType[] = ['pause', 'cancel', 'add_import'];
  return (await listPendingCommands(trx, flowId)).some(({ type }) => comeFirst.includes(type));
}

async function close(trx: TenantTrx, flow: MasterFlow, { status, reason }: CloseRequest): Promise<void> {
  const { flowId } = flow;
  await releaseEstate(trx, flowId);
  if (!isTerminal(flow.flowStatus)) {
    await setFlowStatus(trx, flowId, { status, ...(reason === null ? {} : { reason }) }, systemActor);
  }
  if (status === 'completed' || flow.flowStatus === 'archived') return;
  const [archiving]: FlowCommand[] = await listArchivingCancels(trx, flowId);
  if (archiving !== undefined) {
    await setFlowStatus(trx, flowId, { status: 'archived' }, { userId: archiving.author });
  }
}
