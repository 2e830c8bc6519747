import type { Role } from '../../src/domain/lists';
import { roles } from '../../src/domain/lists';
import { rolePermissions } from '../../src/api/permissions';
import { addEverything, someIds } from '../support/tenant-things';
import { bodyFor, type Ids, type Operation, operationsOf, pathWith } from '../support/api-operations';
import {
  type Answer,
  type Caller,
  type CallOptions,
  startTestApi,
  type TestApi,
} from '../support/api-server';
import { eventually } from '../support/eventually';
import { addTenant, asSuperuser } from '../support/database';
import type { Tenant } from '../../src/domain/flow/messages';

let api: TestApi;
let hiding: TestApi;
let operations: Operation[];

beforeAll(async () => {
  api = await startTestApi({ commandWaitMs: 50, startWaitMs: 50 });
  hiding = await startTestApi({
    commandWaitMs: 50,
    startWaitMs: 50,
    environment: { SURVEYOR_FOREIGN_ID_STATUS: '404' },
  });
  operations = await operationsOf(api);
});

afterAll(async () => {
  await api.close();
  await hiding.close();
});

function send(target: TestApi, operation: Operation, ids: Ids, options: CallOptions): Promise<Answer> {
  const json = operation.hasBody ? { json: bodyFor(operation, ids) } : {};
  return target.call(pathWith(operation, ids), { method: operation.method, ...json, ...options });
}

/** Attempts at another tenant that named this tenant. */
function violations(target: TestApi, tenant: Tenant): Promise<number> {
  return asSuperuser(target.database, async (query) => {
    const [row] = await query(
      `select count(*)::integer as count from audit.security_violations
       where type = 'TENANT_VIOLATION' and client_account_id = $1 and engagement_id = $2`,
      [tenant.clientAccountId, tenant.engagementId],
    );
    return Number(row?.['count']);
  });
}

const namesAnId = (operation: Operation): boolean =>
  /\{(?:flow|import|mapping|asset|change|recipe)_id\}/.test(operation.path) ||
  ['/data-import/field-mappings/learn', '/unified-discovery/conflicts', '/unified-discovery/assets'].some(
    (path) => path === operation.path && operation.method !== 'GET',
  );

test('every route but health, login and documentation asks for credentials first', async () => {
  const open: string[] = [];
  for (const operation of operations) {
    const answer = await send(api, operation, someIds(), { key: null, tenant: null });
    const isAsked = answer.status === 401 && /^AUTH_00[13]$/.test(answer.body.error.code);
    if (!isAsked) open.push(`${operation.method} ${operation.path}`);
  }

  expect(open.sort()).toEqual([
    'GET /data-import/health',
    'GET /health',
    'GET /health/database',
    'GET /health/live',
    'GET /health/ready',
    'GET /unified-discovery/health',
  ]);
});

describe('tenant headers', () => {
  const flow = '/unified-discovery/flows/active';
  const [account, engagement] = ['X-Client-Account-Id', 'X-Engagement-Id'] as const;

  test.each([
    ['both missing', {}, 403, `SEC_002 ${account}`],
    ['the engagement missing', { [account]: 'own' }, 403, `SEC_002 ${engagement}`],
    ['the client account missing', { [engagement]: 'own' }, 403, `SEC_002 ${account}`],
    ['an empty one', { [account]: '', [engagement]: 'own' }, 403, `SEC_002 ${account}`],
    ['a number', { [account]: '1', [engagement]: 'own' }, 400, `VAL_003 ${account}`],
    ['a repeated one', { [account]: 'own, own', [engagement]: 'own' }, 400, `VAL_003 ${account}`],
    ['a text', { [account]: 'own', [engagement]: 'demo' }, 400, `VAL_003 ${engagement}`],
  ])('%s are refused', async (_name, given, status, told) => {
    const own = { [account]: api.tenant.clientAccountId, [engagement]: api.tenant.engagementId };
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        value.replaceAll('own', own[name as keyof typeof own]),
      ]),
    );

    const answer = await api.call(flow, { tenant: null, headers });

    const { code, details } = answer.body.error;
    expect({ status: answer.status, told: `${code} ${details.header}` }).toEqual({ status, told });
  });

  test('the message about a missing header names it', async () => {
    const { body } = await api.call(flow, { tenant: null });

    expect(body.error.message).toContain('Client account context is required for multi-tenant security');
    expect(body.error.message).toContain(account);
  });

  test.each(['X-CLIENT-ACCOUNT-ID', 'x-client-account-id', 'X-Client-Account-ID'])(
    'the header may be written as %s',
    async (name) => {
      const { clientAccountId, engagementId } = api.tenant;

      const answer = await api.call(flow, {
        tenant: null,
        headers: { [name]: clientAccountId.toUpperCase(), 'X-ENGAGEMENT-ID': engagementId },
      });

      expect(answer.status).toBe(200);
    },
  );

  test('a tenant without membership, and an engagement of another client, are refused with one event each', async () => {
    const theirs = await addTenant(api.database);
    const mixed = { clientAccountId: api.tenant.clientAccountId, engagementId: theirs.engagementId };

    for (const tenant of [theirs, mixed]) {
      const { status, body } = await api.call(flow, { tenant });
      expect(status).toBe(403);
      expect(body.error).toMatchObject({ code: 'SEC_001' });
      expect(body.error.details).toBeUndefined();
    }

    for (const tenant of [theirs, mixed]) {
      await eventually(async () => expect(await violations(api, tenant)).toBe(1));
    }
  });

  test('every tenant route refuses a foreign tenant', async () => {
    const theirs = await addTenant(api.database);
    const leaks: string[] = [];
    for (const operation of operations.filter(({ needsTenant }) => needsTenant)) {
      const { status, body } = await send(api, operation, someIds(), { tenant: theirs });
      if (status !== 403 || body.error.code !== 'SEC_001')
        leaks.push(`${operation.method} ${operation.path}`);
    }

    expect(leaks).toEqual([]);
  });
});

