import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import type { UploadBytes } from '../types';
import type { OpenZip } from './open-zip';
import type { ZipEntry } from './zip-entry';

/** Smaller files are held in memory. */
const memoryBytes = 16 * 1024 * 1024;
const pieceBytes = 256 * 1024;

/** Bytes that are there until they are released. */
export interface TemporaryBytes {
  readonly bytes: UploadBytes;
  release(): Promise<void>;
}

const noRelease = async (): Promise<void> => undefined;

async function* pieces(handle: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  let at = start;
  while (at < end) {
    const piece = Buffer.allocUnsafe(Math.min(pieceBytes, end - at));
    const { bytesRead } = await handle.read(piece, 0, piece.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

async function writeAll(handle: FileHandle, source: Readable): Promise<void> {
  for await (const chunk of source) {
    // Byte streams without an encoding give out buffers.
    await handle.writeFile(chunk as Buffer);
  }
}

async function inFile(source: Readable, size: number): Promise<TemporaryBytes> {
  const folder = await mkdtemp(path.join(tmpdir(), 'surveyor-'));
  const handle = await open(path.join(folder, 'unpacked'), 'wx+', 0o600);
  try {
    // Without a name the file lives as long as its handle, so nothing is left behind when the process dies.
    await rm(folder, { recursive: true });
    await writeAll(handle, source);
  } catch (error) {
    await handle.close();
    throw error;
  }
  const read: UploadBytes['read'] = ({ start = 0, end = size } = {}) =>
    Readable.from(pieces(handle, start, Math.min(end, size)), { objectMode: false });
  return { bytes: { size, read }, release: () => handle.close() };
}

function inMemory(content: Buffer): TemporaryBytes {
  const size = content.length;
  const read: UploadBytes['read'] = ({ start = 0, end = size } = {}) =>
    Readable.from(start < Math.min(end, size) ? [content.subarray(start, end)] : [], { objectMode: false });
  return { bytes: { size, read }, release: noRelease };
}

/** Makes an entry readable from any place: as it stands when it is stored, in memory when small, else in a file. */
export async function entryBytes(zip: OpenZip, entry: ZipEntry): Promise<TemporaryBytes> {
  const stored = await zip.stored(entry);
  if (stored !== null) return { bytes: stored, release: noRelease };
  if (entry.size <= memoryBytes) return inMemory(await buffer(zip.read(entry)));
  return inFile(zip.read(entry), entry.size);
}
