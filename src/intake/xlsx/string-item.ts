import type { TextBuffer } from './text-buffer';
import {
  dataStartBytes,
  endsName,
  findDataEnd,
  isData,
  isMarkup,
  nextTag,
  passElement,
  passMarkup,
  passTag,
} from './xml-bytes';

// Hot loops use constants of their own: those of another module are looked up anew at each use.
const incomplete = -1;
const slash = 0x2f;
const letterT = 0x74;
const letterR = 0x72;
const capitalP = 0x50;
const letterH = 0x68;

/** Phonetic runs (`rPh`) say how the text is pronounced. */
const isPhonetic = (bytes: Buffer, name: number): boolean =>
  bytes[name] === letterR && bytes[name + 1] === capitalP && bytes[name + 2] === letterH;

/** Reads text up to the tag that ends it, over character data and comments. */
export function readText(bytes: Buffer, from: number, end: number, into: TextBuffer): number {
  let at = from;
  for (;;) {
    at = into.addXml(bytes, at, end);
    if (at < 0 || at + 3 > end) return incomplete;
    if (!isMarkup(bytes, at)) return at;
    if (isData(bytes, at)) {
      const close = findDataEnd(bytes, at, end);
      if (close < 0) return incomplete;
      into.addData(bytes, at + dataStartBytes, close);
      at = close + 3;
    } else {
      at = passMarkup(bytes, at, end);
      if (at < 0) return incomplete;
    }
  }
}

/** Reads a `<t>` whose tag starts at `at`, up to behind its end. */
function readRun(bytes: Buffer, at: number, end: number, into: TextBuffer): number {
  const inside = passTag(bytes, at, end);
  if (inside < 0 || bytes[inside - 2] === slash) return inside;
  const close = readText(bytes, inside, end, into);
  return close < 0 ? incomplete : passTag(bytes, close, end);
}

/**
 * Reads shared and inline texts (`<si>`, `<is>`): runs are joined, phonetic ones left out. `prefix`: length of the
 * namespace prefix with its colon.
 */
export class StringItemReader {
  private depth = 0;

  constructor(
    private readonly prefix: number,
    private readonly into: TextBuffer,
  ) {}

  /** From behind the opening tag to behind the closing one, or `incomplete`. */
  read(bytes: Buffer, from: number, end: number): number {
    this.depth = 0;
    let at = from;
    while (this.depth >= 0) {
      at = nextTag(bytes, at, end);
      if (at < 0 || at + this.prefix + 3 >= end) return incomplete;
      at = this.readTag(bytes, at, end);
      if (at < 0) return incomplete;
    }
    return at;
  }

  private readTag(bytes: Buffer, at: number, end: number): number {
    if (isMarkup(bytes, at)) return passMarkup(bytes, at, end);
    if (bytes[at + 1] === slash) {
      this.depth -= 1;
      return passTag(bytes, at, end);
    }
    const name = at + 1 + this.prefix;
    const isText = bytes[name] === letterT && endsName(bytes[name + 1] ?? 0);
    if (isText) return readRun(bytes, at, end, this.into);
    if (isPhonetic(bytes, name)) return passElement(bytes, at, end);
    const next = passTag(bytes, at, end);
    if (next > 0 && bytes[next - 2] !== slash) this.depth += 1;
    return next;
  }
}
