import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder with the project's package.json, from the sources as well as from the build. */
export function projectRoot(): string {
  let folder = __dirname;
  while (!existsSync(path.join(folder, 'scripts', 'watchdog.mjs'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error(`No project folder above ${__dirname}.`);
    folder = parent;
  }
  return folder;
}
