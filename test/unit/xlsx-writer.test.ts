import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Workbook } from 'exceljs';
import { fc } from '../support/property';

import { memoryBytes } from '../../src/intake/file-bytes';
import { listSheets } from '../../src/intake/workbook';
import { type WrittenCell, type WrittenSheet, writeWorkbook } from '../../src/intake/xlsx/write-workbook';
import { resolveEscapes } from '../../src/intake/xlsx/xml-characters';
import { readSheet } from '../fixtures/xlsx/read-sheet';

const columns = [{ name: 'Name' }, { name: 'Value', width: 30 }, { name: 'Note' }];
const sheetOf = (rows: readonly (readonly WrittenCell[])[], name = 'Sheet'): WrittenSheet => ({
  name,
  columns,
  rows,
});
const written = (...sheets: readonly WrittenSheet[]): Promise<Buffer> => buffer(writeWorkbook(sheets));

async function byExceljs(bytes: Buffer): Promise<Workbook> {
  const workbook = new Workbook();
  // The declared type of exceljs is that of an older Node.
  await workbook.xlsx.load(bytes as unknown as Parameters<Workbook['xlsx']['load']>[0]);
  return workbook;
}

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 10 }).filter((value) => !value.includes('\0')),
  fc.string({
    unit: fc.constantFrom(
      'a',
      '"',
      ',',
      '\r',
      '\n',
      '\t',
      '<',
      '&',
      ' ',
      '_',
      'x',
      '0',
      '\u0007',
      '\u001f',
      '\uffff',
      '😀',
    ),
    maxLength: 12,
  }),
  fc.constantFrom(
    '=1+1',
    '@cmd',
    '+49',
    '-5',
    '007',
    '_x0041_',
    '_X000d_',
    '1e5',
    'TRUE',
    '#N/A',
    '2024-03-01',
  ),
);

test('what is written is read back the same by us and by exceljs', async () => {
  const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 15 });

  await fc.assert(
    fc.asyncProperty(rows, async (values) => {
      const records = values.map(([a, b], at) => [`row ${at} of ${values.length}`, a, b]);

      const bytes = await written(sheetOf(records));

      const read = await readSheet(bytes, { options: { headerLine: 1 } });
      // exceljs leaves the escapes of inline texts as they are; spreadsheets resolve them.
      const other = (await byExceljs(bytes)).getWorksheet('Sheet');
      expect(read.rows).toEqual(records);
      expect(
        records.map((_, at) =>
          [1, 2, 3].map((column) => resolveEscapes(other?.getCell(at + 2, column).text ?? '')),
        ),
      ).toEqual(records);
    }),
    { numRuns: 60 },
  );
});

test('texts stay texts, and numbers are numbers only when they are given as such', async () => {
  const bytes = await written(
    sheetOf([
      ['a', 42, '42'],
      ['b', 1.5, '=1+1'],
      ['c', null, ''],
    ]),
  );

  const sheet = (await byExceljs(bytes)).getWorksheet('Sheet');
  expect([2, 3, 4].map((line) => [sheet?.getCell(line, 2).value, sheet?.getCell(line, 3).value])).toEqual([
    [42, '42'],
    [1.5, '=1+1'],
    [null, null],
  ]);
  expect(sheet?.getCell('C3').formula).toBeUndefined();
});

test('the header is bold, frozen and filtered, and columns have widths', async () => {
  const sheet = (await byExceljs(await written(sheetOf([['a', 'b', 'c']])))).getWorksheet('Sheet');

  expect(sheet?.getCell('A1').font.bold).toBe(true);
  expect(sheet?.getCell('A2').font.bold).toBeUndefined();
  expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
  expect(sheet?.autoFilter).toBe('A1:C2');
  expect(sheet?.getColumn(2).width).toBe(30);
});

test('names of sheets are made fit and told apart', async () => {
  const rows = [['a', 'b', 'c']];
  const names = ['A/B: [x]?', 'a b   x', "'quoted'", 'History', '', 'n'.repeat(40), 'N'.repeat(35)];

  const bytes = await written(...names.map((name) => sheetOf(rows, name)));

  const { tables } = await listSheets(memoryBytes(bytes));
  const found = tables.map(({ place }) => place.sheet ?? '');
  expect(found).toHaveLength(names.length);
  expect(new Set(found.map((name) => name.toLowerCase())).size).toBe(names.length);
  expect(found.every((name) => name.length <= 31 && !/[[\]:*?/\\]/u.test(name) && name !== 'History')).toBe(
    true,
  );
});

test('a text that no cell can hold is cut and ends with a mark', async () => {
  const { rows } = await readSheet(await written(sheetOf([['a', 'x'.repeat(40_000), 'b']])), {
    options: { headerLine: 1 },
  });

  expect(rows[0]?.[1]).toHaveLength(32_767);
  expect(rows[0]?.[1]?.endsWith('x…')).toBe(true);
});

test('rows are asked for as they are written, from several sheets one after the other', async () => {
  const taken: string[] = [];
  async function* rowsOf(name: string): AsyncGenerator<string[]> {
    for (let at = 0; at < 3; at += 1) {
      taken.push(`${name}${at}`);
      yield [`${name}${at}`, 'x', 'y'];
    }
  }
  async function* sheets(): AsyncGenerator<WrittenSheet> {
    yield { name: 'One', columns, rows: rowsOf('a') };
    yield { name: 'Two', columns, rows: rowsOf('b') };
  }

  const bytes = await buffer(writeWorkbook(sheets()));

  expect(taken).toEqual(['a0', 'a1', 'a2', 'b0', 'b1', 'b2']);
  expect((await readSheet(bytes, { sheet: 'Two' })).rows).toHaveLength(3);
});

test('an error of the rows is the error of the stream', async () => {
  function* rows(): Generator<string[]> {
    yield ['a', 'b', 'c'];
    throw new Error('the source is gone');
  }

  await expect(buffer(writeWorkbook([{ name: 'Sheet', columns, rows: rows() }]))).rejects.toThrow(
    'the source is gone',
  );
  await expect(buffer(writeWorkbook([]))).rejects.toThrow('A workbook needs a sheet');
});

test('who stops reading lets go of the rows', async () => {
  let isReleased = false;
  function* rows(): Generator<string[]> {
    try {
      for (;;) yield ['a'.repeat(1000), 'b', String(Math.random())];
    } finally {
      isReleased = true;
    }
  }
  const stream: Readable = writeWorkbook([{ name: 'Sheet', columns, rows: rows() }]);

  let read = 0;
  for await (const chunk of stream) {
    read += (chunk as Buffer).length; // a byte stream without encoding
    if (read > 10_000) break;
  }
  await new Promise((resolve) => setImmediate(resolve));

  expect(isReleased).toBe(true);
});
