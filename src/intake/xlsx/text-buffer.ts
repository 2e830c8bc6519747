import { isUtf8 } from 'node:buffer';

import { ByteRange } from './copy-bytes';
import { resolveEscapes, resolveReferences } from './xml-characters';

// Hot loops use constants of their own: those of another module are looked up anew at each use.
const incomplete = -1;
const lessThan = 0x3c;

const firstCapacity = 64 * 1024;
const letterX = 0x78;
const capitalX = 0x58;
const surrogatePattern = /\p{Surrogate}/u;

const ordinary = 0;
const ends = 1;
const quotes = 2;
const decodes = 3;
const mayEscape = 4;
const nul = 5;

const classes = new Uint8Array(256);
classes[lessThan] = ends;
for (const character of ',"\n\\') classes[character.charCodeAt(0)] = quotes;
for (const character of '&\r') classes[character.charCodeAt(0)] = decodes;
classes['_'.charCodeAt(0)] = mayEscape;
classes[0] = nul;

/** Collects UTF-8 text out of XML and notes what COPY and the checks of a cell must know. */
export class TextBuffer {
  bytes: Buffer = Buffer.allocUnsafeSlow(firstCapacity);
  used = 0;
  private readonly range = new ByteRange();
  /** A character that CSV wants in quotes was added since `begin`. */
  needsQuotes = false;
  hasNul = false;
  /** What was added since `begin` is text in UTF-8. */
  isValid = true;
  /** The bytes that are read were checked as a whole already. */
  isSourceValid = true;

  /** Starts a new text behind the last one and gives its place. */
  begin(): number {
    this.needsQuotes = false;
    this.hasNul = false;
    this.isValid = true;
    return this.used;
  }

  clear(): void {
    this.used = 0;
  }

  // Indexes are inside the buffers by construction, hence the non-null assertions.
  /** Adds the text from `at` up to the next `<` and gives the place of that, or `incomplete`. */
  addXml(source: Buffer, at: number, end: number): number {
    let place = at;
    for (;;) {
      while (place < end && classes[source[place]!] === ordinary) place += 1;
      if (place >= end) return incomplete;
      if (source[place] === lessThan) break;
      if (this.isDecoded(source, place, end)) return this.addDecoded(source, at, end);
      place += 1;
    }
    this.addBytes(source, at, place);
    this.checkSource(source, at, place);
    return place;
  }

  /** Adds bytes as they stand. */
  addBytes(source: Buffer, from: number, to: number): void {
    this.reserve(to - from);
    this.used = this.range.set(source, from, to).copy(this.bytes, this.used);
  }

  /** Adds character data, in which nothing is escaped but what XML cannot hold. */
  addData(source: Buffer, from: number, to: number): void {
    const text = source.toString('utf8', from, to).replaceAll(/\r\n?/gu, '\n');
    if (!isUtf8(source.subarray(from, to))) this.isValid = false;
    this.addText(resolveEscapes(text));
  }

  addText(text: string): void {
    if (/[,"\n\r\\]/u.test(text)) this.needsQuotes = true;
    if (text.includes('\0')) this.hasNul = true;
    if (surrogatePattern.test(text)) this.isValid = false;
    this.reserve(text.length * 3);
    this.used += this.bytes.write(text, this.used, 'utf8');
  }

  /** Adds a text of ASCII that needs no quotes. */
  addPlain(text: string): void {
    this.reserve(text.length);
    this.used += this.bytes.write(text, this.used, 'latin1');
  }

  /** Notes a byte that is not ordinary; true when the text must be decoded. */
  private isDecoded(source: Buffer, place: number, end: number): boolean {
    const kind = classes[source[place]!];
    if (kind === quotes) this.needsQuotes = true;
    else if (kind === nul) this.hasNul = true;
    if (kind !== mayEscape) return kind === decodes;
    return place + 1 >= end || source[place + 1] === letterX || source[place + 1] === capitalX;
  }

  private checkSource(source: Buffer, from: number, to: number): void {
    if (!this.isSourceValid && !isUtf8(source.subarray(from, to))) this.isValid = false;
  }

  private addDecoded(source: Buffer, at: number, end: number): number {
    const found = source.indexOf(lessThan, at);
    if (found < 0 || found >= end) return incomplete;
    const piece = source.subarray(at, found);
    this.checkSource(source, at, found);
    this.addText(resolveEscapes(resolveReferences(piece.toString('utf8'), 'sheet')));
    return found;
  }

  /** Makes room for so many bytes more. */
  reserve(bytes: number): void {
    if (this.used + bytes <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.used + bytes));
    this.bytes.copy(larger, 0, 0, this.used);
    this.bytes = larger;
  }
}
