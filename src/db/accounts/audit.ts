import { toJson } from '../bulk/json';
import { type Bindings, execute, executeLater, queryRows } from '../connection/query';
import type { AuthTrx } from '../connection/scopes';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** Who acts. All null: the system itself. */
export interface Actor {
  readonly userId: string | null;
  readonly role?: string | null;
  readonly traceId?: string | null;
  readonly ip?: string | null;
}

export const systemActor: Actor = { userId: null };

export interface NewAuditEvent {
  /** Lower-case words, the thing before the verb: `flow.created`, `mapping.approved`. */
  readonly action: string;
  readonly resourceType: string;
  readonly resourceId: string | null;
  readonly flowId?: string | null;
  /** Ids, counts and statuses; never cell values. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface AuditEvent {
  readonly id: string;
  readonly at: Date;
  readonly actorUserId: string | null;
  readonly actorRole: string | null;
  readonly action: string;
  readonly resourceType: string;
  readonly resourceId: string | null;
  readonly flowId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly traceId: string | null;
  readonly sequence: number | null;
  readonly sealedAt: Date | null;
}

/** Notes an event in the transaction that it belongs to; write it last, so that the chain follows commits. */
export async function insertAuditEvent(trx: TenantTrx, actor: Actor, event: NewAuditEvent): Promise<void> {
  await executeLater(trx, insertEvent, eventBindings(tenantOf(trx), actor, event));
}

/** Notes an event of the accounts, before or without a tenant. */
export async function insertAccountEvent(
  trx: AuthTrx,
  scope: { readonly clientAccountId: string | null; readonly engagementId: string | null },
  actor: Actor,
  event: NewAuditEvent,
): Promise<void> {
  await execute(trx, insertEvent, eventBindings(scope, actor, event));
}

const insertEvent = `
  insert into audit.audit_log (client_account_id, engagement_id, actor_user_id, actor_role, action,
    resource_type, resource_id, flow_id, details, trace_id, request_ip)
  values (:clientAccountId, :engagementId, :userId, :role, :action, :resourceType, :resourceId, :flowId,
    :details, :traceId, :ip)`;

function eventBindings(
  scope: { readonly clientAccountId: string | null; readonly engagementId: string | null },
  actor: Actor,
  event: NewAuditEvent,
): Bindings {
  return {
    clientAccountId: scope.clientAccountId,
    engagementId: scope.engagementId,
    userId: actor.userId,
    role: actor.role,
    traceId: actor.traceId,
    ip: actor.ip,
    action: event.action,
    resourceType: event.resourceType,
    resourceId: event.resourceId,
    flowId: event.flowId,
    details: toJson(event.details ?? {}),
  };
}

/** Events of the tenant, newest first, `limit` of them before the cursor. */
export async function listAuditEvents(
  trx: TenantTrx,
  page: {
    readonly flowId?: string;
    readonly before?: { readonly at: Date; readonly id: string };
    readonly limit: number;
  },
): Promise<AuditEvent[]> {
  const { clientAccountId, engagementId } = tenantOf(trx);
  return queryRows<AuditEvent>(
    trx,
    `select id, at, actor_user_id, actor_role, action, resource_type, resource_id, flow_id, details, trace_id,
       sequence, sealed_at
     from audit.audit_log
     where client_account_id = :clientAccountId and engagement_id = :engagementId
       and (:flowId::uuid is null or flow_id = :flowId)
       and (:at::timestamptz is null or (at, id) < (:at, :id::uuid))
     order by at desc, id desc limit :limit`,
    {
      clientAccountId,
      engagementId,
      flowId: page.flowId,
      at: page.before?.at,
      id: page.before?.id,
      limit: page.limit,
    },
  );
}
