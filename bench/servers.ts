import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Config, readConfig } from '../src/runtime/config';
import { startPostgres } from '../src/runtime/embedded/embedded-postgres';
import { startTemporal } from '../src/runtime/embedded/embedded-temporal';
import { freePort } from '../src/runtime/embedded/ports';
import { Supervisor } from '../src/runtime/process/processes';
import { findTemporal } from '../src/runtime/embedded/temporal-binary';
import { connectClient, ensureSearchAttributes } from '../src/runtime/temporal-client';

export interface BenchServers {
  /** A superuser of a server on this machine, which reads the bench's files. */
  readonly adminUrl: string;
  readonly temporalAddress: string;
  /** A folder for files of the bench that the database server may read. */
  readonly folder: string;
  stop(): Promise<void>;
}

export interface BenchNeeds {
  readonly temporal: boolean;
}

/** The settings of a bench; keys of the bench itself are none of the product's. */
export function benchConfig(): Config {
  const entries = Object.entries(process.env).filter(([key]) => !key.startsWith('SURVEYOR_BENCH_'));
  return readConfig(Object.fromEntries(entries));
}

/**
 * The servers of SURVEYOR_BENCH_DATABASE_ADMIN_URL and SURVEYOR_BENCH_TEMPORAL_ADDRESS; what is not named is started
 * in a folder of its own and stopped afterwards.
 */
export async function startBenchServers(needs: BenchNeeds): Promise<BenchServers> {
  const folder = await mkdtemp(path.join(tmpdir(), 'surveyor-bench-'));
  await chmod(folder, 0o755);
  const supervisor = new Supervisor(path.join(folder, 'home'));
  const stop = async (): Promise<void> => {
    await supervisor.stopAll();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const adminUrl = await providePostgres(supervisor, folder);
    const temporalAddress = needs.temporal ? await provideTemporal(supervisor, folder) : '';
    return { adminUrl, temporalAddress, folder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function providePostgres(supervisor: Supervisor, folder: string): Promise<string> {
  const given = process.env['SURVEYOR_BENCH_DATABASE_ADMIN_URL'];
  if (given !== undefined) return given;
  const { cacheDir } = benchConfig();
  const home = path.join(folder, 'home');
  return (await startPostgres(supervisor, { home, cacheDir, port: await freePort() })).adminUrl;
}

async function provideTemporal(supervisor: Supervisor, folder: string): Promise<string> {
  const config = benchConfig();
  const given = process.env['SURVEYOR_BENCH_TEMPORAL_ADDRESS'];
  const temporalAddress = given ?? (await startOwnTemporal(supervisor, folder, config));
  const client = await connectClient({ ...config, temporalAddress });
  await ensureSearchAttributes(client);
  await client.connection.close();
  return temporalAddress;
}

async function startOwnTemporal(supervisor: Supervisor, folder: string, config: Config): Promise<string> {
  const { path: binary } = await findTemporal(config, (line) => process.stderr.write(`${line}\n`));
  const { address } = await startTemporal(supervisor, {
    home: path.join(folder, 'home'),
    binary,
    port: await freePort(),
    namespace: config.temporalNamespace,
    durable: true,
  });
  return address;
}
