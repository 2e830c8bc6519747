import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ObjectPlace, ObjectStore } from '../../src/objects/object-store';

/** A store under test. `names` lists the keys that a reader of the medium itself can see. */
export interface StoreUnderTest {
  readonly store: ObjectStore;
  readonly names: () => Promise<readonly string[]>;
}

export const aPlace = (): ObjectPlace => ({
  clientAccountId: randomUUID(),
  engagementId: randomUUID(),
  objectId: randomUUID(),
});
export const accept = { maxBytes: 64 * 1024 ** 2, inspect: () => undefined };

export async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const keyOf = (place: ObjectPlace): string =>
  `${place.clientAccountId}/${place.engagementId}/${place.objectId}`;

/** Enough for several parts of a multipart upload. */
const large = randomBytes(20 * 1024 ** 2);

function* pieces(bytes: Buffer, failsAt = Number.POSITIVE_INFINITY): Generator<Buffer> {
  const step = 256 * 1024;
  for (let at = 0; at < bytes.length; at += step) {
    if (at >= failsAt) throw new Error('The sender went away');
    yield bytes.subarray(at, at + step);
  }
}

/** What every object store promises. */
export function describeObjectStore(subject: () => StoreUnderTest): void {
  const store = (): ObjectStore => subject().store;
  const put = (place: ObjectPlace, bytes: Buffer) => store().put(place, Readable.from(pieces(bytes)), accept);

  describePuts(subject, put);
  describeReads(store, put);

  test('what is removed is unknown, and removing it again changes nothing', async () => {
    const place = aPlace();
    const { key } = await put(place, Buffer.from('a,b\n'));

    await store().remove(place, key);
    await store().remove(place, key);

    await expect(store().open(place, key)).rejects.toMatchObject({ code: 'STORAGE_004' });
  });

  test('a key of another tenant, or one that is a path, is unknown to every operation', async () => {
    const place = aPlace();
    const { key, size } = await put(place, Buffer.from('secret'));
    const unknown = expect.objectContaining({ code: 'STORAGE_004' });

    for (const [tenant, wanted] of [
      [aPlace(), key],
      [place, `${place.clientAccountId}/${place.engagementId}/../../etc/passwd`],
      [place, '../../etc/passwd'],
    ] as const) {
      await expect(store().open(tenant, wanted)).rejects.toEqual(unknown);
      await expect(store().remove(tenant, wanted)).rejects.toEqual(unknown);
      expect(() => store().read(tenant, wanted, new AbortController().signal)).toThrow(unknown);
      expect(() => store().bytes(tenant, wanted, size)).toThrow(unknown);
    }
    expect(await bytesOf(await store().open(place, key))).toEqual(Buffer.from('secret'));
  });

  test('a store that works is healthy', async () => {
    expect(await store().isHealthy()).toBe(true);
  });
}

