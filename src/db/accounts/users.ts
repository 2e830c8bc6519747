import type { Tenant } from '../../domain/flow/messages';
import type { Role, UserStatus } from '../../domain/lists';
import { execute, queryFirst, queryRows } from '../connection/query';
import type { AuthTrx } from '../connection/scopes';

export interface User {
  readonly id: string;
  /** Lower case. */
  readonly email: string;
  readonly displayName: string;
  readonly passwordHash: string | null;
  readonly status: UserStatus;
  /** Issuer and subject of an external identity. */
  readonly subject: string | null;
  /** Raised to make every token of the user void. */
  readonly tokenVersion: number;
  readonly failedLogins: number;
  readonly lockedUntil: Date | null;
  readonly lastLoginAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface NewUser {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly passwordHash: string | null;
  readonly status: UserStatus;
  readonly subject?: string | null;
}

export interface Membership {
  readonly id: string;
  readonly userId: string;
  /** Null: every client account, for platform administrators. */
  readonly clientAccountId: string | null;
  /** Null: every engagement of the client account. */
  readonly engagementId: string | null;
  readonly role: Role;
  readonly expiresAt: Date | null;
  readonly createdAt: Date;
}

/** False when the email, the subject or the id is taken. */
export async function insertUser(trx: AuthTrx, user: NewUser): Promise<boolean> {
  const inserted = await execute(
    trx,
    `insert into users (id, email, display_name, password_hash, status, subject)
     values (:id, lower(btrim(:email)), :displayName, :passwordHash, :status, :subject) on conflict do nothing`,
    { subject: null, ...user },
  );
  return inserted > 0;
}

export async function findUser(trx: AuthTrx, id: string): Promise<User | undefined> {
  return queryFirst<User>(trx, 'select * from users where id = :id', { id });
}

/** The email may be given in any case. */
export async function findUserByEmail(trx: AuthTrx, email: string): Promise<User | undefined> {
  return queryFirst<User>(trx, 'select * from users where email = lower(btrim(:email))', { email });
}

/** Users by email, optionally of one status. */
export async function listUsers(
  trx: AuthTrx,
  page: { readonly status?: UserStatus; readonly limit: number; readonly offset?: number },
): Promise<User[]> {
  return queryRows<User>(
    trx,
    `select * from users where (:status::text is null or status = :status)
     order by email limit :limit offset :offset`,
    { status: page.status, limit: page.limit, offset: page.offset ?? 0 },
  );
}

/** A disabled user's tokens and API keys are void at once. False when there is no such user. */
export async function setUserStatus(
  trx: AuthTrx,
  id: string,
  status: UserStatus,
  approvedBy: string | null,
): Promise<boolean> {
  const changed = await execute(
    trx,
    `update users set status = :status::text, updated_at = clock_timestamp(),
       token_version = token_version + (:status = 'disabled')::integer,
       approved_by = case when :status = 'active' then coalesce(approved_by, :approvedBy::uuid) else approved_by end,
       approved_at = case when :status = 'active' then coalesce(approved_at, clock_timestamp()) else approved_at end
     where id = :id`,
    { id, status, approvedBy },
  );
  return changed > 0;
}

/** Replaces the password and makes every token void. */
export async function setUserPassword(trx: AuthTrx, id: string, passwordHash: string): Promise<void> {
  await execute(
    trx,
    `update users set password_hash = :passwordHash, token_version = token_version + 1, failed_logins = 0,
       locked_until = null, updated_at = clock_timestamp() where id = :id`,
    { id, passwordHash },
  );
}

/** Notes a login: a good one clears the failures, a bad one counts, and may lock until a moment. */
export async function setUserLogin(
  trx: AuthTrx,
  id: string,
  login: { readonly succeeded: boolean; readonly lockedUntil?: Date | null },
): Promise<void> {
  await execute(
    trx,
    `update users set failed_logins = case when :succeeded then 0 else failed_logins + 1 end,
       locked_until = :lockedUntil,
       last_login_at = case when :succeeded then clock_timestamp() else last_login_at end
     where id = :id`,
    { id, succeeded: login.succeeded, lockedUntil: login.lockedUntil },
  );
}

/** Gives a role, or changes it where the user has one in the same scope already. */
export async function upsertMembership(
  trx: AuthTrx,
  membership: {
    readonly userId: string;
    readonly clientAccountId: string | null;
    readonly engagementId: string | null;
    readonly role: Role;
    readonly expiresAt?: Date | null;
    readonly createdBy?: string | null;
  },
): Promise<void> {
  await execute(
    trx,
    `insert into memberships (user_id, client_account_id, engagement_id, role, expires_at, created_by)
     values (:userId, :clientAccountId, :engagementId, :role, :expiresAt, :createdBy)
     on conflict on constraint memberships_once do update set role = excluded.role,
       expires_at = excluded.expires_at`,
    { expiresAt: null, createdBy: null, ...membership },
  );
}

export async function deleteMembership(trx: AuthTrx, id: string): Promise<boolean> {
  return (await execute(trx, 'delete from memberships where id = :id', { id })) > 0;
}

/** Valid memberships of a user, the widest first. */
export async function listMemberships(trx: AuthTrx, userId: string): Promise<Membership[]> {
  return queryRows<Membership>(
    trx,
    `select id, user_id, client_account_id, engagement_id, role, expires_at, created_at from memberships
     where user_id = :userId and (expires_at is null or expires_at > clock_timestamp())
     order by client_account_id nulls first, engagement_id nulls first`,
    { userId },
  );
}

/**
 * The roles that a user has in a tenant whose engagement belongs to its client account and is in use; empty for
 * everybody else.
 */
export async function listRoles(trx: AuthTrx, userId: string, tenant: Tenant): Promise<Role[]> {
  const rows = await queryRows<{ role: Role }>(
    trx,
    `select m.role from memberships m
     join engagements e on e.client_account_id = :clientAccountId and e.id = :engagementId and e.is_active
     join client_accounts a on a.id = e.client_account_id and a.is_active
     where m.user_id = :userId and (m.expires_at is null or m.expires_at > clock_timestamp())
       and ((m.client_account_id = e.client_account_id and coalesce(m.engagement_id, e.id) = e.id)
         or (m.client_account_id is null and m.role = 'platform_admin'))`,
    { userId, ...tenant },
  );
  return rows.map((row) => row.role);
}
