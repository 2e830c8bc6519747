import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '../../src/runtime/config';
import { startPostgres } from '../../src/runtime/embedded/embedded-postgres';
import { startTemporal } from '../../src/runtime/embedded/embedded-temporal';
import { takeLock } from '../../src/runtime/process/file-lock';
import { Supervisor } from '../../src/runtime/process/processes';
import { connectClient, ensureSearchAttributes } from '../../src/runtime/temporal-client';
import { findTemporal, lookForTemporal } from '../../src/runtime/embedded/temporal-binary';
import { serverKeys } from './servers';
import { ensureTemplateDatabase } from './template-database';

const HOME_PREFIX = 'surveyor-test-';
const HOUR_MS = 60 * 60 * 1_000;

/**
 * Starts one PostgreSQL and one Temporal server for a run, or uses those that the environment names, and tells the
 * test processes through the environment. Returns what stops the started ones.
 */
export async function startTestServers(): Promise<() => Promise<void>> {
  sweepOldHomes();
  const home = mkdtempSync(path.join(tmpdir(), HOME_PREFIX));
  chmodSync(home, 0o711); // root starts PostgreSQL as another user, who must get to its folder
  const release = takeLock(path.join(home, 'run', 'lock'));
  const supervisor = new Supervisor(home);
  const stop = async (): Promise<void> => {
    await supervisor.stopAll();
    release();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await Promise.all([providePostgres(supervisor, home), provideTemporal(supervisor, home)]);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

async function providePostgres(supervisor: Supervisor, home: string): Promise<void> {
  const { cacheDir, postgresPort } = readConfig(process.env);
  process.env[serverKeys.adminUrl] ??= (
    await startPostgres(supervisor, { home, cacheDir, port: postgresPort, durable: false })
  ).adminUrl;
  process.env[serverKeys.template] = await ensureTemplateDatabase(process.env[serverKeys.adminUrl] ?? '');
}

async function provideTemporal(supervisor: Supervisor, home: string): Promise<void> {
  const config = readConfig(process.env);
  const named = process.env[serverKeys.temporalAddress] ?? config.temporalAddress;
  const tool = named ? lookForTemporal(config) : await findTemporal(config, report);
  if (tool) process.env[serverKeys.temporalBinary] ??= tool.path;
  const address = named ?? (await startOwnTemporal(supervisor, home, tool?.path ?? ''));
  process.env[serverKeys.temporalAddress] = address;
  const client = await connectClient({ ...config, temporalAddress: address });
  await ensureSearchAttributes(client);
  await client.connection.close();
}

async function startOwnTemporal(supervisor: Supervisor, home: string, binary: string): Promise<string> {
  const { temporalPort: port, temporalNamespace: namespace } = readConfig(process.env);
  const { address } = await startTemporal(supervisor, { home, binary, port, namespace, durable: false });
  return address;
}

/** Folders of runs that were killed. */
function sweepOldHomes(): void {
  for (const name of readdirSync(tmpdir())) {
    const home = path.join(tmpdir(), name);
    if (!name.startsWith(HOME_PREFIX) || Date.now() - statSync(home).mtimeMs < HOUR_MS) continue;
    try {
      takeLock(path.join(home, 'run', 'lock'));
      rmSync(home, { recursive: true, force: true });
    } catch {
      continue; // still running, or another user's
    }
  }
}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}
