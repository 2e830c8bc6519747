/**
 * Records the histories that the replay tests keep, on a running Temporal server, and exports each with `temporal`
 * and with tctl. Usage: node scripts/record-histories.mjs [NAME…]
 * SURVEYOR_TEST_TEMPORAL_ADDRESS: the server; TEMPORAL_CLI_PATH, TCTL_PATH: the two programs.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
require('../test/support/register-typescript.cjs');

const { WorkflowHarness, temporalTestAddress } = require('../test/support/workflow-harness.ts');
const { recordings } = require('../test/support/workflow-recordings.ts');

const scratch = mkdtempSync(path.join(os.tmpdir(), 'surveyor-histories-'));

function exportWithTemporal({ workflowId, runId }) {
  const address = ['--address', temporalTestAddress];
  const run = ['--workflow-id', workflowId, '--run-id', runId];
  const command = ['workflow', 'show', ...address, ...run, '--output', 'json'];
  const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 };
  return execFileSync(process.env.TEMPORAL_CLI_PATH ?? 'temporal', command, options);
}

function exportWithTctl({ workflowId, runId }) {
  const file = path.join(scratch, 'tctl.json');
  const run = ['-w', workflowId, '-r', runId, '--output_filename', file];
  const command = ['--address', temporalTestAddress, '--namespace', 'default', 'workflow', 'show', ...run];
  execFileSync(process.env.TCTL_PATH ?? 'tctl', command, { stdio: 'ignore' });
  return readFileSync(file, 'utf8');
}

/** Small on disk, and the same on every machine: without white space and without the folder it was made in. */
function save(exporter, name, text) {
  const folder = path.join(root, 'test', 'replay', 'histories', exporter);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, `${name}.json`),
    `${JSON.stringify(JSON.parse(text)).replaceAll(`${root}/`, '')}\n`,
  );
}

const wanted = process.argv.slice(2);
const harness = await WorkflowHarness.start();
try {
  for (const [name, record] of recordings()) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const runs = await record(harness);
    for (const [index, run] of runs.entries()) {
      const file = runs.length > 1 ? `${name}-${index + 1}` : name;
      save('temporal', file, exportWithTemporal(run));
      save('tctl', file, exportWithTctl(run));
    }
    console.log(`${name}: ${runs.length} run(s)`);
  }
} finally {
  await harness.stop();
  rmSync(scratch, { recursive: true });
}
