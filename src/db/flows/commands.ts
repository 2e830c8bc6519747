import type { Gate } from '../../domain/flow/phases';
import {
  type CommandContext,
  type CommandType,
  type FlowStatus,
  judgeCommand,
} from '../../domain/flow/status';
import { type Actor, insertAuditEvent } from '../accounts/audit';
import type { MasterFlow } from './flow-rows';
import { lockFlow } from './flows';
import { toJson } from '../bulk/json';
import { execute, prepare, queryFirst, queryOne, queryRows } from '../connection/query';
import type { SystemTrx } from '../connection/scopes';
import { type TenantTrx, tenantOf } from '../connection/tenant';

export type CommandOutcome = 'applied' | 'superseded' | 'rejected';

/** A row of `flow_commands`. */
export interface FlowCommand {
  readonly id: string;
  readonly flowId: string;
  /** Order in which commands were accepted. */
  readonly sequence: number;
  readonly type: CommandType;
  readonly gate: Gate | null;
  readonly idempotencyKey: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Null: an operator, or the reconciler. */
  readonly author: string | null;
  readonly origin: 'api' | 'operator' | 'reconciler';
  readonly fromStatus: FlowStatus;
  readonly targetStatus: FlowStatus;
  readonly acceptedAt: Date;
  readonly consumedAt: Date | null;
  readonly outcome: CommandOutcome | null;
}

export interface NewCommand {
  readonly id: string;
  readonly flowId: string;
  readonly type: CommandType;
  readonly gate?: Gate | null;
  /** Unique for the flow; the same key is answered with the command that it made first. */
  readonly idempotencyKey: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly origin: FlowCommand['origin'];
}

export type CommandAnswer =
  | {
      readonly accepted: true;
      readonly command: FlowCommand;
      /** The key was seen before; this is its first answer. */
      readonly repeated: boolean;
    }
  | { readonly accepted: false; readonly status: FlowStatus };

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/**
 * Accepts or refuses a command under a lock of the flow's row, by the transition table and the commands that wait
 * already. One that changes nothing (pausing a paused flow) is noted as applied. Undefined: there is no such flow.
 */
export async function acceptCommand(
  trx: TenantTrx,
  command: NewCommand,
  actor: Actor,
): Promise<CommandAnswer | undefined> {
  const flow = await lockFlow(trx, command.flowId);
  if (flow === undefined) return undefined;
  const known = await findCommandByKey(trx, command.flowId, command.idempotencyKey);
  if (known !== undefined) return { accepted: true, command: known, repeated: true };
  const context = await contextOf(trx, flow);
  const verdict = judgeCommand(command.type, context);
  if (!verdict.accepted) return { accepted: false, status: context.status };
  const row = await insertCommand(trx, command, {
    author: command.origin === 'api' ? actor.userId : null,
    fromStatus: context.status,
    targetStatus: verdict.target,
    changes: verdict.changes,
  });
  await insertAuditEvent(trx, actor, {
    action: `flow.${command.type}_requested`,
    resourceType: 'flow_command',
    resourceId: row.id,
    flowId: command.flowId,
    details: { gate: command.gate ?? null, origin: command.origin, from: context.status, to: verdict.target },
  });
  return { accepted: true, command: row, repeated: false };
}

/** Where the flow will stand once the commands that wait are consumed. */
async function contextOf(trx: TenantTrx, flow: MasterFlow): Promise<CommandContext> {
  let context: CommandContext = {
    status: flow.flowStatus,
    pausedFrom: flow.pausedFrom,
    acceptsImports: flow.acceptsImports,
  };
  for (const pending of await listPendingCommands(trx, flow.flowId)) {
    const verdict = judgeCommand(pending.type, context);
    if (!verdict.accepted || verdict.target === context.status) continue;
    const pausedFrom = verdict.target === 'paused' ? context.status : null;
    context = { ...context, status: verdict.target, pausedFrom };
  }
  return context;
}

interface Verdict {
  readonly author: string | null;
  readonly fromStatus: FlowStatus;
  readonly targetStatus: FlowStatus;
  readonly changes: boolean;
}

