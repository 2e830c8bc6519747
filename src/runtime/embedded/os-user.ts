import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** A user of the system, by numbers. */
export interface OsUser {
  readonly uid: number;
  readonly gid: number;
}

const USER_NAME = 'postgres';

/**
 * The user that PostgreSQL runs as: undefined (we ourselves) unless we are root, which PostgreSQL refuses. As root
 * it is the owner of the data when there is some, else the user `postgres`, made when it is missing.
 */
export function serverUser(dataFolder: string): OsUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(dataFolder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return findUser(USER_NAME) ?? createUser();
}

/** The numbers of a user by name, or undefined when the system does not know it. */
export function findUser(name: string): OsUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** Whether a user passes a test of test(1), such as `-x`, on each path, every folder above it included. */
export function canReach(user: OsUser, test: '-r' | '-x', paths: readonly string[]): boolean {
  const script = `for file in "$@"; do test ${test} "$file" || exit 1; done`;
  return spawnSync('/bin/sh', ['-c', script, 'sh', ...paths], { cwd: '/', ...user }).status === 0;
}

function createUser(): OsUser {
  const attempts: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', USER_NAME]],
    ['adduser', ['-S', '-D', '-H', '-s', '/bin/false', USER_NAME]], // BusyBox
  ];
  for (const [command, flags] of attempts) {
    try {
      execFileSync(command, flags, { stdio: 'ignore' });
    } catch {
      continue; // the other command may exist; success is judged by the look-up below
    }
    const user = findUser(USER_NAME);
    if (user) return user;
  }
  throw new Error(
    `PostgreSQL does not run as root, and the system user "${USER_NAME}" could not be made. Start Surveyor as an ordinary user, or add that user.`,
  );
}
