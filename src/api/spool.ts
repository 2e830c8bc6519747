import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { memoryBytes } from '../intake/file-bytes';
import type { UploadBytes } from '../intake/types';
import { createLocalObjectStore } from '../objects/local-object-store';
import type { ObjectStore, StoredObject } from '../objects/object-store';
import { keepHead } from './head-store';

/** Bytes of a text file that a dry run keeps in memory. */
const mostBytes = 8 * 1024 * 1024;

export interface Spooled {
  readonly bytes: UploadBytes;
  /** False when the file is longer than what is kept of it. */
  readonly isWhole: boolean;
}

/** A place for an upload that is looked at and forgotten. */
export interface Spool {
  readonly objects: Pick<ObjectStore, 'put'>;
  /** What was kept, after the upload. */
  readonly content: () => Spooled;
  readonly remove: () => Promise<void>;
}

/**
 * Keeps the first bytes of a text file in memory. What is packed (workbooks, archives) has its directory at its end,
 * so it is kept whole, in a temporary file.
 */
export function createSpool(): Spool {
  const head = keepHead(mostBytes);
  let folder: string | undefined;
  let packed: UploadBytes | undefined;

  const put: ObjectStore['put'] = async (place, source, options) => {
    const { isPacked, stream } = await peeked(source);
    if (!isPacked) return head.objects.put(place, stream, options);
    folder = await mkdtemp(path.join(tmpdir(), 'surveyor-upload-'));
    const store = createLocalObjectStore(folder);
    const stored: StoredObject = await store.put(place, stream, options);
    packed = store.bytes(place, stored.key, stored.size);
    return stored;
  };

  return {
    objects: { put },
    content: () => {
      if (packed !== undefined) return { bytes: packed, isWhole: true };
      const { bytes, isWhole } = head.head();
      return { bytes: memoryBytes(bytes), isWhole };
    },
    remove: async () => {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The magic numbers of ZIP and gzip. */
const packings = [Buffer.from([0x50, 0x4b]), Buffer.from([0x1f, 0x8b])] as const;

async function peeked(source: Readable): Promise<{ readonly isPacked: boolean; readonly stream: Readable }> {
  // Uploads are byte streams without an encoding.
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let first = Buffer.alloc(0);
  let isEnd = false;
  while (first.length < 2 && !isEnd) {
    const next = await chunks.next();
    isEnd = next.done === true;
    if (next.done !== true) first = Buffer.concat([first, next.value]);
  }
  const isPacked = packings.some((magic) => first.subarray(0, 2).equals(magic));
  return { isPacked, stream: Readable.from(joined(first, chunks), { objectMode: false }) };
}

async function* joined(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  for (;;) {
    const next = await rest.next();
    if (next.done === true) return;
    yield next.value;
  }
}
