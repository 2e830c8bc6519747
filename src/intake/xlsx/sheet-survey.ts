import { JoinedBytes } from './joined-bytes';
import { endsName, slash } from './xml-bytes';

/** Cells that are shown as one; rows and columns count from 1 and include both ends. */
export interface MergedRange {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** What a pass over the bytes of a sheet finds out without reading its cells. */
export interface SheetFacts {
  readonly hiddenRows: number;
  /** Formulas without a stored result, read as empty cells. */
  readonly emptyFormulas: number;
  readonly merges: readonly MergedRange[];
}

const blanksAndValue = 16;
/** The merged ranges follow the rows closely; further behind come rules and drawings. */
const maxTailBytes = 8 * 1024 * 1024;
const maxMerges = 100_000;
/** A longer row is not waited for. */
const maxRowBytes = 1024 * 1024;
const mergePattern =
  /mergeCell\s[^<>]*?ref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?["']/giu;

const columnNumber = (letters: string): number =>
  [...Buffer.from(letters.toUpperCase())].reduce((sum, letter) => sum * 26 + letter - 0x40, 0);

/** What is looked for, with the namespace prefix of the part. */
interface Marks {
  readonly formula: string;
  readonly formulaEnd: Buffer;
  readonly dataEnd: Buffer;
  readonly row: string;
  readonly value: string;
}

const marksFor = (prefix: string): Marks => ({
  formula: `<${prefix}f`,
  formulaEnd: Buffer.from(`</${prefix}f>`),
  dataEnd: Buffer.from(`</${prefix}sheetData`),
  row: `<${prefix}row`,
  value: `<${prefix}v`,
});

/** Where the last row starts, which may be cut; a row that is too long is not waited for. */
function lastRowStart(bytes: Buffer, { row }: Marks): number {
  const at = bytes.lastIndexOf(row);
  return at <= 0 && bytes.length > maxRowBytes ? bytes.length : Math.max(at, 0);
}

const letterE = 0x65;
const letterH = 0x68;
const letterI = 0x69;
const letterT = 0x74;
const one = 0x31;
const hiddenRest = Buffer.from('hidden=');
const dataRest = Buffer.from('heetData');

const isAt = (bytes: Buffer, at: number, text: Buffer): boolean =>
  at + text.length <= bytes.length && bytes.compare(text, 0, text.length, at, at + text.length) === 0;

/** Rows that are hidden, and where the rows end: both are told by a letter that is rare in a sheet. */
function lookForLetter(bytes: Buffer, { row, dataEnd }: Marks): { hidden: number[]; end: number } {
  const found: number[] = [];
  for (let at = bytes.indexOf(letterH); at >= 0; at = bytes.indexOf(letterH, at + 1)) {
    if (bytes[at + 1] === letterE && isAt(bytes, at, dataRest)) {
      const start = at + dataRest.length - dataEnd.length;
      if (start >= 0 && isAt(bytes, start, dataEnd)) return { hidden: found, end: start };
    } else if (bytes[at + 1] === letterI && isAt(bytes, at, hiddenRest) && isHiddenRow(bytes, at, row)) {
      found.push(at);
    }
  }
  return { hidden: found, end: -1 };
}

function isHiddenRow(bytes: Buffer, at: number, row: string): boolean {
  const value = bytes[at + hiddenRest.length + 1];
  if (value !== one && value !== letterT) return false;
  const tag = bytes.lastIndexOf('<', at);
  return tag >= 0 && bytes.toString('latin1', tag, tag + row.length) === row;
}

const letterF = 0x66;

/** Goes by the one letter of the name, which is rarer in a sheet than any other character of a tag. */
function countEmptyFormulas(rows: Buffer, { formula, formulaEnd, value }: Marks): number {
  let count = 0;
  let at = rows.indexOf(letterF);
  while (at >= 0) {
    const next = at + 1;
    const tag = next - formula.length;
    const isTag = endsName(rows[next] ?? 0) && rows.toString('latin1', tag, next) === formula;
    const close = isTag ? rows.indexOf('>', at) : -1;
    if (close < 0) {
      at = rows.indexOf(letterF, next);
      continue;
    }
    const isSelfClosed = rows[close - 1] === slash;
    const end = isSelfClosed ? close + 1 : rows.indexOf(formulaEnd, close) + formulaEnd.length;
    const behind = rows.toString('latin1', end, end + blanksAndValue).trimStart();
    if (!behind.startsWith(value)) count += 1;
    at = rows.indexOf(letterF, Math.max(end, next));
  }
  return count;
}

/** Looks at the bytes of a sheet's part as they come. */
export class SheetSurvey {
  private readonly joined = new JoinedBytes();
  private rest: Buffer = Buffer.alloc(0);
  private tail: Buffer[] | null = null;
  private tailBytes = 0;
  private hiddenRows = 0;
  private emptyFormulas = 0;
  private marks: Marks | null = null;

  /** `prefix`: the namespace prefix of the part with its colon; null while it is not known. */
  push(chunk: Buffer, prefix: string | null): void {
    if (prefix !== null) this.marks ??= marksFor(prefix);
    if (this.marks === null) this.rest = Buffer.concat([this.rest, chunk]);
    else this.look(chunk, this.marks);
  }

  private look(chunk: Buffer, marks: Marks): void {
    if (this.tail !== null) {
      this.keepTail(chunk);
      return;
    }
    const bytes = this.joined.join(this.rest, [chunk]);
    const { hidden, end } = lookForLetter(bytes, marks);
    const cut = end < 0 ? lastRowStart(bytes, marks) : end;
    const rows = bytes.subarray(0, cut);
    this.hiddenRows += hidden.filter((at) => at < cut).length;
    this.emptyFormulas += countEmptyFormulas(rows, marks);
    this.rest = bytes.subarray(cut);
    if (end < 0) return;
    this.tail = [];
    // A copy: the bytes are overwritten by the next ones.
    this.keepTail(Buffer.from(bytes.subarray(end)));
  }

  finish(): SheetFacts {
    const tail = Buffer.concat(this.tail ?? []).toString('latin1');
    const merges: MergedRange[] = [];
    for (const [, left = '', top, right = left, bottom = top] of tail.matchAll(mergePattern)) {
      if (merges.length >= maxMerges) break;
      merges.push({
        top: Number(top),
        bottom: Number(bottom),
        left: columnNumber(left),
        right: columnNumber(right),
      });
    }
    return { hiddenRows: this.hiddenRows, emptyFormulas: this.emptyFormulas, merges };
  }

  private keepTail(bytes: Buffer): void {
    if (this.tailBytes > maxTailBytes) return;
    this.tailBytes += bytes.length;
    this.tail?.push(bytes);
  }
}
