import type { Command } from 'commander';
import { z } from 'zod';
import type { ApiClient } from '../api-client';
import { createContext } from '../context';
import { cellText, toCsv } from '../csv';
import { table } from '../output';

interface ResultOptions {
  readonly flow?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
}

const Asset = z.looseObject({ id: z.string(), name: z.string(), asset_type: z.string() });
const AssetPage = z.object({ assets: z.array(Asset), next_cursor: z.string().nullable() });
const Edge = z.looseObject({ source: z.string(), target: z.string(), type: z.string() });
const Dependencies = z.object({
  edges: z.array(Edge),
  unresolved: z.array(z.looseObject({ reference: z.string(), reason: z.string() })),
  next_cursor: z.string().nullable(),
});
const Groups = z.object({ groups: z.array(z.looseObject({ name: z.string() })) });
const Waves = z.object({ waves: z.array(z.looseObject({ number: z.int() })) });
const Recommendation = z.looseObject({
  asset_id: z.string(),
  name: z.string(),
  strategy: z.string(),
  confidence: z.number(),
});
const RecommendationPage = z.object({
  recommendations: z.array(Recommendation),
  next_cursor: z.string().nullable(),
});

type AssetRow = z.output<typeof Asset>;

/** `assets`, `dependencies`, `recommendations`: results of the engagement, or what one flow contributed. */
export function addResultCommands(program: Command): void {
  const shapes = { assets: showAssets, dependencies: showDependencies, recommendations: showRecommendations };
  for (const [name, action] of Object.entries(shapes)) {
    program
      .command(name)
      .description(`List the ${name} of the engagement`)
      .option('--flow <id>', 'only what this flow contributed')
      .option('--json', 'print one JSON document')
      .option('--csv', 'print CSV')
      .action(action);
  }
}

async function showAssets(options: ResultOptions): Promise<void> {
  const { client, output } = createContext(options);
  const assets = await readAssets(client(), options.flow);
  if (options.csv === true) return writeCsv(assets);
  output.result(assets, () => assetLines(assets));
}

async function showDependencies(options: ResultOptions): Promise<void> {
  const { client, output } = createContext(options);
  const api = client();
  const result = await readDependencies(api, options.flow);
  if (options.csv === true) return writeCsv(result.edges);
  const names = options.json === true ? new Map<string, string>() : await namesOf(api);
  output.result(result, () => dependencyLines(result, names));
}

async function showRecommendations(options: ResultOptions): Promise<void> {
  const { client, output } = createContext(options);
  const recommendations = await readRecommendations(client(), options.flow);
  if (options.csv === true) return writeCsv(recommendations);
  output.result(recommendations, () => recommendationLines(recommendations));
}

/** All assets, a page at a time. */
export async function readAssets(api: ApiClient, flowId?: string): Promise<AssetRow[]> {
  return readPages(api, { path: 'assets', flowId, schema: AssetPage, itemsOf: (page) => page.assets });
}

export async function readRecommendations(
  api: ApiClient,
  flowId?: string,
): Promise<z.output<typeof Recommendation>[]> {
  const itemsOf = (page: z.output<typeof RecommendationPage>) => page.recommendations;
  return readPages(api, { path: 'recommendations', flowId, schema: RecommendationPage, itemsOf });
}

export interface DependencyDocument {
  readonly edges: readonly z.output<typeof Edge>[];
  readonly unresolved: readonly unknown[];
  readonly groups: readonly { readonly name: string }[];
  readonly waves: readonly { readonly number: number }[];
}

export async function readDependencies(api: ApiClient, flowId?: string): Promise<DependencyDocument> {
  const unresolved: unknown[] = [];
  const itemsOf = (page: z.output<typeof Dependencies>) => {
    unresolved.push(...page.unresolved);
    return page.edges;
  };
  const edges = await readPages(api, { path: 'dependencies', flowId, schema: Dependencies, itemsOf });
  const { groups } = await api.get('/unified-discovery/groups', Groups);
  const { waves } = await api.get('/unified-discovery/waves', Waves);
  return { edges, unresolved, groups, waves };
}

interface PageReader<S extends z.ZodType<{ next_cursor: string | null }>, Item> {
  readonly path: string;
  readonly flowId: string | undefined;
  readonly schema: S;
  readonly itemsOf: (page: z.output<S>) => readonly Item[];
}

async function readPages<S extends z.ZodType<{ next_cursor: string | null }>, Item>(
  api: ApiClient,
  reader: PageReader<S, Item>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: '200' });
    if (reader.flowId !== undefined) query.set('flow_id', reader.flowId);
    if (cursor !== null) query.set('cursor', cursor);
    const page: z.output<S> = await api.get(
      `/unified-discovery/${reader.path}?${query.toString()}`,
      reader.schema,
    );
    items.push(...reader.itemsOf(page));
    cursor = page.next_cursor;
  } while (cursor !== null);
  return items;
}

async function namesOf(api: ApiClient): Promise<Map<string, string>> {
  return new Map((await readAssets(api)).map(({ id, name }) => [id, name]));
}

export function assetLines(assets: readonly AssetRow[]): string[] {
  return table(
    ['name', 'type', 'subtype', 'environment', 'operating system', 'cores', 'GB', 'application'],
    assets.map((asset) => [
      asset.name,
      asset.asset_type,
      cellText(asset['subtype']),
      cellText(asset['environment']),
      cellText(asset['operating_system']),
      cellText(asset['cpu_cores']),
      cellText(asset['memory_gb']),
      cellText(asset['application_name']),
    ]),
    32,
  );
}

export function dependencyLines(result: DependencyDocument, names: ReadonlyMap<string, string>): string[] {
  const name = (id: string): string => names.get(id) ?? id;
  const edges = result.edges.map((edge) => [name(edge.source), edge.type, name(edge.target)]);
  const groupRows = result.groups.map((group) => {
    const members = 'members' in group && Array.isArray(group.members) ? group.members : [];
    return [group.name, members.length, members.map((id) => name(String(id))).join(', ')];
  });
  const byNumber = new Map(
    result.groups.map((group) => ['number' in group ? group.number : group.name, group.name]),
  );
  const waveRows = result.waves.map((wave) => {
    const groups = 'groups' in wave && Array.isArray(wave.groups) ? wave.groups : [];
    const cuts = 'cuts' in wave && Array.isArray(wave.cuts) ? wave.cuts : [];
    const groupNames = groups.map((number) => byNumber.get(number) ?? String(number));
    return [wave.number, groups.length, groupNames.join(', '), cuts.length];
  });
  return [
    ...table(['source', 'type', 'target'], edges),
    '',
    ...table(['move group', 'assets', 'members'], groupRows, 80),
    '',
    ...table(['wave', 'groups', 'names', 'soft cuts'], waveRows, 80),
    '',
    `${result.unresolved.length} references are not resolved yet`,
  ];
}

export function recommendationLines(recommendations: readonly z.output<typeof Recommendation>[]): string[] {
  const byName = recommendations.toSorted((one, two) => one.name.localeCompare(two.name));
  return table(
    ['name', 'strategy', 'confidence', 'runner-up', 'changes if'],
    byName.map((row) => [
      row.name,
      row.strategy,
      row.confidence.toFixed(2),
      cellText(row['runner_up']),
      cellText(row['flips_if']),
    ]),
    64,
  );
}

function writeCsv(rows: readonly Readonly<Record<string, unknown>>[]): void {
  process.stdout.write(toCsv(rows));
}
