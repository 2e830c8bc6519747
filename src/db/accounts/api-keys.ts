import type { UserStatus } from '../../domain/lists';
import { execute, queryFirst, queryRows } from '../connection/query';
import type { AuthTrx } from '../connection/scopes';

export interface ApiKey {
  readonly id: string;
  readonly userId: string;
  /** Null: wherever its user may work. */
  readonly clientAccountId: string | null;
  readonly engagementId: string | null;
  readonly name: string;
  /** First characters of the key, to tell keys apart. */
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly createdAt: Date;
}

/** A key that is valid now, with its user. */
export interface KeyHolder extends ApiKey {
  readonly email: string;
  readonly userStatus: UserStatus;
}

const columns = `k.id, k.user_id, k.client_account_id, k.engagement_id, k.name, k.prefix, k.scopes, k.expires_at,
  k.revoked_at, k.last_used_at, k.created_at`;

/** Keeps a key by its SHA-256 in hexadecimal; the key itself is shown once and never stored. */
export async function insertApiKey(
  trx: AuthTrx,
  key: {
    readonly id: string;
    readonly userId: string;
    readonly clientAccountId: string | null;
    readonly engagementId: string | null;
    readonly name: string;
    readonly prefix: string;
    readonly hash: string;
    readonly scopes: readonly string[];
    readonly expiresAt: Date | null;
  },
): Promise<void> {
  await execute(
    trx,
    `insert into api_keys (id, user_id, client_account_id, engagement_id, name, prefix, hash, scopes, expires_at)
     values (:id, :userId, :clientAccountId, :engagementId, :name, :prefix, :hash, :scopes, :expiresAt)`,
    key,
  );
}

/** The holder of a key by its SHA-256; undefined when it is unknown, revoked or expired. */
export async function findKeyHolder(trx: AuthTrx, hash: string): Promise<KeyHolder | undefined> {
  return queryFirst<KeyHolder>(
    trx,
    `select ${columns}, u.email, u.status as user_status from api_keys k join users u on u.id = k.user_id
     where k.hash = :hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp())`,
    { hash },
  );
}

/** Keys of a user, the newest first, revoked ones included. */
export async function listApiKeys(trx: AuthTrx, userId: string): Promise<ApiKey[]> {
  return queryRows<ApiKey>(
    trx,
    `select ${columns} from api_keys k where k.user_id = :userId order by k.created_at desc, k.id`,
    { userId },
  );
}

/** False when the user has no such key, or it was revoked before. */
export async function revokeApiKey(trx: AuthTrx, userId: string, id: string): Promise<boolean> {
  const revoked = await execute(
    trx,
    `update api_keys set revoked_at = clock_timestamp()
     where user_id = :userId and id = :id and revoked_at is null`,
    { userId, id },
  );
  return revoked > 0;
}

/** Notes the use of a key, at most once a minute. */
export async function setApiKeyUsed(trx: AuthTrx, id: string): Promise<void> {
  await execute(
    trx,
    `update api_keys set last_used_at = clock_timestamp()
     where id = :id and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute')`,
    { id },
  );
}
