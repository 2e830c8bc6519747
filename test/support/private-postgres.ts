import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bootstrapDatabase } from '../../src/db/connection/bootstrap';
import { migrateDatabase } from '../../src/db/connection/migrate';
import { createPools } from '../../src/db/connection/pools';
import { readConfig } from '../../src/runtime/config';
import { type EmbeddedPostgres, startPostgres } from '../../src/runtime/embedded/embedded-postgres';
import { freePort } from '../../src/runtime/embedded/ports';
import { Supervisor } from '../../src/runtime/process/processes';
import type { TestDatabase } from './database';
import { testPasswords } from './servers';

export interface PrivatePostgres {
  readonly database: TestDatabase;
  /** Ends the server as a crash would, without a checkpoint, and starts it again on the same port. */
  readonly crash: () => Promise<void>;
}

/** A PostgreSQL server of the test's own, that it may break; dropping the database removes it. */
export async function startPrivatePostgres(): Promise<PrivatePostgres> {
  const home = mkdtempSync(path.join(tmpdir(), 'surveyor-test-postgres-'));
  const supervisor = new Supervisor(home);
  const port = await freePort();
  const start = (): Promise<EmbeddedPostgres> =>
    startPostgres(supervisor, { home, port, cacheDir: readConfig({}).cacheDir });
  let server = await start();
  return {
    database: await createDatabase(server.adminUrl, async () => {
      await supervisor.stopAll();
      rmSync(home, { recursive: true, force: true });
    }),
    crash: async () => {
      process.kill(server.process.pid, 'SIGQUIT'); // PostgreSQL's immediate shutdown: it recovers at the start
      await server.process.exited;
      server = await start();
    },
  };
}

async function createDatabase(adminUrl: string, remove: () => Promise<void>): Promise<TestDatabase> {
  const name = 'surveyor';
  const urls = await bootstrapDatabase(adminUrl, { database: name, passwords: testPasswords });
  await migrateDatabase(urls.ownerUrl);
  const pools = createPools({ urls });
  const drop = async (): Promise<void> => {
    await pools.close();
    await remove();
  };
  return { name, adminUrl, urls, pools, drop };
}
