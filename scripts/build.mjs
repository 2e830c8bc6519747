/**
 * Compiles TypeScript to `dist/` and bundles the workflows there when a source has changed since the last build.
 * Prints one line when it works, none when all is fresh. A copied or read-only checkout with a fresh build is fresh.
 */
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withBuildLock } from './build-lock.mjs';
import { digestOf, filesBelow } from './sources.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const inRoot = (...parts) => path.join(root, ...parts);
const dist = inRoot('dist');
const stamp = path.join(dist, '.built');
const bundle = 'workflow-bundle.js';
const bundleStamp = '.bundled';

/** Brings `dist/` up to date; processes that ask at the same time wait for the first. */
export function build() {
  if (isFresh()) return;
  try {
    accessSync(root, constants.W_OK);
  } catch {
    throw new Error(
      `dist/ is older than the sources and ${root} cannot be written; run npm run build there.`,
    );
  }
  withBuildLock(inRoot('.dist.lock'), () => {
    if (!isFresh()) rebuild();
  });
}

function sources() {
  return filesBelow(
    ...['src', 'migrations', 'tsconfig.json', 'tsconfig.build.json'].map((name) => inRoot(name)),
  );
}

/** By times, as a rule; copying a checkout changes times, so the digest decides when they say no. */
function isFresh() {
  if (!existsSync(inRoot('src'))) return true;
  const built = statSync(stamp, { throwIfNoEntry: false });
  if (!built) return false;
  const files = sources();
  const { digest, count } = JSON.parse(readFileSync(stamp, 'utf8'));
  const isOlder = files.every((file) => statSync(file).mtimeMs <= built.mtimeMs);
  return (isOlder && count === files.length) || digest === digestOf(files, root);
}

/** Builds into a folder beside `dist` and swaps, so that a process that starts meanwhile never sees half a build. */
function rebuild() {
  const started = Date.now();
  const next = inRoot(`dist.${process.pid}`);
  const old = inRoot(`dist.${process.pid}.old`);
  try {
    const files = sources();
    const content = { digest: digestOf(files, root), count: files.length };
    compile(next);
    bundleWorkflows(next);
    writeFileSync(path.join(next, '.built'), JSON.stringify(content));
    // What is edited during the build is newer than the stamp.
    utimesSync(path.join(next, '.built'), started / 1000, started / 1000);
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(next, dist);
  } finally {
    rmSync(next, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
  process.stderr.write(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

function compile(target) {
  const tsc = inRoot('node_modules', 'typescript', 'bin', 'tsc');
  if (!existsSync(tsc)) throw new Error('The npm packages are missing; run npm ci first.');
  run([tsc, '-p', 'tsconfig.build.json', '--outDir', target], 'The TypeScript build failed');
}

/** Workers start seconds faster with a bundle; it is kept while the compiled workflows and the SDK stay the same. */
function bundleWorkflows(target) {
  const entry = path.join(target, 'src', 'workflows', 'index.js');
  if (!existsSync(entry)) return;
  const parts = ['src/workflows', 'src/domain'].map((name) => path.join(target, name));
  const compiled = filesBelow(...parts).filter((file) => file.endsWith('.js'));
  const digest = digestOf([...compiled], target) + sdkVersion();
  const kept = path.join(dist, bundleStamp);
  if (existsSync(kept) && readFileSync(kept, 'utf8') === digest)
    copyFileSync(path.join(dist, bundle), path.join(target, bundle));
  else
    run(
      [inRoot('scripts', 'bundle-workflows.mjs'), entry, path.join(target, bundle)],
      'The workflows did not bundle',
    );
  writeFileSync(path.join(target, bundleStamp), digest);
}

function sdkVersion() {
  const manifest = inRoot('node_modules', '@temporalio', 'worker', 'package.json');
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}

/** A process of its own: the compiler's and the bundler's memory goes back before the command runs. */
function run(args, failure) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`${failure}; the messages above say where.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    build();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
