import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { UploadBytes } from './types';

const chunkBytes = 256 * 1024;

export interface FileBytesOptions {
  readonly signal?: AbortSignal | undefined;
  /** What a failed read is told as; default: the error of the file system. */
  readonly translate?: (error: unknown) => unknown;
}

/** A file of `size` bytes that can be read from any place; it is opened when a range is read, not before. */
export function fileBytes(file: string, size: number, options: FileBytesOptions = {}): UploadBytes {
  const read: UploadBytes['read'] = ({ start = 0, end = size } = {}) => {
    const behind = Math.min(end, size);
    return Readable.from(start < behind ? chunks(file, { start, end: behind - 1 }, options) : [], {
      objectMode: false,
      highWaterMark: chunkBytes,
    });
  };
  return { size, read };
}

/** Bytes that lie in memory, readable the same way. */
export function memoryBytes(bytes: Buffer): UploadBytes {
  return {
    size: bytes.length,
    read: ({ start = 0, end = bytes.length } = {}) =>
      Readable.from(start < end ? [bytes.subarray(start, end)] : [], { objectMode: false }),
  };
}

async function* chunks(
  file: string,
  range: { readonly start: number; readonly end: number },
  { signal, translate }: FileBytesOptions,
): AsyncGenerator<Buffer> {
  const place = { ...range, highWaterMark: chunkBytes };
  try {
    // A read stream without an encoding yields buffers.
    yield* createReadStream(
      file,
      signal === undefined ? place : { ...place, signal },
    ) as AsyncIterable<Buffer>;
  } catch (error) {
    throw translate === undefined ? error : translate(error);
  }
}
