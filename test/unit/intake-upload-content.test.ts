import { gzipSync } from 'node:zlib';

import { DomainError } from '../../src/domain/errors';
import { rowsOfBatch } from '../../src/intake/csv/copy-format';
import { type UploadContent, type UploadTable, defaultIntakeLimits } from '../../src/intake/types';
import { openUploadTable, readUploadContent } from '../../src/intake/upload-content';
import { defaultArchiveLimits } from '../../src/intake/zip/archive-limits';
import { type ZippedFile, uploadOf, withSize, zipOf } from '../fixtures/intake/archives';
import { aWorkbook } from '../fixtures/intake/small-workbook';

const servers = 'Name,IP\nweb-1,10.0.0.1\nweb-2,10.0.0.2\n';
const applications = 'Application;Owner\nShop;Ann\n';

async function rowsOf(archive: Buffer, table: UploadTable): Promise<string[][]> {
  const opened = await openUploadTable(uploadOf(archive), table);
  const rows: string[][] = [];
  for await (const batch of opened.batches()) rows.push(...rowsOfBatch(batch, opened.header.columns));
  return rows;
}

const read = (bytes: Buffer | string, limits = defaultIntakeLimits): Promise<UploadContent> =>
  readUploadContent(uploadOf(bytes), {}, limits);

async function outcome(bytes: Buffer | string, limits = defaultIntakeLimits): Promise<string> {
  try {
    const { tables } = await read(bytes, limits);
    return tables.map(({ place }) => [place.entry, place.sheet].join('/')).join(' ');
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [error.code, error.details['reason'], error.details['detected']].filter(Boolean).join(' ');
  }
}

test('a plain file is one table', async () => {
  const content = await read(servers);

  expect(content.tables).toEqual([
    { place: { entry: null, sheet: null }, detection: expect.objectContaining({ delimiter: ',' }) },
  ]);
  expect(await rowsOf(Buffer.from(servers), content.tables[0]!)).toHaveLength(2); // one table, see above
});

test.each([
  ['one member', gzipSync(servers)],
  ['several members', Buffer.concat([gzipSync(servers.slice(0, 20)), gzipSync(servers.slice(20))])],
])('a compressed file of %s is one table', async (_, bytes) => {
  const { tables } = await read(bytes);

  expect(tables).toHaveLength(1);
  expect(await rowsOf(bytes, tables[0]!)).toEqual([
    ['web-1', '10.0.0.1'],
    ['web-2', '10.0.0.2'],
  ]);
});

test('an archive gives one table for each file, in the order of their names', async () => {
  const archive = await zipOf([
    { name: 'b/servers.csv', content: servers },
    { name: 'a.csv', content: applications, stored: true },
    { name: 'c.json', content: '{"value":[{"id":1}]}' },
  ]);

  const { tables } = await read(archive);

  expect(tables.map(({ place }) => place.entry)).toEqual(['a.csv', 'b/servers.csv', 'c.json']);
  expect(await rowsOf(archive, tables[0]!)).toEqual([['Shop', 'Ann']]);
  expect(await rowsOf(archive, tables[1]!)).toHaveLength(2);
  expect(await rowsOf(archive, tables[2]!)).toEqual([['1']]);
});

test('a table of an archive is called like its file', async () => {
  const archive = await zipOf([{ name: 'export/RVTools_tabvInfo.csv', content: servers }]);
  const { tables } = await read(archive);

  const { header } = await openUploadTable(uploadOf(archive), tables[0]!);

  expect(header.name).toBe('RVTools_tabvInfo');
});

test('sheets of workbooks inside an archive are tables, packed or stored', async () => {
  const workbook = await aWorkbook({
    Servers: [
      ['Name', 'IP'],
      ['web-1', '10.0.0.1'],
    ],
  });
  const archive = await zipOf([
    { name: 'packed.xlsx', content: workbook },
    { name: 'stored.xlsx', content: workbook, stored: true },
  ]);

  const { tables } = await read(archive);

  expect(tables.map(({ place }) => place)).toEqual([
    { entry: 'packed.xlsx', sheet: 'Servers' },
    { entry: 'stored.xlsx', sheet: 'Servers' },
  ]);
  for (const table of tables) expect(await rowsOf(archive, table)).toEqual([['web-1', '10.0.0.1']]);
});

test('a large workbook inside an archive is unpacked aside and read', async () => {
  const filler = { name: 'xl/media/photo.bin', content: Buffer.alloc(17 * 1024 * 1024, 'ab') };
  const workbook = await aWorkbook(
    {
      Servers: [
        ['Name', 'IP'],
        ['web-1', '10.0.0.1'],
      ],
    },
    [{ ...filler, stored: true }],
  );
  const archive = await zipOf([{ name: 'large.xlsx', content: workbook }]);

  const { tables } = await read(archive);

  expect(await rowsOf(archive, tables[0]!)).toEqual([['web-1', '10.0.0.1']]);
});

