import { buffer } from 'node:stream/consumers';

import { DomainError } from '../../src/domain/errors';
import { defaultArchiveLimits } from '../../src/intake/zip/archive-limits';
import { openZip } from '../../src/intake/zip/open-zip';
import {
  type ZippedFile,
  directoryRecords,
  renamed,
  uploadOf,
  withSize,
  zipOf,
} from '../fixtures/intake/archives';

const text = 'Name,IP\nweb-1,10.0.0.1\n'.repeat(200);
const one: ZippedFile = { name: 'servers.csv', content: text };

/** The reason for which an archive is refused, or 'read' when all of it can be read. */
async function outcome(archive: Buffer, limits = defaultArchiveLimits): Promise<unknown> {
  try {
    const zip = await openZip(uploadOf(archive), limits);
    for (const entry of zip.entries) await buffer(zip.read(entry));
    return 'read';
  } catch (error) {
    if (error instanceof DomainError && error.code === 'UPLOAD_006') return error.details['reason'];
    throw error;
  }
}

test.each<[string, ZippedFile]>([
  ['deflated', one],
  ['stored', { ...one, stored: true }],
  ['packed from a stream, with sizes behind the data', { ...one, streamed: true }],
  ['in the 64-bit format', { ...one, zip64: true }],
  ['in the 64-bit format, packed from a stream', { ...one, zip64: true, streamed: true }],
  ['empty', { ...one, content: '' }],
])('a file that is %s comes out as it went in', async (_, file) => {
  const zip = await openZip(uploadOf(await zipOf([file])));
  const entry = zip.find('servers.csv');

  const unpacked = entry === undefined ? null : await buffer(zip.read(entry));

  expect(unpacked?.toString()).toBe(file.content);
});

test('names are texts: folders, spaces and letters of any script are kept', async () => {
  const names = ['exports/', 'exports/Zürich 1.csv', 'サーバー.csv', '__proto__'];
  const files = names.map((name) => ({ name, content: 'a' }));

  const { entries } = await openZip(uploadOf(await zipOf(files)));

  expect(entries.map(({ name }) => name)).toEqual(names);
  expect(entries.map(({ isFolder }) => isFolder)).toEqual([true, false, false, false]);
});

test('stored entries are read by range, and no further than their end', async () => {
  const zip = await openZip(
    uploadOf(
      await zipOf([
        { name: 'a', content: 'zero' },
        { ...one, stored: true },
      ]),
    ),
  );
  const stored = await zip.stored(zip.entries[1]!); // two files were packed

  expect(await zip.stored(zip.entries[0]!)).toBeNull();
  expect(stored?.size).toBe(text.length);
  expect((await buffer(stored!.read({ start: 5, end: 7 }))).toString()).toBe('IP');
  expect((await buffer(stored!.read({ start: text.length - 2, end: 1e9 }))).toString()).toBe('1\n');
});

test('the directory costs few reads, whatever the number of entries', async () => {
  const files = Array.from({ length: 500 }, (_, index) => ({ name: `table-${index}.csv`, content: 'a' }));
  const reads: [number, number][] = [];

  await openZip(uploadOf(await zipOf(files), reads));

  expect(reads.length).toBeLessThan(4);
});

test.each<[string, string, () => Promise<Buffer>]>([
  ['no archive', 'damaged', async () => Buffer.from('PK\x03\x04 and nothing more')],
  ['a cut archive', 'damaged', async () => (await zipOf([one])).subarray(0, -30)],
  [
    'a name that climbs',
    'unsafe_name',
    async () => renamed(await zipOf([one]), 'servers.csv', '../../x.csv'),
  ],
  [
    'a name that climbs backwards',
    'unsafe_name',
    async () => renamed(await zipOf([one]), 'servers.csv', '..\\..\\x.cs'),
  ],
  ['an absolute name', 'unsafe_name', async () => renamed(await zipOf([one]), 'servers.csv', '/etc/passwd')],
  [
    'a name with a drive',
    'unsafe_name',
    async () => renamed(await zipOf([one]), 'servers.csv', 'C:\\temp.csv'),
  ],
  [
    'a name with a line end',
    'unsafe_name',
    async () => renamed(await zipOf([one]), 'servers.csv', 'server\n.csv'),
  ],
  ['a link', 'link', () => zipOf([{ ...one, content: '/etc/passwd', mode: 0o120777 }])],
  ['a pipe', 'link', () => zipOf([{ ...one, mode: 0o010644 }])],
  ['two entries of one name', 'repeated_name', () => zipOf([one, one])],
  ['an unpacked size that is too small', 'size_differs', async () => withSize(await zipOf([one]), 10)],
  ['an unpacked size that is too large', 'size_differs', async () => withSize(await zipOf([one]), 1e6)],
  [
    'a password',
    'encrypted',
    async () => {
      const archive = await zipOf([one]);
      archive.writeUInt16LE(1, (directoryRecords(archive)[0] ?? 0) + 8);
      return archive;
    },
  ],
  [
    'a method that is not read',
    'compression',
    async () => {
      const archive = await zipOf([one]);
      archive.writeUInt16LE(12, (directoryRecords(archive)[0] ?? 0) + 10);
      return archive;
    },
  ],
  [
    'damaged data',
    'damaged',
    async () => {
      const archive = await zipOf([one]);
      return archive.fill(0xff, 60, 70);
    },
  ],
  [
    'data that another sum was made of',
    'damaged',
    async () => renamed(await zipOf([{ ...one, stored: true }]), 'web-1', 'web-2'),
  ],
  [
    'entries that share their bytes',
    'overlapping_entries',
    async () => {
      const archive = await zipOf([one, { ...one, name: 'servers.tsv' }]);
      const [, second = 0] = directoryRecords(archive);
      archive.writeUInt32LE(0, second + 42);
      return archive;
    },
  ],
])('%s is refused', async (_, reason, archive) => {
  expect(await outcome(await archive())).toBe(reason);
});

test('an archive of more entries than allowed is refused by its directory', async () => {
  const files = Array.from({ length: 11 }, (_, index) => ({ name: `${index}.csv`, content: 'a' }));

  expect(await outcome(await zipOf(files), { ...defaultArchiveLimits, maxEntries: 10 })).toBe(
    'too_many_entries',
  );
});

test('an archive that would unpack to too much is refused by its directory', async () => {
  const archive = await zipOf([one, { ...one, name: 'more.csv' }]);

  const refused = await outcome(archive, { ...defaultArchiveLimits, maxUnpackedBytes: text.length * 2 - 1 });

  expect(refused).toBe('unpacked_too_large');
});

test('a bomb is refused by its ratio, and one that lies at its first excess byte', async () => {
  const archive = await zipOf([{ name: 'zeros.csv', content: Buffer.alloc(100 * 1024 * 1024) }]);

  expect(await outcome(archive)).toBe('unpacked_too_large');
  expect(await outcome(withSize(archive, 1000))).toBe('size_differs');
});

test('what the storage says is not taken for a fault of the archive', async () => {
  const archive = await zipOf([one]);
  const broken = {
    size: archive.length,
    read: () => {
      throw new DomainError('STORAGE_001');
    },
  };

  await expect(openZip(broken)).rejects.toThrow(expect.objectContaining({ code: 'STORAGE_001' }));
});
