import type { Readable } from 'node:stream';

import { isConvertedAsStream } from '../detection/encoding';
import type { Detection, Encoding } from '../types';

/** Opens the stored bytes from their start; called once for each pass. */
export type ByteSource = () => Readable;

const utf8Mark = Buffer.from([0xef, 0xbb, 0xbf]);
/** A lone surrogate is written as these bytes, which are no UTF-8, so that its record is rejected and not altered. */
const loneSurrogate = Buffer.from([0xed, 0xa0, 0x80]);
const surrogatePattern = /\p{Surrogate}/u;

function encodeText(text: string): Buffer {
  if (!surrogatePattern.test(text)) return Buffer.from(text, 'utf8');
  const parts = text.split(surrogatePattern);
  return Buffer.concat(
    parts.flatMap((part, index) => (index === 0 ? [Buffer.from(part)] : [loneSurrogate, Buffer.from(part)])),
  );
}

/** Turns UTF-16 bytes into text and keeps lone surrogates, which TextDecoder would replace. */
class Utf16Reader {
  private rest = Buffer.alloc(0);
  private highSurrogate = '';

  constructor(private readonly isBigEndian: boolean) {}

  decode(chunk: Buffer): string {
    const bytes = Buffer.concat([this.rest, chunk]);
    const even = bytes.length - (bytes.length % 2);
    this.rest = bytes.subarray(even);
    const units = bytes.subarray(0, even);
    if (this.isBigEndian) units.swap16();
    const text = this.highSurrogate + units.toString('utf16le');
    const last = text.charCodeAt(text.length - 1);
    this.highSurrogate = last >= 0xd800 && last <= 0xdbff ? text.slice(-1) : '';
    return this.highSurrogate === '' ? text : text.slice(0, -1);
  }

  end(): string {
    return this.highSurrogate + (this.rest.length > 0 ? '\u{fffd}' : '');
  }
}

interface StreamDecoder {
  decode(chunk: Buffer): string;
  end(): string;
}

function decoderFor(encoding: Encoding): StreamDecoder {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return new Utf16Reader(encoding === 'utf-16be');
  const decoder = new TextDecoder(encoding);
  return { decode: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() };
}

async function* convertedChunks(chunks: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  const decoder = decoderFor(encoding);
  for await (const chunk of chunks) yield encodeText(decoder.decode(chunk));
  yield encodeText(decoder.end());
}

async function* withoutMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    if (head.length < utf8Mark.length) continue;
    yield head.subarray(0, 3).equals(utf8Mark) ? head.subarray(3) : head;
    head = null;
  }
  if (head !== null && head.length > 0) yield head;
}

/** The bytes of a source as UTF-8 without byte order mark; Windows-1252 is passed on as it is. */
export function utf8Chunks(
  source: ByteSource,
  detection: Pick<Detection, 'encoding'>,
): AsyncGenerator<Buffer> {
  const chunks: AsyncIterable<Buffer> = source();
  const { encoding } = detection;
  return withoutMark(isConvertedAsStream(encoding) ? convertedChunks(chunks, encoding) : chunks);
}

/** The first bytes of a source as UTF-8, and whether they are all of it. */
export async function readHead(
  source: ByteSource,
  detection: Pick<Detection, 'encoding'>,
  bytes: number,
): Promise<{ readonly head: Buffer; readonly isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of utf8Chunks(source, detection)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > bytes) break;
  }
  const all = Buffer.concat(chunks);
  return { head: all.subarray(0, bytes), isWhole: length <= bytes };
}
