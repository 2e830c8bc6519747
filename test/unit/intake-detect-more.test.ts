import { gzipSync } from 'node:zlib';

import { DomainError } from '../../src/domain/errors';
import { detectContent } from '../../src/intake/detection/detect';
import type { DetectionHint } from '../../src/intake/detection/detection-hint';
import type { Detection } from '../../src/intake/types';
import { zipOf } from '../fixtures/intake/archives';

const detect = (content: Buffer | string, hint: DetectionHint = {}): Detection =>
  detectContent(Buffer.from(content), hint);

function codeOf(content: Buffer | string): string {
  try {
    return detect(content).container;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

const table = 'Name,IP\nweb-1,10.0.0.1\n';

test('an archive is accepted by its first bytes, whatever its name says', async () => {
  const workbook = await zipOf([
    { name: '[Content_Types].xml', content: '' },
    { name: 'xl/workbook.xml', content: '' },
  ]);

  expect(detect(await zipOf([{ name: 'a.csv', content: table }]), { filename: 'a.csv' })).toMatchObject({
    container: 'csv',
    archive: 'zip',
  });
  expect(detect(await zipOf([{ name: 'a.ndjson', content: '{}' }]))).toMatchObject({
    container: 'ndjson',
    archive: 'zip',
  });
  expect(detect(workbook, { filename: 'servers.csv' })).toMatchObject({ container: 'xlsx' });
  expect(detect(workbook)).not.toHaveProperty('archive');
});

test('a compressed file is detected by what is in it', () => {
  expect(detect(gzipSync(table.replaceAll(',', ';')))).toMatchObject({
    container: 'csv',
    archive: 'gzip',
    delimiter: ';',
  });
  expect(detect(gzipSync('[{"a":1}]'))).toMatchObject({ container: 'json', archive: 'gzip' });
  expect(detect(gzipSync(table.repeat(200_000)))).toMatchObject({ container: 'csv', archive: 'gzip' });
});

test.each<[string, () => Buffer | Promise<Buffer>, string]>([
  [
    'a picture in a compressed file',
    () => gzipSync(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')),
    'UPLOAD_001',
  ],
  ['nothing in a compressed file', () => gzipSync(''), 'UPLOAD_004'],
  ['a header only in a compressed file', () => gzipSync('Name,IP\n'), 'IMP_004'],
  ['a compressed file in a compressed file', () => gzipSync(gzipSync(table)), 'UPLOAD_006'],
  [
    'an archive in a compressed file',
    async () => gzipSync(await zipOf([{ name: 'a.csv', content: table }])),
    'UPLOAD_006',
  ],
  [
    'a tape archive in a compressed file',
    () => gzipSync(`a.csv${'\0'.repeat(252)}ustar\0${table}`),
    'UPLOAD_006',
  ],
  ['an executable', () => Buffer.from('MZ\x90\0\x03\0\0\0\x04\0', 'latin1'), 'UPLOAD_001'],
  ['a text document', () => zipOf([{ name: 'word/document.xml', content: '<a/>' }]), 'UPLOAD_001'],
  ['a binary workbook', () => zipOf([{ name: 'xl/workbook.bin', content: 'a' }]), 'UPLOAD_001'],
])('%s is refused', async (_, content, code) => {
  expect(codeOf(await content())).toBe(code);
});

test.each([
  ['PAR1,PAR2\na,b\n', 'csv'],
  ['MZ,Host\n1,web\n2,app\n', 'csv'],
  ['ORC\nweb-1\nweb-2\n', 'csv'],
  ['BZh91AY&SY,Name\nx,y\n', 'csv'],
])('a table that begins like the binary type is a table: %j', (content, container) => {
  expect(codeOf(content)).toBe(container);
});

test('title lines above the header are counted', () => {
  const { header } = detect(`Inventory report\nAll sites\n\n${table}`);

  expect(header).toEqual({ line: 4, titleLines: 2, isChosen: false });
});

test.each<[string, string, string | undefined]>([
  ['decimal commas', 'Name;RAM\na;16,5\nb;8,25\n', ','],
  ['decimal commas beside versions', 'Name;RAM;OS\na;16,5;7.9\nb;8,25;8.4\n', ','],
  ['thousands with points', 'Name;Price\na;1.234.567,50\n', ','],
  ['decimal points', 'Name,RAM\na,16.5\n', '.'],
  ['thousands with commas', 'Name;Price\na;1,234,567.50\n', '.'],
  ['groups that could be either', 'Name;Price\na;1,234\nb;2.345\n', undefined],
  ['addresses', 'Name,IP\na,10.0.0.1\n', undefined],
])('the decimal mark is noticed: %s', (_, content, mark) => {
  expect(detect(content).decimalMark).toBe(mark);
});

test('what a person has chosen is believed', () => {
  const bytes = Buffer.from('Totals 2026,x\nName|City\nweb-1|Z\xfcrich\n', 'latin1');

  const found = detect(bytes, {
    encoding: 'windows-1250',
    delimiter: '|',
    headerLine: 2,
    decimalMark: ',',
    dateOrder: 'month_first',
    quote: "'",
  });

  expect(found).toMatchObject({
    encoding: 'windows-1250',
    delimiter: '|',
    quote: "'",
    decimalMark: ',',
    dateOrder: 'month_first',
    header: { line: 2, isChosen: true },
  });
});

test('a chosen header line that is not there is refused', () => {
  expect(() => detect(table, { headerLine: 9 })).toThrow(expect.objectContaining({ code: 'UPLOAD_007' }));
});

test.each<[string, string, string | undefined]>([
  ['single quotes', `'Name','Note'\n'web','a, b'\n`, "'"],
  ['single quotes around texts alone', `Name,Id,Note\n'web',1,'a, b'\n'app',2,'c'\n'db',3,''\n`, "'"],
  ['apostrophes', `Name,Owner\nweb,O'Neil\napp,'t Hooft\n`, undefined],
  ['a few quoted words', `Name,Note\nweb,'old'\napp,b\ndb,c\nx,d\ny,e\n`, undefined],
  ['double quotes around single ones', `"Name","Note"\n"'web'","'a'"\n`, undefined],
  ['quotes around whole lines', `"Name,Id,""A, b"""\r\n"web,1,""c, d"""\r\n"app,2,e"\r\n`, 'line'],
  ['quotes around some lines', `Name,Id,Note\nweb,1,a\n"app,2,""b, c"""\n"db,3,""d, e"""\n`, 'line'],
  ['a list of one quoted column', `"Remark"\n"web, app, db"\n"one, two, three"\n`, undefined],
  ['quotes around every cell', `"Name","Id","Note"\n"web","1","a ""b"""\n"app","2",""\n`, undefined],
])('the quotes are told: %s', (_, content, quote) => {
  expect(detect(content).quote).toBe(quote);
});
