import { rawWorkbook, textRows } from '../fixtures/xlsx/raw-workbook';
import { readSheet } from '../fixtures/xlsx/read-sheet';

interface Merged {
  readonly rows: readonly (readonly string[])[];
  readonly merges: readonly string[];
  readonly headerLine?: number;
}

async function headerOf({ rows, merges, headerLine }: Merged) {
  const tail = `<mergeCells>${merges.map((range) => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>`;
  const workbook = await rawWorkbook({ sheets: [{ name: 'Sheet', rows: textRows(rows), tail }] });
  const options = headerLine === undefined ? {} : { headerLine };
  const { columns, table, rows: read } = await readSheet(workbook, { options });
  return { columns, line: table.header.headerLine, first: read[0], count: read.length };
}

const records = [
  ['web-1', '4', '16', '10.0.0.1', 'live'],
  ['web-2', '8', '32', '10.0.0.2', 'live'],
  ['db-1', '16', '64', '10.0.0.3', 'live'],
];

test('groups over columns are joined with the names below them', async () => {
  const header = await headerOf({
    rows: [['Name', 'Hardware', '', 'Network', 'Status'], ['', 'CPU', 'RAM', 'IP', ''], ...records],
    merges: ['A1:A2', 'B1:C1', 'E1:E2'],
  });

  expect(header).toEqual({
    columns: ['Name', 'Hardware CPU', 'Hardware RAM', 'Network IP', 'Status'],
    line: 2,
    first: records[0],
    count: 3,
  });
});

test('groups above a full row of names are joined with it', async () => {
  const header = await headerOf({
    rows: [['Server', '', '', 'Operations', ''], ['Name', 'CPU', 'RAM', 'IP', 'Status'], ...records],
    merges: ['A1:C1', 'D1:E1'],
  });

  expect(header.columns).toEqual([
    'Server Name',
    'Server CPU',
    'Server RAM',
    'Operations IP',
    'Operations Status',
  ]);
  expect([header.line, header.count]).toEqual([2, 3]);
});

test('a title over the whole table is no part of the names', async () => {
  const header = await headerOf({
    rows: [['Estate of 2026', '', '', '', ''], ['Name', 'CPU', 'RAM', 'IP', 'Status'], ...records],
    merges: ['A1:E1'],
  });

  expect(header.columns).toEqual(['Name', 'CPU', 'RAM', 'IP', 'Status']);
});

test('a name over two columns is repeated and told apart by a number', async () => {
  const header = await headerOf({
    rows: [['Name', 'Contact', '', 'IP', 'Status'], ...records],
    merges: ['B1:C1'],
  });

  expect(header.columns).toEqual(['Name', 'Contact', 'Contact (2)', 'IP', 'Status']);
  expect([header.line, header.count]).toEqual([1, 3]);
});

test('merged cells of records are left as they are', async () => {
  const header = await headerOf({
    rows: [['Name', 'CPU', 'RAM', 'IP', 'Status'], ...records, ['db-2', '1', '2', '10.0.0.4', '']],
    merges: ['E4:E5'],
  });

  expect(header.count).toBe(4);
  expect(header.columns).toEqual(['Name', 'CPU', 'RAM', 'IP', 'Status']);
});

test('a row that a person chose is the header, and none is possible', async () => {
  const rows = [
    ['alpha', 'beta'],
    ['gamma', 'delta'],
    ['epsilon', 'zeta'],
  ];

  const second = await headerOf({ rows, merges: [], headerLine: 2 });
  const none = await headerOf({ rows, merges: [], headerLine: 0 });

  expect([second.columns, second.count]).toEqual([['gamma', 'delta'], 1]);
  expect([none.columns, none.count, none.line]).toEqual([['column_1', 'column_2'], 3, 0]);
});

test('a column with values and without a name is kept', async () => {
  const header = await headerOf({
    rows: [
      ['Name', '', 'Site'],
      ['a', 'x', 'Oslo', 'late'],
      ['b', 'y', 'Rome'],
    ],
    merges: [],
  });

  expect(header.columns).toEqual(['Name', 'column_2', 'Site', 'column_4']);
});
