import { memoryBytes } from '../../src/intake/file-bytes';
import { listSheets } from '../../src/intake/workbook';
import { type RawSheet, rawWorkbook, textRows } from '../fixtures/xlsx/raw-workbook';
import { readSheet } from '../fixtures/xlsx/read-sheet';

const servers = [
  ['Name', 'Site'],
  ['web-1', 'Berlin'],
  ['web-2', 'Oslo'],
];
const oneSheet = (sheet: Omit<RawSheet, 'name'>, more = {}): Promise<Buffer> =>
  rawWorkbook({ sheets: [{ name: 'Sheet', ...sheet }], ...more });
const list = async (sheets: readonly RawSheet[]) => {
  const { tables, ignored, warnings } = await listSheets(memoryBytes(await rawWorkbook({ sheets })));
  const reasons = ignored.map(({ place, reason }) => [place.sheet, reason]);
  return { tables: tables.map(({ place }) => place.sheet), reasons, warnings };
};

test('every sheet with a table is listed, and for each other one the reason is told', async () => {
  const listed = await list([
    {
      name: 'Cover',
      rows: textRows([['Migration report'], ['prepared for a customer by somebody'], ['in 2026']]),
    },
    {
      name: 'About',
      rows: textRows([
        ['Customer:', 'ACME'],
        ['Author:', 'P. L.'],
        ['Date:', '2026'],
      ]),
    },
    { name: 'Servers', rows: textRows(servers) },
    { name: 'Empty' },
    { name: 'Only names', rows: textRows([['Name', 'Site']]) },
    {
      name: 'Numbers',
      rows: textRows([
        ['1', '2'],
        ['3', '4'],
      ]),
    },
    { name: 'Chart', kind: 'chartsheet', part: '<chartsheet/>' },
    { name: 'Old', rows: textRows(servers), state: 'hidden' },
    { name: 'Hosts', rows: textRows([['Host'], ['esx-1'], ['esx-2'], ['esx-3']]) },
  ]);

  expect(listed.tables).toEqual(['Servers', 'Hosts']);
  expect(listed.reasons).toEqual([
    ['Cover', 'It is a page of text and holds no table'],
    ['About', 'It is a page of text and holds no table'],
    ['Empty', 'The sheet is empty'],
    ['Only names', 'There are no records below the column names'],
    ['Numbers', 'No row of column names was found'],
    ['Chart', 'It holds a chart or a dialog and no cells'],
    ['Old', 'The sheet is hidden'],
  ]);
});

test('hidden sheets are read when no other holds a table', async () => {
  const listed = await list([
    { name: 'Empty' },
    { name: 'Secret', rows: textRows(servers), state: 'veryHidden' },
  ]);

  expect(listed.tables).toEqual(['Secret']);
  expect(listed.warnings).toEqual(['Only hidden sheets hold a table; they were read']);
});

test.each<[string, string]>([
  [
    'a namespace prefix',
    '<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>Name</x:t></x:is></x:c><x:c r="B1" t="str"><x:v>Site</x:v></x:c></x:row><x:row r="2"><x:c r="A2" t="str"><x:v>web-1</x:v></x:c><x:c t="str"><x:v>Berlin</x:v></x:c></x:row><x:row><x:c t="str"><x:v>web-2</x:v></x:c><x:c t="str"><x:v>Oslo</x:v></x:c></x:row></x:sheetData></x:worksheet>',
  ],
  [
    'instructions, comments and settings in front',
    `<?xml version="1.0"?><!-- made by hand --><worksheet><sheetPr/><cols><col min="1" max="2" hidden="1"/></cols><sheetData>${textRows(servers)}</sheetData></worksheet>`,
  ],
  [
    'comments and other elements between rows',
    `<worksheet><sheetData><!-- <row> --><other><row/></other>${textRows(servers)}</sheetData></worksheet>`,
  ],
  ['a byte order mark', `\ufeff<worksheet><sheetData>${textRows(servers)}</sheetData></worksheet>`],
  [
    'cells in any order',
    '<worksheet><sheetData><row r="1"><c r="B1" t="str"><v>Site</v></c><c r="A1" t="str"><v>Name</v></c></row><row r="2"><c r="B2" t="str"><v>Berlin</v></c><c r="A2" t="str"><v>web-1</v></c></row><row r="3"><c r="A3" t="str"><v>web-2</v></c><c r="B3" t="str"><v>Oslo</v></c></row></sheetData></worksheet>',
  ],
])('a sheet with %s is read', async (_, part) => {
  const { columns, rows } = await readSheet(await oneSheet({ part }));

  expect({ columns, rows }).toEqual({ columns: servers[0], rows: servers.slice(1) });
});

test('parts in UTF-16 are read', async () => {
  const part = Buffer.from(
    `\ufeff<worksheet><sheetData>${textRows(servers)}</sheetData></worksheet>`,
    'utf16le',
  );

  expect((await readSheet(await oneSheet({ part }))).rows).toEqual(servers.slice(1));
});

