import type { Readable } from 'node:stream';

/** The first bytes of a stream, at most `count` of them; the stream is closed. */
export async function firstBytes(stream: Readable, count: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    // Byte streams without an encoding give out buffers.
    const bytes = chunk as Buffer;
    chunks.push(bytes);
    length += bytes.length;
    if (length >= count) break;
  }
  return Buffer.concat(chunks).subarray(0, count);
}
