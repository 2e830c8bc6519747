import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { apiKeyPrefix, hashSecret } from '../api/auth/credentials';
import { hashPassword } from '../api/auth/passwords';
import { insertApiKey } from '../db/accounts/api-keys';
import { insertAccountEvent, systemActor } from '../db/accounts/audit';
import type { AuthDatabase } from '../db/connection/pools';
import { type AuthTrx, inAuthScope } from '../db/connection/scopes';
import { insertClientAccount, insertEngagement } from '../db/accounts/tenants';
import { findUserByEmail, insertUser, upsertMembership } from '../db/accounts/users';
import type { Role } from '../domain/lists';
import { CommandError } from './exit-codes';

export interface NewTenant {
  readonly clientAccountId: string;
  readonly engagementId: string;
}

export interface NewAdmin {
  readonly userId: string;
  readonly email: string;
  /** Shown once; only its hash is stored. */
  readonly password: string;
}

/** A further client account with an engagement and a service user whose key reaches that account only. */
export async function createTenant(
  auth: AuthDatabase,
  names: { readonly account: string; readonly engagement: string },
): Promise<NewTenant & { readonly apiKey: string }> {
  return inAuthScope(auth, async (trx) => {
    const tenant = await insertTenant(trx, names);
    const userId = await insertServiceUser(trx, tenant);
    return { ...tenant, apiKey: await insertKey(trx, userId, tenant) };
  });
}

/** The first tenant of an installation, with an administrator and a key of theirs. */
export async function createFirstTenant(
  auth: AuthDatabase,
  names: { readonly account: string; readonly engagement: string; readonly email: string },
): Promise<NewTenant & { readonly apiKey: string; readonly admin: NewAdmin }> {
  return inAuthScope(auth, async (trx) => {
    const tenant = await insertTenant(trx, names);
    const admin = await insertAdmin(trx, names.email);
    await grant(trx, admin.userId, tenant.clientAccountId, 'client_admin');
    const apiKey = await insertKey(trx, admin.userId, { clientAccountId: null, engagementId: null });
    return { ...tenant, apiKey, admin };
  });
}

/** A platform administrator. @throws CommandError when the e-mail address is none or is taken. */
export async function createAdmin(auth: AuthDatabase, email: string): Promise<NewAdmin> {
  return inAuthScope(auth, (trx) => insertAdmin(trx, email));
}

async function insertTenant(
  trx: AuthTrx,
  { account, engagement }: { readonly account: string; readonly engagement: string },
): Promise<NewTenant> {
  const tenant = { clientAccountId: randomUUID(), engagementId: randomUUID() };
  await insertClientAccount(trx, { id: tenant.clientAccountId, name: account });
  await insertEngagement(trx, {
    clientAccountId: tenant.clientAccountId,
    id: tenant.engagementId,
    name: engagement,
  });
  await insertAccountEvent(trx, tenant, systemActor, {
    action: 'client_account.created',
    resourceType: 'client_account',
    resourceId: tenant.clientAccountId,
  });
  return tenant;
}

async function insertServiceUser(trx: AuthTrx, tenant: NewTenant): Promise<string> {
  const id = randomUUID();
  const email = `service-${id}@surveyor.invalid`;
  await insertUser(trx, { id, email, displayName: 'API key', passwordHash: null, status: 'active' });
  await grant(trx, id, tenant.clientAccountId, 'client_admin');
  return id;
}

async function insertAdmin(trx: AuthTrx, address: string): Promise<NewAdmin> {
  const email = address.trim().toLowerCase();
  if (!z.email().safeParse(email).success) throw new CommandError(`${address} is not an e-mail address`);
  if ((await findUserByEmail(trx, email)) !== undefined) throw new CommandError(`${email} exists already`);
  const userId = randomUUID();
  const password = randomBytes(12).toString('base64url');
  const passwordHash = await hashPassword(password);
  await insertUser(trx, { id: userId, email, displayName: 'Administrator', passwordHash, status: 'active' });
  await grant(trx, userId, null, 'platform_admin');
  return { userId, email, password };
}

async function grant(
  trx: AuthTrx,
  userId: string,
  clientAccountId: string | null,
  role: Role,
): Promise<void> {
  await upsertMembership(trx, { userId, clientAccountId, engagementId: null, role });
}

async function insertKey(
  trx: AuthTrx,
  userId: string,
  scope: { readonly clientAccountId: string | null; readonly engagementId: string | null },
): Promise<string> {
  const key = `${apiKeyPrefix}${randomBytes(32).toString('base64url')}`;
  await insertApiKey(trx, {
    id: randomUUID(),
    userId,
    clientAccountId: scope.clientAccountId,
    engagementId: null,
    name: 'first key',
    prefix: key.slice(0, 12),
    hash: hashSecret(key),
    scopes: [],
    expiresAt: null,
  });
  return key;
}
