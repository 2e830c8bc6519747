import { encodingEvidence, looksLikeWindows1252 } from '../../src/intake/detection/encoding';
import { faultsOf, readUpload } from '../fixtures/intake/read-upload';

const text = 'Name,Ort,CPU\r\nsrv-1,Zürich,4\r\nsrv-2,Köln – Süd,8\r\n';
const rows = [
  ['srv-1', 'Zürich', '4'],
  ['srv-2', 'Köln – Süd', '8'],
];
const utf16le = Buffer.from(text, 'utf16le');
const utf16be = Buffer.from(utf16le).swap16();
const windows1252 = Buffer.from(text.replaceAll('–', '\u0096'), 'latin1');
const bytes = (...values: readonly number[]): Buffer => Buffer.from(values);

test.each([
  ['UTF-8', Buffer.from(text), 'utf-8', false],
  ['UTF-8 with a mark', Buffer.concat([bytes(0xef, 0xbb, 0xbf), Buffer.from(text)]), 'utf-8', false],
  ['UTF-16 LE with a mark', Buffer.concat([bytes(0xff, 0xfe), utf16le]), 'utf-16le', false],
  ['UTF-16 BE with a mark', Buffer.concat([bytes(0xfe, 0xff), utf16be]), 'utf-16be', false],
  ['UTF-16 LE without a mark', utf16le, 'utf-16le', true],
  ['UTF-16 BE without a mark', utf16be, 'utf-16be', true],
  ['Windows-1252', windows1252, 'windows-1252', true],
])('%s is read as it was written', async (_, content, encoding, isWarned) => {
  const upload = await readUpload(content, { chunkBytes: 5 });

  expect(upload.rows).toEqual(rows);
  expect(upload.columns).toEqual(['Name', 'Ort', 'CPU']);
  expect(upload.detection.encoding).toBe(encoding);
  expect(upload.table.warnings.length > 0).toBe(isWarned);
});

test.each([
  ['shift_jis', bytes(0x83, 0x54, 0x81, 0x5b, 0x83, 0x6f, 0x81, 0x5b), 'サーバー'],
  ['windows-1251', bytes(0xd1, 0xe5, 0xf0, 0xe2, 0xe5, 0xf0), 'Сервер'],
] as const)('%s is told from the text and warned about', async (encoding, cell, expected) => {
  const line = Buffer.concat([cell, Buffer.from(',host1,4\n')]);

  const upload = await readUpload(Buffer.concat([Buffer.from('Name,Host,CPU\n'), line, line]));

  expect(upload.detection.encoding).toBe(encoding);
  expect(upload.rows[0]).toEqual([expected, 'host1', '4']);
  expect(upload.table.warnings).toHaveLength(1);
});

test('an encoding that a person chose is believed', async () => {
  const content = Buffer.concat([Buffer.from('Name,Host\n'), bytes(0xbf), Buffer.from(',host1\n')]);

  const upload = await readUpload(content, { hint: { encoding: 'windows-1250' } });

  expect(upload.rows).toEqual([['ż', 'host1']]);
});

test('a mark before a quoted first header does not become a part of its name', async () => {
  const upload = await readUpload('\u{feff}"Name","IP Address"\n"a","10.0.0.1"\n');

  expect(upload.columns).toEqual(['Name', 'IP Address']);
});

test.each([
  ['a byte that is never text', bytes(0xff)],
  ['a broken sequence', bytes(0xc3, 0x28)],
  ['an overlong sequence', bytes(0xc0, 0xaf)],
  ['a surrogate', bytes(0xed, 0xa0, 0x80)],
])('a record with %s is rejected alone', async (_, fault) => {
  const content = Buffer.concat([Buffer.from('Name,City\nweb'), fault, Buffer.from('x,Bonn\nweb2,Köln\n')]);

  const upload = await readUpload(content);

  expect(faultsOf(upload)).toEqual(['invalid_utf8@2']);
  expect(upload.rejected[0]?.column).toBe(0);
  expect(upload.rows).toEqual([['web2', 'Köln']]);
});

test('a file of UTF-8 and Windows-1252 records keeps both, and counts the converted ones', async () => {
  const first = Buffer.from('Name,City\nweb1,Köln\nweb2,Zürich\nweb3,');

  const upload = await readUpload(Buffer.concat([first, Buffer.from('München\n', 'latin1')]));

  expect(upload.rows.map(([, city]) => city)).toEqual(['Köln', 'Zürich', 'München']);
  expect(upload.transcoded).toBe(1);
});

test('Windows-1252 that first shows behind the detected bytes is still read', async () => {
  const ascii = 'web1,Berlin\n'.repeat(100_000);

  const upload = await readUpload(Buffer.from(`Name,City\n${ascii}web2,Köln\n`, 'latin1'));

  expect(upload.detection.encoding).toBe('utf-8');
  expect(upload.rejected).toEqual([]);
  expect(upload.rows.at(-1)).toEqual(['web2', 'Köln']);
});

test('a lone surrogate in UTF-16 rejects its record and nothing else', async () => {
  const content = Buffer.from('\u{feff}Name,City\na\ud800b,Bonn\nok,Köln 😀\n', 'utf16le');

  const upload = await readUpload(content, { chunkBytes: 3 });

  expect(faultsOf(upload)).toEqual(['invalid_utf8@2']);
  expect(upload.rows).toEqual([['ok', 'Köln 😀']]);
});

test('accented words are plausible Windows-1252, broken UTF-8 is not', () => {
  const plausible = Buffer.from('Zürich, façade, 5 °C, Málaga', 'latin1');

  expect(looksLikeWindows1252(plausible)).toBe(true);
  expect(encodingEvidence(Buffer.from('Zürich'))).toEqual({ multibyte: 1, plausible: 0, implausible: 0 });
  expect(looksLikeWindows1252(bytes(0x61, 0xe2, 0x82, 0x2c))).toBe(false);
});
