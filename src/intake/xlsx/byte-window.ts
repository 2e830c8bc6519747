import { isUtf8 } from 'node:buffer';

import { JoinedBytes } from './joined-bytes';
import { workbookRefusal } from './workbook-refusal';
import { greaterThan } from './xml-bytes';

/** So much is looked at at once: a row or a shared text of half of it always fits. */
const maxConstructBytes = 32 * 1024 * 1024;
/** A construct longer than this is read again only when its bytes have doubled, so that reading stays linear. */
const eagerBytes = 256 * 1024;

/** The bytes of a stream that are not read yet. */
export class ByteWindow {
  bytes: Buffer = Buffer.alloc(0);
  /** Where reading goes on. */
  at = 0;
  /** All whole tags and texts in it are UTF-8. */
  isValid = true;
  private readonly joined = new JoinedBytes();
  private queued: Buffer[] = [];
  private queuedBytes = 0;

  /** Adds bytes; false when it is better to wait for more. */
  push(chunk: Buffer): boolean {
    this.queued.push(chunk);
    this.queuedBytes += chunk.length;
    const rest = this.bytes.length - this.at;
    if (rest > eagerBytes && this.queuedBytes < rest) return false;
    this.join();
    return true;
  }

  /** Takes in what waits. */
  join(): void {
    const rest = this.bytes.subarray(this.at);
    if (rest.length + this.queuedBytes > maxConstructBytes) throw workbookRefusal('row_too_long', 'sheet');
    this.bytes = this.joined.join(rest, this.queued);
    this.at = 0;
    this.queued = [];
    this.queuedBytes = 0;
    this.isValid = isUtf8(this.bytes.subarray(0, this.bytes.lastIndexOf(greaterThan) + 1));
  }
}
