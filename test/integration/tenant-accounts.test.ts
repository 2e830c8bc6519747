import { randomUUID } from 'node:crypto';
import {
  findKeyHolder,
  insertApiKey,
  listApiKeys,
  revokeApiKey,
  setApiKeyUsed,
} from '../../src/db/accounts/api-keys';
import { insertAccountEvent, systemActor } from '../../src/db/accounts/audit';
import { type AuthTrx, inAuthScope } from '../../src/db/connection/scopes';
import { inTenant } from '../../src/db/connection/tenant';
import {
  existsAnywhere,
  findClientAccount,
  findEngagement,
  findOwnEngagement,
  insertClientAccount,
  insertEngagement,
  listClientAccounts,
  listEngagements,
} from '../../src/db/accounts/tenants';
import {
  deleteMembership,
  findUser,
  findUserByEmail,
  insertUser,
  listMemberships,
  listRoles,
  listUsers,
  setUserLogin,
  setUserPassword,
  setUserStatus,
  upsertMembership,
} from '../../src/db/accounts/users';
import type { Tenant } from '../../src/domain/flow/messages';
import { aTenant, createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.drop();
});

const run = <T>(work: (trx: AuthTrx) => Promise<T>) => inAuthScope(database.pools.auth, work);

async function newTenant(name = 'A client'): Promise<Tenant> {
  const tenant = aTenant();
  await run(async (trx) => {
    await insertClientAccount(trx, { id: tenant.clientAccountId, name });
    await insertEngagement(trx, { clientAccountId: tenant.clientAccountId, id: tenant.engagementId, name });
  });
  return tenant;
}

async function newUser(email = `${randomUUID()}@example.org`): Promise<string> {
  const id = randomUUID();
  await run((trx) =>
    insertUser(trx, { id, email, displayName: 'A person', passwordHash: 'hash', status: 'pending_approval' }),
  );
  return id;
}

test('an account, its engagement and their event are written without a tenant', async () => {
  const tenant = await newTenant('Example Ltd');
  await run((trx) =>
    insertAccountEvent(trx, tenant, systemActor, {
      action: 'client_account.created',
      resourceType: 'client_account',
      resourceId: tenant.clientAccountId,
    }),
  );

  const account = await run((trx) => findClientAccount(trx, tenant.clientAccountId));
  const engagement = await run((trx) => findEngagement(trx, tenant.clientAccountId, tenant.engagementId));
  const own = await inTenant(database.pools.app, tenant, (trx) =>
    findOwnEngagement(trx, tenant.engagementId),
  );

  expect(account).toMatchObject({ name: 'Example Ltd', isActive: true });
  expect(engagement).toEqual(own);
});

test('a user is found by email in any case, and an email is taken once', async () => {
  const email = `${randomUUID()}@Example.ORG`;
  const id = await newUser(email);

  const again = run((trx) =>
    insertUser(trx, {
      id: randomUUID(),
      email: email.toLowerCase(),
      displayName: '',
      passwordHash: null,
      status: 'active',
    }),
  );

  expect(await again).toBe(false);
  expect(await run((trx) => findUserByEmail(trx, email.toUpperCase()))).toMatchObject({ id });
});

test('disabling a user and changing a password make tokens void', async () => {
  const id = await newUser();

  await run((trx) => setUserStatus(trx, id, 'active', null));
  await run((trx) => setUserPassword(trx, id, 'another'));
  await run((trx) => setUserStatus(trx, id, 'disabled', null));

  expect(await run((trx) => findUser(trx, id))).toMatchObject({ status: 'disabled', tokenVersion: 3 });
  expect(
    (await run((trx) => listUsers(trx, { status: 'disabled', limit: 10 }))).map((user) => user.id),
  ).toEqual([id]);
});

test('failed logins are counted and a good one clears them', async () => {
  const id = await newUser();
  const lockedUntil = new Date(Date.now() + 60_000);

  await run((trx) => setUserLogin(trx, id, { succeeded: false }));
  await run((trx) => setUserLogin(trx, id, { succeeded: false, lockedUntil }));
  const locked = await run((trx) => findUser(trx, id));
  await run((trx) => setUserLogin(trx, id, { succeeded: true }));
  const open = await run((trx) => findUser(trx, id));

  expect(locked).toMatchObject({ failedLogins: 2, lockedUntil });
  expect(open).toMatchObject({ failedLogins: 0, lockedUntil: null, lastLoginAt: expect.any(Date) });
});

