import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bootstrapDatabase, type DatabaseUrls } from '../db/connection/bootstrap';
import { migrateDatabase } from '../db/connection/migrate';
import type { Config } from '../runtime/config';
import { type EmbeddedServers, startEmbedded } from '../runtime/embedded/embedded';
import { freePort } from '../runtime/embedded/ports';
import { logTail, type SupervisedProcess } from '../runtime/process/processes';
import { projectRoot } from '../runtime/project-root';
import { CommandError } from './exit-codes';
import { removeRunningStack, writeRunningStack } from './running-stack';
import { connectClient, ensureSearchAttributes } from '../runtime/temporal-client';

/** Everything that `start` and `demo` bring up, as one supervised process tree. */
export interface Stack {
  readonly apiUrl: string;
  readonly temporalAddress: string;
  readonly temporalUiUrl: string | undefined;
  readonly database: DatabaseUrls;
  /** Settles when one of the processes has ended unasked and cannot be started again. */
  readonly died: Promise<SupervisedProcess>;
  readonly stop: () => Promise<void>;
}

export interface StackOptions {
  readonly config: Config;
  readonly temporalUi: boolean;
  readonly onProgress: (line: string) => void;
}

interface Secrets {
  readonly database: {
    readonly owner: string;
    readonly app: string;
    readonly auth: string;
    readonly system: string;
  };
  readonly token: string;
}

/** Starts PostgreSQL, Temporal, the migrations, a worker and the API; stops all of it when one fails to start. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { config, onProgress } = options;
  onProgress('Starting PostgreSQL and Temporal …');
  const servers = await startEmbedded({ settings: config, temporalUi: options.temporalUi, onProgress });
  try {
    return await startOn(servers, options);
  } catch (error) {
    await servers.stop();
    throw error;
  }
}

async function startOn(servers: EmbeddedServers, { config, onProgress }: StackOptions): Promise<Stack> {
  const secrets = readSecrets(config.home);
  const database = await bootstrapDatabase(servers.postgres.adminUrl, {
    database: 'surveyor',
    passwords: secrets.database,
  });
  const migrations = await migrateDatabase(database.ownerUrl);
  if (migrations.length > 0) onProgress(`Created the database schema (${migrations.length} migrations)`);
  await prepareTemporal(config, servers.temporal.address);
  const port = await freePort(config.port);
  const environment = {
    SURVEYOR_HOME: config.home,
    SURVEYOR_ENV: config.environment,
    SURVEYOR_APP_DATABASE_URL: database.appUrl,
    SURVEYOR_AUTH_DATABASE_URL: database.authUrl,
    SURVEYOR_SYSTEM_DATABASE_URL: database.systemUrl,
    SURVEYOR_TOKEN_SECRET: secrets.token,
    SURVEYOR_HOST: config.host,
    SURVEYOR_PORT: String(port),
    TEMPORAL_ADDRESS: servers.temporal.address,
  };
  onProgress('Starting the worker and the API …');
  const apiUrl = `http://${config.host}:${port}`;
  await Promise.all([
    startProcess(servers, 'worker', { environment, onProgress }),
    startProcess(servers, 'api', { environment, onProgress, readyUrl: `${apiUrl}/api/v1/health/ready` }),
  ]);
  writeRunningStack(config.home, { ...database, temporalAddress: servers.temporal.address });
  return {
    apiUrl,
    temporalAddress: servers.temporal.address,
    temporalUiUrl: servers.temporal.uiUrl,
    database,
    died: servers.supervisor.died,
    stop: async () => {
      removeRunningStack(config.home);
      await servers.stop();
    },
  };
}

async function prepareTemporal(config: Config, address: string): Promise<void> {
  const client = await connectClient({ ...config, temporalAddress: address });
  try {
    await ensureSearchAttributes(client);
  } finally {
    await client.connection.close();
  }
}

/** Waits until a person asks for the end. Throws a CommandError when a process dies before that. */
export async function stayUp(stack: Stack, asked: Promise<unknown>): Promise<void> {
  const dead = await Promise.race([asked.then(() => null), stack.died]);
  if (dead === null) return;
  const { name, logFile } = dead;
  throw new CommandError(`The ${name} has ended. Last lines of ${logFile}:\n${logTail(logFile)}`);
}

interface ProcessOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly readyUrl?: string;
  readonly onProgress: (line: string) => void;
}

async function startProcess(
  servers: EmbeddedServers,
  name: 'worker' | 'api',
  { environment, readyUrl, onProgress }: ProcessOptions,
): Promise<void> {
  const { SURVEYOR_HOME: home = '' } = environment;
  const readyFile = path.join(home, 'run', `${name}.ready`);
  await servers.supervisor.start({
    name,
    command: process.execPath,
    args: [path.join(projectRoot(), 'bin', 'surveyor'), name, '--ready-file', readyFile],
    environment,
    stop: { signal: 'SIGTERM', graceMs: 15_000 },
    isReady: (pid) => (readyUrl === undefined ? saysReady(readyFile, pid) : answers(readyUrl)),
    readyWithinMs: 60_000,
    onRestart: onProgress,
  });
}

function saysReady(file: string, pid: number): boolean {
  return existsSync(file) && readFileSync(file, 'utf8').trim() === String(pid);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    return false;
  }
}

/** Passwords of the embedded servers: made once, readable by the owner of the state folder only. */
function readSecrets(home: string): Secrets {
  const file = path.join(home, 'secrets.json');
  // Only this function writes the file.
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const secret = (): string => randomBytes(32).toString('base64url');
  const secrets = {
    database: { owner: secret(), app: secret(), auth: secret(), system: secret() },
    token: secret(),
  };
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
