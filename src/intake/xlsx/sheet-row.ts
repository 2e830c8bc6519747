import type { RejectionCode } from '../types';
import { type SharedTexts, invalidText, nulText, quotedText, tooLargeText } from './shared-texts';
import { TextBuffer } from './text-buffer';

/** Last column of a sheet is XFD (ISO/IEC 29500-1, 18.3.1.4 and the limits of spreadsheet programs). */
export const maxSheetColumns = 16_384;

const none = 0;
const plain = 1;
const quoted = 2;
const shared = 3;
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
  private readonly sources = new Uint8Array(maxSheetColumns);
  private readonly starts = new Int32Array(maxSheetColumns);
  private readonly ends = new Int32Array(maxSheetColumns);

  constructor(
    private readonly sharedTexts: SharedTexts,
    private readonly maxCellBytes: number,
  ) {}

  begin(line: number): void {
    this.line = line;
    this.isHidden = false;
    this.sources.fill(none, 0, this.width);
    this.width = 0;
    this.fault = null;
    this.texts.clear();
  }

  /** Sets a cell to the text that was added to `texts` behind `start`. */
  setText(column: number, start: number): void {
    const { texts } = this;
    if (texts.used === start) return;
    this.place(column, texts.needsQuotes ? quoted : plain);
    this.starts[column] = start;
    this.ends[column] = texts.used;
    if (texts.used - start > this.maxCellBytes) this.note('cell_too_large', column);
    else if (texts.hasNul) this.note('nul_byte', column);
    else if (!texts.isValid) this.note('invalid_utf8', column);
  }

  /** Sets a cell to plain bytes that need no check: digits and the like. */
  setPlain(column: number, start: number): void {
    this.place(column, plain);
    this.starts[column] = start;
    this.ends[column] = this.texts.used;
  }

  /** Sets a cell to a shared text. */
  setShared(column: number, index: number): void {
    const info = this.sharedTexts.info(index);
    if (info === 0) return;
    this.place(column, shared);
    this.starts[column] = index;
    if ((info & (nulText | tooLargeText | invalidText)) !== 0) this.noteShared(info, column);
  }

  // Columns below `maxSheetColumns` are inside the arrays, hence the non-null assertions.
  isEmpty(column: number): boolean {
    return this.sources[column] === none;
  }

  text(column: number): string {
    const source = this.sources[column]!;
    if (source === none) return '';
    if (source === shared) return this.sharedTexts.text(this.starts[column]!);
    return this.texts.bytes.toString('utf8', this.starts[column], this.ends[column]);
  }

  /** The first cells as texts. */
  cells(width: number): string[] {
    return Array.from({ length: width }, (_, column) => this.text(column));
  }

  /** Whether no cell holds anything but blanks. */
  isBlank(): boolean {
    for (let column = 0; column < this.width; column += 1) {
      if (this.sources[column] !== none && this.text(column).trim() !== '') return false;
    }
    return true;
  }

  /** Adds the text of a cell to `target` as CSV wants it. */
  addCsvCell(column: number, target: TextBuffer): void {
    const source = this.sources[column]!;
    if (source === plain) target.addBytes(this.texts.bytes, this.starts[column]!, this.ends[column]!);
    else if (source === shared) this.addShared(this.starts[column]!, target);
    else if (source === quoted) {
      addQuoted(target, this.texts.bytes, { from: this.starts[column]!, to: this.ends[column]! });
    }
  }

  private addShared(index: number, target: TextBuffer): void {
    const { sharedTexts } = this;
    const from = sharedTexts.offset(index);
    const to = from + sharedTexts.length(index);
    if ((sharedTexts.info(index) & quotedText) === 0) target.addBytes(sharedTexts.page(index), from, to);
    else addQuoted(target, sharedTexts.page(index), { from, to });
  }

  private place(column: number, source: number): void {
    this.sources[column] = source;
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

const quoteMark = Buffer.from('"');

function addQuoted(
  target: TextBuffer,
  source: Buffer,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  target.addBytes(quoteMark, 0, 1);
  let start = from;
  for (let at = from; at < to; at += 1) {
    if (source[at] !== quoteByte) continue;
    target.addBytes(source, start, at + 1);
    start = at;
  }
  target.addBytes(source, start, to);
  target.addBytes(quoteMark, 0, 1);
}
