import { AttributeReader } from './attribute-reader';
import { ByteWindow } from './byte-window';
import type { CellFormats } from './cell-formats';
import { CellReader, smallNumber } from './cell-reader';
import type { SharedTexts } from './shared-texts';
import { SheetRow } from './sheet-row';
import { workbookRefusal } from './workbook-refusal';
import { colon, endsName, isMarkup, nextTag, passElement, passMarkup, passTag } from './xml-bytes';

// Hot loops use constants of their own: those of another module are looked up anew at each use.
const incomplete = -1;
const slash = 0x2f;
/** What a sheet's cells are read with. */
export interface SheetContext {
  readonly shared: SharedTexts;
  readonly formats: CellFormats;
  readonly maxCellBytes: number;
}

type State = 'root' | 'before' | 'rows' | 'behind';

const sheetData = Buffer.from('sheetData');
const rowName = Buffer.from('row');
const letterC = 0x63;
const letterR = 0x72;
const letterH = 0x68;
const letterT = 0x74;
const one = 0x31;

const passOther = (bytes: Buffer, at: number, end: number): number =>
  isMarkup(bytes, at) ? passMarkup(bytes, at, end) : passElement(bytes, at, end);

/** Reads the rows of a sheet one after the other out of the bytes of its part, as they come. */
export class RowScanner {
  readonly row: SheetRow;
  private readonly window = new ByteWindow();
  private readonly attributes = new AttributeReader();
  private cells: CellReader | null = null;
  private state: State = 'root';
  private prefix = 0;
  private line = 0;
  private prefixFound = '';
  private isFound = false;

  constructor(private readonly context: SheetContext) {
    this.row = new SheetRow(context.shared, context.maxCellBytes);
  }

  /** No row is left. */
  get isEnded(): boolean {
    return this.state === 'behind';
  }

  /** Adds bytes; false when no row can be read before more of them. */
  push(chunk: Buffer): boolean {
    return !this.isEnded && this.window.push(chunk);
  }

  /** Takes in bytes that waited for more. */
  join(): void {
    if (!this.isEnded) this.window.join();
  }

  /** Throws UPLOAD_006 when the part ended within its rows. */
  checkEnd(): void {
    if (!this.isEnded) throw workbookRefusal('damaged', 'sheet');
  }

  /** Namespace prefix with its colon; null while the root element has not come. */
  get prefixText(): string | null {
    return this.state === 'root' ? null : this.prefixFound;
  }

  /** Reads the next row into `row`; false when more bytes are needed or no row is left. */
  next(): boolean {
    if (!this.isFound && !this.skipToRow()) return false;
    this.isFound = false;
    const { window } = this;
    const kept = this.line;
    const next = this.readRow(window.bytes, window.at, window.bytes.length);
    if (next >= 0) {
      window.at = next;
      return true;
    }
    this.line = kept;
    return false;
  }

  /** Goes to the tag of the next row. */
  private skipToRow(): boolean {
    const { window } = this;
    this.row.texts.isSourceValid = window.isValid;
    const end = window.bytes.length;
    while (!this.isEnded) {
      const at = nextTag(window.bytes, window.at, end);
      if (at < 0 || at + this.prefix + sheetData.length + 2 > end) return false;
      window.at = at;
      if (this.isRow(window.bytes, at)) {
        this.isFound = true;
        return true;
      }
      const next = this.step(window.bytes, at, end);
      if (next < 0) return false;
      window.at = next;
    }
    return false;
  }

  private isNamed(bytes: Buffer, name: number, wanted: Buffer): boolean {
    const after = name + wanted.length;
    return bytes.compare(wanted, 0, wanted.length, name, after) === 0 && endsName(bytes[after] ?? 0);
  }

  private isRow(bytes: Buffer, at: number): boolean {
    if (this.state !== 'rows' || isMarkup(bytes, at) || bytes[at + 1] === slash) return false;
    return this.isNamed(bytes, at + 1 + this.prefix, rowName);
  }

