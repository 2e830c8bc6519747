import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type Knex, knex } from 'knex';

/** Compiled code lies in `dist/src/db` beside `dist/migrations`; under jest both are TypeScript sources. */
const migrationsFolder = path.resolve(__dirname, '..', '..', '..', 'migrations');
const migrationFile = /^\d{14}_[a-z0-9_]+\.[jt]s$/;

/**
 * Finds migrations by file name and stores the name without its extension, so that a database migrated by compiled
 * code and one migrated by sources agree.
 */
class FolderMigrations implements Knex.MigrationSource<string> {
  async getMigrations(): Promise<string[]> {
    const files = await readdir(migrationsFolder);
    return files.filter((file) => migrationFile.test(file)).sort();
  }

  getMigrationName(file: string): string {
    return path.parse(file).name;
  }

  async getMigration(file: string): Promise<Knex.Migration> {
    const loaded: unknown = await import(path.join(migrationsFolder, file));
    if (!isMigration(loaded)) throw new Error(`Migration ${file} must export the functions up and down`);
    return loaded;
  }
}

function isMigration(loaded: unknown): loaded is Knex.Migration {
  return typeof loaded === 'object' && loaded !== null && 'up' in loaded && 'down' in loaded;
}

/** Brings the schema up to date as its owner; returns the names of the migrations that ran. */
export async function migrateDatabase(ownerUrl: string): Promise<string[]> {
  return withOwner(ownerUrl, async (owner) => {
    const [, ran] = (await owner.migrate.latest()) as [number, string[]]; // knex: batch number and names
    return ran;
  });
}

/** Takes all migrations back, newest first; returns their names. Destroys every row. */
export async function rollbackDatabase(ownerUrl: string): Promise<string[]> {
  return withOwner(ownerUrl, async (owner) => {
    const [, undone] = (await owner.migrate.rollback(undefined, true)) as [number, string[]]; // as above
    return undone;
  });
}

/** Names of migrations that have not run yet; an empty list means the schema is current. */
export async function listPendingMigrations(ownerUrl: string): Promise<string[]> {
  return withOwner(ownerUrl, async (owner) => {
    const [, pending] = (await owner.migrate.list()) as [unknown, string[]]; // knex: done and pending
    return pending.map((file) => path.parse(file).name);
  });
}

async function withOwner<T>(ownerUrl: string, work: (owner: Knex) => Promise<T>): Promise<T> {
  const owner = knex({
    client: 'pg',
    connection: ownerUrl,
    pool: { min: 0, max: 2 },
    migrations: { migrationSource: new FolderMigrations(), tableName: 'schema_migrations' },
  });
  try {
    return await work(owner);
  } finally {
    await owner.destroy();
  }
}
