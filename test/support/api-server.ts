import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hashSecret } from '../../src/api/auth/credentials';
import { insertApiKey } from '../../src/db/accounts/api-keys';
import { inAuthScope } from '../../src/db/connection/scopes';
import { insertUser, upsertMembership } from '../../src/db/accounts/users';
import type { Tenant } from '../../src/domain/flow/messages';
import type { Role, UserStatus } from '../../src/domain/lists';
import { type ConfigFor, readConfig } from '../../src/runtime/config';
import { createLogger } from '../../src/runtime/logging';
import { createApiServer, type ServerOptions } from '../../src/server';
import { addTenant, createTestDatabase, type TestDatabase } from './database';
import { temporalAddress } from './servers';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed when the answer is JSON. */
  readonly body: any; // oxlint-disable-line typescript/no-explicit-any -- tests look at answers of every shape
  readonly text: string;
}

export interface CallOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: NonNullable<RequestInit['body']>;
  /** Null: no credentials. */
  readonly key?: string | null;
  /** Null: no tenant headers. */
  readonly tenant?: Tenant | null;
}

export interface Caller {
  readonly userId: string;
  readonly email: string;
  readonly key: string;
}

/** An API server in this process, on a port of its own, over a private database. */
export interface TestApi {
  readonly database: TestDatabase;
  readonly url: string;
  readonly config: ConfigFor<'api'>;
  /** The tenant and the caller of calls that name no other; a client administrator. */
  readonly tenant: Tenant;
  readonly caller: Caller;
  readonly call: (path: string, options?: CallOptions) => Promise<Answer>;
  readonly addCaller: (tenant: Tenant | null, role: Role, status?: UserStatus) => Promise<Caller>;
  readonly close: () => Promise<void>;
}

export interface TestApiOptions extends ServerOptions {
  /** Settings as the environment gives them. */
  readonly environment?: Readonly<Record<string, string>>;
}

export async function startTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const { environment, ...rest } = options;
  const database = await createTestDatabase();
  const home = mkdtempSync(path.join(tmpdir(), 'surveyor-api-test-'));
  const config = readConfig(
    {
      SURVEYOR_ENV: 'test',
      SURVEYOR_HOME: home,
      SURVEYOR_PORT: '1',
      SURVEYOR_LOG_LEVEL: process.env['SURVEYOR_TEST_LOG'] ?? 'silent',
      SURVEYOR_APP_DATABASE_URL: database.urls.appUrl,
      SURVEYOR_AUTH_DATABASE_URL: database.urls.authUrl,
      SURVEYOR_SYSTEM_DATABASE_URL: database.urls.systemUrl,
      SURVEYOR_TOKEN_SECRET: randomBytes(32).toString('hex'),
      SURVEYOR_TASK_QUEUE: `api-test-${randomUUID()}`,
      TEMPORAL_ADDRESS: temporalAddress(),
      ...environment,
    },
    'api',
  );
  const server = createApiServer(
    { ...config, port: 0 },
    { logger: createLogger('api', config), believeForMs: 0, ...rest },
  );
  const { port } = await server.listen();
  const tenant = await addTenant(database);
  const addCaller = (...[where, role, status]: Parameters<TestApi['addCaller']>) =>
    addUser(database, { tenant: where, role, status: status ?? 'active' });
  const caller = await addCaller(tenant, 'client_admin');
  const url = `http://127.0.0.1:${port}`;
  return {
    database,
    url,
    config,
    tenant,
    caller,
    addCaller,
    call: (where, given = {}) => call(`${url}/api/v1${where}`, { key: caller.key, tenant, ...given }),
    close: async () => {
      await server.close();
      await database.drop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function call(url: string, options: CallOptions): Promise<Answer> {
  const content = options.json === undefined ? options.body : JSON.stringify(options.json);
  const response = await fetch(url, {
    method: options.method ?? (content === undefined ? 'GET' : 'POST'),
    headers: { ...headersOf(options), ...options.headers },
    ...(content === undefined ? {} : { body: content }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const body: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, body };
}

function headersOf({ key, tenant, json }: CallOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  if (key) headers['authorization'] = `Bearer ${key}`;
  if (tenant) {
    headers['x-client-account-id'] = tenant.clientAccountId;
    headers['x-engagement-id'] = tenant.engagementId;
  }
  if (json !== undefined) headers['content-type'] = 'application/json';
  return headers;
}

async function addUser(
  database: TestDatabase,
  user: { readonly tenant: Tenant | null; readonly role: Role; readonly status: UserStatus },
): Promise<Caller> {
  const userId = randomUUID();
  const email = `${userId}@example.com`;
  const key = `svy_${randomBytes(32).toString('base64url')}`;
  await inAuthScope(database.pools.auth, async (trx) => {
    const { status, tenant, role } = user;
    await insertUser(trx, { id: userId, email, displayName: role, passwordHash: null, status });
    if (tenant !== null || role === 'platform_admin') {
      const clientAccountId = tenant?.clientAccountId ?? null;
      await upsertMembership(trx, { userId, clientAccountId, engagementId: null, role });
    }
    await insertApiKey(trx, {
      id: randomUUID(),
      userId,
      clientAccountId: null,
      engagementId: null,
      name: 'test',
      prefix: key.slice(0, 8),
      hash: hashSecret(key),
      scopes: [],
      expiresAt: null,
    });
  });
  return { userId, email, key };
}

/** A form with one file and further fields. */
export function aForm(
  content: string | Uint8Array<ArrayBuffer>,
  fields: Readonly<Record<string, string>> = {},
  name = 'servers.csv',
): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set('file', new Blob([content], { type: 'text/csv' }), name);
  return form;
}
