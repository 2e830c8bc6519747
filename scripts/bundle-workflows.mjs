/** Bundles compiled workflows into one file: `bundle-workflows.mjs ENTRY TARGET`. */
import { writeFileSync } from 'node:fs';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const [workflowsPath, target] = process.argv.slice(2);
const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
writeFileSync(target, code);
