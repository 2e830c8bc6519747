import { deflateRawSync } from 'node:zlib';

import { DomainError } from '../../src/domain/errors';
import { defaultIntakeLimits } from '../../src/intake/types';
import { listSheets, openSheet } from '../../src/intake/workbook';
import { directoryRecords, uploadOf, withSize, zipOf } from '../fixtures/intake/archives';
import { type RawWorkbook, rawFiles, rawWorkbook, textRows } from '../fixtures/xlsx/raw-workbook';
import { readSheet } from '../fixtures/xlsx/read-sheet';

const servers = [
  ['Name', 'Site'],
  ['web-1', 'Berlin'],
  ['web-2', 'Oslo'],
];
const good: RawWorkbook = { sheets: [{ name: 'Sheet', rows: textRows(servers) }] };

/** Code and reason (or detected type) for which a workbook is refused; 'read' when it is read. */
async function outcome(workbook: Buffer, limits = {}): Promise<unknown> {
  try {
    const upload = uploadOf(workbook);
    await listSheets(upload, { ...defaultIntakeLimits, ...limits });
    await readSheet(workbook, { limits });
    return 'read';
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [error.code, error.details['reason'] ?? error.details['detected'] ?? null];
  }
}

const withPart = (name: string, content: string | Buffer): Promise<Buffer> =>
  rawWorkbook({ ...good, parts: { [name]: content } });

const doctype = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY a SYSTEM "file:///etc/passwd">]>';
const sheet = `<worksheet><sheetData>${textRows(servers)}</sheetData></worksheet>`;

test.each<[string, string, string]>([
  ['a sheet', 'xl/worksheets/sheet1.xml', `<?xml version="1.0"?>${doctype}${sheet}`],
  ['the shared texts', 'xl/sharedStrings.xml', `${doctype}<sst><si><t>&lol;</t></si></sst>`],
  ['the list of sheets', 'xl/workbook.xml', `${doctype}<workbook><sheets/></workbook>`],
  ['the relationships', 'xl/_rels/workbook.xml.rels', `${doctype}<Relationships/>`],
  ['the styles', 'xl/styles.xml', `${doctype}<styleSheet/>`],
  ['a cell, as an entity', 'xl/worksheets/sheet1.xml', sheet.replace('Oslo', '&lol;')],
  ['a sheet, as an external entity', 'xl/worksheets/sheet1.xml', sheet.replace('Oslo', '&a;')],
])('a document type or entity in %s is refused', async (_, name, content) => {
  expect(await outcome(await withPart(name, content))).toEqual(['UPLOAD_006', 'document_type']);
});

