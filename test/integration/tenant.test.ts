import type { Knex } from 'knex';
import { Client } from 'pg';
import { bootstrapDatabase } from '../../src/db/connection/bootstrap';
import { inTenant, type TenantTrx } from '../../src/db/connection/tenant';
import { inAuthScope, inSystemScope } from '../../src/db/connection/scopes';
import { addTenant, asSuperuser, aTenant, createTestDatabase, type TestDatabase } from '../support/database';
import { testPasswords } from '../support/servers';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ size: { app: 1 }, connectTimeoutMs: 60_000 });
});

afterAll(async () => {
  await database.drop();
});

const addSource = (trx: TenantTrx, name: string) =>
  trx.raw(
    `insert into data_sources (client_account_id, engagement_id, name)
     values (current_setting('app.client_account_id')::uuid, current_setting('app.engagement_id')::uuid, ?)`,
    [name],
  );

const sourceNames = async (trx: TenantTrx): Promise<string[]> => {
  const { rows } = await trx.raw<{ rows: { name: string }[] }>('select name from data_sources order by name');
  return rows.map((row) => row.name);
};

test('a tenant sees its own rows only, without any filter in the statement', async () => {
  const ours = await addTenant(database);
  const theirs = await addTenant(database);

  await inTenant(database.pools.app, ours, (trx) => addSource(trx, 'ours'));
  await inTenant(database.pools.app, theirs, (trx) => addSource(trx, 'theirs'));

  expect(await inTenant(database.pools.app, ours, sourceNames)).toEqual(['ours']);
  expect(await inTenant(database.pools.app, theirs, sourceNames)).toEqual(['theirs']);
});

test('an engagement does not see another engagement of the same client account', async () => {
  const ours = await addTenant(database);
  await inTenant(database.pools.app, ours, (trx) => addSource(trx, 'ours'));

  const sibling = { ...ours, engagementId: aTenant().engagementId };

  expect(await inTenant(database.pools.app, sibling, sourceNames)).toEqual([]);
});

test('rows of another tenant can be neither written, changed nor deleted', async () => {
  const ours = await addTenant(database);
  const theirs = await addTenant(database);
  await inTenant(database.pools.app, theirs, (trx) => addSource(trx, 'theirs'));

  const insert = inTenant(database.pools.app, ours, (trx) =>
    trx.raw('insert into data_sources (client_account_id, engagement_id, name) values (?, ?, ?)', [
      theirs.clientAccountId,
      theirs.engagementId,
      'planted',
    ]),
  );
  const update = inTenant(database.pools.app, ours, (trx) =>
    trx.raw<{ rowCount: number }>(`update data_sources set name = 'taken' where name = 'theirs'`),
  );
  const remove = inTenant(database.pools.app, ours, (trx) =>
    trx.raw<{ rowCount: number }>(`delete from idempotency_keys`),
  );

  await expect(insert).rejects.toMatchObject({ code: '42501' });
  expect((await update).rowCount).toBe(0);
  expect((await remove).rowCount).toBe(0);
  expect(await inTenant(database.pools.app, theirs, sourceNames)).toEqual(['theirs']);
});

test('a thousand interleaved requests of two tenants on one connection never mix', async () => {
  const tenants = [await addTenant(database), await addTenant(database)] as const;
  for (const [index, tenant] of tenants.entries()) {
    await inTenant(database.pools.app, tenant, (trx) => addSource(trx, `of ${index}`));
  }

  const answers = await Promise.all(
    Array.from({ length: 1_000 }, async (_, index) => {
      const tenant = tenants[index % 2 === 0 ? 0 : 1];
      const fails = index % 7 === 0;
      const request = inTenant(database.pools.app, tenant, async (trx) => {
        const names = await sourceNames(trx);
        if (fails) throw new Error(`${names.join()} failed`);
        return names.join();
      });
      return request.catch((error: Error) => error.message.replace(' failed', ''));
    }),
  );

  expect(answers).toEqual(answers.map((_, index) => `of ${index % 2}`));
});

test('without a scope the application sees nothing, on a fresh connection and on a used one', async () => {
  const tenant = await addTenant(database);
  await inTenant(database.pools.app, tenant, (trx) => addSource(trx, 'ours'));
  const fresh = new Client({ connectionString: database.urls.appUrl });
  await fresh.connect();

  const before = await fresh.query('select name from data_sources');
  await fresh.query(
    `begin; select set_config('app.client_account_id', '${tenant.clientAccountId}', true),
      set_config('app.engagement_id', '${tenant.engagementId}', true); select name from data_sources; commit`,
  );
  const after = await fresh.query('select name from data_sources');
  await fresh.end();

  expect(before.rows).toEqual([]);
  expect(after.rows).toEqual([]);
});

