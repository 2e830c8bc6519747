// Hot loops use constants of their own: those of another module are looked up anew at each use.
const greaterThan = 0x3e;
const incomplete = -1;
const lessThan = 0x3c;
const slash = 0x2f;
const space = 0x20;
const equals = 0x3d;
const doubleQuote = 0x22;
const zero = 0x30;
const letterC = 0x63;
const letterR = 0x72;
const letterS = 0x73;
const letterT = 0x74;
const letterV = 0x76;

/** `empty`: without value. `shared`: number of a shared text. `number`: digits from `valueStart` to `valueEnd`. */
export const emptyUsual = 0;
export const sharedUsual = 1;
export const numberUsual = 2;

/** Nothing in a usual cell in front of its digits is longer; so many bytes must be there. */
export const usualCellBytes = 96;

/** Whether `</v></c>` stands at `at`. */
const isCellEnd = (bytes: Buffer, at: number): boolean =>
  bytes[at + 1] === slash &&
  bytes[at + 2] === letterV &&
  bytes[at + 3] === greaterThan &&
  bytes[at + 4] === lessThan &&
  bytes[at + 5] === slash &&
  bytes[at + 6] === letterC &&
  bytes[at + 7] === greaterThan;
const cellEndBytes = 8;

/** Whether `><v>` stands at `at`. */
const isValueStart = (bytes: Buffer, at: number): boolean =>
  bytes[at] === greaterThan &&
  bytes[at + 1] === lessThan &&
  bytes[at + 2] === letterV &&
  bytes[at + 3] === greaterThan;

const isAttribute = (bytes: Buffer, at: number, name: number): boolean =>
  bytes[at] === space && bytes[at + 1] === name && bytes[at + 2] === equals && bytes[at + 3] === doubleQuote;
const attributeHeadBytes = 4;

/**
 * Reads a cell in the one form in which spreadsheet programs write nearly all of them:
 * `<c r="A1" s="1" t="s"><v>7</v></c>`. There are millions, hence the care.
 */
export class UsualCell {
  /** From 0. */
  column = 0;
  style = 0;
  content = emptyUsual;
  /** Number of the shared text. */
  index = 0;
  valueStart = 0;
  valueEnd = 0;
  private isShared = false;

  // Bytes behind the end of the buffer are read as undefined, which is no digit and no sign.
  /** Reads from behind the name; gives the place behind the cell, or `incomplete` when it has another form. */
  read(bytes: Buffer, from: number): number {
    let at = this.readReference(bytes, from);
    if (at < 0) return incomplete;
    if (isAttribute(bytes, at, letterS)) at = this.readStyle(bytes, at + attributeHeadBytes);
    at = this.readType(bytes, at);
    if (at < 0) return incomplete;
    if (bytes[at] === slash && bytes[at + 1] === greaterThan) {
      this.content = emptyUsual;
      return at + 2;
    }
    if (!isValueStart(bytes, at)) return incomplete;
    return this.isShared ? this.readIndex(bytes, at + 4) : this.readNumber(bytes, at + 4);
  }

  private readReference(bytes: Buffer, from: number): number {
    this.style = 0;
    if (!isAttribute(bytes, from, letterR)) return incomplete;
    let at = from + attributeHeadBytes;
    let column = 0;
    let letter = bytes[at]! - 0x40;
    while (letter >= 1 && letter <= 26 && column < 27 * 27) {
      column = column * 26 + letter;
      at += 1;
      letter = bytes[at]! - 0x40;
    }
    this.column = column - 1;
    while (isDigit(bytes[at])) at += 1;
    return bytes[at] === doubleQuote && column > 0 ? at + 1 : incomplete;
  }

  private readStyle(bytes: Buffer, from: number): number {
    let at = from;
    let style = 0;
    while (isDigit(bytes[at])) {
      style = style * 10 + bytes[at]! - zero;
      at += 1;
    }
    this.style = style;
    return bytes[at] === doubleQuote ? at + 1 : from;
  }

  private readType(bytes: Buffer, at: number): number {
    this.isShared = false;
    if (bytes[at] !== space) return at;
    this.isShared = true;
    const isShared =
      isAttribute(bytes, at, letterT) && bytes[at + 4] === letterS && bytes[at + 5] === doubleQuote;
    return isShared ? at + 6 : incomplete;
  }

  private readIndex(bytes: Buffer, from: number): number {
    let at = from;
    let index = 0;
    while (isDigit(bytes[at])) {
      index = index * 10 + bytes[at]! - zero;
      at += 1;
    }
    this.content = sharedUsual;
    this.index = index;
    const isWhole = at > from && bytes[at] === lessThan && isCellEnd(bytes, at);
    return isWhole ? at + cellEndBytes : incomplete;
  }

  private readNumber(bytes: Buffer, from: number): number {
    let at = from;
    while (at < bytes.length && bytes[at] !== lessThan) at += 1;
    this.content = numberUsual;
    this.valueStart = from;
    this.valueEnd = at;
    return isCellEnd(bytes, at) ? at + cellEndBytes : incomplete;
  }
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= zero && byte <= 0x39;
