import { AttributeReader } from './attribute-reader';
import type { CellFormats } from './cell-formats';
import { type NumberFormat, generalFormat, numberText } from './number-format';
import type { SharedTexts } from './shared-texts';
import { type SheetRow, maxSheetColumns } from './sheet-row';
import { StringItemReader, readText } from './string-item';
import { UsualCell, sharedUsual, numberUsual, usualCellBytes } from './usual-cell';
import { workbookRefusal } from './workbook-refusal';
import { endsName, isMarkup, nextTag, passElement, passMarkup, passTag } from './xml-bytes';

// Hot loops use constants of their own: those of another module are looked up anew at each use.
const incomplete = -1;
const slash = 0x2f;
const sharedContent = sharedUsual;
const numberContent = numberUsual;
const neededBytes = usualCellBytes;
const lastColumn = maxSheetColumns - 1;
const general = generalFormat;

const numberCell = 0;
const sharedCell = 1;
const textCell = 2;
const booleanCell = 3;

const letterB = 0x62;
const letterN = 0x6e;
const letterR = 0x72;
const letterS = 0x73;
const letterT = 0x74;
const letterV = 0x76;
const letterI = 0x69;
const zero = 0x30;
const nine = 0x39;
const minus = 0x2d;
const dot = 0x2e;
const maxFastDigits = 15;
const maxRemembered = 10_000;

/** Column of a reference such as `AB12`, from 0; -1 when it names none. */
function columnOf(bytes: Buffer, from: number, to: number): number {
  let column = 0;
  for (let at = from; at < to; at += 1) {
    const letter = (bytes[at] ?? 0) & 0xdf;
    if (letter < 0x41 || letter > 0x5a) break;
    column = column * 26 + letter - 0x40;
    if (column > maxSheetColumns) throw workbookRefusal('damaged', 'sheet');
  }
  return column - 1;
}

/** A whole number of few digits; -1 for anything else. */
export function smallNumber(bytes: Buffer, from: number, to: number): number {
  if (from >= to || to - from > 10) return -1;
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] ?? 0) - zero;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Whether digits stand as they are to be written: no zeros in front or behind, no exponent, few of them. */
function isPlainDecimal(bytes: Buffer, from: number, to: number): boolean {
  const start = bytes[from] === minus ? from + 1 : from;
  if (to - start > maxFastDigits) return false;
  const wholeEnd = digitsEnd(bytes, start, to);
  if (wholeEnd === start || (bytes[start] === zero && wholeEnd - from > 1)) return false;
  if (wholeEnd === to) return true;
  const hasFraction = bytes[wholeEnd] === dot && wholeEnd + 1 < to && bytes[to - 1] !== zero;
  return hasFraction && digitsEnd(bytes, wholeEnd + 1, to) === to;
}

function digitsEnd(bytes: Buffer, from: number, to: number): number {
  let at = from;
  // Inside the buffer by the loop's bound, hence the non-null assertions.
  while (at < to && bytes[at]! >= zero && bytes[at]! <= nine) at += 1;
  return at;
}

/** Kinds of cells: ISO/IEC 29500-1, 18.18.11 (ST_CellType). */
function kindOf(bytes: Buffer, from: number, to: number): number {
  if (to - from !== 1) return textCell;
  const letter = bytes[from];
  if (letter === letterS) return sharedCell;
  if (letter === letterN) return numberCell;
  return letter === letterB ? booleanCell : textCell;
}

/** Reads the cells of a sheet into a row. */
export class CellReader {
  private readonly attributes = new AttributeReader();
  private readonly items: StringItemReader;
  private column = -1;
  private readonly usual = new UsualCell();
  private kind = numberCell;
  private style = 0;
  private readonly formats: readonly NumberFormat[];
  private remembered = new Map<string, string>();
  private rememberedFormat: NumberFormat = generalFormat;

  constructor(
    private readonly row: SheetRow,
    private readonly shared: SharedTexts,
    private readonly cellFormats: CellFormats,
    private readonly prefix: number,
  ) {
    this.items = new StringItemReader(prefix, row.texts);
    this.formats = cellFormats.formats;
  }

  beginRow(): void {
    this.column = -1;
  }

  /** Reads the cell whose name ends at `from`; gives the place behind it, or `incomplete`. */
  read(bytes: Buffer, from: number, end: number): number {
    const isUsual = this.prefix === 0 && from + neededBytes <= end;
    const next = isUsual ? this.usual.read(bytes, from) : incomplete;
    if (next < 0 || this.usual.column > lastColumn) return this.readAny(bytes, from, end);
    this.setUsual(bytes);
    return next;
  }

  private setUsual(bytes: Buffer): void {
    const { usual } = this;
    this.column = usual.column;
    if (usual.content === sharedContent) this.setShared(usual.index);
    else if (usual.content === numberContent) {
      this.style = usual.style;
      this.setNumber(bytes, usual.valueStart, usual.valueEnd);
    }
  }

