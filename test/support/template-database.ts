import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { atDatabase, bootstrapDatabase, withClient } from '../../src/db/connection/bootstrap';
import { migrateDatabase } from '../../src/db/connection/migrate';
import { testPasswords } from './servers';

const root = path.resolve(__dirname, '../..');

/** Any number that nothing else of ours locks. */
const TEMPLATE_LOCK = 7_318_002;

/**
 * Makes the migrated database that tests copy, and returns its name. The name holds a digest of the schema, so that
 * runs of several checkouts share one server.
 */
export async function ensureTemplateDatabase(adminUrl: string): Promise<string> {
  const name = `surveyor_template_${schemaDigest()}`;
  await withClient(adminUrl, async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const found = await admin.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount !== 0) return;
    const unfinished = `${name}_unfinished`;
    await admin.query(`drop database if exists ${unfinished} with (force)`);
    const { ownerUrl } = await bootstrapDatabase(adminUrl, {
      database: unfinished,
      passwords: testPasswords,
    });
    await migrateDatabase(ownerUrl);
    await withClient(atDatabase(adminUrl, unfinished), (client) => client.query('vacuum analyze'));
    await admin.query(`alter database ${unfinished} rename to ${name}`);
    // A single open connection would make copying fail.
    await admin.query(`alter database ${name} with allow_connections false`);
  });
  return name;
}

function schemaDigest(): string {
  const digest = createHash('sha256');
  const migrations = readdirSync(path.join(root, 'migrations')).sort();
  const files = [...migrations.map((file) => `migrations/${file}`), 'src/db/connection/bootstrap.ts'];
  for (const file of files) digest.update(file).update(readFileSync(path.join(root, file)));
  return digest.digest('hex').slice(0, 12);
}