const contentType = (type: string): Promise<Buffer> => rawWorkbook({ ...good, contentType: type });
const ole = (text: string): Buffer => {
  const bytes = Buffer.alloc(2048);
  bytes.write('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 0, 'latin1');
  bytes.writeUInt16LE(9, 0x1e);
  bytes.write(text, 1024, 'utf16le');
  return bytes;
};

test.each<[string, string, () => Promise<Buffer> | Buffer]>([
  ['xlsm', 'a macro type', () => contentType('application/vnd.ms-excel.sheet.macroEnabled.main+xml')],
  ['xlsm', 'macros inside', () => withPart('xl/vbaProject.bin', 'x')],
  ['xlsb', 'a binary type', () => contentType('application/vnd.ms-excel.sheet.binary.macroEnabled.main')],
  [
    'ods',
    'an OpenDocument type',
    () => zipOf([{ name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' }]),
  ],
  [
    'document',
    'the type of a document',
    () => contentType('application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'),
  ],
  ['encrypted', 'a password', () => ole('EncryptedPackage')],
  ['xls', 'the old format', () => ole('Workbook')],
])('a workbook that is %s by %s is refused with a hint', async (detected, _, make) => {
  const upload = uploadOf(await make());

  const error: unknown = await listSheets(upload).catch((reason: unknown) => reason);

  expect(error).toMatchObject({ code: 'UPLOAD_001', details: { detected } });
  expect(error).toHaveProperty('details.hint', expect.stringMatching(/save|upload/iu));
});

test.each<[string, () => Promise<Buffer>]>([
  ['without its list of sheets', () => rawWorkbook({ ...good, without: ['xl/workbook.xml'] })],
  ['without types', () => rawWorkbook({ ...good, without: ['[Content_Types].xml'] })],
  ['without a sheet that it lists', () => rawWorkbook({ ...good, without: ['xl/worksheets/sheet1.xml'] })],
  ['with a sheet that ends in a row', () => withPart('xl/worksheets/sheet1.xml', sheet.slice(0, -40))],
  ['with a sheet that is no sheet', () => withPart('xl/worksheets/sheet1.xml', '<html/>')],
  ['with a sheet of nothing', () => withPart('xl/worksheets/sheet1.xml', '')],
  [
    'with a reference to no shared text',
    () =>
      withPart(
        'xl/worksheets/sheet1.xml',
        sheet.replace('<c t="inlineStr"><is><t>Oslo</t></is></c>', '<c r="B3" t="s"><v>7</v></c>'),
      ),
  ],
  [
    'with a column behind the last',
    () => withPart('xl/worksheets/sheet1.xml', sheet.replace('<c t', '<c r="XFE1" t')),
  ],
  ['with shared texts that are cut', () => withPart('xl/sharedStrings.xml', '<sst><si><t>a')],
  ['cut in the middle', async () => (await rawWorkbook(good)).subarray(0, 900)],
])('a workbook %s is damaged', async (_, make) => {
  expect(await outcome(await make())).toEqual(['UPLOAD_006', 'damaged']);
});

test('wrong sums and sizes of packed parts are noticed', async () => {
  const workbook = await rawWorkbook(good);
  const lying = withSize(workbook, 10);
  const wrongSum = Buffer.from(workbook);
  for (const at of directoryRecords(wrongSum)) wrongSum.writeUInt32LE(1, at + 16);

  expect(await outcome(lying)).toEqual(['UPLOAD_006', 'size_differs']);
  expect(await outcome(wrongSum)).toEqual(['UPLOAD_006', 'damaged']);
});

test('names that leave the container and repeated parts are refused', async () => {
  const files = rawFiles(good);

  expect(await outcome(await zipOf([...files, { name: 'xl/a/b', content: '' }]))).toBe('read');
  expect(await outcome(await zipOf([...files, ...files.slice(2, 3)]))).toEqual([
    'UPLOAD_006',
    'repeated_name',
  ]);
  expect(
    await outcome(await zipOf([...files, { name: 'link', content: '/etc/passwd', mode: 0o120777 }])),
  ).toEqual(['UPLOAD_006', 'link']);
});

/** A part of `size` blanks as deflate packs it: a thousand to one. */
async function bomb(size: number): Promise<Buffer> {
  const part = Buffer.alloc(size, ' ');
  expect(deflateRawSync(part.subarray(0, 1024 * 1024)).length).toBeLessThan(8 * 1024);
  return zipOf([
    ...rawFiles({ ...good, without: ['xl/worksheets/sheet1.xml'] }),
    { name: 'xl/worksheets/sheet1.xml', content: part },
  ]);
}

test('a part that unpacks to far more than it is packed is refused at once and in little memory', async () => {
  const packed = await bomb(256 * 1024 * 1024);
  const before = process.memoryUsage.rss();
  const start = process.cpuUsage();

  const refused = await outcome(packed);

  const { user, system } = process.cpuUsage(start);
  expect(refused).toEqual(['UPLOAD_006', 'unpacked_too_large']);
  expect((user + system) / 1e6).toBeLessThan(1);
  expect(process.memoryUsage.rss() - before).toBeLessThan(150 * 1024 * 1024);
});

test('a part that hides its size is refused at the first byte too many', async () => {
  const packed = await bomb(128 * 1024 * 1024);
  const records = directoryRecords(packed);
  packed.writeUInt32LE(1024 * 1024, (records.at(-1) ?? 0) + 24);

  expect(await outcome(packed)).toEqual(['UPLOAD_006', 'size_differs']);
});

test('one row without an end is given up', async () => {
  const part = `<worksheet><sheetData><row>${'<c t="str"><v>x</v></c>'.repeat(10)}<c t="str"><v>${'y'.repeat(40 * 1024 * 1024)}`;
  const stored = await zipOf([
    ...rawFiles({ ...good, without: ['xl/worksheets/sheet1.xml'] }),
    { name: 'xl/worksheets/sheet1.xml', content: part, stored: true },
  ]);

  expect(await outcome(stored)).toEqual(['UPLOAD_006', 'row_too_long']);
});

test('more shared text than allowed is refused, with the limit in the answer', async () => {
  const workbook = await rawWorkbook({ ...good, shared: `<si><t>${'a'.repeat(500)}</t></si>`.repeat(50) });
  const limits = { ...defaultIntakeLimits, maxSharedTextBytes: 10_000 };

  await expect(openSheet(uploadOf(workbook), 'Sheet', limits)).rejects.toMatchObject({
    code: 'UPLOAD_002',
    details: { max_shared_text_bytes: 10_000 },
  });
});

test('relationships to the world outside are left alone', async () => {
  const external =
    '<Relationship Id="rId9" Type="urn:x/worksheet" TargetMode="External" Target="http://127.0.0.1:9/evil"/>';
  const files = rawFiles(good).map((file) =>
    file.name.endsWith('workbook.xml.rels')
      ? { ...file, content: String(file.content).replace('</Relationships>', `${external}</Relationships>`) }
      : file,
  );

  expect(await outcome(await zipOf(files))).toBe('read');
});
