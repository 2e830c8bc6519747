import { type Readable, pipeline } from 'node:stream';
import { types } from 'node:util';
import { crc32, createInflateRaw } from 'node:zlib';
import type { Entry } from 'yauzl';

import type { UploadBytes } from '../types';
import { archiveRefusal } from './archive-refusal';

/** Larger pieces than zlib's own 16 KiB cost fewer trips through its threads. */
const pieceBytes = 128 * 1024;

/** Faults of zlib carry codes of their own (https://nodejs.org/api/zlib.html#error-codes). */
export const isZlibFault = (error: unknown): boolean =>
  types.isNativeError(error) && 'code' in error && /^Z_[A-Z]+_ERROR$/u.test(String(error.code));

function inflate(packed: Readable): Readable {
  const inflater = createInflateRaw({ chunkSize: pieceBytes });
  // The reader of the inflater learns of every error; the callback keeps it from being thrown a second time.
  pipeline(packed, inflater, () => undefined);
  return inflater;
}

/** Gives out the unpacked bytes of an entry and refuses them where they differ from what the directory says. */
export async function* unpackEntry(
  bytes: UploadBytes,
  entry: Entry,
  dataStart: () => Promise<number>,
): AsyncGenerator<Buffer> {
  if (!entry.canDecodeFileData()) throw archiveRefusal('compression');
  const start = await dataStart();
  const packed = bytes.read({ start, end: start + entry.compressedSize });
  const unpacked = entry.isCompressed() ? inflate(packed) : packed;
  let length = 0;
  let sum = 0;
  try {
    for await (const piece of unpacked) {
      // Byte streams without an encoding give out buffers.
      const bytesOfPiece = piece as Buffer;
      length += bytesOfPiece.length;
      if (length > entry.uncompressedSize) throw archiveRefusal('size_differs');
      sum = crc32(bytesOfPiece, sum);
      yield bytesOfPiece;
    }
  } catch (error) {
    throw isZlibFault(error) ? archiveRefusal('damaged', {}, error) : error;
  }
  if (length !== entry.uncompressedSize) throw archiveRefusal('size_differs');
  if (sum !== entry.crc32) throw archiveRefusal('damaged');
}