async function insertCommand(trx: TenantTrx, command: NewCommand, verdict: Verdict): Promise<FlowCommand> {
  const { id, flowId, type, gate, idempotencyKey, payload, origin } = command;
  return queryOne<FlowCommand>(
    trx,
    `insert into flow_commands (client_account_id, engagement_id, id, flow_id, type, gate, idempotency_key, payload,
       author, origin, from_status, target_status, consumed_at, outcome)
     values (:clientAccountId, :engagementId, :id, :flowId, :type, :gate, :idempotencyKey, :payload, :author,
       :origin, :fromStatus, :targetStatus, case when not :changes then clock_timestamp() end,
       case when not :changes then 'applied' end)
     returning *`,
    {
      ...tenantOf(trx),
      id,
      flowId,
      type,
      gate,
      idempotencyKey,
      payload: toJson(payload ?? {}),
      origin,
      ...verdict,
    },
  );
}

export async function findCommand(trx: TenantTrx, id: string): Promise<FlowCommand | undefined> {
  return queryFirst<FlowCommand>(trx, `select * from flow_commands where ${ofTenant} and id = :id`, {
    ...tenantOf(trx),
    id,
  });
}

export async function findCommandByKey(
  trx: TenantTrx,
  flowId: string,
  idempotencyKey: string,
): Promise<FlowCommand | undefined> {
  return queryFirst<FlowCommand>(
    trx,
    `select * from flow_commands where ${ofTenant} and flow_id = :flowId and idempotency_key = :idempotencyKey`,
    { ...tenantOf(trx), flowId, idempotencyKey },
  );
}

const pendingCommands = prepare(
  'pending_commands',
  `select * from flow_commands where ${ofTenant} and flow_id = :flowId and consumed_at is null order by sequence`,
);

/** Commands of a flow that nobody has consumed, in the order in which they were accepted. */
export async function listPendingCommands(trx: TenantTrx, flowId: string): Promise<FlowCommand[]> {
  return queryRows<FlowCommand>(trx, pendingCommands, { ...tenantOf(trx), flowId });
}

/** The pause or cancel that waits for a flow; a cancel goes first. What a phase asks after each batch. */
export async function findPendingStop(
  trx: TenantTrx,
  flowId: string,
): Promise<'pause' | 'cancel' | undefined> {
  const stop = await queryFirst<{ type: 'pause' | 'cancel' }>(
    trx,
    `select type from flow_commands
     where ${ofTenant} and flow_id = :flowId and consumed_at is null and type in ('pause', 'cancel')
     order by type limit 1`,
    { ...tenantOf(trx), flowId },
  );
  return stop?.type;
}

/** Takes a command out of the queue, once: false when it was consumed before. */
export async function consumeCommand(trx: TenantTrx, id: string, outcome: CommandOutcome): Promise<boolean> {
  const consumed = await execute(
    trx,
    `update flow_commands set consumed_at = clock_timestamp(), outcome = :outcome
     where ${ofTenant} and id = :id and consumed_at is null`,
    { ...tenantOf(trx), id, outcome },
  );
  return consumed > 0;
}

export interface StaleCommand {
  readonly clientAccountId: string;
  readonly engagementId: string;
  readonly id: string;
  readonly flowId: string;
  readonly type: CommandType;
  readonly gate: Gate | null;
}

/** Commands of all tenants, accepted before a moment, of which nobody took notice; for the reconciler. */
export async function listStaleCommands(
  trx: SystemTrx,
  before: Date,
  limit: number,
): Promise<StaleCommand[]> {
  return queryRows<StaleCommand>(
    trx,
    `select client_account_id, engagement_id, id, flow_id, type, gate from flow_commands
     where consumed_at is null and accepted_at < :before order by accepted_at limit :limit`,
    { before, limit },
  );
}

/** Applied cancels of a flow that asked to archive it too, the newest first. */
export async function listArchivingCancels(trx: TenantTrx, flowId: string): Promise<FlowCommand[]> {
  return queryRows<FlowCommand>(
    trx,
    `select * from flow_commands where ${ofTenant} and flow_id = :flowId and type = 'cancel'
       and outcome = 'applied' and payload @> '{"archive": true}'
     order by sequence desc`,
    { ...tenantOf(trx), flowId },
  );
}
