import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { createLocalObjectStore } from '../../src/objects/local-object-store';

const tenant = {
  clientAccountId: '11111111-1111-4111-8111-111111111111',
  engagementId: '22222222-2222-4222-8222-222222222222',
};
const place = { ...tenant, objectId: '44444444-4444-4444-8444-444444444444' };
const other = { ...tenant, engagementId: '33333333-3333-4333-8333-333333333333' };
const accept = { maxBytes: 1000, inspect: () => undefined };

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'objects-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

test('a stored upload is read back unchanged and only its owner may read the file', async () => {
  const store = createLocalObjectStore(folder);

  const stored = await store.put(place, Readable.from([Buffer.from('a,b\n'), Buffer.from('1,2\n')]), accept);

  expect(stored.size).toBe(8);
  expect(await textOf(await store.open(tenant, stored.key))).toBe('a,b\n1,2\n');
  expect((await stat(path.join(folder, stored.key))).mode & 0o777).toBe(0o600);
});

test.each([
  ['an empty upload', [], 'UPLOAD_004'],
  ['an upload over the limit', [Buffer.alloc(600), Buffer.alloc(600)], 'UPLOAD_002'],
])('%s is refused with a code and leaves nothing behind', async (_name, chunks, code) => {
  const store = createLocalObjectStore(folder);

  await expect(store.put(place, Readable.from(chunks), accept)).rejects.toMatchObject({ code });

  expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
});

test('an upload that breaks off leaves nothing behind', async () => {
  const store = createLocalObjectStore(folder);
  const broken = Readable.from(
    (function* chunks() {
      yield Buffer.from('a,b\n');
      throw new Error('connection lost');
    })(),
  );

  await expect(store.put(place, broken, accept)).rejects.toThrow('connection lost');

  expect(await readdir(folder)).toEqual(['incoming']);
  expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
});

test('a key of another tenant or a path is unknown', async () => {
  const store = createLocalObjectStore(folder);
  const stored = await store.put(
    { ...other, objectId: place.objectId },
    Readable.from([Buffer.from('secret')]),
    accept,
  );

  await expect(store.open(tenant, stored.key)).rejects.toMatchObject({ code: 'STORAGE_004' });
  await expect(store.open(tenant, '../../etc/passwd')).rejects.toMatchObject({ code: 'STORAGE_004' });
});

test('ranges of a stored upload are read from any place, as often as needed', async () => {
  const store = createLocalObjectStore(folder);
  const { key, size } = await store.put(place, Readable.from([Buffer.from('0123456789')]), accept);

  const bytes = store.bytes(tenant, key, size);

  expect(bytes.size).toBe(10);
  expect(await textOf(bytes.read({ start: 2, end: 5 }))).toBe('234');
  expect(await textOf(bytes.read({ start: 7 }))).toBe('789');
  expect(await textOf(bytes.read({ start: 7, end: 99 }))).toBe('789');
  expect(await textOf(bytes.read({ start: 4, end: 4 }))).toBe('');
  expect(await textOf(bytes.read())).toBe('0123456789');
});

test('ranges of an object that is not there fail with the code of the storage', async () => {
  const store = createLocalObjectStore(folder);
  const { key, size } = await store.put(place, Readable.from([Buffer.from('0123456789')]), accept);
  await store.remove(tenant, key);

  await expect(textOf(store.bytes(tenant, key, size).read())).rejects.toMatchObject({ code: 'STORAGE_004' });
  expect(() => store.bytes(other, key, size)).toThrow(expect.objectContaining({ code: 'STORAGE_004' }));
});

test('ranges end with the signal', async () => {
  const store = createLocalObjectStore(folder);
  const { key, size } = await store.put(place, Readable.from([Buffer.alloc(900)]), accept);

  const bytes = store.bytes(tenant, key, size, AbortSignal.abort());

  await expect(textOf(bytes.read())).rejects.toMatchObject({ name: 'AbortError' });
});
