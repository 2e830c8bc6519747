import { Readable } from 'node:stream';
import { fc } from '../support/property';
import {
  type CorrectedRow,
  correctedColumns,
  correctedRows,
  csvLine,
  isUnchanged,
  recoverCells,
  rejectedCsv,
  type RejectedRow,
} from '../../src/intake/corrected/corrected-file';
import { detectContent } from '../../src/intake/detection/detect';
import { openTable } from '../../src/intake/read-table';
import { defaultIntakeLimits } from '../../src/intake/types';

const format = { container: 'csv', delimiter: ';', columns: ['Name', 'OS', 'Note'] } as const;

function aRejected(row: Partial<RejectedRow>): RejectedRow {
  const told = { code: 'too_few_cells', message: 'Line 3: 2 cells', hint: 'add cells', column: null };
  return { rowNumber: 2, line: 3, ...told, cells: ['a', 'b', ''], rest: '', ...row };
}

async function written(columns: readonly string[], rows: readonly RejectedRow[]): Promise<Buffer> {
  const pieces: string[] = [];
  const pages = (async function* () {
    yield rows;
  })();
  for await (const piece of rejectedCsv(columns, pages)) pieces.push(piece);
  return Buffer.from(pieces.join(''));
}

async function readBack(columns: readonly string[], file: Buffer): Promise<CorrectedRow[]> {
  const detection = { ...detectContent(file, { quote: '"' }), delimiter: ',' } as const;
  const table = await openTable(() => Readable.from([file]), detection, defaultIntakeLimits, {
    headerLine: 1,
  });
  const places = correctedColumns(columns, table.header.columns);
  if ('missing' in places) throw new Error(`missing: ${places.missing.join()}`);
  const rows: CorrectedRow[] = [];
  for await (const some of correctedRows(table, places)) rows.push(...some);
  return rows;
}

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
  fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', '"', ',', '＝', '1', 'a') }),
);

test('every cell comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 8 }),
      async (rows) => {
        const rejected = rows.map(([a, b, c, rest], at) =>
          aRejected({ rowNumber: at + 1, cells: [a, b, c], rest }),
        );

        const back = await readBack(format.columns, await written(format.columns, rejected));

        expect(back.map(({ rowNumber, cells, rest }) => ({ rowNumber, cells, rest }))).toEqual(
          rejected.map(({ rowNumber, cells, rest }) => ({ rowNumber, cells, rest: rest.trim() })),
        );
      },
    ),
    { numRuns: 300, examples: [[[['', '', "''", "''\""]]]] },
  );
});

test('headers that look like formulas, and like our own columns, come back as well', async () => {
  const columns = ['=Name', 'Surveyor row', '+OS'];

  const back = await readBack(columns, await written(columns, [aRejected({ cells: ['=1+1', '7', '-x'] })]));

  expect(back).toEqual([{ rowNumber: 2, cells: ['=1+1', '7', '-x'], isDeclaredRight: false, rest: '' }]);
});

test('the columns may come back in another order, with some of ours removed', () => {
  const places = correctedColumns(format.columns, ['Surveyor row', 'Note', 'Mine', 'Name', 'OS']);

  expect(places).toEqual({ positions: [3, 4, 1], row: 0, error: -1, rest: -1, unknown: ['Mine'] });
});

test.each([
  [['Name', 'OS', 'Note'], ['Surveyor row']],
  [
    ['Surveyor row', 'Name'],
    ['OS', 'Note'],
  ],
])('a file with the columns %j is not taken', (header, missing) => {
  expect(correctedColumns(format.columns, header)).toEqual({ missing });
});

test.each([
  ['12', 12],
  [' 12.0 ', 12],
  ['twelve', undefined],
  ['', undefined],
])('the record number %j is read as %s', async (text, expected) => {
  const file = Buffer.from(
    [csvLine(['Name', 'OS', 'Note', 'Surveyor row']), csvLine(['a', 'b', 'c', text])].join(''),
  );

  const [row] = await readBack(format.columns, file);

  expect(row?.rowNumber).toBe(expected);
});

test('an emptied error says that the row is right as it stands', async () => {
  const file = Buffer.from(
    [
      csvLine(['Name', 'OS', 'Note', 'Surveyor row', 'Surveyor error']),
      csvLine(['a', 'b', '', '1', '']),
      csvLine(['a', 'b', '', '2', 'too_few_cells']),
    ].join(''),
  );

  const rows = await readBack(format.columns, file);

  expect(rows.map(({ isDeclaredRight }) => isDeclaredRight)).toEqual([true, false]);
});

test.each([
  ['web01;Linux', { cells: ['web01', 'Linux', ''], rest: '' }],
  ['web01;Linux;x;y;z\r\n', { cells: ['web01', 'Linux', 'x'], rest: 'y;z' }],
  ['web01;"Linux;x', { cells: ['web01', 'Linux;x', ''], rest: '' }],
])('the cells of %j are told as far as they can be', (raw, expected) => {
  expect(recoverCells(raw, format)).toEqual(expected);
});

test.each([
  ['{"Name":"web01","Note":{"a":1}}', { cells: ['web01', '', '{"a":1}'], rest: '' }],
  ['[1,2]', { cells: ['', '', ''], rest: '[1,2]' }],
  ['{"Name":', { cells: ['', '', ''], rest: '{"Name":' }],
  ['{"Name":"a","Else":1}', { cells: ['a', '', ''], rest: '{"Name":"a","Else":1}' }],
])('the JSON record %j keeps what has no column', (raw, expected) => {
  expect(recoverCells(raw, { ...format, container: 'ndjson', delimiter: null })).toEqual(expected);
});

test('spaces and line ends that a spreadsheet program changes do not make a row another', () => {
  expect(isUnchanged(['a', 'b\r\nc', ''], ['a ', 'b\nc', ''])).toBe(true);
  expect(isUnchanged(['a', 'b', ''], ['a', 'b', 'c'])).toBe(false);
});
