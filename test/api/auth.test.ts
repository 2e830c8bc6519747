import { randomUUID } from 'node:crypto';
import { hashPassword } from '../../src/api/auth/passwords';
import { hashSecret } from '../../src/api/auth/credentials';
import { insertApiKey, revokeApiKey } from '../../src/db/accounts/api-keys';
import { inAuthScope } from '../../src/db/connection/scopes';
import { insertUser, setUserPassword, setUserStatus, upsertMembership } from '../../src/db/accounts/users';
import { type Caller, startTestApi, type TestApi } from '../support/api-server';

let api: TestApi;
let passwordHash: string;
const password = 'correct horse battery staple';

beforeAll(async () => {
  api = await startTestApi();
  passwordHash = await hashPassword(password);
});

afterAll(async () => {
  await api.close();
});

async function addPerson(
  status: 'active' | 'pending_approval' | 'disabled' = 'active',
): Promise<Omit<Caller, 'key'>> {
  const userId = randomUUID();
  const email = `${userId}@example.com`;
  const { clientAccountId } = api.tenant;
  await inAuthScope(api.database.pools.auth, async (trx) => {
    await insertUser(trx, { id: userId, email, displayName: 'Ann', passwordHash, status });
    await upsertMembership(trx, { userId, clientAccountId, engagementId: null, role: 'viewer' });
  });
  return { userId, email };
}

const login = (email: string, given = password) =>
  api.call('/auth/login', { json: { email, password: given }, key: null, tenant: null });

test('a password gives a token that works, until the password changes', async () => {
  const { userId, email } = await addPerson();

  const answer = await login(email.toUpperCase());
  const token: string = answer.body.access_token;
  const before = await api.call('/unified-discovery/flows/active', { key: token });
  await inAuthScope(api.database.pools.auth, (trx) => setUserPassword(trx, userId, 'scrypt$other'));
  const after = await api.call('/unified-discovery/flows/active', { key: token });

  expect(answer.body).toMatchObject({ token_type: 'bearer', expires_in: 600, user: { id: userId, email } });
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(before.status).toBe(200);
  expect([after.status, after.body.error.code]).toEqual([401, 'AUTH_001']);
});

test('a wrong password and an unknown address get the same answer', async () => {
  const { email } = await addPerson();

  const wrong = await login(email, 'wrong');
  const unknown = await login('nobody@example.com');

  const plain = ({ body }: typeof wrong) => ({ ...body.error, trace_id: '', timestamp: '' });
  expect(wrong.status).toBe(401);
  expect(plain(wrong)).toEqual(plain(unknown));
  expect(wrong.body.error.code).toBe('AUTH_003');
});

test('an account is locked after five wrong passwords', async () => {
  const { email } = await addPerson();
  for (let count = 0; count < 5; count += 1) await login(email, 'wrong');

  const locked = await login(email);

  expect([locked.status, locked.body.error.code]).toEqual([429, 'RES_002']);
  expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(600);
});

test.each([
  ['pending_approval', 'AUTH_005'],
  ['disabled', 'AUTH_006'],
] as const)('somebody who is %s is told so, and only with the right password', async (status, code) => {
  const { email, userId } = await addPerson(status);
  const keyed = await api.addCaller(api.tenant, 'viewer', status);

  const right = await login(email);
  const wrong = await login(email, 'wrong');
  const byKey = await api.call('/me', { key: keyed.key, tenant: null });

  expect([right.status, right.body.error.code]).toEqual([403, code]);
  expect(wrong.body.error.code).toBe('AUTH_003');
  expect([byKey.status, byKey.body.error.code]).toEqual([403, code]);
  await inAuthScope(api.database.pools.auth, (trx) => setUserStatus(trx, userId, 'active', null));
  expect((await login(email)).status).toBe(200);
});

