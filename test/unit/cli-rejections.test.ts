import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspectFile } from '../../src/cli/inspect-file';
import { inspectionDocument } from '../../src/cli/inspection-document';
import { inspectionLines } from '../../src/cli/inspection-lines';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'surveyor-rejections-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Every tenth row has a cell too many, and one lacks a cell. */
async function aDamagedFile(): Promise<string> {
  const rows = Array.from({ length: 80 }, (_, row) =>
    row % 10 === 0 ? `host${row},10.0.0.${row},Production,more` : `host${row},10.0.0.${row},Production`,
  );
  const file = path.join(folder, 'damaged.csv');
  await writeFile(file, ['Name,IP Address,Environment', ...rows, 'short', ''].join('\n'));
  return file;
}

test('a dry run counts rejected rows by reason and names their first lines', async () => {
  const inspection = await inspectFile(await aDamagedFile());

  const [table] = inspectionDocument(inspection)['tables'] as Record<string, unknown>[]; // a file is a table
  const lines = inspectionLines(inspection);

  expect(table).toMatchObject({ rows_read: 81, rows_accepted: 72, rows_rejected: 9 });
  expect(table?.['reasons']).toMatchObject([
    { code: 'too_many_cells', count: 8, first_lines: [2, 12, 22, 32, 42] },
    { code: 'too_few_cells', count: 1, first_lines: [82] },
  ]);
  expect(lines).toContain('  too_many_cells: 8 (line 2, 12, 22, 32, 42, …)');
  expect(lines).toContain('  too_few_cells: 1 (line 82)');
});
