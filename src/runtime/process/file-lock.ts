import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { identify, isAlive, type ProcessIdentity } from './process-identity';

/** The living process that holds a lock file. */
export class LockHeldError extends Error {
  override readonly name = 'LockHeldError';

  constructor(
    readonly holder: ProcessIdentity,
    readonly file: string,
  ) {
    super(`Process ${holder.pid} holds ${file}.`);
  }
}

const TRIES = 100;
const PAUSE_MS = 10;
const STALE_GUARD_MS = 5_000;

/**
 * Takes a lock that ends with this process at the latest: a lock of a dead process is taken over.
 * Returns the release. Throws LockHeldError while a living process holds it.
 */
export function takeLock(file: string): () => void {
  const self = identify(process.pid);
  if (!self) throw new Error('The system does not tell when this process started.');
  mkdirSync(path.dirname(file), { recursive: true });
  for (let tries = 1; !create(file, JSON.stringify(self)); tries++) {
    const holder = readHolder(file);
    if (holder && isAlive(holder)) throw new LockHeldError(holder, file);
    discardDeadLock(file);
    if (tries === TRIES) throw new Error(`${file} can neither be taken nor removed.`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
  return () => rmSync(file, { force: true });
}

/** Takes a lock, waiting for its holder; `onWait` is called once when there is one. */
export async function waitForLock(file: string, onWait: () => void): Promise<() => void> {
  for (let waits = 0; ; waits++) {
    try {
      return takeLock(file);
    } catch (error) {
      if (!(error instanceof LockHeldError)) throw error;
      if (waits === 0) onWait();
      await delay(500);
    }
  }
}

/** Creates a file with its content in one step, so that nobody reads it half written; false when it is there. */
function create(file: string, content: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false; // fs throws nothing else
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Only one process may judge a dead lock at a time, or a second one would remove the lock of the first. */
function discardDeadLock(file: string): void {
  const guard = `${file}.takeover`;
  if (!create(guard, '')) {
    const age = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > STALE_GUARD_MS) rmSync(guard, { force: true });
    return;
  }
  try {
    const holder = readHolder(file);
    if (!holder || !isAlive(holder)) rmSync(file, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

function readHolder(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity; // only takeLock writes it
  } catch {
    return undefined;
  }
}
