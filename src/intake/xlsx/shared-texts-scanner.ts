import { ByteWindow } from './byte-window';
import type { SharedTexts } from './shared-texts';
import { StringItemReader } from './string-item';
import { TextBuffer } from './text-buffer';
import { workbookRefusal } from './workbook-refusal';
import { colon, endsName, isMarkup, nextTag, passElement, passMarkup, passTag } from './xml-bytes';

// Hot loops use constants of their own: those of another module are looked up anew at each use.
const greaterThan = 0x3e;
const incomplete = -1;
const slash = 0x2f;
const letterS = 0x73;
const letterI = 0x69;
const letterT = 0x74;
const part = 'sharedStrings';
const plainItemEnd = Buffer.from('</t></si>');

function isPlainItemEnd(bytes: Buffer, at: number): boolean {
  for (let place = 0; place < plainItemEnd.length; place += 1) {
    if (bytes[at + place] !== plainItemEnd[place]) return false;
  }
  return true;
}

/** Reads the part of the shared texts, as it comes, into `texts`. */
export class SharedTextsScanner {
  private readonly window = new ByteWindow();
  private readonly buffer = new TextBuffer();
  private reader: StringItemReader | null = null;
  private prefix = 0;

  constructor(private readonly texts: SharedTexts) {}

  push(chunk: Buffer): void {
    if (this.window.push(chunk)) this.advance();
  }

  finish(): void {
    this.window.join();
    this.advance();
    const isWhole = this.window.bytes.indexOf('<', this.window.at) < 0;
    if (!isWhole || this.reader === null) throw workbookRefusal('damaged', part);
  }

  private advance(): void {
    const { window } = this;
    this.buffer.isSourceValid = window.isValid;
    for (;;) {
      const at = nextTag(window.bytes, window.at, window.bytes.length);
      if (at < 0 || at + this.prefix + 3 >= window.bytes.length) return;
      const next = this.step(window.bytes, at, window.bytes.length);
      if (next < 0) return;
      window.at = next;
    }
  }

  private step(bytes: Buffer, at: number, end: number): number {
    if (isMarkup(bytes, at)) return passMarkup(bytes, at, end);
    if (this.reader === null) return this.readRoot(bytes, at, end);
    if (bytes[at + 1] === slash) return passTag(bytes, at, end);
    const name = at + 1 + this.prefix;
    const isItem = bytes[name] === letterS && bytes[name + 1] === letterI && endsName(bytes[name + 2] ?? 0);
    return isItem ? this.readItem(this.reader, bytes, at) : passElement(bytes, at, end);
  }

  private readRoot(bytes: Buffer, at: number, end: number): number {
    const next = passTag(bytes, at, end);
    if (next < 0) return incomplete;
    const mark = bytes.subarray(at, next).indexOf(colon);
    const space = bytes.subarray(at, next).indexOf(0x20);
    this.prefix = mark > 0 && (space < 0 || mark < space) ? mark : 0;
    this.reader = new StringItemReader(this.prefix, this.buffer);
    return next;
  }

  /** The usual item is one plain text; `bytes` hold the first bytes of what follows it. */
  private readContent(reader: StringItemReader, bytes: Buffer, inside: number): number {
    const end = bytes.length;
    if (this.prefix === 0 && bytes[inside + 1] === letterT && bytes[inside + 2] === greaterThan) {
      const close = this.buffer.addXml(bytes, inside + 3, end);
      if (close >= 0 && isPlainItemEnd(bytes, close)) return close + plainItemEnd.length;
      this.buffer.clear();
      this.buffer.begin();
    }
    return reader.read(bytes, inside, end);
  }

  private readItem(reader: StringItemReader, bytes: Buffer, at: number): number {
    const { buffer, texts } = this;
    const end = bytes.length;
    const inside = passTag(bytes, at, end);
    if (inside < 0) return incomplete;
    buffer.clear();
    const start = buffer.begin();
    const next = bytes[inside - 2] === slash ? inside : this.readContent(reader, bytes, inside);
    if (next >= 0) texts.add(buffer, start);
    return next;
  }
}
