import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspectFile } from '../../src/cli/inspect-file';
import { inspectionDocument } from '../../src/cli/inspection-document';
import { inspectionLines } from '../../src/cli/inspection-lines';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'inspect-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function inspected(rows: readonly string[]) {
  const file = path.join(folder, 'servers.csv');
  await writeFile(file, `${rows.join('\n')}\n`);
  return inspectFile(file, { tellsOutlook: true });
}

const servers = [
  'Server Name,Operating System,CPU Cores,RAM (MB),Template,Nothing',
  'web01,Ubuntu 22.04,4,8192,No,',
  'web02,Ubuntu 22.04,8,16384,No,',
  'gold-image,Ubuntu 22.04,2,4096,Yes,',
  'db01,Ubuntu 22.04,0,65536,No,',
];

test('inspection tells which rows become assets, which are left out, and which values are to be looked at', async () => {
  const inspection = await inspected(servers);

  const text = inspectionLines(inspection).join('\n');
  const [table] = inspectionDocument(inspection)['tables'] as Record<string, unknown>[]; // a file is a table

  expect(text).toContain('As suggested: 3 rows describe assets (3 server)');
  expect(text).toContain('Left out: 1 template');
  expect(text).toMatch(/Values to look at:\n {2}CPU Cores, 1 row: /);
  expect(text).toContain('memory_gb (in mb)');
  expect(table).toMatchObject({ assets: { server: 3 }, skipped: { template: 1 }, relations: 0 });
});

test('unmapped columns with values are named, empty ones counted', async () => {
  const text = inspectionLines(await inspected(servers)).join('\n');

  expect(text).toContain('Unmapped: Template\n');
  expect(text).toContain('Unmapped and empty: 1 columns');
});
