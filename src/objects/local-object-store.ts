import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { DomainError } from '../domain/errors';
import type { Tenant } from '../domain/flow/messages';
import { fileBytes } from '../intake/file-bytes';
import {
  objectKey,
  type ObjectPlace,
  type ObjectStore,
  type PutOptions,
  type StoredObject,
} from './object-store';

const inspectBytes = 1024 * 1024;
const chunkBytes = 256 * 1024;
const keyPattern = /^[0-9a-f-]{36}\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/;

/** Object storage in a local folder: files are 0600, synced, and renamed into place when complete. */
export function createLocalObjectStore(folder: string): ObjectStore {
  const incoming = path.join(folder, 'incoming');

  async function put(place: ObjectPlace, source: Readable, options: PutOptions): Promise<StoredObject> {
    const temporary = path.join(incoming, randomUUID());
    try {
      await mkdir(incoming, { recursive: true, mode: 0o700 });
      const { size, sha256 } = await receive(temporary, source, options);
      const key = checkedKey(objectKey(place));
      const target = path.join(folder, key);
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      await rename(temporary, target);
      await syncFolder(path.dirname(target));
      return { key, size, sha256 };
    } catch (error) {
      await rm(temporary, { force: true });
      throw translate(error);
    }
  }

  return {
    put,
    open: async (tenant, key) => {
      try {
        const handle = await open(inside(folder, tenant, key), 'r');
        return handle.createReadStream({ highWaterMark: chunkBytes });
      } catch (error) {
        throw translate(error);
      }
    },
    read: (tenant, key, signal) =>
      createReadStream(inside(folder, tenant, key), { highWaterMark: chunkBytes, signal }),
    bytes: (tenant, key, size, signal) => fileBytes(inside(folder, tenant, key), size, { signal, translate }),
    remove: async (tenant, key) => {
      await rm(inside(folder, tenant, key), { force: true });
    },
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

async function receive(
  file: string,
  source: Readable,
  options: PutOptions,
): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  const head = createHead(options.inspect);
  let size = 0;
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const chunk of source) {
      // Uploads are byte streams; no encoding is set on them.
      const bytes = chunk as Buffer;
      size += bytes.length;
      if (size > options.maxBytes) throw new DomainError('UPLOAD_002', { limit_bytes: options.maxBytes });
      hash.update(bytes);
      head.add(bytes);
      await handle.write(bytes);
    }
    if (size === 0) throw new DomainError('UPLOAD_004');
    head.finish();
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { size, sha256: hash.digest('hex') };
}

/** Collects the first bytes and shows them once: as soon as there are enough, else at the end. */
function createHead(inspect: PutOptions['inspect']): { add: (bytes: Buffer) => void; finish: () => void } {
  const parts: Buffer[] = [];
  let collected = 0;
  let shown = false;
  const finish = (): void => {
    if (shown) return;
    shown = true;
    inspect(Buffer.concat(parts).subarray(0, inspectBytes));
  };
  const add = (bytes: Buffer): void => {
    if (shown) return;
    parts.push(bytes);
    collected += bytes.length;
    if (collected >= inspectBytes) finish();
  };
  return { add, finish };
}

function checkedKey(key: string): string {
  if (!keyPattern.test(key)) throw new DomainError('STORAGE_004');
  return key;
}

/** The path of a key of this tenant; any other key is unknown. */
function inside(folder: string, tenant: Tenant, key: string): string {
  if (!key.startsWith(`${tenant.clientAccountId}/${tenant.engagementId}/`))
    throw new DomainError('STORAGE_004');
  return path.join(folder, checkedKey(key));
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
} as const;

function translate(error: unknown): unknown {
  if (error instanceof DomainError || typeof error !== 'object' || error === null) return error;
  const fault = 'code' in error ? String(error.code) : '';
  const known = Object.entries(translations).find(([name]) => name === fault);
  return known === undefined ? error : new DomainError(known[1], {}, { cause: error });
}
