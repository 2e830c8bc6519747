import type { FlowStatusRow } from '../../db/flows/flow-rows';
import { setFlowStatus } from '../../db/flows/flow-status';
import { findFlowStatus, lockFlow } from '../../db/flows/flows';
import { inTenant, type TenantTrx } from '../../db/connection/tenant';
import { isTerminal } from '../../domain/flow/status';
import type { FlowCommand } from '../../db/flows/commands';
import { DomainError } from '../../domain/errors';
import { auditActor } from '../audit-actor';
import type { RouteInput } from '../route';
import type { ApiServices } from '../services';
import { missingFlow, orderCommand, tell } from './command-flow';

type Caller = Pick<RouteInput, 'tenant' | 'actor' | 'traceId' | 'ctx'>;

export interface Removal {
  readonly flow: FlowStatusRow;
  /** False: the workflow is told to cancel first. */
  readonly isDone: boolean;
}

/** Archives a closed flow; tells an open one to cancel and archive itself. An archived one stays as it is. */
export async function archiveFlow(services: ApiServices, caller: Caller, flowId: string): Promise<Removal> {
  const removal = await inTenant(services.app, caller.tenant, (trx) => remove(trx, caller, flowId));
  if (removal === undefined) throw await missingFlow(services, caller, flowId);
  if (removal.command !== undefined) await tell(services, caller, removal.command);
  return { flow: removal.flow, isDone: removal.command === undefined };
}

interface RemovalRows {
  readonly flow: FlowStatusRow;
  readonly command: FlowCommand | undefined;
}

async function remove(trx: TenantTrx, caller: Caller, flowId: string): Promise<RemovalRows | undefined> {
  const flow = await lockFlow(trx, flowId);
  if (flow === undefined) return undefined;
  const isOpen = !isTerminal(flow.flowStatus);
  const command = isOpen
    ? await orderCommand(trx, caller, { flowId, type: 'cancel', payload: { archive: true } })
    : undefined;
  if (!isOpen && flow.flowStatus !== 'archived') {
    await setFlowStatus(trx, flowId, { status: 'archived' }, auditActor(caller));
  }
  const status = await findFlowStatus(trx, flowId);
  if (status === undefined) throw new DomainError('FLOW_002', { flow_id: flowId });
  return { flow: status, command };
}
