import { columnGap } from '../../src/intake/csv/neighbour-table';
import { faultsOf, readUpload } from '../fixtures/intake/read-upload';
import { rawWorkbook, textRows } from '../fixtures/xlsx/raw-workbook';
import { readSheet } from '../fixtures/xlsx/read-sheet';

const header = ['Server', 'OS', 'RAM', '', 'Application', 'Owner'];
const both = [
  ['web01', 'Linux', '16', '', 'Shop', 'Ann'],
  ['web02', 'Linux', '32', '', 'Billing', 'Bob'],
];
const leftOnly = [
  ['db01', 'Linux', '64', '', '', ''],
  ['db02', 'Linux', '64', '', '', ''],
];
const rightOnly = [['', '', '', '', 'CRM', 'Cid']];
const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.join(';')}\n`).join('');

test('of two tables beside each other the first one is read, and the second one set aside', async () => {
  const upload = await readUpload(csv([header, ...both, ...leftOnly]));

  expect(upload.columns).toEqual(['Server', 'OS', 'RAM']);
  expect(upload.rows.map(([name]) => name)).toEqual(['web01', 'web02', 'db01', 'db02']);
  expect(upload.rejected).toEqual([]);
  expect(upload.table.warnings.join()).toContain(
    'A second table begins beside the first one with the column "Application"',
  );
});

test('rows that only the second table has are set aside with their reason and their line', async () => {
  const upload = await readUpload(csv([header, ...both, ...rightOnly]));

  expect(upload.rows.map(([name]) => name)).toEqual(['web01', 'web02']);
  expect(faultsOf(upload)).toEqual(['second_table@4']);
  expect(upload.rejected[0]).toMatchObject({ rowNumber: 3, raw: ';;;;CRM;Cid' });
  expect(upload.rowsRead).toBe(3);
});

test('tables with a name in common are two, and each keeps its own names', async () => {
  const upload = await readUpload(
    csv([
      ['Name', 'OS', '', 'Name', 'Owner'],
      ['web01', 'Linux', '', 'Shop', 'Ann'],
    ]),
  );

  expect(upload.columns).toEqual(['Name', 'OS']);
  expect(upload.rows).toEqual([['web01', 'Linux']]);
  expect(upload.table.warnings.join()).not.toContain('repeated');
});

test('a sheet is parted in the same way, and reading goes on where it stopped', async () => {
  const rows = [header, ...both, ...rightOnly];
  const workbook = await rawWorkbook({ sheets: [{ name: 'Sheet', rows: textRows(rows) }] });

  const { columns, rows: read, table } = await readSheet(workbook);

  expect(columns).toEqual(['Server', 'OS', 'RAM']);
  expect(read.map(([name]) => name)).toEqual(['web01', 'web02']);
  const rest = [];
  for await (const batch of table.batches(1))
    rest.push([batch.accepted, batch.rejected.length, batch.rowsRead]);
  expect(rest).toEqual([[1, 1, 3]]);
});

test.each([
  ['a column that only parts them for the eye', [header, ...both]],
  ['last columns that are seldom filled', [header, ...both, leftOnly[0] ?? []]],
  [
    'an empty column at the end',
    [
      ['Server', 'OS', '', 'Owner'],
      ['web01', 'Linux', '', 'Ann'],
    ],
  ],
])('%s does not part a table', async (_, rows) => {
  const upload = await readUpload(csv(rows));

  expect(upload.columns).toHaveLength(rows[0]?.length ?? 0);
  expect(upload.rows).toHaveLength(rows.length - 1);
  expect(upload.rejected).toEqual([]);
});

test('a gap that may part two tables is told', async () => {
  const upload = await readUpload(csv([header, ...both]));

  expect(upload.table.warnings.join()).toContain(
    'Column 4 is empty; if the columns behind it are another table',
  );
});

test('a nameless column with values is no gap', () => {
  const rows = both.map((row) => row.with(3, 'x'));

  expect(columnGap(header, rows)).toBeUndefined();
});
