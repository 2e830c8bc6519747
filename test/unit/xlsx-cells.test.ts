import { readSheet } from '../fixtures/xlsx/read-sheet';
import { rawWorkbook, textRows } from '../fixtures/xlsx/raw-workbook';

const header = textRows([['Name', 'Value', 'Note']]);
/** The value of one cell, written as XML, in a table around it. */
async function valueOf(cell: string, more: { readonly shared?: string; readonly styles?: string } = {}) {
  const rows = `${header}<row r="2"><c t="inlineStr"><is><t>a</t></is></c>${cell}</row>`;
  const { rows: read } = await readSheet(await rawWorkbook({ sheets: [{ name: 'Sheet', rows }], ...more }));
  return read[0]?.[1];
}

test.each([
  ['a number', '<c r="B2"><v>1234.5</v></c>', '1234.5'],
  ['a number with its type', '<c r="B2" t="n"><v>7</v></c>', '7'],
  ['a number with blanks around it', '<c r="B2"><v> 7 </v></c>', '7'],
  ['a number with an exponent', '<c r="B2"><v>1.5E+3</v></c>', '1500'],
  ['a yes', '<c r="B2" t="b"><v>1</v></c>', 'TRUE'],
  ['a no', '<c r="B2" t="b"><v>0</v></c>', 'FALSE'],
  ['an error', '<c r="B2" t="e"><v>#N/A</v></c>', '#N/A'],
  ['the text of a formula', '<c r="B2" t="str"><f>A1&amp;"x"</f><v>a, b</v></c>', 'a, b'],
  ['the number of a formula', '<c r="B2"><f>1+1</f><v>2</v></c>', '2'],
  ['a shared formula', '<c r="B2"><f t="shared" si="0"/><v>3</v></c>', '3'],
  ['a formula without result', '<c r="B2"><f>1+1</f></c>', ''],
  ['a formula with an empty result', '<c r="B2" t="str"><f>""</f><v></v></c>', ''],
  ['a date as text', '<c r="B2" t="d"><v>2024-03-01T13:45:00</v></c>', '2024-03-01T13:45:00'],
  ['an inline text', '<c r="B2" t="inlineStr"><is><t>007</t></is></c>', '007'],
  ['an empty inline text', '<c r="B2" t="inlineStr"><is><t/></is></c>', ''],
  ['an inline text without content', '<c r="B2" t="inlineStr"/>', ''],
  [
    'an inline text of runs',
    '<c t="inlineStr"><is><r><rPr><b/></rPr><t>Big</t></r><r><t> deal</t></r></is></c>',
    'Big deal',
  ],
  ['an empty cell', '<c r="B2" s="0"/>', ''],
  ['single quotes', "<c r='B2' t='str'><v>x</v></c>", 'x'],
  ['blanks in the tag', '<c  r = "B2"\n t = "str" ><v >x</v ></c >', 'x'],
  ['attributes in another order', '<c t="str" s="0" cm="1" r="B2"><v>x</v></c>', 'x'],
  ['character data', '<c r="B2" t="str"><v><![CDATA[a<b>&amp;]]></v></c>', 'a<b>&amp;'],
  ['a comment', '<c r="B2" t="str"><v>a<!-- </v></c> -->b</v></c>', 'ab'],
  ['an unknown child', '<c r="B2"><extLst><ext><v>9</v></ext></extLst><v>8</v></c>', '8'],
  ['entities', '<c r="B2" t="str"><v>&lt;&amp;&gt;&quot;&apos;&#233;&#xe9;</v></c>', '<&>"\'éé'],
  ['a line break', '<c r="B2" t="str"><v>a&#10;b</v></c>', 'a\nb'],
  ['line ends of the file', '<c r="B2" t="str"><v>a\r\nb\rc</v></c>', 'a\nb\nc'],
  ['an escaped carriage return', '<c r="B2" t="str"><v>a_x000D_\nb</v></c>', 'a\r\nb'],
  ['what looks like an escape', '<c r="B2" t="str"><v>a_x005F_x000D_b</v></c>', 'a_x000D_b'],
  ['underscores', '<c r="B2" t="str"><v>srv_x86_64_</v></c>', 'srv_x86_64_'],
  ['blanks at its ends', '<c r="B2" t="str"><v xml:space="preserve"> a </v></c>', ' a '],
  ['letters of any script', '<c r="B2" t="str"><v>Zürich 東京 😀</v></c>', 'Zürich 東京 😀'],
  ['an escaped pair of surrogates', '<c r="B2" t="str"><v>_xD83D__xDE00_</v></c>', '😀'],
  ['quotes and backslashes', '<c r="B2" t="str"><v>say "a\\b", then</v></c>', 'say "a\\b", then'],
])('%s', async (_, cell, value) => {
  expect(await valueOf(cell)).toBe(value);
});