describe('tokens', () => {
  interface Forgery {
    readonly header?: { readonly alg: string; readonly typ: string };
    readonly issuer?: string;
    readonly audience?: string;
    readonly expires?: number | string;
    readonly subject?: string;
    readonly secret?: Uint8Array;
  }

  async function sign(forgery: Forgery, userId: string): Promise<string> {
    const { SignJWT } = await import('jose');
    return new SignJWT({ sub: forgery.subject ?? userId, tv: 1 })
      .setProtectedHeader(forgery.header ?? { alg: 'HS256', typ: 'at+jwt' })
      .setIssuer(forgery.issuer ?? 'surveyor')
      .setAudience(forgery.audience ?? 'surveyor')
      .setIssuedAt()
      .setExpirationTime(forgery.expires ?? '10m')
      .sign(forgery.secret ?? new TextEncoder().encode(api.config.tokenSecret));
  }

  test('of ours are believed', async () => {
    const { userId } = await addPerson();

    const { status } = await api.call('/me', { key: await sign({}, userId), tenant: null });

    expect(status).toBe(200);
  });

  const forgeries: readonly (readonly [string, Forgery])[] = [
    ['signed with another key', { secret: new Uint8Array(32) }],
    ['under another algorithm', { header: { alg: 'HS512', typ: 'at+jwt' }, secret: new Uint8Array(64) }],
    ['of another type', { header: { alg: 'HS256', typ: 'JWT' } }],
    ['of another issuer', { issuer: 'other' }],
    ['for another audience', { audience: 'other' }],
    ['that expired', { expires: 1 }],
    ['of nobody', { subject: randomUUID() }],
    ['of a number', { subject: '17' }],
  ];

  test.each(forgeries)('%s are refused', async (_name, forgery) => {
    const { userId } = await addPerson();

    const { status, body } = await api.call('/me', { key: await sign(forgery, userId), tenant: null });

    expect([status, body.error.code]).toEqual([401, 'AUTH_001']);
  });

  test('without a signature are refused', async () => {
    const { UnsecuredJWT } = await import('jose');
    const { userId } = await addPerson();
    const token = new UnsecuredJWT({ sub: userId, tv: 1 })
      .setIssuer('surveyor')
      .setAudience('surveyor')
      .encode();

    const { status } = await api.call('/me', { key: token, tenant: null });

    expect(status).toBe(401);
  });
});

describe('API keys', () => {
  async function addKey(limits: { readonly engagementId?: string; readonly scopes?: readonly string[] }) {
    const { userId } = await addPerson();
    const { clientAccountId } = api.tenant;
    await inAuthScope(api.database.pools.auth, (trx) =>
      upsertMembership(trx, { userId, clientAccountId, engagementId: null, role: 'client_admin' }),
    );
    const key = `svy_${randomUUID()}${randomUUID()}`;
    const id = randomUUID();
    const { engagementId = null, scopes = [] } = limits;
    await inAuthScope(api.database.pools.auth, (trx) =>
      insertApiKey(trx, {
        id,
        userId,
        clientAccountId,
        engagementId,
        scopes,
        name: 'k',
        prefix: 'svy_',
        expiresAt: null,
        hash: hashSecret(key),
      }),
    );
    return { key, id, userId };
  }

  test('work until they are revoked', async () => {
    const { key, id, userId } = await addKey({});

    const before = await api.call('/unified-discovery/flows/active', { key });
    await inAuthScope(api.database.pools.auth, (trx) => revokeApiKey(trx, userId, id));
    const after = await api.call('/unified-discovery/flows/active', { key });

    expect(before.status).toBe(200);
    expect(after.status).toBe(401);
  });

  test('with limits do no more than those allow', async () => {
    const { key } = await addKey({ scopes: ['discovery.read'] });

    const read = await api.call('/unified-discovery/flows/active', { key });
    const write = await api.call('/sources', { key, json: { name: 'x' } });

    expect(read.status).toBe(200);
    expect([write.status, write.body.error.code]).toEqual([403, 'AUTH_002']);
  });

  test('for one engagement do not work in another of the same client', async () => {
    const { key } = await addKey({ engagementId: api.tenant.engagementId });
    const created = await api.call('/engagements', {
      json: { client_account_id: api.tenant.clientAccountId, name: 'Second' },
      tenant: null,
    });
    const second = { ...api.tenant, engagementId: created.body.id };

    const here = await api.call('/unified-discovery/flows/active', { key });
    const there = await api.call('/unified-discovery/flows/active', { key, tenant: second });

    expect(here.status).toBe(200);
    expect([there.status, there.body.error.code]).toEqual([403, 'SEC_001']);
  });
});
