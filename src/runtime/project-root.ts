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

/** The workflow bundle that the build made, or undefined when there is none; a worker then bundles by itself. */
export function workflowBundleFile(): string | undefined {
  const file = path.resolve(__dirname, '..', '..', 'workflow-bundle.js');
  return existsSync(file) ? file : undefined;
}
