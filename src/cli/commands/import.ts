import path from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import type { ApiClient } from '../api-client';
import { createContext } from '../context';
import { CommandError, exitCodes } from '../exit-codes';
import { postCommand } from './flows';
import { flowDocument, flowLines, followFlow, type FlowStatusView, readFlow } from '../flow-summary';
import { readImportSummaries } from '../import-summary';
import type { Output } from '../output';
import { readRecipeSummary, recipeDocument, recipeLines } from '../recipe-summary';
import { type ReadingOptions, settingsOf, withReadingOptions } from '../reading-options';

const Started = z.looseObject({
  flow_id: z.string(),
  imports: z.array(z.object({ table: z.string().nullable() })).default([]),
  ignored: z
    .array(z.object({ entry: z.string().nullable(), sheet: z.string().nullable(), reason: z.string() }))
    .default([]),
});

interface ImportOptions extends ReadingOptions {
  readonly wait?: boolean;
  readonly approve: string;
  readonly source?: string;
  readonly trustRecipes?: boolean;
  readonly json?: boolean;
}

export interface ImportRun {
  readonly flow: FlowStatusView;
  readonly seconds: number;
}

/** `import FILE…`: one flow with these files on a running API. */
export function addImportCommand(program: Command): void {
  withReadingOptions(
    program
      .command('import')
      .argument('<file...>', 'exports of one estate, workbooks and archives too; their order does not matter')
      .description('Start a flow with these files')
      .option('--wait', 'follow the flow to its end or to the gate where it waits for a person')
      .option('--approve <mode>', 'ask a person (ask) or approve confident mappings (auto)', 'ask')
      .option(
        '--source <name>',
        'the source of the files: the next file of that name is read and mapped alike',
      )
      .option(
        '--trust-recipes',
        'let tables pass that people have wholly approved before, without asking again',
      )
      .option('--json', 'print one JSON document'),
  ).action(runImport);
}

async function runImport(files: string[], options: ImportOptions): Promise<void> {
  if (options.approve !== 'ask' && options.approve !== 'auto') {
    throw new CommandError('--approve takes ask or auto', exitCodes.usage);
  }
  const { client, output } = createContext(options);
  const api = client();
  const run = await importFiles(api, files, {
    approve: options.approve,
    wait: options.wait === true,
    settings: settingsOf(options),
    source: options.source,
    trustRecipes: options.trustRecipes === true,
    output,
  });
  const imports = await readImportSummaries(api, run.flow.flow_id);
  const recipes = await readRecipeSummary(api, run.flow.flow_id);
  const document = { ...flowDocument(run.flow, run.seconds, imports), ...recipeDocument(recipes) };
  output.result(document, () => [...flowLines(run.flow, imports), ...recipeLines(recipes, imports)]);
  if (run.flow.detailed_status === 'failed') process.exitCode = exitCodes.failed;
}

interface ImportSettings {
  readonly approve: 'ask' | 'auto';
  readonly wait: boolean;
  readonly output: Output;
  /** How the files are to be read, as the API takes it; undefined: as their bytes say. */
  readonly settings?: string | undefined;
  /** Name of the source of all files; undefined: as their names tell. */
  readonly source?: string | undefined;
  readonly trustRecipes?: boolean;
}

/** Starts one flow with the first file, adds the others, and follows it when asked to. */
export async function importFiles(
  api: ApiClient,
  files: readonly string[],
  options: ImportSettings,
): Promise<ImportRun> {
  const started = performance.now();
  const policy = { mode: options.approve, ...(options.trustRecipes === true ? { recipe: 'auto' } : {}) };
  const approval = JSON.stringify(policy);
  const said = saidOf(options);
  const flowId = files.length === 1 ? undefined : await startPaused(api, policy);
  let current = flowId;
  for (const file of files) {
    const fields = { approval, ...(current === undefined ? {} : { flow_id: current }), ...said };
    const answer = await api.upload({ path: '/data-import/store-import', file, fields }, Started);
    for (const line of tableLines(file, answer)) options.output.progress(line);
    current = answer.flow_id;
  }
  if (current === undefined) throw new CommandError('No file was given', exitCodes.usage);
  if (flowId !== undefined) await postCommand(api, 'resume', flowId);
  const flow = options.wait ? await followFlow(api, current, options.output) : await readFlow(api, current);
  return { flow, seconds: Math.round(performance.now() - started) / 1000 };
}

/** What the sender says of all files alike. */
function saidOf({ settings, source }: ImportSettings): Record<string, string> {
  return {
    ...(settings === undefined ? {} : { processing_config: settings }),
    ...(source === undefined ? {} : { source_name: source }),
  };
}

/** A paused flow without files, so that it does not run ahead of the second file. */
async function startPaused(api: ApiClient, approval: Readonly<Record<string, unknown>>): Promise<string> {
  const body = { configuration: { approval } };
  const { flow_id: flowId } = await api.send(
    { method: 'POST', path: '/unified-discovery/flows/initialize', body },
    Started,
  );
  await postCommand(api, 'pause', flowId);
  return flowId;
}

/** Which tables a file with several of them brings, and what is left out of it. */
function tableLines(file: string, { imports, ignored }: z.output<typeof Started>): string[] {
  const names = imports.flatMap(({ table }) => (table === null ? [] : [table]));
  const found = names.length === 0 ? [] : [`${path.basename(file)}: ${names.join(', ')}`];
  const left = ignored.map(({ entry, sheet, reason }) => `Left out: ${sheet ?? entry ?? ''}: ${reason}`);
  return [...found, ...left];
}
