import { once } from 'node:events';
import { connectionOf } from '../../src/db/connection/connection';
import { inTenant, type TenantTrx } from '../../src/db/connection/tenant';
import type { Tenant } from '../../src/domain/flow/messages';
import { addTenant, asSuperuser, createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let tenant: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await addTenant(database);
});

afterAll(async () => {
  await database.drop();
});

/** Ends the connection of a transaction between two of its statements, as a server that restarts does. */
async function loseConnection(trx: TenantTrx): Promise<void> {
  const connection = await connectionOf(trx);
  const lost = once(connection, 'end');
  await asSuperuser(database, (query) => query('select pg_terminate_backend($1)', [connection.processID]));
  await lost;
}

test('a transaction whose connection is lost fails, the process and the next transaction go on', async () => {
  const broken = inTenant(database.pools.app, tenant, async (trx) => {
    await loseConnection(trx);
    await trx.raw('select 1');
  });

  await expect(broken).rejects.toThrow(/terminat|not queryable|connection/i);
  const next = await inTenant(database.pools.app, tenant, async (trx) => {
    const { rows } = await trx.raw<{ rows: { one: number }[] }>('select 1 as one');
    return rows;
  });
  expect(next).toEqual([{ one: 1 }]);
});
