import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where the servers of a state folder listen; written by `start`, read by commands beside it. */
export interface RunningStack {
  readonly authUrl: string;
  readonly appUrl: string;
  readonly systemUrl: string;
  readonly temporalAddress: string;
}

const fileOf = (home: string): string => path.join(home, 'run', 'stack.json');

export function writeRunningStack(home: string, stack: RunningStack): void {
  writeFileSync(fileOf(home), JSON.stringify(stack), { mode: 0o600 });
}

export function removeRunningStack(home: string): void {
  rmSync(fileOf(home), { force: true });
}

export function readRunningStack(home: string): RunningStack | undefined {
  try {
    // Only `writeRunningStack` writes the file.
    return JSON.parse(readFileSync(fileOf(home), 'utf8')) as RunningStack;
  } catch {
    return undefined; // nothing was started from this folder
  }
}
