import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readInventory } from '../../src/cli/read-inventory';
import { type Comparison, compareInventories, comparisonDocument } from '../../src/cli/reconcile-files';
import { defaultIntakeLimits } from '../../src/intake/types';

const samples = path.resolve(__dirname, '../fixtures/samples');
const options = { limits: defaultIntakeLimits, minConfidence: 0.9 };
const vCenter = path.join(samples, 'rvtools4-vInfo.csv');
const cmdb = path.join(samples, 'servicenow-cmdb_ci_server.csv');
const migrationHub = path.join(samples, 'aws-migration-hub-import.csv');
const portfolio = path.join(samples, 'tackle-application-import.csv');
const relations = path.join(samples, 'servicenow-cmdb_rel_ci.csv');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'reconcile-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function compare(...files: readonly string[]): Promise<Comparison> {
  return compareInventories(await Promise.all(files.map((file) => readInventory(file, options))));
}

async function aFile(name: string, lines: readonly string[]): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

function rowOf(comparison: Comparison, name: string) {
  return comparison.rows.find(({ asset }) => asset.name.toLowerCase() === name);
}

test('one machine in several exports is one asset, however each of them spells it', async () => {
  const comparison = await compare(vCenter, cmdb, migrationHub);

  const row = rowOf(comparison, 'ord-web-01');

  expect(row?.sources).toEqual({ [vCenter]: 'known', [cmdb]: 'known', [migrationHub]: 'known' });
  expect(comparison.rows.filter(({ asset }) => asset.name.toLowerCase() === 'ord-web-01')).toHaveLength(1);
});

test('an asset that only one export has is counted as a gap of the others', async () => {
  const comparison = await compare(vCenter, cmdb, migrationHub);

  const ghost = rowOf(comparison, 'ghost-01');

  expect(ghost?.sources).toEqual({ [vCenter]: 'unknown', [cmdb]: 'unknown', [migrationHub]: 'known' });
  expect(ghost?.gaps).toContain('single_source');
  expect(comparison.counted.gaps).toContainEqual({ present: migrationHub, missing: cmdb, assets: 1 });
});

test('a template of the virtualisation export is skipped and makes no asset', async () => {
  const file = await readInventory(vCenter, options);

  expect(file).toMatchObject({ rowsRead: 20, rowsRejected: 0, rowsSkipped: 1 });
  expect(file.records).toHaveLength(19);
});

test('spellings of one operating system are no disagreement', async () => {
  const comparison = await compare(vCenter, cmdb);

  const row = rowOf(comparison, 'pay-app-01');

  expect(row?.disagreements).toEqual([]);
});

test('sources that state different things disagree, and each value names its file and row', async () => {
  const one = await aFile('one.csv', [
    'Hostname,Environment,Owner',
    'app-1,Production,Ann',
    'app-2,Test,Ann',
  ]);
  const two = await aFile('two.csv', [
    'Server Name,Environment,OS',
    'APP-1,Development,RHEL 8',
    'app-2,Test,',
  ]);

  const comparison = await compare(one, two);

  const row = rowOf(comparison, 'app-1');
  expect(Object.values(row?.sources ?? {}).toSorted()).toEqual(['disagrees', 'known']);
  expect(row?.disagreements[0]?.candidates.map(({ importId, rowNumber }) => [importId, rowNumber])).toEqual(
    expect.arrayContaining([
      [one, 1],
      [two, 1],
    ]),
  );
  expect(comparison.counted.disagreementsByAttribute).toEqual({ environment: 1 });
  expect(Object.values(rowOf(comparison, 'app-2')?.sources ?? {})).toEqual(['known', 'known']);
});

test('a file of relations takes no part, and says why', async () => {
  const comparison = await compare(cmdb, relations);

  const document = comparisonDocument(comparison);

  expect(document['files']).toEqual([
    expect.objectContaining({ file: cmdb, inventory: true }),
    expect.objectContaining({ file: relations, inventory: false, reason: expect.any(String), assets: 0 }),
  ]);
  expect(Object.keys(comparison.rows[0]?.sources ?? {})).toEqual([cmdb]);
});

test('an application that servers are named for has a server; others are gaps', async () => {
  const comparison = await compare(migrationHub, portfolio);

  const orders = rowOf(comparison, 'orders');

  expect(orders?.asset.assetType).toBe('application');
  expect(orders?.gaps).not.toContain('without_server');
  expect(comparison.counted.counts.without_server).toBeGreaterThan(0);
});

test('the document counts every asset once in its matrix', async () => {
  const comparison = await compare(vCenter, cmdb, portfolio);

  const document = JSON.parse(JSON.stringify(comparisonDocument(comparison))) as {
    assets: number;
    matrix: { asset: string; type: string; sources: Record<string, string>; disagreements: unknown[] }[];
  };

  expect(document.matrix).toHaveLength(document.assets);
  expect(document.matrix.every(({ sources }) => Object.keys(sources).length === 3)).toBe(true);
  expect(
    document.matrix.every(({ sources }) => Object.values(sources).some((one) => one !== 'unknown')),
  ).toBe(true);
});

test('a column whose target is not sure enough is left out and named', async () => {
  const strict = await readInventory(cmdb, { ...options, minConfidence: 1.01 });

  expect(strict.columnsMapped).toBe(0);
  expect(strict.columnsUnsure).toContain('Serial number');
  expect(strict.records).toEqual([]);
});