test('a role counts in its own engagement only, unless it is for the whole account', async () => {
  const [here, elsewhere] = [await newTenant(), await newTenant()];
  const [ofEngagement, ofAccount, stranger] = [await newUser(), await newUser(), await newUser()];
  const sibling = { ...here, engagementId: randomUUID() };
  await run(async (trx) => {
    await insertEngagement(trx, {
      clientAccountId: here.clientAccountId,
      id: sibling.engagementId,
      name: 'B',
    });
    await upsertMembership(trx, { userId: ofEngagement, ...here, role: 'analyst' });
    await upsertMembership(trx, { userId: ofAccount, ...here, engagementId: null, role: 'client_admin' });
  });
  const roles = (userId: string, tenant: Tenant) => run((trx) => listRoles(trx, userId, tenant));

  expect(await roles(ofEngagement, here)).toEqual(['analyst']);
  expect(await roles(ofEngagement, sibling)).toEqual([]);
  expect(await roles(ofAccount, sibling)).toEqual(['client_admin']);
  expect(await roles(ofAccount, elsewhere)).toEqual([]);
  expect(await roles(ofAccount, { ...elsewhere, clientAccountId: here.clientAccountId })).toEqual([]);
  expect(await roles(stranger, here)).toEqual([]);
  expect(await run((trx) => listEngagements(trx, ofEngagement, { limit: 10 }))).toHaveLength(1);
  expect(await run((trx) => listEngagements(trx, ofAccount, { limit: 10 }))).toHaveLength(2);
  expect(await run((trx) => listClientAccounts(trx, stranger, { limit: 10 }))).toEqual([]);
});

test('a platform administrator works everywhere, an expired membership nowhere', async () => {
  const tenant = await newTenant();
  const [admin, late] = [await newUser(), await newUser()];
  await run(async (trx) => {
    const everywhere = { clientAccountId: null, engagementId: null };
    await upsertMembership(trx, { userId: admin, ...everywhere, role: 'platform_admin' });
    await upsertMembership(trx, { userId: late, ...tenant, role: 'viewer', expiresAt: new Date(0) });
  });

  expect(await run((trx) => listRoles(trx, admin, tenant))).toEqual(['platform_admin']);
  expect((await run((trx) => listClientAccounts(trx, admin, { limit: 100 }))).length).toBeGreaterThan(1);
  expect(await run((trx) => listRoles(trx, late, tenant))).toEqual([]);
  expect(await run((trx) => listMemberships(trx, late))).toEqual([]);
});

test('only a platform administrator may have a membership without a client account', async () => {
  const userId = await newUser();

  const wide = run((trx) =>
    upsertMembership(trx, { userId, clientAccountId: null, engagementId: null, role: 'viewer' }),
  );

  await expect(wide).rejects.toMatchObject({ constraint: 'memberships_scope_named' });
});

test('a membership is changed in place and can be taken away', async () => {
  const tenant = await newTenant();
  const userId = await newUser();
  await run((trx) => upsertMembership(trx, { userId, ...tenant, role: 'viewer' }));
  await run((trx) => upsertMembership(trx, { userId, ...tenant, role: 'analyst' }));

  const [membership, ...more] = await run((trx) => listMemberships(trx, userId));
  await run((trx) => deleteMembership(trx, membership?.id ?? ''));

  expect(membership).toMatchObject({ role: 'analyst', ...tenant });
  expect(more).toEqual([]);
  expect(await run((trx) => listRoles(trx, userId, tenant))).toEqual([]);
});

test('a key opens by its digest until it is revoked or expires', async () => {
  const userId = await newUser();
  const key = (hash: string, expiresAt: Date | null) => ({
    id: randomUUID(),
    userId,
    clientAccountId: null,
    engagementId: null,
    name: 'CI',
    prefix: 'svy_abc',
    hash: hash.repeat(64),
    scopes: [],
    expiresAt,
  });
  const [good, old] = [key('c', null), key('d', new Date(0))];
  await run(async (trx) => {
    await insertApiKey(trx, good);
    await insertApiKey(trx, old);
    await setApiKeyUsed(trx, good.id);
  });

  const holder = await run((trx) => findKeyHolder(trx, good.hash));
  const expired = await run((trx) => findKeyHolder(trx, old.hash));
  const foreign = await run((trx) => revokeApiKey(trx, randomUUID(), good.id));
  const revoked = await run((trx) => revokeApiKey(trx, userId, good.id));

  expect(holder).toMatchObject({ userId, userStatus: 'pending_approval', lastUsedAt: expect.any(Date) });
  expect(expired).toBeUndefined();
  expect([foreign, revoked]).toEqual([false, true]);
  expect(await run((trx) => findKeyHolder(trx, good.hash))).toBeUndefined();
  expect(await run((trx) => listApiKeys(trx, userId))).toHaveLength(2);
});

test('the application sees the people of its client account, without their passwords', async () => {
  const tenant = await newTenant();
  const [ours, theirs] = [await newUser(), await newUser()];
  await run((trx) => upsertMembership(trx, { userId: ours, ...tenant, role: 'viewer' }));

  const seen = await inTenant(database.pools.app, tenant, async (trx) => {
    const { rows } = await trx.raw<{ rows: { id: string }[] }>('select id from users where id in (?, ?)', [
      ours,
      theirs,
    ]);
    return rows.map((row) => row.id);
  });
  const passwords = inTenant(database.pools.app, tenant, (trx) => trx.raw('select password_hash from users'));

  expect(seen).toEqual([ours]);
  await expect(passwords).rejects.toMatchObject({ code: '42501' });
});

test('an id of an account is located from anywhere', async () => {
  const tenant = await newTenant();

  expect(await run((trx) => existsAnywhere(trx, 'engagement', tenant.engagementId))).toBe(true);
  expect(await run((trx) => existsAnywhere(trx, 'client_account', randomUUID()))).toBe(false);
});