  private step(bytes: Buffer, at: number, end: number): number {
    if (isMarkup(bytes, at)) return passMarkup(bytes, at, end);
    if (this.state === 'root') return this.readRoot(bytes, at, end);
    if (bytes[at + 1] === slash) return this.passClosing(bytes, at, end);
    if (this.state === 'rows') return passOther(bytes, at, end);
    const next = passTag(bytes, at, end);
    if (next >= 0 && this.isNamed(bytes, at + 1 + this.prefix, sheetData)) {
      this.state = bytes[next - 2] === slash ? 'behind' : 'rows';
    }
    return next;
  }

  private readRoot(bytes: Buffer, at: number, end: number): number {
    const next = passTag(bytes, at, end);
    if (next < 0) return incomplete;
    let name = at + 1;
    while (name < next && !endsName(bytes[name] ?? 0)) name += 1;
    this.prefix = bytes.subarray(at + 1, name).indexOf(colon) + 1;
    this.prefixFound = bytes.toString('latin1', at + 1, at + 1 + this.prefix);
    if (!bytes.toString('latin1', at + 1 + this.prefix, name).startsWith('worksheet')) {
      throw workbookRefusal('damaged', 'sheet');
    }
    this.cells = new CellReader(this.row, this.context.shared, this.context.formats, this.prefix);
    this.state = bytes[next - 2] === slash ? 'behind' : 'before';
    return next;
  }

  private passClosing(bytes: Buffer, at: number, end: number): number {
    const next = passTag(bytes, at, end);
    if (next >= 0 && this.isNamed(bytes, at + 2 + this.prefix, sheetData)) this.state = 'behind';
    // A sheet without any rows at all.
    else if (next >= 0 && bytes.toString('latin1', at, next).includes('worksheet')) this.state = 'behind';
    return next;
  }

  private readRow(bytes: Buffer, at: number, end: number): number {
    const { row, cells, attributes } = this;
    if (cells === null) return incomplete;
    this.line += 1;
    row.begin(this.line);
    const tagEnd = this.readAttributes(bytes, at + 1 + this.prefix + rowName.length, end);
    if (tagEnd < 0) return incomplete;
    this.line = row.line;
    if (attributes.isEmptyTag) return tagEnd + 1;
    cells.beginRow();
    return this.readCells(cells, tagEnd + 1, end);
  }

  private readAttributes(bytes: Buffer, from: number, end: number): number {
    const { attributes, row } = this;
    let at = from;
    for (;;) {
      at = attributes.next(bytes, at, end);
      if (at < 0 || !attributes.hasAttribute) return at;
      const { nameStart, nameEnd, valueStart, valueEnd } = attributes;
      const letter = bytes[nameStart];
      if (letter === letterR && nameEnd - nameStart === 1) {
        const line = smallNumber(bytes, valueStart, valueEnd);
        if (line > 0) row.line = line;
      } else if (letter === letterH && nameEnd - nameStart === 6) {
        row.isHidden = bytes[valueStart] === one || bytes[valueStart] === letterT;
      }
    }
  }

  private readCells(cells: CellReader, from: number, end: number): number {
    const { prefix } = this;
    const { bytes } = this.window;
    let at = from;
    while (at >= 0) {
      at = nextTag(bytes, at, end);
      if (at < 0 || at + prefix + 3 >= end) return incomplete;
      if (bytes[at + 1] === slash) return passTag(bytes, at, end);
      const name = at + 1 + prefix;
      const isCell = bytes[name] === letterC && endsName(bytes[name + 1] ?? 0);
      at = isCell ? cells.read(bytes, name + 1, end) : passOther(bytes, at, end);
    }
    return incomplete;
  }
}

/** Gives the scanner chunk by chunk; between two of them its rows are to be read. Throws UPLOAD_006 at a cut end. */
export async function* feed(chunks: AsyncIterable<Buffer>, scanner: RowScanner): AsyncGenerator<RowScanner> {
  for await (const chunk of chunks) {
    if (scanner.push(chunk)) yield scanner;
    if (scanner.isEnded) return;
  }
  scanner.join();
  yield scanner;
  scanner.checkEnd();
}
