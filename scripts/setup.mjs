/**
 * Installs what a fresh clone lacks: npm packages. Servers are found or built when they are first needed.
 * Needs Node.js and npm only.
 */
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withBuildLock } from './build-lock.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const installed = path.join(root, 'node_modules', '.package-lock.json');

/** Running the product needs no development packages; everything else does. */
const forUse = ['demo', 'start'].includes(process.env.npm_lifecycle_event ?? '');

/** Whether each package of the lock file is there in its version; packages of other platforms are optional. */
function isInstalled() {
  if (!existsSync(installed)) return false;
  const present = packagesOf(installed);
  return Object.entries(packagesOf(path.join(root, 'package-lock.json'))).every(([place, wanted]) => {
    if (place === '' || wanted.optional || wanted.devOptional || wanted.peer || (forUse && wanted.dev))
      return true;
    return present[place]?.version === wanted.version;
  });
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

function install() {
  process.stderr.write('Installing npm packages (about a minute, once) …\n');
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (error) throw new Error(`npm could not be started (${error.message}); it comes with Node.js.`);
  if (status !== 0) throw new Error('npm ci failed; the messages above say why.');
}

try {
  if (!isInstalled())
    withBuildLock(path.join(root, '.npm-ci.lock'), () => {
      if (!isInstalled()) install();
    });
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
