import type { RejectionCode } from '../types';
import { type SharedTexts, sharedTextBits } from './shared-texts';
import { ByteRange } from './copy-bytes';
import { TextBuffer } from './text-buffer';

// Hot loops use constants of their own: those of another module are looked up anew at each use.
const { quotedText, nulText, tooLargeText, invalidText, lengthMask } = sharedTextBits;

/** Last column of a sheet is XFD (ISO/IEC 29500-1, 18.3.1.4 and the limits of spreadsheet programs). */
export const maxSheetColumns = 16_384;

const none = 0;
const plain = 1;
const quoted = 2;
const comma = 0x2c;
const quoteByte = 0x22;

/** A fault of one cell that rejects its record. */
export interface CellFault {
  readonly code: RejectionCode;
  readonly column: number;
}

/** One row of a sheet: where each cell's text lies. It is filled anew for each row. */
export class SheetRow {
  /** Number of the row in the sheet, from 1. */
  line = 0;
  isHidden = false;
  /** Columns up to the last cell that is not empty. */
  width = 0;
  fault: CellFault | null = null;
  readonly texts = new TextBuffer();
  private readonly range = new ByteRange();
  private readonly sources = new Uint8Array(maxSheetColumns);
  private readonly starts = new Int32Array(maxSheetColumns);
  private readonly ends = new Int32Array(maxSheetColumns);
  /** Where the text lies; null: in `texts`. */
  private readonly pages: (Buffer | null)[] = [];
  /** All texts of the row together. */
  private textBytes = 0;

  constructor(
    private readonly sharedTexts: SharedTexts,
    private readonly maxCellBytes: number,
  ) {}

  begin(line: number): void {
    this.line = line;
    this.isHidden = false;
    this.sources.fill(none, 0, this.width);
    this.width = 0;
    this.textBytes = 0;
    this.fault = null;
    this.texts.clear();
  }

  /** Sets a cell to the text that was added to `texts` behind `start`. */
  setText(column: number, start: number): void {
    const { texts } = this;
    if (texts.used === start) return;
    this.placeText(column, texts.needsQuotes ? quoted : plain, start);
    if (texts.used - start > this.maxCellBytes) this.note('cell_too_large', column);
    else if (texts.hasNul) this.note('nul_byte', column);
    else if (!texts.isValid) this.note('invalid_utf8', column);
  }

  /** Sets a cell to plain bytes that need no check: digits and the like. */
  setPlain(column: number, start: number): void {
    this.placeText(column, plain, start);
  }

  /** Sets a cell to a shared text. */
  setShared(column: number, index: number): void {
    const { sharedTexts } = this;
    const info = sharedTexts.info(index);
    if (info === 0) return;
    const start = sharedTexts.offset(index);
    const length = info & lengthMask;
    this.place(column, (info & quotedText) === 0 ? plain : quoted);
    this.starts[column] = start;
    this.ends[column] = start + length;
    this.pages[column] = sharedTexts.page(index);
    this.textBytes += length;
    if ((info & (nulText | tooLargeText | invalidText)) !== 0) this.noteShared(info, column);
  }

  // Columns below `maxSheetColumns` are inside the arrays, hence the non-null assertions.
  isEmpty(column: number): boolean {
    return this.sources[column] === none;
  }

  text(column: number): string {
    if (this.sources[column] === none) return '';
    const bytes = this.pages[column] ?? this.texts.bytes;
    return bytes.toString('utf8', this.starts[column], this.ends[column]);
  }

  /** The first cells as texts. */
  cells(width: number): string[] {
    return Array.from({ length: width }, (_, column) => this.text(column));
  }

  /** Whether no cell holds anything but blanks. */
  isBlank(): boolean {
    for (let column = 0; column < this.width; column += 1) {
      if (this.sources[column] === none) continue;
      const first = (this.pages[column] ?? this.texts.bytes)[this.starts[column]!]!;
      // Other blanks than those of ASCII begin above it.
      if ((first > 0x20 && first < 0x80) || this.text(column).trim() !== '') return false;
    }
    return true;
  }

  /** Writes the first cells as a CSV record into an empty buffer. */
  writeCsv(width: number, target: TextBuffer): void {
    const { sources, starts, ends, pages, texts, range } = this;
    target.reserve(2 * this.textBytes + 3 * width);
    const { bytes } = target;
    let { used } = target;
    for (let column = 0; column < width; column += 1) {
      if (column > 0) {
        bytes[used] = comma;
        used += 1;
      }
      if (column >= this.width || sources[column] === none) continue;
      range.set(pages[column] ?? texts.bytes, starts[column]!, ends[column]!);
      used = sources[column] === plain ? range.copy(bytes, used) : copyQuoted(range, bytes, used);
    }
    target.used = used;
  }

  private placeText(column: number, source: number, start: number): void {
    this.place(column, source);
    this.starts[column] = start;
    this.ends[column] = this.texts.used;
    this.pages[column] = null;
    this.textBytes += this.texts.used - start;
  }

  private place(column: number, source: number): void {
    this.sources[column] = source;
    while (this.pages.length <= column) this.pages.push(null);
    if (column >= this.width) this.width = column + 1;
  }

  private note(code: RejectionCode, column: number): void {
    this.fault ??= { code, column };
  }

  private noteShared(info: number, column: number): void {
    if ((info & tooLargeText) !== 0) this.note('cell_too_large', column);
    else this.note((info & nulText) === 0 ? 'invalid_utf8' : 'nul_byte', column);
  }
}

/** Copies a text between quotes, with those in it doubled. */
function copyQuoted({ source, from, to }: ByteRange, target: Buffer, place: number): number {
  let used = place;
  target[used] = quoteByte;
  used += 1;
  for (let at = from; at < to; at += 1) {
    const byte = source[at]!;
    target[used] = byte;
    used += 1;
    if (byte !== quoteByte) continue;
    target[used] = quoteByte;
    used += 1;
  }
  target[used] = quoteByte;
  return used + 1;
}
