import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { childEnvironment } from '../config';

/** The full path of a command on PATH, or undefined. */
export function findOnPath(command: string): string | undefined {
  for (const folder of (childEnvironment()['PATH'] ?? '').split(path.delimiter)) {
    const candidate = path.join(folder, command);
    if (path.isAbsolute(candidate) && isExecutable(candidate)) return candidate;
  }
  return undefined;
}

/** Whether we may run that file. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