test.each([
  ['plain', '<si><t>web</t></si>', 'web'],
  ['of runs', '<si><r><t>we</t></r><r><rPr><i/></rPr><t xml:space="preserve"> b</t></r></si>', 'we b'],
  [
    'with its pronunciation',
    '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>',
    '東京',
  ],
  ['empty', '<si/>', ''],
  ['of an empty text', '<si><t/></si>', ''],
  ['with an entity', '<si><t>a&amp;b, c</t></si>', 'a&b, c'],
])('a shared text %s', async (_, item, text) => {
  expect(await valueOf('<c r="B2" t="s"><v>1</v></c>', { shared: `<si><t>zero</t></si>${item}` })).toBe(text);
});

const styles =
  '<numFmts count="2"><numFmt numFmtId="170" formatCode="0&quot; GB&quot;"/><numFmt numFmtId="171" formatCode="[h]:mm"/></numFmts>' +
  '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
  '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs>' +
  '<dxfs><dxf><numFmt numFmtId="170" formatCode="yyyy"/></dxf></dxfs>';

test.each([
  [0, '45352', '45352'],
  [1, '45352', '2024-03-01'],
  [2, '0.85', '85%'],
  [3, '16', '16 GB'],
  [4, '1.5', '36:00:00'],
  [99, '5', '5'],
])('a number of style %i is shown by its format', async (style, stored, text) => {
  expect(await valueOf(`<c r="B2" s="${style}"><v>${stored}</v></c>`, { styles })).toBe(text);
});

test('each bad cell rejects its row alone and says where it stands', async () => {
  const bad = (value: string): string => `<c t="str"><v>${value}</v></c>`;
  const rows = [
    header,
    `<row r="2">${bad('a')}${bad('x_x0000_y')}</row>`,
    `<row r="3">${bad('b')}${bad('&#xD800;')}</row>`,
    `<row r="4">${bad('c')}${bad('y'.repeat(101))}</row>`,
    `<row r="5">${bad('d')}<c r="G5"><v>1</v></c></row>`,
    `<row r="6">${bad('e')}${bad('good')}</row>`,
  ];
  const part = `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`;
  const later = Array.from({ length: 250 }, (_, at) => `<row r="${at + 7}">${bad('f')}</row>`).join('');
  const whole = part
    .replace(rows[4] ?? '', '')
    .replace('</sheetData>', `${later}${rows[4]?.replaceAll('5"', '900"')}</sheetData>`);
  const workbook = await rawWorkbook({ sheets: [{ name: 'Sheet', part: whole }] });

  const { records, rejected } = await readSheet(workbook, { limits: { maxCellBytes: 100 } });

  expect(rejected.map(({ line, column, code }) => ({ line, column, code }))).toEqual([
    { line: 2, column: 1, code: 'nul_byte' },
    { line: 3, column: 1, code: 'invalid_utf8' },
    { line: 4, column: 1, code: 'cell_too_large' },
    { line: 900, column: 6, code: 'too_many_cells' },
  ]);
  expect(rejected[3]?.message).toBe(
    'Line 900, cell 7: a value stands outside the columns of the header; give its column a name or remove it',
  );
  expect(rejected[3]?.raw).toBe('d,,,,,,1');
  expect(records[0]).toEqual({ rowNumber: 4, line: 6, cells: ['e', 'good', ''] });
});

test('bytes that are no UTF-8 reject their row alone', async () => {
  const xml = `<worksheet><sheetData>${textRows([
    ['Name', 'Site'],
    ['a', 'X'],
    ['b', '@@'],
    ['c', 'Y'],
  ])}</sheetData></worksheet>`;
  const part = Buffer.from(xml.replace('@@', '\u00fc\u00fc'), 'latin1');

  const { rows, rejected } = await readSheet(await rawWorkbook({ sheets: [{ name: 'Sheet', part }] }));

  expect(rows).toEqual([
    ['a', 'X'],
    ['c', 'Y'],
  ]);
  expect(rejected).toMatchObject([{ line: 3, column: 1, code: 'invalid_utf8', rowNumber: 2 }]);
});
