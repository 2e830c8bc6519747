import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import type { WorkflowBundlePath } from '@temporalio/worker';

const root = path.resolve(__dirname, '../..');

/**
 * The bundle of the workflows at `entry`, made once for each version of their sources: test files run in processes
 * of their own and share it through a file.
 */
export async function workflowBundle(entry = 'src/workflows/index.ts'): Promise<WorkflowBundlePath> {
  const codePath = path.join(os.tmpdir(), `surveyor-workflows-${fingerprint(entry)}.js`);
  if (!existsSync(codePath)) {
    const { code } = await bundleWorkflowCode({
      workflowsPath: path.join(root, entry),
      logger: silent,
    });
    const draft = `${codePath}.${process.pid}`;
    writeFileSync(draft, code);
    renameSync(draft, codePath);
  }
  return { codePath };
}

function fingerprint(entry: string): string {
  const hash = createHash('sha256')
    .update(entry)
    .update(readFileSync(path.join(root, entry)));
  for (const folder of ['src/workflows', 'src/domain/flow'])
    for (const name of readdirSync(path.join(root, folder)).sort())
      hash.update(name).update(readFileSync(path.join(root, folder, name)));
  return hash.digest('hex').slice(0, 16);
}

const ignore = () => undefined;
const silent = { log: ignore, trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };
