import { randomUUID } from 'node:crypto';
import { atDatabase, bootstrapDatabase, type DatabaseUrls, withClient } from '../src/db/connection/bootstrap';
import { migrateDatabase } from '../src/db/connection/migrate';
import type { Tenant } from '../src/domain/flow/messages';

export interface BenchDatabase {
  readonly urls: DatabaseUrls;
  /** The superuser, at this database. */
  readonly adminUrl: string;
  /** A client account with one engagement. */
  readonly tenant: Tenant;
  /** A further tenant, whose estate is empty. */
  addTenant(): Promise<Tenant>;
  drop(): Promise<void>;
}

const passwords = { owner: 'bench', app: 'bench', auth: 'bench', system: 'bench' } as const;

/** A migrated database of its own with one tenant in it. */
export async function createBenchDatabase(serverUrl: string, purpose: string): Promise<BenchDatabase> {
  const database = `surveyor_bench_${purpose}_${randomUUID().slice(0, 8)}`;
  const urls = await bootstrapDatabase(serverUrl, { database, passwords });
  await migrateDatabase(urls.ownerUrl);
  const adminUrl = atDatabase(serverUrl, database);
  const addTenant = (): Promise<Tenant> => insertTenant(adminUrl);
  const tenant = await addTenant();
  const drop = (): Promise<void> =>
    withClient(serverUrl, async (admin) => {
      await admin.query(`drop database if exists ${database} with (force)`);
    });
  return { urls, adminUrl, tenant, addTenant, drop };
}

async function insertTenant(adminUrl: string): Promise<Tenant> {
  const tenant = { clientAccountId: randomUUID(), engagementId: randomUUID() };
  await withClient(adminUrl, async (admin) => {
    const { clientAccountId, engagementId } = tenant;
    await admin.query(`insert into client_accounts (id, name) values ($1, 'Bench')`, [clientAccountId]);
    await admin.query(`insert into engagements (client_account_id, id, name) values ($1, $2, 'Bench')`, [
      clientAccountId,
      engagementId,
    ]);
  });
  return tenant;
}
