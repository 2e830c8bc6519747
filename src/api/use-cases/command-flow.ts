import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type CommandAnswer,
  type FlowCommand,
  acceptCommand,
  findCommand,
  type NewCommand,
} from '../../db/flows/commands';
import type { FlowStatusRow } from '../../db/flows/flow-rows';
import { findFlowStatus } from '../../db/flows/flows';
import { inTenant, type TenantTrx } from '../../db/connection/tenant';
import { DomainError } from '../../domain/errors';
import type { Gate } from '../../domain/flow/phases';
import type { CommandType } from '../../domain/flow/status';
import { auditActor } from '../audit-actor';
import { missingId } from '../foreign-ids';
import type { RouteInput } from '../route';
import type { ApiServices } from '../services';

type Caller = Pick<RouteInput, 'tenant' | 'actor' | 'traceId' | 'ctx'>;

export interface FlowOrder {
  readonly flowId: string;
  readonly type: CommandType;
  readonly gate?: Gate;
  readonly payload?: Readonly<Record<string, unknown>>;
}

export interface CommandResult {
  readonly command: FlowCommand;
  readonly flow: FlowStatusRow;
  /** Whether the rows show the command's effect. */
  readonly isDone: boolean;
}

/**
 * Accepts a command as a row, tells the workflow, and waits a moment for its effect.
 *
 * @throws DomainError `FLOW_003` when the flow's status does not allow it, `FLOW_002` or `SEC_001` for an id that is
 * not the tenant's.
 */
export async function commandFlow(
  services: ApiServices,
  caller: Caller,
  order: FlowOrder,
): Promise<CommandResult> {
  const command = await inTenant(services.app, caller.tenant, (trx) => orderCommand(trx, caller, order));
  if (command === undefined) throw await missingFlow(services, caller, order.flowId);
  return tellAndWait(services, caller, command);
}

/** The command's row, in the transaction of whatever belongs to it; undefined when there is no such flow. */
export async function orderCommand(
  trx: TenantTrx,
  caller: Caller,
  { flowId, type, gate, payload }: FlowOrder,
): Promise<FlowCommand | undefined> {
  const id = randomUUID();
  const command: NewCommand = {
    id,
    flowId,
    type,
    gate: gate ?? null,
    idempotencyKey: keyOf(caller) ?? id,
    origin: 'api',
    ...(payload === undefined ? {} : { payload }),
  };
  return accepted(await acceptCommand(trx, command, auditActor(caller)), type);
}

function keyOf({ ctx, actor }: Caller): string | undefined {
  const key = ctx.get('idempotency-key').trim();
  return key === '' ? undefined : `${actor.userId}/${ctx.method} ${ctx.path}/${key}`;
}

function accepted(answer: CommandAnswer | undefined, type: CommandType): FlowCommand | undefined {
  if (answer === undefined) return undefined;
  if (answer.accepted) return answer.command;
  if (type === 'add_import') throw new DomainError('FLOW_011', { current_state: answer.status });
  throw new DomainError('FLOW_003', { current_state: answer.status, target_state: targetOf[type] });
}

const targetOf: Readonly<Record<Exclude<CommandType, 'add_import'>, string>> = {
  pause: 'paused',
  resume: 'running',
  cancel: 'cancelled',
  retry: 'running',
  decide: 'running',
  rerun: 'running',
};

/** The error for a flow id that the tenant does not have. */
export function missingFlow(services: ApiServices, caller: Caller, flowId: string): Promise<DomainError> {
  return missingId(services, caller, { kind: 'flow', id: flowId, code: 'FLOW_002' });
}

/** Signals an accepted command; a lost signal is sent again by the reconciler. */
export async function tell(
  services: ApiServices,
  { tenant }: Pick<RouteInput, 'tenant'>,
  command: FlowCommand,
): Promise<void> {
  const flow = { ...tenant, flowId: command.flowId };
  const gate = command.gate === null ? {} : { gate: command.gate };
  try {
    await services.workflows.signal(flow, command.type, { commandId: command.id, ...gate });
  } catch (error) {
    services.warn('A command was not signalled; it will be signalled again', { ...flow, error });
  }
}

/** Signals an accepted command and waits a moment for its effect. */
export async function tellAndWait(
  services: ApiServices,
  caller: Caller,
  command: FlowCommand,
): Promise<CommandResult> {
  if (command.consumedAt === null) await tell(services, caller, command);
  const result = await waitForEffect(services, caller, command);
  if (result.command.outcome === 'rejected') {
    throw new DomainError('FLOW_003', {
      current_state: result.flow.flowStatus,
      target_state: command.targetStatus,
    });
  }
  return result;
}

async function waitForEffect(
  services: ApiServices,
  { tenant }: Caller,
  command: FlowCommand,
): Promise<CommandResult> {
  const deadline = Date.now() + services.settings.commandWaitMs;
  for (let waitMs = 15; ; waitMs = Math.min(waitMs * 2, 200)) {
    const result = await inTenant(services.app, tenant, (trx) => look(trx, command));
    if (result.isDone || Date.now() + waitMs > deadline) return result;
    await pause(waitMs);
  }
}

async function look(trx: TenantTrx, first: FlowCommand): Promise<CommandResult> {
  const command = (await findCommand(trx, first.id)) ?? first;
  const flow = await findFlowStatus(trx, first.flowId);
  if (flow === undefined) throw new DomainError('FLOW_002', { flow_id: first.flowId });
  return { command, flow, isDone: command.consumedAt !== null };
}
