import { isBlankByte } from './xml-bytes';

// Hot loops use constants of their own: those of another module are looked up anew at each use.
const greaterThan = 0x3e;
const incomplete = -1;
const slash = 0x2f;
const equals = 0x3d;

/** Reads the attributes of one tag, one after the other. */
export class AttributeReader {
  nameStart = 0;
  nameEnd = 0;
  valueStart = 0;
  valueEnd = 0;
  /** The tag closes itself. */
  isEmptyTag = false;

  // Indexes are below `end`, hence the non-null assertions.
  /**
   * Reads the attribute at `at` and gives the place behind it; the place of the tag's `>` when none is left, or
   * `incomplete`.
   */
  next(bytes: Buffer, from: number, end: number): number {
    let at = from;
    this.nameEnd = 0;
    while (at < end && isBlankByte(bytes[at]!)) at += 1;
    if (at >= end) return incomplete;
    const byte = bytes[at]!;
    if (byte === greaterThan) {
      this.isEmptyTag = false;
      return at;
    }
    if (byte === slash) {
      this.isEmptyTag = true;
      return at + 1 < end ? at + 1 : incomplete;
    }
    return this.read(bytes, at, end);
  }

  private read(bytes: Buffer, start: number, end: number): number {
    let at = start;
    while (at < end && bytes[at] !== equals) at += 1;
    this.nameStart = start;
    this.nameEnd = at;
    while (isBlankByte(bytes[this.nameEnd - 1]!)) this.nameEnd -= 1;
    return this.readValue(bytes, at + 1, end);
  }

  private readValue(bytes: Buffer, from: number, end: number): number {
    let at = from;
    while (at < end && isBlankByte(bytes[at]!)) at += 1;
    if (at >= end) return incomplete;
    const quote = bytes[at];
    const valueStart = at + 1;
    at = valueStart;
    while (at < end && bytes[at] !== quote) at += 1;
    if (at >= end) return incomplete;
    this.valueStart = valueStart;
    this.valueEnd = at;
    return at + 1;
  }

  get hasAttribute(): boolean {
    return this.nameEnd > 0;
  }
}
