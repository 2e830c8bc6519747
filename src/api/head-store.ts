import { createHash } from 'node:crypto';
import { DomainError } from '../domain/errors';
import { detectionBytes } from '../intake/detection/detect';
import { objectKey, type ObjectStore } from '../objects/object-store';

export interface Head {
  readonly bytes: Buffer;
  /** False when the file is longer; the bytes then end with a line. */
  readonly isWhole: boolean;
}

/** A place for an upload that keeps only its first bytes, in memory, and lets the rest pass. */
export function keepHead(maxBytes: number): {
  readonly objects: Pick<ObjectStore, 'put'>;
  readonly head: () => Head;
} {
  const chunks: Buffer[] = [];
  let size = 0;
  let kept = 0;

  const put: ObjectStore['put'] = async (place, source, options) => {
    const hash = createHash('sha256');
    let isInspected = false;
    for await (const chunk of source) {
      // Uploads are byte streams without an encoding.
      const bytes = chunk as Buffer;
      size += bytes.length;
      if (size > options.maxBytes) throw new DomainError('UPLOAD_002', { limit_bytes: options.maxBytes });
      hash.update(bytes);
      if (kept < maxBytes) chunks.push(bytes.subarray(0, maxBytes - kept));
      kept = Math.min(size, maxBytes);
      if (!isInspected && kept >= detectionBytes) {
        isInspected = true;
        options.inspect(Buffer.concat(chunks).subarray(0, detectionBytes));
      }
    }
    if (size === 0) throw new DomainError('UPLOAD_004');
    if (!isInspected) options.inspect(Buffer.concat(chunks));
    return { key: objectKey(place), size, sha256: hash.digest('hex') };
  };

  const head = (): Head => {
    const bytes = Buffer.concat(chunks);
    if (size <= maxBytes) return { bytes, isWhole: true };
    const lastLine = bytes.lastIndexOf(0x0a);
    return { bytes: lastLine < 0 ? bytes : bytes.subarray(0, lastLine + 1), isWhole: false };
  };
  return { objects: { put }, head };
}
