/** Installs what a fresh clone lacks: npm packages. Servers are found or built when they are first needed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const installed = path.join(root, 'node_modules', '.package-lock.json');
const wanted = path.join(root, 'package-lock.json');

function isInstalled() {
  if (!existsSync(installed)) return false;
  const required = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const withDevelopment = existsSync(
    path.join(root, 'node_modules', Object.keys(required.devDependencies)[0]),
  );
  return withDevelopment && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs;
}

if (!isInstalled()) {
  process.stderr.write('Installing npm packages (about a minute, once) …\n');
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    process.stderr.write('npm ci failed; the messages above say why.\n');
    process.exit(1);
  }
}
