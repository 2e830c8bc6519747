/** Compiles TypeScript to `dist/` when a source is newer than the last build. Prints one line when it works. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const stamp = path.join(root, 'dist', '.built');

/** Newest modification time, in ms, of all files below the given paths. */
function newest(...paths) {
  let latest = 0;
  for (const entry of paths) {
    const info = statSync(entry, { throwIfNoEntry: false });
    if (!info) continue;
    latest = Math.max(latest, info.mtimeMs);
    if (!info.isDirectory()) continue;
    for (const name of readdirSync(entry)) latest = Math.max(latest, newest(path.join(entry, name)));
  }
  return latest;
}

function isFresh() {
  if (!existsSync(path.join(root, 'src'))) return true;
  const built = statSync(stamp, { throwIfNoEntry: false });
  const sources = ['src', 'migrations', 'tsconfig.json', 'tsconfig.build.json', 'package.json'];
  return built !== undefined && built.mtimeMs >= newest(...sources.map((name) => path.join(root, name)));
}

/** Builds into a folder beside `dist` and swaps, so that a process that starts meanwhile never sees half a build. */
export function build() {
  if (isFresh()) return;
  const started = Date.now();
  const next = path.join(root, `dist.${process.pid}`);
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const result = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', next], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) {
    rmSync(next, { recursive: true, force: true });
    throw new Error('The TypeScript build failed; the messages above say where.');
  }
  mkdirSync(next, { recursive: true });
  writeFileSync(path.join(next, '.built'), '');
  rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  renameSync(next, path.join(root, 'dist'));
  process.stderr.write(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
