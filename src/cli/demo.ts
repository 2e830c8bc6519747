import path from 'node:path';
import { saveClientProfile } from '../runtime/embedded/client-profile';
import type { Config } from '../runtime/config';
import { projectRoot } from '../runtime/project-root';
import { stopSignal } from '../runtime/process/stop-signals';
import { type ApiClient, createApiClient } from './api-client';
import { importFiles, type ImportRun } from './commands/import';
import {
  assetLines,
  dependencyLines,
  readAssets,
  readDependencies,
  readRecommendations,
  recommendationLines,
} from './commands/results';
import { withAuth } from './auth-pool';
import { createContext } from './context';
import { exitCodes } from './exit-codes';
import { flowDocument, flowLines } from './flow-summary';
import type { Output } from './output';
import { createFirstTenant } from './provision';
import { startStack, stayUp, type Stack } from './stack';

interface DemoOptions {
  readonly keep?: boolean;
  readonly json?: boolean;
}

/** Made-up data under the true headers of real products, part of the project. */
const bundledSamples = [
  'servicenow-servers.csv',
  'rvtools-estate.xlsx',
  'konveyor-applications.csv',
  'servicenow-relations.csv',
];

/** Everything up, one flow a file in one engagement, the result printed, everything down. */
export async function runDemo(files: readonly string[], options: DemoOptions): Promise<void> {
  const { config, output } = createContext(options);
  const demo: Config = { ...config, home: path.join(config.home, 'demo') };
  const inputs =
    files.length > 0 ? files : bundledSamples.map((name) => path.join(projectRoot(), 'samples', name));
  const stack = await startStack({
    config: demo,
    temporalUi: options.keep === true,
    onProgress: output.progress,
  });
  const interrupted = stopSignal();
  try {
    const failed = await Promise.race([show(stack, demo, inputs, output), abandoned(interrupted, stack)]);
    if (failed) process.exitCode = exitCodes.failed;
    if (options.keep === true) {
      for (const line of whereToLook(stack)) output.progress(line);
      await stayUp(stack, interrupted);
    }
  } finally {
    output.progress('Stopping …');
    await stack.stop();
  }
}

async function abandoned(interrupted: Promise<unknown>, stack: Stack): Promise<boolean> {
  await stayUp(stack, interrupted);
  return true;
}

/** Takes the files through their flows; answers whether one of them failed. */
async function show(
  stack: Stack,
  config: Config,
  files: readonly string[],
  output: Output,
): Promise<boolean> {
  const api = await connect(stack, config);
  const flows: ImportRun[] = [];
  for (const file of files) {
    output.progress(`\n${path.basename(file)}`);
    flows.push(await importFiles(api, [file], { approve: 'auto', wait: true, output }));
  }
  const assets = await readAssets(api);
  const dependencies = await readDependencies(api);
  const recommendations = await readRecommendations(api);
  const names = new Map(assets.map(({ id, name }) => [id, name]));
  output.result(
    {
      flows: flows.map(({ flow, seconds }) => flowDocument(flow, seconds)),
      assets,
      dependencies,
      recommendations,
    },
    () => [
      ...flows.flatMap(({ flow }) => [...flowLines(flow), '']),
      ...assetLines(assets),
      '',
      ...dependencyLines(dependencies, names),
      '',
      ...recommendationLines(recommendations),
    ],
  );
  return flows.some(({ flow }) => flow.detailed_status !== 'completed');
}

/** Each run of the demo gets an engagement of its own. */
async function connect(stack: Stack, config: Config): Promise<ApiClient> {
  const names = {
    account: 'Demo client',
    engagement: 'Demo engagement',
    email: `admin-${Date.now()}@demo.invalid`,
  };
  const first = await withAuth(stack.database.authUrl, (auth) => createFirstTenant(auth, names));
  const profile = {
    url: stack.apiUrl,
    apiKey: first.apiKey,
    clientAccountId: first.clientAccountId,
    engagementId: first.engagementId,
  };
  saveClientProfile(config.home, profile);
  return createApiClient(profile);
}

function whereToLook(stack: Stack): string[] {
  return [
    '',
    `API            ${stack.apiUrl}`,
    `Documentation  ${stack.apiUrl}/docs`,
    `Temporal UI    ${stack.temporalUiUrl ?? 'not started here'}`,
    'Stop with Ctrl+C.',
  ];
}