test('a tenant that is no pair of UUIDs is refused before anything is sent', async () => {
  const tenant = { clientAccountId: `'; select 1; --`, engagementId: aTenant().engagementId };

  const request = inTenant(database.pools.app, tenant, async () => 1);

  await expect(request).rejects.toThrow('pair of UUIDs');
});

test('the owner of the tables sees no rows either', async () => {
  const tenant = await addTenant(database);
  await inTenant(database.pools.app, tenant, (trx) => addSource(trx, 'ours'));
  const owner = new Client({ connectionString: database.urls.ownerUrl });
  await owner.connect();

  const { rows } = await owner.query('select name from data_sources');
  await owner.end();

  expect(rows).toEqual([]);
});

test('locate tells a foreign id from an unknown one without showing anything else', async () => {
  const theirs = await addTenant(database);
  const ours = await addTenant(database);
  const [source] = await asSuperuser(database, (query) =>
    query(
      `insert into data_sources (client_account_id, engagement_id, name) values ($1, $2, 'x') returning id`,
      [theirs.clientAccountId, theirs.engagementId],
    ),
  );

  const located = await inTenant(database.pools.app, ours, async (trx) => {
    const { rows } = await trx.raw<{ rows: unknown[] }>(
      `select locate('source', ?) as foreign, locate('source', ?) as unknown`,
      [String(source?.['id']), aTenant().engagementId],
    );
    return rows;
  });

  expect(located).toEqual([{ foreign: true, unknown: false }]);
});

test('the authentication role reads accounts but no tenant table', async () => {
  const tenant = await addTenant(database);

  const accounts = await inAuthScope(database.pools.auth, (trx) =>
    trx.raw<{ rows: unknown[] }>('select id from client_accounts where id = ?', [tenant.clientAccountId]),
  );
  const flows = inAuthScope(database.pools.auth, (trx) => trx.raw('select flow_id from master_flows'));

  expect(accounts.rows).toHaveLength(1);
  await expect(flows).rejects.toMatchObject({ code: '42501' });
});

test('the system role sees ids and statuses of all tenants but no content', async () => {
  const asSystem = (sql: string) => inSystemScope(database.pools.system, (trx) => trx.raw<unknown>(sql));

  await expect(
    asSystem('select client_account_id, flow_id, flow_status from master_flows'),
  ).resolves.toBeDefined();
  await expect(asSystem('select flow_name from master_flows')).rejects.toMatchObject({ code: '42501' });
  await expect(asSystem(`update master_flows set flow_status = 'failed'`)).rejects.toMatchObject({
    code: '42501',
  });
});

test('a transaction that is aborted ends its statement on the server at once', async () => {
  const controller = new AbortController();
  const tenant = await addTenant(database);
  const started = Date.now();

  const request = inTenant(
    database.pools.app,
    tenant,
    async (trx) => {
      setTimeout(() => controller.abort(new Error('the flow was paused')), 50);
      await trx.raw('select pg_sleep(30)');
    },
    { signal: controller.signal },
  );

  await expect(request).rejects.toThrow('the flow was paused');
  expect(Date.now() - started).toBeLessThan(5_000);
  expect(await inTenant(database.pools.app, tenant, sourceNames)).toEqual([]);
});

test('a connection whose transaction did not end is closed, not lent to the next request', async () => {
  const tenant = await addTenant(database);
  const client = database.pools.app.unscopedKnex.client as Knex.Client & {
    acquireConnection(): Promise<Client & { processID: number }>;
    releaseConnection(connection: Client): Promise<void>;
  }; // knex types its own client as any
  const connection = await client.acquireConnection();
  const left = connection.processID;
  await connection.query(
    `begin; select set_config('app.client_account_id', '${tenant.clientAccountId}', true)`,
  );

  await client.releaseConnection(connection);

  const next = await inTenant(database.pools.app, tenant, async (trx) => {
    const { rows } = await trx.raw<{ rows: { pid: number }[] }>('select pg_backend_pid() as pid');
    return rows[0]?.pid;
  });
  expect(next).not.toBe(left);
});

test('the bootstrap may run again at any time, also several times at once', async () => {
  const options = { database: database.name, passwords: testPasswords };

  const urls = await Promise.all(
    Array.from({ length: 3 }, () => bootstrapDatabase(database.adminUrl, options)),
  );

  expect(urls).toEqual([database.urls, database.urls, database.urls]);
});
