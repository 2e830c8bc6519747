import { Readable, pipeline } from 'node:stream';
import { constants, createGunzip, gunzipSync } from 'node:zlib';

import type { UploadBytes } from './types';
import { type ArchiveLimits, defaultArchiveLimits } from './zip/archive-limits';
import { archiveRefusal } from './zip/archive-refusal';
import { isZlibFault } from './zip/unpack-entry';

const pieceBytes = 128 * 1024;
/** So many packed bytes are unpacked to see what is in them: 16 MiB of text at the very most. */
const headBytes = 16 * 1024;

export const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** The first unpacked bytes of a compressed file, and whether they are all of it. */
export function gunzipHead(head: Buffer): { readonly bytes: Buffer; readonly isWhole: boolean } {
  const isWhole = head.length < headBytes;
  const finishFlush = isWhole ? constants.Z_FINISH : constants.Z_SYNC_FLUSH;
  try {
    return { bytes: gunzipSync(head.subarray(0, headBytes), { finishFlush }), isWhole };
  } catch (error) {
    throw isZlibFault(error) ? archiveRefusal('damaged', {}, error) : error;
  }
}

async function* unpacked(bytes: UploadBytes, limits: ArchiveLimits): AsyncGenerator<Buffer> {
  const inflater = createGunzip({ chunkSize: pieceBytes });
  // The reader of the inflater learns of every error; the callback keeps it from being thrown a second time.
  pipeline(bytes.read(), inflater, () => undefined);
  let length = 0;
  try {
    for await (const piece of inflater) {
      // Byte streams without an encoding give out buffers.
      const bytesOfPiece = piece as Buffer;
      length += bytesOfPiece.length;
      const isBomb = length > limits.ratioFreeBytes && length > inflater.bytesWritten * limits.maxRatio;
      if (isBomb || length > limits.maxUnpackedBytes) throw archiveRefusal('unpacked_too_large');
      yield bytesOfPiece;
    }
  } catch (error) {
    throw isZlibFault(error) ? archiveRefusal('damaged', {}, error) : error;
  }
}

/** Unpacks a compressed file of one or several members. The stream fails with UPLOAD_006 for too much or damage. */
export function gunzipped(bytes: UploadBytes, limits: ArchiveLimits = defaultArchiveLimits): Readable {
  return Readable.from(unpacked(bytes, limits), { objectMode: false });
}
