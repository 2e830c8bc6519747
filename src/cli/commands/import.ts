import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
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
import { type ImportPolicy, importPolicies, type SourceCoverage, sourceCoverages } from '../../domain/lists';

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
  readonly asOf?: string;
  readonly coverage?: SourceCoverage;
  readonly importPolicy?: ImportPolicy;
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
      .option('--as-of <date>', 'when the files were true, as 2026-11-22 or with a time of day', dateOf)
      .addOption(
        new Option('--coverage <extent>', 'whether the files list all of their source').choices(
          sourceCoverages,
        ),
      )
      .addOption(
        new Option('--import-policy <policy>', 'what becomes of a file with rows that are rejected').choices(
          importPolicies,
        ),
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
    said: saidOf(options),
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
  /** What is said of all files alike, as fields of the API. */
  readonly said?: Readonly<Record<string, string>>;
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
  const flowId = files.length === 1 ? undefined : await startPaused(api, policy);
  let current = flowId;
  for (const file of files) {
    const fields = { approval, ...(current === undefined ? {} : { flow_id: current }), ...options.said };
    const answer = await api.upload({ path: '/data-import/store-import', file, fields }, Started);
    for (const line of tableLines(file, answer)) options.output.progress(line);
    current = answer.flow_id;
  }
  if (current === undefined) throw new CommandError('No file was given', exitCodes.usage);
  if (flowId !== undefined) await postCommand(api, 'resume', flowId);
  const flow = options.wait ? await followFlow(api, current, options.output) : await readFlow(api, current);
  return { flow, seconds: Math.round(performance.now() - started) / 1000 };
}

/** What the sender says of all files alike, as fields of the API. */
export function saidOf(options: ReadingOptions & Partial<ImportOptions>): Record<string, string> {
  const { source, asOf, coverage } = options;
  const settings = settingsOf(options, { import_policy: options.importPolicy });
  const fields = { processing_config: settings, source_name: source, as_of: asOf, coverage };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** A date, or a date with a time; a time without offset is that of this machine. */
function dateOf(text: string): string {
  const isDate = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?$/.test(text) && !Number.isNaN(Date.parse(text));
  if (!isDate) throw new InvalidArgumentError('Give a date as 2026-11-22 or 2026-11-22T08:00:00Z.');
  return text.length === 10 ? text : new Date(text).toISOString();
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
