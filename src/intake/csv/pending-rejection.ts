import { type Fault, maxRawBytes, rawText, rejectionMessage } from '../rejection';
import type { RejectedRecord } from '../types';

/** A rejected record whose end is not known yet. */
export class PendingRejection {
  /** Whole lines given up so far. */
  lines = 0;
  isAtLineStart = true;
  private readonly parts: Buffer[] = [];
  private bytes = 0;

  /** `isSpreading`: the record may go on over the following lines. */
  constructor(
    private readonly fault: Fault,
    readonly isSpreading: boolean,
  ) {}

  /** Adds bytes of the file; `isLineEnd` says that they end a line. */
  add(bytes: Buffer, isLineEnd: boolean): void {
    const kept = bytes.subarray(0, maxRawBytes - this.bytes);
    if (kept.length > 0) this.parts.push(Buffer.from(kept));
    this.bytes += kept.length;
    this.isAtLineStart = isLineEnd;
    if (isLineEnd) this.lines += 1;
  }

  toRecord(): Omit<RejectedRecord, 'rowNumber'> {
    const { code, line, column } = this.fault;
    const raw = rawText(Buffer.concat(this.parts)).replace(/[\r\n]+$/u, '');
    return { line, column, code, message: rejectionMessage(this.fault), raw };
  }
}