test('the strict form, absolute targets and other names of parts are understood', async () => {
  const strict = 'http://purl.oclc.org/ooxml/officeDocument/relationships';
  const workbook = await rawWorkbook({
    sheets: [{ name: 'Sheet', rows: textRows(servers) }],
    without: ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/worksheets/sheet1.xml'],
    parts: {
      '_rels/.rels': `<Relationships><Relationship Id="r" Type="${strict}/officeDocument" Target="/book/main.xml"/><Relationship Id="x" Type="${strict}/worksheet" TargetMode="External" Target="http://127.0.0.1:1/x"/></Relationships>`,
      'book/main.xml': `<s:workbook xmlns:s="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:q="${strict}"><s:sheets><s:sheet name="A &amp; B" sheetId="4" q:id="one"/></s:sheets></s:workbook>`,
      'book/_rels/main.xml.rels': `<p:Relationships xmlns:p="urn:p"><p:Relationship Id="one" Type="${strict}/worksheet" Target="./../data/Sheet%20one.xml"/></p:Relationships>`,
      'data/Sheet one.xml': `<worksheet><sheetData>${textRows(servers)}</sheetData></worksheet>`,
    },
  });

  expect((await readSheet(workbook, { sheet: 'A & B' })).rows).toEqual(servers.slice(1));
});

test('line numbers are those of the sheet, blank rows are passed over, and reading goes on behind taken records', async () => {
  const rows =
    textRows([['A title over it']], 2) +
    textRows([servers[0] ?? []], 5) +
    textRows(servers.slice(1), 7) +
    textRows([['', ' ']], 20) +
    textRows([['web-3', 'Rome']], 30);
  const workbook = await oneSheet({ rows });

  const { table, records } = await readSheet(workbook);
  const behind = await readSheet(workbook, { options: { skipRows: 2 } });

  expect(table.header).toEqual({ name: 'Sheet', headerLine: 5, columns: ['Name', 'Site'] });
  expect(records.map(({ rowNumber, line }) => [rowNumber, line])).toEqual([
    [1, 7],
    [2, 8],
    [3, 30],
  ]);
  expect(behind.records).toEqual([{ rowNumber: 3, line: 30, cells: ['web-3', 'Rome'] }]);
  expect(table.warnings).toEqual(['The header row was found on row 5; the rows above it are no data']);
});

test('hidden rows and formulas without a result are read and counted', async () => {
  const rows = `${textRows([servers[0] ?? []])}<row r="2" hidden="1"><c t="str"><v>web-1</v></c><c><f>1+1</f></c></row><row r="3" hidden="true"><c t="str"><v>row hidden="1" &lt;f></v></c><c><f t="shared" si="1"/></c></row><row r="4" hidden="0"><c t="str"><v>c</v></c><c><f>2</f><v>2</v></c></row>`;

  const { table, rows: read } = await readSheet(await oneSheet({ rows }));

  expect(read).toHaveLength(3);
  expect(table.warnings).toEqual([
    '2 hidden rows were read like the others',
    '2 formulas without a stored result read as empty; open the workbook, let it calculate and save it',
  ]);
});

test('more rows than allowed are refused, and more columns too', async () => {
  const workbook = await oneSheet({ rows: textRows(servers) });

  await expect(readSheet(workbook, { limits: { maxRows: 1 } })).rejects.toMatchObject({ code: 'IMP_002' });
  await expect(readSheet(workbook, { limits: { maxColumns: 1 } })).rejects.toMatchObject({
    code: 'UPLOAD_008',
  });
});

test('a wide table is written as arrays', async () => {
  const wide = [
    Array.from({ length: 250 }, (_, at) => `Column ${at}`),
    Array.from({ length: 250 }, (_, at) => (at === 3 ? 'a "b", {c}' : `v${at}`)),
  ];

  const { table, rows } = await readSheet(await oneSheet({ rows: textRows(wide) }));

  expect(table.copyOptions.layout).toBe('array');
  expect(rows).toEqual([wide[1]]);
});

test('a stray value far to the right does not make a thousand columns', async () => {
  const rows = `${textRows(servers)}<row r="4"><c r="A4" t="str"><v>web-3</v></c><c r="XFD4"><v>1</v></c></row>`;

  const { rejected } = await readSheet(await oneSheet({ rows }));

  expect(rejected).toMatchObject([{ line: 4, column: 16_383, code: 'too_many_cells' }]);
});

test('a sheet that is not there is said to be none', async () => {
  await expect(readSheet(await oneSheet({ rows: '' }), { sheet: 'Other' })).rejects.toMatchObject({
    code: 'IMP_005',
  });
});

test('the header again, a second table and totals below are no records', async () => {
  const rows =
    textRows([...servers, ...servers, ['Total', '4']]) +
    textRows(
      [
        ['Site', 'Code'],
        ['Berlin', 'B'],
        ['Oslo', 'O'],
      ],
      10,
    );

  const { records, rejected } = await readSheet(await oneSheet({ rows }));

  expect(records.map(({ line }) => line)).toEqual([2, 3, 5, 6]);
  expect(rejected.map(({ line, code }) => [line, code])).toEqual([
    [4, 'repeated_header'],
    [7, 'footer_total'],
    [10, 'second_table'],
    [11, 'second_table'],
    [12, 'second_table'],
  ]);
});
