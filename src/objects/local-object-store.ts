import { randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { DomainError } from '../domain/errors';
import { fileBytes } from '../intake/file-bytes';
import { type InspectedBytes, inspectBytesOf } from './inspected-bytes';
import { checkedKey, ownKey } from './object-key';
import { objectKey, type ObjectStore } from './object-store';

const chunkBytes = 256 * 1024;

/**
 * Object storage in a local folder: files are 0600, synced, and renamed into place when complete. What a killed
 * upload leaves lies in `incoming` under its object's id, is never visible, and goes with `remove`.
 */
export function createLocalObjectStore(folder: string): ObjectStore {
  const incoming = path.join(folder, 'incoming');

  const put: ObjectStore['put'] = async (place, source, options) => {
    const key = checkedKey(objectKey(place));
    const temporary = path.join(incoming, `${place.objectId}.${randomUUID()}`);
    try {
      await mkdir(incoming, { recursive: true, mode: 0o700 });
      const upload = inspectBytesOf(source, options);
      await receive(temporary, upload);
      await settle(folder, temporary, key);
      return { key, ...upload.result() };
    } catch (error) {
      // What failed first is told; a folder that is broken cannot be tidied either.
      await rm(temporary, { force: true }).catch(() => undefined);
      throw translate(error);
    }
  };

  const remove: ObjectStore['remove'] = async (tenant, key) => {
    const target = path.join(folder, ownKey(tenant, key));
    try {
      await rm(target, { force: true });
      const leftovers = `${path.basename(target)}.`;
      for (const name of await namesIn(incoming))
        if (name.startsWith(leftovers)) await rm(path.join(incoming, name), { force: true });
    } catch (error) {
      throw translate(error);
    }
  };

  return {
    put,
    open: async (tenant, key) => {
      const file = path.join(folder, ownKey(tenant, key));
      try {
        const handle = await open(file, 'r');
        return handle.createReadStream({ highWaterMark: chunkBytes });
      } catch (error) {
        throw translate(error);
      }
    },
    read: (tenant, key, signal) =>
      Readable.from(chunksOf(path.join(folder, ownKey(tenant, key)), signal), { objectMode: false }),
    bytes: (tenant, key, size, signal) =>
      fileBytes(path.join(folder, ownKey(tenant, key)), size, { signal, translate }),
    remove,
    isHealthy: async () => {
      try {
        await mkdir(incoming, { recursive: true, mode: 0o700 });
        await access(incoming, constants.W_OK);
        return true;
      } catch {
        return false;
      }
    },
  };
}

async function receive(file: string, upload: InspectedBytes): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    // A single `write` may take less than it is given; this one goes on until all is written.
    for await (const bytes of upload.bytes()) await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Moves a whole file to its key; file and every folder that leads to it are on the disk afterwards. */
async function settle(folder: string, temporary: string, key: string): Promise<void> {
  const target = path.join(folder, key);
  const engagement = path.dirname(target);
  const firstMade = await mkdir(engagement, { recursive: true, mode: 0o700 });
  await rename(temporary, target);
  await syncFolder(engagement);
  if (firstMade === undefined) return;
  await syncFolder(path.dirname(engagement));
  await syncFolder(folder);
}

async function* chunksOf(file: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    // A read stream without an encoding yields buffers.
    yield* createReadStream(file, { highWaterMark: chunkBytes, signal }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw translate(error);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (faultOf(error) === 'ENOENT') return [];
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const translations = {
  ENOENT: 'STORAGE_004',
  ENOSPC: 'STORAGE_003',
  EDQUOT: 'STORAGE_003',
  EACCES: 'STORAGE_001',
  EIO: 'STORAGE_001',
  EROFS: 'STORAGE_001',
  ENOTDIR: 'STORAGE_001',
} as const;

function translate(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const fault = faultOf(error);
  const known = Object.entries(translations).find(([name]) => name === fault);
  return known === undefined ? error : new DomainError(known[1], {}, { cause: error });
}

function faultOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