test('what holds no table is left out with its reason', async () => {
  const archive = await zipOf([
    { name: 'data/', content: '' },
    { name: 'data/servers.csv', content: servers },
    { name: 'data/empty.csv', content: 'Name,IP\n' },
    { name: 'data/nothing.csv', content: '' },
    { name: 'data/logo.png', content: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') },
    { name: 'data/.DS_Store', content: 'x' },
    { name: '__MACOSX/data/._servers.csv', content: 'x' },
    { name: 'README.txt', content: 'Made by us, for you\nPlease read it with care\n' },
    { name: 'about.txt', content: 'This is the export of all servers we have\nAsk Ann for more of them\n' },
  ]);

  const { tables, ignored } = await read(archive);

  expect(tables.map(({ place }) => place.entry)).toEqual(['data/servers.csv']);
  expect(new Set(ignored.map(({ place }) => place.entry))).toEqual(
    new Set([
      'README.txt',
      '__MACOSX/data/._servers.csv',
      'about.txt',
      'data/',
      'data/.DS_Store',
      'data/empty.csv',
      'data/logo.png',
      'data/nothing.csv',
    ]),
  );
  expect(ignored.every(({ reason }) => reason.length > 5)).toBe(true);
});

test('the choices of a person hold for every file of the archive', async () => {
  const archive = await zipOf([
    { name: 'a.csv', content: Buffer.from('Name;City\nweb;Z\xfcrich\n', 'latin1') },
  ]);

  const { tables } = await readUploadContent(uploadOf(archive), { encoding: 'windows-1250' });

  expect(tables[0]?.detection.encoding).toBe('windows-1250');
});

const packed =
  (files: readonly ZippedFile[]): (() => Promise<Buffer>) =>
  () =>
    zipOf(files);
const csv = { name: 'a.csv', content: servers };

test.each<[string, string, () => Promise<Buffer | string>]>([
  ['nothing', 'UPLOAD_004', async () => ''],
  ['a header only', 'IMP_004', async () => 'Name,IP\n'],
  ['an envelope without records', 'IMP_004', async () => '{"records": []}'],
  ['JSON with a comma too many', 'UPLOAD_009 a value is missing', async () => '[{"a":1},]'],
  ['an archive of nothing', 'UPLOAD_001 zip', packed([])],
  [
    'an archive of pictures',
    'UPLOAD_001 zip',
    packed([
      { name: 'a.md', content: 'x' },
      { name: 'b/', content: '' },
    ]),
  ],
  ['an archive of one empty table', 'IMP_004', packed([{ name: 'a.csv', content: 'Name,IP\n' }])],
  [
    'an archive in an archive',
    'UPLOAD_006 nested',
    async () => zipOf([csv, { name: 'b.zip', content: await zipOf([csv]) }]),
  ],
  [
    'a compressed file in an archive',
    'UPLOAD_006 nested',
    packed([csv, { name: 'b.csv.gz', content: gzipSync(servers) }]),
  ],
  [
    'a table that lies about its size',
    'UPLOAD_006 size_differs',
    async () => withSize(await zipOf([csv]), 20),
  ],
  ['a cut archive', 'UPLOAD_006 damaged', async () => (await zipOf([csv])).subarray(0, -10)],
  ['a cut compressed file', 'UPLOAD_006 damaged', async () => gzipSync(servers.repeat(100)).subarray(0, -12)],
  [
    'a spreadsheet of another office',
    'UPLOAD_001 ods',
    packed([
      { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet', stored: true },
      { name: 'content.xml', content: '<a/>' },
    ]),
  ],
])('%s is refused', async (_, expected, bytes) => {
  expect(await outcome(await bytes())).toBe(expected);
});

test('damage behind the first bytes is found before a flow begins', async () => {
  const rows = Array.from({ length: 200_000 }, (_, index) => `web-${index},10.0.0.${index % 250}\n`).join('');
  const archive = await zipOf([{ name: 'a.csv', content: `Name,IP\n${rows}`, stored: true }]);
  archive.write('xxx', archive.length - 5000);

  expect(await outcome(archive)).toBe('UPLOAD_006 damaged');
});

test('bombs are refused at once and within little memory', async () => {
  const zeros = Buffer.alloc(256 * 1024 * 1024, 'Name,IP\nweb,1\n');
  const compressed = gzipSync(zeros);
  const archive = await zipOf([{ name: 'a.csv', content: zeros }]);
  const before = process.memoryUsage.rss();
  const start = process.hrtime.bigint();

  const outcomes = [await outcome(compressed), await outcome(archive), await outcome(withSize(archive, 1e6))];

  expect(outcomes).toEqual([
    'UPLOAD_006 unpacked_too_large',
    'UPLOAD_006 unpacked_too_large',
    'UPLOAD_006 size_differs',
  ]);
  expect(Number(process.hrtime.bigint() - start) / 1e9).toBeLessThan(3);
  expect((process.memoryUsage.rss() - before) / 1e6).toBeLessThan(150);
});

test('the limits of an installation hold for all archives', async () => {
  const limits = { ...defaultIntakeLimits, archive: { ...defaultArchiveLimits, maxUnpackedBytes: 10 } };

  expect(await outcome(await zipOf([csv]), limits)).toBe('UPLOAD_006 unpacked_too_large');
  expect(await outcome(gzipSync(servers), limits)).toBe('UPLOAD_006 unpacked_too_large');
});
