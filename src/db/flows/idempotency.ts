import { toJson } from '../bulk/json';
import { execute, queryFirst } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** The scope of an `Idempotency-Key`: tenant, user and route. */
export interface IdempotencyScope {
  readonly userId: string;
  readonly route: string;
  readonly key: string;
}

/** A row of `idempotency_keys`. */
export interface IdempotencyRecord extends IdempotencyScope {
  /** Digest of the request; null while its body is still being received. */
  readonly fingerprint: string | null;
  readonly state: 'in_progress' | 'done';
  readonly statusCode: number | null;
  readonly response: unknown;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const ofKey = `client_account_id = :clientAccountId and engagement_id = :engagementId and user_id = :userId
  and route = :route and key = :key`;

/**
 * Claims a key for the request at hand. Answers undefined when it is free (never seen, or expired), otherwise what
 * is known of the first request: the caller compares fingerprints and answers the same, 422 or 409.
 */
export async function claimIdempotencyKey(
  trx: TenantTrx,
  scope: IdempotencyScope,
  claim: { readonly fingerprint: string | null; readonly expiresAt: Date },
): Promise<IdempotencyRecord | undefined> {
  const bindings = { ...tenantOf(trx), ...scope, ...claim };
  const claimed = await execute(
    trx,
    `insert into idempotency_keys as k (client_account_id, engagement_id, user_id, route, key, fingerprint, expires_at)
     values (:clientAccountId, :engagementId, :userId, :route, :key, :fingerprint, :expiresAt)
     on conflict (client_account_id, engagement_id, user_id, route, key) do update set
       fingerprint = excluded.fingerprint, state = 'in_progress', status_code = null, response = null,
       created_at = now(), expires_at = excluded.expires_at
     where k.expires_at <= clock_timestamp()`,
    bindings,
  );
  if (claimed > 0) return undefined;
  return findIdempotencyKey(trx, scope);
}

export async function findIdempotencyKey(
  trx: TenantTrx,
  scope: IdempotencyScope,
): Promise<IdempotencyRecord | undefined> {
  return queryFirst<IdempotencyRecord>(
    trx,
    `select * from idempotency_keys where ${ofKey} and expires_at > clock_timestamp()`,
    { ...tenantOf(trx), ...scope },
  );
}

/** Notes the digest of a request whose body has been received, and keeps the claim alive. */
export async function setIdempotencyFingerprint(
  trx: TenantTrx,
  scope: IdempotencyScope,
  fingerprint: string,
): Promise<void> {
  await execute(
    trx,
    `update idempotency_keys set fingerprint = :fingerprint where ${ofKey} and state = 'in_progress'`,
    { ...tenantOf(trx), ...scope, fingerprint },
  );
}

/** Keeps the answer, in the transaction that makes it true. */
export async function finishIdempotencyKey(
  trx: TenantTrx,
  scope: IdempotencyScope,
  answer: { readonly statusCode: number; readonly response: unknown; readonly expiresAt: Date },
): Promise<void> {
  await execute(
    trx,
    `update idempotency_keys set state = 'done', status_code = :statusCode, response = :response,
       expires_at = :expiresAt
     where ${ofKey}`,
    { ...tenantOf(trx), ...scope, ...answer, response: toJson(answer.response) },
  );
}

/** Frees the key of a request that failed before it did anything. */
export async function releaseIdempotencyKey(trx: TenantTrx, scope: IdempotencyScope): Promise<void> {
  await execute(trx, `delete from idempotency_keys where ${ofKey} and state = 'in_progress'`, {
    ...tenantOf(trx),
    ...scope,
  });
}

/** Removes what has expired; returns how many. */
export async function deleteExpiredIdempotencyKeys(trx: TenantTrx): Promise<number> {
  return execute(
    trx,
    `delete from idempotency_keys where client_account_id = :clientAccountId and engagement_id = :engagementId
       and expires_at <= clock_timestamp()`,
    { ...tenantOf(trx) },
  );
}