  private readAny(bytes: Buffer, from: number, end: number): number {
    const tagEnd = this.readAttributes(bytes, from, end);
    if (tagEnd < 0) return incomplete;
    if (this.attributes.isEmptyTag) return tagEnd + 1;
    let at = tagEnd + 1;
    for (;;) {
      at = nextTag(bytes, at, end);
      if (at < 0 || at + this.prefix + 3 >= end) return incomplete;
      if (bytes[at + 1] === slash) break;
      at = this.readChild(bytes, at, end);
      if (at < 0) return incomplete;
    }
    return passTag(bytes, at, end);
  }

  private readAttributes(bytes: Buffer, from: number, end: number): number {
    const { attributes } = this;
    this.kind = numberCell;
    this.style = 0;
    let column = this.column + 1;
    let at = from;
    for (;;) {
      at = attributes.next(bytes, at, end);
      if (at < 0) return incomplete;
      if (!attributes.hasAttribute) break;
      const { nameStart, valueStart, valueEnd } = attributes;
      if (attributes.nameEnd - nameStart !== 1) continue;
      const name = bytes[nameStart];
      if (name === letterR) column = Math.max(columnOf(bytes, valueStart, valueEnd), 0);
      else if (name === letterS) this.style = smallNumber(bytes, valueStart, valueEnd);
      else if (name === letterT) this.kind = kindOf(bytes, valueStart, valueEnd);
    }
    if (column >= maxSheetColumns) throw workbookRefusal('damaged', 'sheet');
    this.column = column;
    return at;
  }

  private readChild(bytes: Buffer, at: number, end: number): number {
    if (isMarkup(bytes, at)) return passMarkup(bytes, at, end);
    const name = at + 1 + this.prefix;
    const letter = bytes[name];
    const isShort = endsName(bytes[name + 1] ?? 0);
    if (isShort && letter === letterV) return this.readValue(bytes, at, end);
    if (letter === letterI && bytes[name + 1] === letterS) return this.readInline(bytes, at, end);
    return passElement(bytes, at, end);
  }

  private readInline(bytes: Buffer, at: number, end: number): number {
    const inside = passTag(bytes, at, end);
    if (inside < 0 || bytes[inside - 2] === slash) return inside;
    const start = this.row.texts.begin();
    const next = this.items.read(bytes, inside, end);
    if (next >= 0) this.row.setText(this.column, start);
    return next;
  }

  private readValue(bytes: Buffer, at: number, end: number): number {
    const inside = passTag(bytes, at, end);
    if (inside < 0 || bytes[inside - 2] === slash) return inside;
    if (this.kind === textCell) return this.readTextValue(bytes, inside, end);
    const close = nextTag(bytes, inside, end);
    if (close < 0) return incomplete;
    // A comment or character data within a number is nothing that a program writes.
    if (isMarkup(bytes, close)) throw workbookRefusal('damaged', 'sheet');
    this.setValue(bytes, inside, close);
    return passTag(bytes, close, end);
  }

  private readTextValue(bytes: Buffer, inside: number, end: number): number {
    const start = this.row.texts.begin();
    const close = readText(bytes, inside, end, this.row.texts);
    if (close < 0) return incomplete;
    this.row.setText(this.column, start);
    return passTag(bytes, close, end);
  }

  private setValue(bytes: Buffer, from: number, to: number): void {
    if (this.kind === sharedCell) this.setShared(smallNumber(bytes, from, to));
    else if (this.kind === numberCell) this.setNumber(bytes, from, to);
    else {
      const start = this.row.texts.begin();
      this.row.texts.addPlain(bytes[from] === zero ? 'FALSE' : 'TRUE');
      this.row.setPlain(this.column, start);
    }
  }

  private setShared(index: number): void {
    if (index < 0 || index >= this.shared.count) throw workbookRefusal('damaged', 'sharedStrings');
    this.row.setShared(this.column, index);
  }

  private setNumber(bytes: Buffer, from: number, to: number): void {
    const { row, column } = this;
    const start = row.texts.begin();
    if (this.isGeneral() && isPlainDecimal(bytes, from, to)) {
      row.texts.addBytes(bytes, from, to);
      row.setPlain(column, start);
    } else {
      row.texts.addText(this.numberText(bytes.toString('utf8', from, to)));
      row.setText(column, start);
    }
  }

  private isGeneral(): boolean {
    return (this.formats[this.style] ?? general) === general;
  }

  /** Columns hold the same few dates and shares again and again. */
  private numberText(stored: string): string {
    const format = this.cellFormats.formats[this.style] ?? generalFormat;
    if (format !== this.rememberedFormat || this.remembered.size > maxRemembered) {
      this.remembered = new Map();
      this.rememberedFormat = format;
    }
    const known = this.remembered.get(stored);
    if (known !== undefined) return known;
    const text = numberText(stored, format, this.cellFormats.is1904);
    this.remembered.set(stored, text);
    return text;
  }
}
