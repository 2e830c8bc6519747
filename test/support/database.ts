import { randomBytes, randomUUID } from 'node:crypto';
import { bootstrapDatabase, type DatabaseUrls, withClient } from '../../src/db/connection/bootstrap';
import { createPools, type Pools, type PoolsConfig } from '../../src/db/connection/pools';
import type { Tenant } from '../../src/domain/flow/messages';
import { adminDatabaseUrl, templateDatabase, testPasswords } from './servers';

export interface TestDatabase {
  readonly name: string;
  readonly adminUrl: string;
  readonly urls: DatabaseUrls;
  readonly pools: Pools;
  /** Closes the pools and removes the database. */
  drop(): Promise<void>;
}

/** A private copy of the migrated template, with pools of the ordinary roles. */
export async function createTestDatabase(settings: Partial<PoolsConfig> = {}): Promise<TestDatabase> {
  const name = `surveyor_test_${randomBytes(6).toString('hex')}`;
  const adminUrl = adminDatabaseUrl();
  const urls = await bootstrapDatabase(adminUrl, {
    database: name,
    passwords: testPasswords,
    template: templateDatabase(),
  });
  const pools = createPools({ urls, ...settings });
  const drop = async (): Promise<void> => {
    await pools.close();
    await withClient(adminUrl, (admin) => admin.query(`drop database if exists ${name} with (force)`));
  };
  return { name, adminUrl, urls, pools, drop };
}

/** Adds a client account with one engagement, as the superuser, and returns them as a tenant. */
export async function addTenant(database: TestDatabase): Promise<Tenant> {
  const tenant = aTenant();
  await asSuperuser(database, async (query) => {
    await query(`insert into client_accounts (id, name) values ($1, 'A client account')`, [
      tenant.clientAccountId,
    ]);
    await query(`insert into engagements (client_account_id, id, name) values ($1, $2, 'An engagement')`, [
      tenant.clientAccountId,
      tenant.engagementId,
    ]);
  });
  return tenant;
}

/** A tenant that exists nowhere. */
export function aTenant(): Tenant {
  return { clientAccountId: randomUUID(), engagementId: randomUUID() };
}

export type Query = (sql: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;

/** Looks at a test database past row-level security: to arrange rows and to assert what really is there. */
export async function asSuperuser<T>(database: TestDatabase, work: (query: Query) => Promise<T>): Promise<T> {
  const url = new URL(database.adminUrl);
  url.pathname = `/${database.name}`;
  return withClient(url.href, (client) =>
    work(async (sql, values = []) => (await client.query<Record<string, unknown>>(sql, [...values])).rows),
  );
}
