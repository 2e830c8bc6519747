import { randomBytes } from 'node:crypto';
import { execFile } from 'node:child_process';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { childEnvironment } from '../config';
import { type OsUser, serverUser } from './os-user';
import { freePort } from './ports';
import { findPostgresBinaries, POSTGRES_MAJOR } from './postgres-binaries';
import { postgresFolder } from './postgres-folder';
import { isServerReady, POSTGRES_STOP, releaseDataFolder, serverFlags } from './postgres-server';
import type { SupervisedProcess, Supervisor } from '../process/processes';

export interface PostgresOptions {
  /** State folder; the server's files are below `postgres/`. */
  readonly home: string;
  readonly cacheDir: string;
  readonly port: number;
  /** Whether commits survive a power cut (default yes); tests do without. */
  readonly durable?: boolean;
}

export interface EmbeddedPostgres {
  /** Superuser address of the database `postgres`. */
  readonly adminUrl: string;
  readonly port: number;
  readonly process: SupervisedProcess;
}

interface Cluster {
  readonly binaries: string;
  readonly folder: string;
  readonly data: string;
  readonly password: string;
  readonly user: OsUser | undefined;
}

const ATTEMPTS = 5;

/** Starts PostgreSQL from its npm package, making the cluster first when there is none. */
export async function startPostgres(
  supervisor: Supervisor,
  options: PostgresOptions,
): Promise<EmbeddedPostgres> {
  const cluster = await prepareCluster(options);
  for (let attempt = 1; ; attempt++) {
    await releaseDataFolder(cluster.data);
    const port = await freePort(attempt === 1 ? options.port : undefined);
    try {
      const server = await startServer(supervisor, cluster, port, options.durable ?? true);
      const adminUrl = `postgres://postgres:${cluster.password}@127.0.0.1:${port}/postgres`;
      return { adminUrl, port, process: server };
    } catch (error) {
      if (attempt === ATTEMPTS || !isPassing(error)) throw error;
      await delay(500);
    }
  }
}

function startServer(
  supervisor: Supervisor,
  cluster: Cluster,
  port: number,
  durable: boolean,
): Promise<SupervisedProcess> {
  return supervisor.start({
    name: 'postgres',
    command: path.join(cluster.binaries, 'postgres'),
    args: serverFlags(cluster.data, port, durable),
    cwd: cluster.folder,
    ...(cluster.user ? { user: cluster.user } : {}),
    stop: POSTGRES_STOP,
    isReady: (pid) => isServerReady(cluster.data, pid),
    readyWithinMs: 120_000, // recovery after a crash replays up to max_wal_size
  });
}

/** Another process took the port between look and start, or a killed server's sessions have not all gone yet. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof Error && /Address already in use|pre-existing shared memory block/.test(error.message)
  );
}

async function prepareCluster(options: PostgresOptions): Promise<Cluster> {
  const user = serverUser(path.join(options.home, 'postgres', 'data'));
  const binaries = findPostgresBinaries(options.cacheDir, user);
  const folder = await postgresFolder(options.home, user);
  const data = path.join(folder, 'data');
  const passwordFile = path.join(folder, 'password');
  if (!existsSync(path.join(data, 'PG_VERSION'))) {
    const password = randomBytes(24).toString('hex');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    await createCluster({ binaries, folder, data, password, user }, options.durable ?? true);
  }
  const version = readFileSync(path.join(data, 'PG_VERSION'), 'utf8').trim();
  if (version !== POSTGRES_MAJOR)
    throw new Error(
      `${data} belongs to PostgreSQL ${version}, this is ${POSTGRES_MAJOR}. Dump it with the older server, or choose another SURVEYOR_HOME.`,
    );
  return { binaries, folder, data, password: readFileSync(passwordFile, 'utf8').trim(), user };
}

/** The cluster is made beside its place and renamed, so that an interrupted initdb leaves none. */
async function createCluster(cluster: Cluster, durable: boolean): Promise<void> {
  const { folder, user } = cluster;
  const unfinished = path.join(folder, 'data.new');
  const passwordFile = path.join(folder, 'initdb-password');
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(cluster.data, { recursive: true, force: true });
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  const flags = [
    `--pgdata=${unfinished}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    // The same order and case rules on every machine, whatever its locales.
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ];
  try {
    await promisify(execFile)(path.join(cluster.binaries, 'initdb'), flags, {
      cwd: folder,
      env: childEnvironment({ LC_ALL: 'C', TZ: 'UTC' }),
      ...user,
    });
  } catch (error) {
    throw new Error(`The database cluster could not be made: ${String(error)}`, { cause: error });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, cluster.data);
}