function describePuts(
  subject: () => StoreUnderTest,
  put: (place: ObjectPlace, bytes: Buffer) => ReturnType<ObjectStore['put']>,
): void {
  const store = (): ObjectStore => subject().store;

  test.each([
    ['small', Buffer.from('a,b\n1,2\n')],
    ['large', large],
  ])('a %s upload is read back as it was sent, with its size and hash', async (_size, bytes) => {
    const place = aPlace();

    const stored = await put(place, bytes);

    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(stored).toEqual({ key: keyOf(place), size: bytes.length, sha256 });
    expect((await bytesOf(await store().open(place, stored.key))).equals(bytes)).toBe(true);
    expect(await subject().names()).toContain(stored.key);
  });

  test('an upload is not visible before its last byte', async () => {
    const place = aPlace();
    const source = new Readable({ read: () => undefined });
    const storing = store().put(place, source, accept);

    source.push(large);
    await new Promise((resolve) => setImmediate(resolve));
    const before = store().open(place, keyOf(place));

    await expect(before).rejects.toMatchObject({ code: 'STORAGE_004' });
    source.push(null);
    expect((await storing).size).toBe(large.length);
  });

  test.each([
    ['no bytes', Buffer.alloc(0), accept, 'UPLOAD_004'],
    ['a few bytes over the limit', Buffer.alloc(600), { ...accept, maxBytes: 500 }, 'UPLOAD_002'],
    ['many bytes over the limit', large, { ...accept, maxBytes: 18 * 1024 ** 2 }, 'UPLOAD_002'],
  ])('%s are refused with a code and leave nothing behind', async (_name, bytes, options, code) => {
    const place = aPlace();

    await expect(store().put(place, Readable.from(pieces(bytes)), options)).rejects.toMatchObject({ code });

    expect(await subject().names()).not.toContain(keyOf(place));
  });

  test.each([
    ['small', Buffer.from('%PDF')],
    ['large', large],
  ])(
    'what the inspection says of a %s upload reaches the caller, and nothing is left',
    async (_size, bytes) => {
      const place = aPlace();
      const seen: number[] = [];
      const inspect = (head: Buffer): void => {
        seen.push(head.length);
        throw new Error('Not a table');
      };

      const storing = store().put(place, Readable.from(pieces(bytes)), { ...accept, inspect });

      await expect(storing).rejects.toThrow('Not a table');
      expect(seen).toEqual([Math.min(bytes.length, 1024 ** 2)]);
      expect(await subject().names()).not.toContain(keyOf(place));
    },
  );

  test.each([
    ['at its beginning', 0],
    ['in its middle', 10 * 1024 ** 2],
  ])('an upload that breaks off %s leaves nothing behind', async (_place, failsAt) => {
    const place = aPlace();

    const storing = store().put(place, Readable.from(pieces(large, failsAt)), accept);

    await expect(storing).rejects.toThrow('The sender went away');
    expect(await subject().names()).not.toContain(keyOf(place));
  });

  test('a second upload under a key replaces the first one as a whole', async () => {
    const place = aPlace();
    await put(place, large);

    const second = await put(place, Buffer.from('a,b\n'));

    expect(await bytesOf(await store().open(place, second.key))).toEqual(Buffer.from('a,b\n'));
  });
}

function describeReads(
  store: () => ObjectStore,
  put: (place: ObjectPlace, bytes: Buffer) => ReturnType<ObjectStore['put']>,
): void {
  test('ranges are read from any place, as often as needed', async () => {
    const place = aPlace();
    const { key, size } = await put(place, Buffer.from('0123456789'));
    const bytes = store().bytes(place, key, size);
    const text = async (...range: Parameters<typeof bytes.read>): Promise<string> =>
      (await bytesOf(bytes.read(...range))).toString();

    expect(bytes.size).toBe(10);
    expect(await text({ start: 2, end: 5 })).toBe('234');
    expect(await text({ start: 7 })).toBe('789');
    expect(await text({ start: 7, end: 99 })).toBe('789');
    expect(await text({ start: 4, end: 4 })).toBe('');
    expect(await text({ start: 99 })).toBe('');
    expect(await text()).toBe('0123456789');
  });

  test('an unknown key fails with its code however it is read', async () => {
    const place = aPlace();
    const key = keyOf(place);
    const { signal } = new AbortController();
    const unknown = { code: 'STORAGE_004' };

    await expect(store().open(place, key)).rejects.toMatchObject(unknown);
    await expect(bytesOf(store().read(place, key, signal))).rejects.toMatchObject(unknown);
    await expect(bytesOf(store().bytes(place, key, 10).read())).rejects.toMatchObject(unknown);
  });

  test('reading ends with the signal', async () => {
    const place = aPlace();
    const { key, size } = await put(place, large);
    const controller = new AbortController();
    const stream = store().read(place, key, controller.signal);
    const reading = (async () => {
      for await (const _ of stream) controller.abort();
    })();

    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    const aborted = store().bytes(place, key, size, AbortSignal.abort());
    await expect(bytesOf(aborted.read())).rejects.toMatchObject({ name: 'AbortError' });
  });
}
