import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from './config';
import { findOnPath } from './process/executables';
import { findUser } from './embedded/os-user';
import { isPortFree } from './embedded/ports';
import { findPostgresBinaries } from './embedded/postgres-binaries';
import { lookForTctl, lookForTemporal } from './embedded/temporal-binary';

export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'missing';
  /** What was found. */
  readonly detail: string;
  /** What to do about it; empty when all is well. */
  readonly help: string;
}

type Finding = Omit<Check, 'name'>;

const OLDEST_NODE = [20, 19] as const;
const ROOM_BYTES = 2 * 1024 ** 3;

/** Looks at everything that the embedded servers need on this machine; changes nothing but missing folders. */
export async function checkMachine(config: Config): Promise<Check[]> {
  const checks: [name: string, look: () => Finding | Promise<Finding>][] = [
    ['Node.js', nodeVersion],
    ['npm', npmVersion],
    ['Platform', platform],
    ['State folder', () => writableFolder(config.home, 'SURVEYOR_HOME')],
    ['Cache folder', () => writableFolder(config.cacheDir, 'SURVEYOR_CACHE_DIR')],
    ['Disk space', () => diskSpace(config.home)],
    ['PostgreSQL', () => postgres(config)],
    ['System user', systemUser],
    ['Temporal', () => temporal(config)],
    ['Go', go],
    ['tctl', () => tctl(config)],
    ['Ports', () => ports(config)],
  ];
  const found: Check[] = [];
  for (const [name, look] of checks) found.push({ name, ...(await attempt(look)) });
  return found;
}

async function attempt(look: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    const [detail = '', ...help] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { status: 'missing', detail, help: help.join(' ') };
  }
}

const ok = (detail: string): Finding => ({ status: 'ok', detail, help: '' });
const warning = (detail: string, help: string): Finding => ({ status: 'warning', detail, help });
const missing = (detail: string, help: string): Finding => ({ status: 'missing', detail, help });

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return isNew
    ? ok(process.version)
    : missing(process.version, `Install Node.js ${OLDEST_NODE.join('.')} or newer.`);
}

function npmVersion(): Finding {
  const npm = findOnPath('npm');
  if (npm === undefined) return warning('not on PATH', 'Only needed to install; it comes with Node.js.');
  return ok(
    execFileSync(npm, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim(),
  );
}

function platform(): Finding {
  const name = `${process.platform}-${process.arch}`;
  if (process.platform === 'linux' || process.platform === 'darwin') return ok(name);
  return missing(name, 'The embedded servers run on Linux and macOS; on Windows use WSL2 or docker compose.');
}

function writableFolder(folder: string, key: string): Finding {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return ok(folder);
  } catch {
    return missing(`${folder} cannot be written`, `Set ${key} to a folder of your own.`);
  }
}

function diskSpace(home: string): Finding {
  const { bavail, bsize } = statfsSync(nearestFolder(home));
  const free = `${((bavail * bsize) / 1024 ** 3).toFixed(1)} GiB free`;
  return bavail * bsize >= ROOM_BYTES
    ? ok(free)
    : warning(free, 'Servers and a build of the Temporal CLI want 2 GiB.');
}

function nearestFolder(folder: string): string {
  return existsSync(folder) ? folder : nearestFolder(path.dirname(folder));
}

function postgres({ cacheDir }: Config): Finding {
  const asRoot = process.getuid?.() === 0 ? findUser('postgres') : undefined;
  return ok(findPostgresBinaries(cacheDir, asRoot));
}

function systemUser(): Finding {
  if (process.getuid?.() !== 0) return ok('an ordinary user');
  const found = findUser('postgres');
  if (found) return ok(`root; PostgreSQL runs as postgres (${found.uid})`);
  return warning('root; there is no user postgres', 'The first start makes it; an ordinary user needs none.');
}

function temporal(config: Config): Finding {
  if (config.temporalAddress !== undefined)
    return ok(`server at ${config.temporalAddress} (TEMPORAL_ADDRESS)`);
  const found = lookForTemporal(config);
  if (found) return ok(`${found.path} (${found.origin})`);
  if (findOnPath('go') !== undefined)
    return warning('not here yet', 'The first start downloads it, or builds it with Go in about 3 minutes.');
  return warning(
    'not here yet',
    'The first start tries to download it. Without internet install the Temporal CLI (https://docs.temporal.io/cli) or Go.',
  );
}

function go(): Finding {
  const found = findOnPath('go');
  if (found === undefined) return warning('not on PATH', 'Only needed to build the Temporal CLI and tctl.');
  return ok(execFileSync(found, ['version'], { encoding: 'utf8' }).trim());
}

function tctl(config: Config): Finding {
  const found = lookForTctl(config);
  return found
    ? ok(`${found.path} (${found.origin})`)
    : warning('not here', 'Only needed to export histories with tctl; `temporal workflow show` does it too.');
}

async function ports(config: Config): Promise<Finding> {
  const wanted = [config.port, config.postgresPort, config.temporalPort, config.temporalUiPort];
  const free = await Promise.all(wanted.map(isPortFree));
  const busy = wanted.filter((_, index) => !free[index]);
  return busy.length === 0
    ? ok(`${wanted.join(', ')} are free`)
    : warning(`${busy.join(', ')} busy`, 'Free ones are taken instead.');
}
