import { callbackify } from 'node:util';
import { RandomAccessReader } from 'yauzl';

import type { UploadBytes } from '../types';

/** One range read fetches so much, so that a directory of many entries costs few requests. */
const windowBytes = 64 * 1024;
/** The directory stands at the end: this much of it is fetched together with its end record. */
const tailBytes = 256 * 1024;

/** Collects a range; fewer bytes than asked for when the upload ends before. */
export async function readRange(bytes: UploadBytes, start: number, end: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes.read({ start, end })) {
    // Uploads are byte streams; no encoding is set on them.
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** Gives yauzl the bytes of an upload out of a small window. */
export class ByteReader extends RandomAccessReader {
  private window: Buffer = Buffer.alloc(0);
  private windowStart = 0;

  constructor(private readonly bytes: UploadBytes) {
    super();
  }

  override read(
    ...[buffer, offset, length, position, callback]: Parameters<RandomAccessReader['read']>
  ): void {
    callbackify(async () => {
      const found = await this.load(position, length);
      if (found.length < length) throw new Error('The archive ends too early');
      found.copy(buffer, offset);
    })(callback);
  }

  private async load(position: number, length: number): Promise<Buffer> {
    const end = Math.min(position + length, this.bytes.size);
    const isInside = position >= this.windowStart && end <= this.windowStart + this.window.length;
    if (!isInside) {
      const isTail = end === this.bytes.size;
      const from = isTail ? Math.max(0, Math.min(position, end - tailBytes)) : position;
      const to = Math.min(this.bytes.size, Math.max(end, from + windowBytes));
      this.window = await readRange(this.bytes, from, to);
      this.windowStart = from;
    }
    return this.window.subarray(position - this.windowStart, end - this.windowStart);
  }
}
