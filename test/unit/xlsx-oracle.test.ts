import { Workbook, type CellValue } from 'exceljs';
import { fc } from '../support/property';
import { SaxesParser } from 'saxes';

import { resolveEscapes } from '../../src/intake/xlsx/xml-characters';
import { rawWorkbook } from '../fixtures/xlsx/raw-workbook';
import { readSheet } from '../fixtures/xlsx/read-sheet';

/** Text that XML can hold. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom('a', '"', ',', '\n', '\\', '<', '&', ' ', '_', 'x', 'é', '😀'),
      maxLength: 12,
    }),
    fc.constantFrom('007', '_x000D_', '=1+1', '\\.', 'NULL', '1.50'),
  )
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  .map((value) => value.replaceAll(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/gu, ''));

const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, min: -1e15, max: 1e15 }).filter((value) => value === 0 || Math.abs(value) > 1e-5),
  fc.constantFrom(0, 0.1 + 0.2, 1e-7, 123_456_789.25),
);

const names = ['Name', 'Second', 'Third', 'Fourth'];
const oracleRuns = 60;

function expectedText(value: CellValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  const decimal = Number(Number(value).toPrecision(15)) + 0;
  return decimal.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 });
}

test('what exceljs writes is read as it was, with shared and with inline texts', async () => {
  const cell = fc.oneof(text, number, fc.boolean());
  const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 15 });

  await fc.assert(
    fc.asyncProperty(rows, fc.boolean(), async (values, isShared) => {
      const workbook = new Workbook();
      const sheet = workbook.addWorksheet('Sheet');
      sheet.addRow(names);
      // The first column keeps the rows from being blank and the header from being taken for one of them.
      for (const [at, row] of values.entries()) sheet.addRow([`row ${at} of ${values.length}`, ...row]);
      const bytes = Buffer.from(await workbook.xlsx.writeBuffer({ useSharedStrings: isShared }));

      const read = await readSheet(bytes, { options: { headerLine: 1 } });

      expect(read.columns).toEqual(names);
      expect(read.rows.map((cells) => cells.slice(1))).toEqual(
        // exceljs does not escape what looks like an escape.
        values.map((row) => row.map((value) => resolveEscapes(expectedText(value)))),
      );
    }),
    { numRuns: oracleRuns },
  );
});

test('dates, formulas, errors, links and rich texts of exceljs are read as people see them', async () => {
  const workbook = new Workbook();
  const sheet = workbook.addWorksheet('Sheet');
  sheet.addRow(['Name', 'Installed', 'Seen', 'Share', 'Sum', 'State', 'Link', 'Note']);
  sheet.addRow([
    'web-1',
    new Date('2024-03-01T00:00:00Z'),
    new Date('2024-03-01T13:45:10Z'),
    0.855,
    { formula: '1+1', result: 2 },
    { error: '#REF!' },
    { text: 'a page', hyperlink: 'http://127.0.0.1/' },
    { richText: [{ text: 'very ' }, { font: { bold: true }, text: 'old' }] },
  ]);
  sheet.getCell('B2').numFmt = 'dd.mm.yyyy';
  sheet.getCell('C2').numFmt = 'yyyy-mm-dd hh:mm';
  sheet.getCell('D2').numFmt = '0.0%';

  const { rows } = await readSheet(Buffer.from(await workbook.xlsx.writeBuffer()));

  expect(rows).toEqual([
    ['web-1', '2024-03-01', '2024-03-01T13:45:10', '85.5%', '2', '#REF!', 'a page', 'very old'],
  ]);
});

/** The texts of the cells by a real XML parser: sparse rows by reference, inline texts and plain values. */
function readBySaxes(xml: string): string[][] {
  const rows: string[][] = [];
  let cells: string[] = [];
  let column = 0;
  let collected: string | null = null;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'row') cells = [];
    if (name === 'c') {
      const reference = attributes['r'] ?? '';
      column = reference === '' ? column + 1 : reference.charCodeAt(0) - 0x40;
    }
    if (name === 'row') column = 0;
    if (name === 'v' || name === 't') collected = '';
  });
  const add = (part: string): void => {
    if (collected !== null) collected += part;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', ({ name }) => {
    if (name === 'v' || name === 't') {
      cells[column - 1] = (cells[column - 1] ?? '') + resolveEscapes(collected ?? '');
      collected = null;
    } else if (name === 'row') rows.push(names.map((_, at) => cells[at] ?? ''));
  });
  parser.write(xml).close();
  return rows;
}

const escaped = (value: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
    value.replaceAll(/[^\n ]/gu, (character) => `&#${character.codePointAt(0)};`),
    `<![CDATA[${value.replaceAll(']]>', '')}]]>`,
    `<!-- <v> -->${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}<!---->`,
  );
const content = text.chain(escaped);
const space = fc.constantFrom('', ' ', '\n');
const cellXml = (reference: string): fc.Arbitrary<string> =>
  fc
    .record({ content, space, kind: fc.constantFrom('str', 'inline', 'runs', 'none', 'missing') })
    .map((drawn) => {
      const tag = `<c${drawn.space === '' ? ' ' : drawn.space} r="${reference}"`;
      if (drawn.kind === 'missing') return '';
      if (drawn.kind === 'none') return `${tag}${drawn.space}/>`;
      if (drawn.kind === 'str')
        return `${tag} t='str'><v${drawn.space}>${drawn.content}</v>${drawn.space}</c>`;
      const run = `<t xml:space="preserve">${drawn.content}</t>`;
      const runs = drawn.kind === 'runs' ? `<r><rPr><b/></rPr>${run}</r>${drawn.space}<r>${run}</r>` : run;
      return `${tag} t="inlineStr">${drawn.space}<is>${runs}</is></c>`;
    });
const rowXml = (line: number): fc.Arbitrary<string> =>
  fc
    .tuple(cellXml(`B${line}`), cellXml(`C${line}`), cellXml(`D${line}`), space)
    .map(
      ([b, c, d, gap]) =>
        `<row r="${line}"${gap}><c t="str"><v>row ${line}</v></c>${gap}${b}${c}${gap}${d}</row>`,
    );

test('sheets of any layout are read as a real XML parser reads them', async () => {
  const part = fc
    .integer({ min: 1, max: 12 })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => rowXml(at + 2)), space))
    .map((pieces) => {
      const header = names.map((name) => `<c t="str"><v>${name}</v></c>`).join('');
      return `<worksheet><sheetData><row r="1">${header}</row>${pieces.join('')}</sheetData></worksheet>`;
    });

  await fc.assert(
    fc.asyncProperty(part, async (xml) => {
      const workbook = await rawWorkbook({ sheets: [{ name: 'Sheet', part: xml }] });

      const { rows } = await readSheet(workbook, { options: { headerLine: 1 } });

      expect(rows).toEqual(readBySaxes(xml).slice(1));
    }),
    { numRuns: oracleRuns },
  );
});
