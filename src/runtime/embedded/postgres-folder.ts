import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  lstatSync,
  mkdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { canReach, type OsUser } from './os-user';
import { releaseDataFolder } from './postgres-server';

/** Where root keeps data that the server's user could not reach in the state folder. */
const SYSTEM_STATE = '/var/lib/surveyor';

/**
 * The folder of the cluster, made when it is missing: `postgres/` in the state folder. When we are root and the
 * server's user cannot enter the state folder (it lies in /root, say), that is a link to a folder in /var/lib.
 */
export async function postgresFolder(home: string, user: OsUser | undefined): Promise<string> {
  const wanted = path.join(home, 'postgres');
  mkdirSync(home, { recursive: true });
  const target = followLink(wanted);
  if (target !== undefined) {
    makeFolder(target, user);
    assertOurs(target);
    return realpathSync(target);
  }
  if (!user || canReach(user, '-x', [home])) {
    makeFolder(wanted, user);
    return realpathSync(wanted);
  }
  const outside = path.join(SYSTEM_STATE, createHash('sha256').update(home).digest('hex').slice(0, 16));
  await discardLeftover(outside);
  mkdirSync(SYSTEM_STATE, { recursive: true });
  chmodSync(SYSTEM_STATE, 0o755);
  makeFolder(outside, user);
  symlinkSync(outside, wanted);
  return outside;
}

/** What stands at that path or where the link there points, or undefined when nothing does. */
function followLink(wanted: string): string | undefined {
  const entry = lstatSync(wanted, { throwIfNoEntry: false });
  if (!entry) return undefined;
  if (!entry.isSymbolicLink()) return wanted;
  try {
    return realpathSync(wanted);
  } catch {
    rmSync(wanted); // its folder was deleted; the next cluster gets a new one
    return undefined;
  }
}

function makeFolder(folder: string, user: OsUser | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
}

/** The state folder that pointed here was deleted, and its database with it in the mind of who did that. */
async function discardLeftover(outside: string): Promise<void> {
  await releaseDataFolder(path.join(outside, 'data'));
  rmSync(outside, { recursive: true, force: true });
}

function assertOurs(folder: string): void {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(
      `${folder} belongs to another user. Start as that user, or set SURVEYOR_HOME to a folder of your own.`,
      {
        cause: error,
      },
    );
  }
}
