import type { Readable } from 'node:stream';
import { detectContent, detectionBytes } from './detect';
import { openTable } from './read-table';
import type { IntakeLimits, OpenTable } from './types';

/** A stored file that can be read from its start as often as needed. */
export interface StoredFile {
  readonly filename: string | null;
  readonly read: () => Readable;
}

/** Opens a file of corrected records: its header is its first row, whatever the rows below look like. */
export async function openCorrectedTable(file: StoredFile, limits: IntakeLimits): Promise<OpenTable> {
  const head = await firstBytes(file.read());
  const hint = file.filename === null ? {} : { filename: file.filename };
  const detection = detectContent(head, { ...hint, maxColumns: limits.maxColumns });
  return openTable(file.read, detection, limits, { headerLine: 1 });
}

async function firstBytes(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    // Byte streams without an encoding give buffers.
    const bytes = chunk as Buffer;
    chunks.push(bytes);
    size += bytes.length;
    if (size >= detectionBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, detectionBytes);
}