describe("another tenant's ids", () => {
  test('are refused on every route, with one event each and nothing told', async () => {
    const theirs = await addTenant(api.database);
    const ids = await addEverything(api, theirs);
    const wanted = operations.filter(namesAnId);
    const leaks: unknown[] = [];

    for (const operation of wanted) {
      const { status, body, text } = await send(api, operation, ids, {});
      const isRefused = status === 403 && body.error.code === 'SEC_001' && !text.includes('theirs');
      if (!isRefused) leaks.push({ operation: `${operation.method} ${operation.path}`, status, text });
    }

    expect(leaks).toEqual([]);
    expect(wanted.length).toBeGreaterThan(25);
    await eventually(async () => expect(await violations(api, api.tenant)).toBe(wanted.length));
  });

  test('look like unknown ones when the setting says so', async () => {
    const theirs = await addTenant(hiding.database);
    const ids = await addEverything(hiding, theirs);
    const differences: unknown[] = [];

    for (const operation of operations.filter(namesAnId)) {
      const foreign = await send(hiding, operation, ids, {});
      const unknown = await send(hiding, operation, someIds(), {});
      const plain = ({ status, body }: Answer) => ({
        status,
        error: { ...body.error, trace_id: '', timestamp: '' },
      });
      const same = JSON.stringify(plain(foreign)) === JSON.stringify(plain(unknown));
      if (!same || foreign.status !== 404) differences.push({ operation, foreign: foreign.text });
    }

    expect(differences).toEqual([]);
    await eventually(async () => expect(await violations(hiding, hiding.tenant)).toBeGreaterThan(25));
  });

  test('in a query are refused as well', async () => {
    const theirs = await addTenant(api.database);
    const { flow_id } = await addEverything(api, theirs);

    for (const list of ['assets', 'conflicts', 'dependencies', 'groups', 'waves', 'recommendations']) {
      const answer = await api.call(`/unified-discovery/${list}?flow_id=${flow_id}`);
      expect({ list, status: answer.status }).toEqual({ list, status: 403 });
    }
    const status = await api.call(`/data-import/critical-attributes-status?flow_id=${flow_id}`);
    expect(status.status).toBe(403);
  });

  test.each(['1603', 'abc', '00000000-0000-0000-0000-00000000000g'])('%s is no id', async (id) => {
    const answer = await api.call(`/unified-discovery/flows/${id}/status`);

    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('VAL_003');
  });

  test('what one tenant has does not show in the lists of another', async () => {
    const theirs = await addTenant(api.database);
    const ids = Object.values(await addEverything(api, theirs));

    for (const operation of operations.filter(
      ({ method, path, needsTenant }) => method === 'GET' && needsTenant && !path.includes('{'),
    )) {
      const { text } = await api.call(operation.path);
      expect(ids.filter((id) => text.includes(id))).toEqual([]);
    }
  });
});

describe('roles', () => {
  const callers = new Map<Role, Caller>();

  beforeAll(async () => {
    for (const role of roles) {
      callers.set(role, await api.addCaller(role === 'platform_admin' ? null : api.tenant, role));
    }
  });

  test.each(roles)('%s may do what the table says, and nothing else', async (role) => {
    const wrong: string[] = [];
    for (const operation of operations.filter(
      ({ permission, needsTenant }) => permission !== null && needsTenant,
    )) {
      const { status, body } = await send(api, operation, someIds(), { key: callers.get(role)?.key ?? null });
      const isRefused = status === 403 && body.error.code === 'AUTH_002';
      const mayDo = rolePermissions[role].some((permission) => permission === operation.permission);
      if (isRefused === mayDo) wrong.push(`${operation.method} ${operation.path}: ${status}`);
    }

    expect(wrong).toEqual([]);
  });

  test('a client account is created by platform administrators only', async () => {
    const options = { method: 'POST', json: { name: 'A new client' }, tenant: null };

    const refused = await api.call('/client-accounts', options);
    const admin = callers.get('platform_admin');
    const created = await api.call('/client-accounts', { ...options, key: admin?.key ?? null });

    expect(refused.status).toBe(403);
    expect(refused.body.error.code).toBe('AUTH_002');
    expect(created.status).toBe(201);
    const engagement = await api.call('/engagements', {
      json: { client_account_id: created.body.id, name: 'First' },
      key: admin?.key ?? null,
      tenant: null,
    });
    expect(engagement.status).toBe(201);
    const foreign = await api.call('/engagements', {
      json: { client_account_id: created.body.id, name: 'Second' },
      tenant: null,
    });
    expect(foreign.body.error.code).toBe('SEC_001');
  });
});
