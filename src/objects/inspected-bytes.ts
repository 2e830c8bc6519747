import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { DomainError } from '../domain/errors';
import type { PutOptions, StoredObject } from './object-store';

const inspectBytes = 1024 * 1024;

/** An upload on its way into a store: counted, hashed and inspected while it passes. */
export interface InspectedBytes {
  /** The bytes; fails with what the source, the limit or the inspection refuses. To be read once. */
  readonly bytes: () => AsyncGenerator<Buffer>;
  /** What failed while the bytes were read, when it was not the store. */
  readonly refusal: () => { readonly error: unknown } | undefined;
  /** Size and hash of all bytes; known at their end. */
  readonly result: () => Pick<StoredObject, 'size' | 'sha256'>;
}

/** @throws (while read) DomainError `UPLOAD_004` for no bytes, `UPLOAD_002` over the limit; what `inspect` throws. */
export function inspectBytesOf(source: Readable, options: PutOptions): InspectedBytes {
  const hash = createHash('sha256');
  const head = createHead(options.inspect);
  let size = 0;
  let refusal: { readonly error: unknown } | undefined;

  async function* pass(): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      // Uploads are byte streams; no encoding is set on them.
      const piece = chunk as Buffer;
      size += piece.length;
      if (size > options.maxBytes) throw new DomainError('UPLOAD_002', { limit_bytes: options.maxBytes });
      hash.update(piece);
      head.add(piece);
      yield piece;
    }
    if (size === 0) throw new DomainError('UPLOAD_004');
    head.finish();
  }

  async function* bytes(): AsyncGenerator<Buffer> {
    const passing = pass();
    try {
      for (;;) {
        const next = await passing.next().catch((error: unknown) => {
          refusal = { error };
          throw error;
        });
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      // A reader that stops early lets go of the source.
      await passing.return(undefined);
    }
  }

  return { bytes, refusal: () => refusal, result: () => ({ size, sha256: hash.digest('hex') }) };
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
    parts.length = 0;
  };
  const add = (bytes: Buffer): void => {
    if (shown) return;
    parts.push(bytes);
    collected += bytes.length;
    if (collected >= inspectBytes) finish();
  };
  return { add, finish };
}
