import type { FindingSeverity, SecurityEventType } from '../../domain/lists';
import { toJson } from '../bulk/json';
import { execute, queryOne, queryRows } from '../connection/query';
import type { AuthTrx } from '../connection/scopes';
import { type TenantTrx, tenantOf } from '../connection/tenant';

export interface NewSecurityViolation {
  readonly type: SecurityEventType;
  readonly severity: FindingSeverity;
  readonly actorUserId: string | null;
  /** The tenant that the caller named, if it is a pair of UUIDs. */
  readonly clientAccountId: string | null;
  readonly engagementId: string | null;
  /** The headers as they came, shortened. */
  readonly claimedClientAccount?: string | null;
  readonly claimedEngagement?: string | null;
  readonly route: string | null;
  readonly method: string | null;
  readonly status?: number | null;
  readonly ip?: string | null;
  readonly userAgent?: string | null;
  readonly traceId?: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface SecurityViolation extends NewSecurityViolation {
  readonly id: string;
  readonly at: Date;
}

/** Notes an attempt in a transaction of its own, so that it stays when the request is rolled back. */
export async function insertSecurityViolation(trx: AuthTrx, violation: NewSecurityViolation): Promise<void> {
  await execute(
    trx,
    `insert into audit.security_violations (type, severity, actor_user_id, client_account_id, engagement_id,
       claimed_client_account, claimed_engagement, route, method, status, ip, user_agent, trace_id, details)
     values (:type, :severity, :actorUserId, :clientAccountId, :engagementId, left(:claimedClientAccount, 200),
       left(:claimedEngagement, 200), :route, :method, :status, :ip, left(:userAgent, 500), :traceId, :details)`,
    {
      claimedClientAccount: null,
      claimedEngagement: null,
      status: null,
      ip: null,
      userAgent: null,
      traceId: null,
      ...violation,
      details: toJson(violation.details ?? {}),
    },
  );
}

/** How often a user did something since a moment; ten tenant violations in five minutes are an alarm. */
export async function countSecurityViolations(
  trx: AuthTrx,
  actorUserId: string,
  type: SecurityEventType,
  since: Date,
): Promise<number> {
  const { count } = await queryOne<{ count: number }>(
    trx,
    `select count(*) from audit.security_violations
     where actor_user_id = :actorUserId and type = :type and at >= :since`,
    { actorUserId, type, since },
  );
  return count;
}

/** Attempts in which the tenant was named, newest first. */
export async function listSecurityViolations(
  trx: TenantTrx,
  page: { readonly before?: { readonly at: Date; readonly id: string }; readonly limit: number },
): Promise<SecurityViolation[]> {
  return queryRows<SecurityViolation>(
    trx,
    `select * from audit.security_violations
     where client_account_id = :clientAccountId and engagement_id = :engagementId
       and (:at::timestamptz is null or (at, id) < (:at, :id::uuid))
     order by at desc, id desc limit :limit`,
    { ...tenantOf(trx), at: page.before?.at, id: page.before?.id, limit: page.limit },
  );
}
