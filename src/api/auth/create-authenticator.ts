import { type KeyHolder, findKeyHolder, setApiKeyUsed } from '../../db/accounts/api-keys';
import type { AuthDatabase } from '../../db/connection/pools';
import { type AuthTrx, inAuthScope } from '../../db/connection/scopes';
import { findUser, listMemberships, listRoles } from '../../db/accounts/users';
import { DomainError } from '../../domain/errors';
import type { Tenant } from '../../domain/flow/messages';
import { type Role, type SecurityEventType, type UserStatus, roles } from '../../domain/lists';
import type { AccessTokens } from './access-tokens';
import type { Authenticator, Identity, RequestOrigin } from './authenticator';
import { apiKeyPrefix, bearerSecret, hashSecret } from './credentials';
import { ShortMemory } from './short-memory';
import type { ViolationRecorder } from './violation-recorder';

export interface AuthenticatorOptions {
  readonly database: AuthDatabase;
  readonly tokens: AccessTokens;
  readonly violations: ViolationRecorder;
  /** How long verified credentials and roles are believed, at most 30 s; 0 asks every time. */
  readonly believeForMs?: number;
}

const mostRemembered = 10_000;
const longestBelief = 30_000;

/** Knows callers by API key or access token, and their roles by membership. */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { database, tokens, violations } = options;
  const limits = {
    maxEntries: mostRemembered,
    maxAgeMs: Math.min(options.believeForMs ?? longestBelief, longestBelief),
  };
  const identities = new ShortMemory<Verified>(limits);
  const heldRoles = new ShortMemory<Role | null>(limits);

  const note = (type: SecurityEventType, identity: Identity, origin: RequestOrigin, tenant?: Tenant): void =>
    violations.record({
      type,
      severity: type === 'TENANT_VIOLATION' ? 'high' : 'medium',
      actorUserId: identity.userId,
      clientAccountId: tenant?.clientAccountId ?? null,
      engagementId: tenant?.engagementId ?? null,
      claimedClientAccount: tenant?.clientAccountId ?? null,
      claimedEngagement: tenant?.engagementId ?? null,
      route: origin.route,
      method: origin.method,
      status: 403,
      ip: origin.ip,
      traceId: origin.traceId,
    });

  return {
    identify: async (authorization) => {
      const secret = bearerSecret(authorization);
      const byKey = secret.startsWith(apiKeyPrefix);
      const { identity, validUntil } = await identities.recall(hashSecret(secret), () =>
        byKey ? identityOfKey(database, secret) : identityOfToken(database, tokens, secret),
      );
      if (validUntil !== null && validUntil <= new Date()) throw new DomainError('AUTH_001');
      return identity;
    },
    roleIn: async (identity, tenant, origin) => {
      const { clientAccountId, engagementId } = tenant;
      const key = `${identity.userId}/${clientAccountId}/${engagementId}`;
      const role = isWithinLimits(identity, tenant)
        ? await heldRoles.recall(key, () => highestRole(database, identity.userId, tenant))
        : null;
      if (role !== null) return role;
      note('TENANT_VIOLATION', identity, origin, tenant);
      throw new DomainError('SEC_001');
    },
    noteMissingTenant: (identity, origin) => note('CONTEXT_MISSING', identity, origin),
    refuse: async (identity, permission, origin, tenant) => {
      note('PERMISSION_DENIED', identity, origin, tenant);
      throw new DomainError('AUTH_002', { permission });
    },
  };
}

interface Verified {
  readonly identity: Identity;
  readonly validUntil: Date | null;
}

async function identityOfKey(database: AuthDatabase, secret: string): Promise<Verified> {
  return inAuthScope(database, async (trx) => {
    const holder = await findKeyHolder(trx, hashSecret(secret));
    if (holder === undefined) throw new DomainError('AUTH_001');
    assertActive(holder.userStatus);
    await setApiKeyUsed(trx, holder.id);
    const { clientAccountId, engagementId, scopes: permissions } = holder;
    const identity = {
      userId: holder.userId,
      email: holder.email,
      isPlatformAdmin: !isLimited(holder) && (await isPlatformAdmin(trx, holder.userId)),
      limitedTo: { clientAccountId, engagementId, permissions },
    };
    return { identity, validUntil: holder.expiresAt };
  });
}

/** A key for one client account never works on the installation, whoever it belongs to. */
function isLimited(holder: KeyHolder): boolean {
  return holder.clientAccountId !== null || holder.scopes.length > 0;
}

async function identityOfToken(
  database: AuthDatabase,
  tokens: AccessTokens,
  token: string,
): Promise<Verified> {
  const claims = await tokens.verify(token);
  return inAuthScope(database, async (trx) => {
    const user = await findUser(trx, claims.userId);
    if (user === undefined) throw new DomainError('AUTH_001');
    assertActive(user.status);
    if (user.tokenVersion !== claims.tokenVersion) throw new DomainError('AUTH_001');
    const admin = await isPlatformAdmin(trx, user.id);
    const identity = { userId: user.id, email: user.email, isPlatformAdmin: admin, limitedTo: null };
    return { identity, validUntil: claims.expiresAt };
  });
}

/** @throws DomainError `AUTH_005` while an account waits for approval, `AUTH_006` when it is disabled. */
export function assertActive(status: UserStatus): void {
  switch (status) {
    case 'active':
      return;
    case 'pending_approval':
      throw new DomainError('AUTH_005');
    case 'disabled':
      throw new DomainError('AUTH_006');
  }
}

async function isPlatformAdmin(trx: AuthTrx, userId: string): Promise<boolean> {
  const memberships = await listMemberships(trx, userId);
  return memberships.some(
    ({ role, clientAccountId }) => role === 'platform_admin' && clientAccountId === null,
  );
}

async function highestRole(database: AuthDatabase, userId: string, tenant: Tenant): Promise<Role | null> {
  const held = await inAuthScope(database, (trx) => listRoles(trx, userId, tenant));
  return roles.find((role) => held.includes(role)) ?? null;
}

function isWithinLimits({ limitedTo }: Identity, tenant: Tenant): boolean {
  if (limitedTo === null) return true;
  const { clientAccountId, engagementId } = limitedTo;
  const inAccount = clientAccountId === null || clientAccountId === tenant.clientAccountId;
  return inAccount && (engagementId === null || engagementId === tenant.engagementId);
}
