import type { RejectionCode } from './types';

export const quoteByte = 0x22;
export const lineFeed = 0x0a;
export const carriageReturn = 0x0d;
const space = 0x20;
const tab = 0x09;

const ordinary = 0;
const stop = 1;
const quote = 2;
const nul = 3;
const lineBreak = 4;

const incompleteMark = -1;
const brokenMark = -2;

/**
 * `record`: read up to its line end. `incomplete`: the bytes end before the record does. `broken`: the quotes
 * make no sense, so the end of the record is unknown.
 */
export type ReadOutcome = 'record' | 'incomplete' | 'broken';

/** Finds where one CSV record ends and what is wrong with it, without making strings. Results are fields. */
export class RecordReader {
  /** Where the next record starts. */
  next = 0;
  /** End of the record without its line end. */
  contentEnd = 0;
  fields = 0;
  /** Physical line ends passed, that of the record included. */
  lineBreaks = 0;
  fault: RejectionCode | null = null;
  faultField = -1;
  /** A quote stands inside an unquoted cell: valid for us, but not for COPY. */
  bareQuote = false;
  /** Spaces stand between a closing quote and the delimiter. */
  padded = false;
  /** The last reading ran into the end of the bytes. */
  isAtEndOfBytes = false;
  /** The quotes of the last record made no sense. */
  isBroken = false;
  /** End of the last cell that has a column. */
  widthEnd = -1;
  private cellStart = 0;

  private readonly plainClasses = new Uint8Array(256);
  private readonly quotedClasses = new Uint8Array(256);

  constructor(
    private readonly delimiter: number,
    private readonly width: number,
    private readonly maxCellBytes: number,
  ) {
    for (const byte of [delimiter, lineFeed, carriageReturn]) this.plainClasses[byte] = stop;
    this.plainClasses[quoteByte] = quote;
    this.plainClasses[0] = nul;
    this.quotedClasses[quoteByte] = quote;
    this.quotedClasses[0] = nul;
    this.quotedClasses[lineFeed] = lineBreak;
    this.quotedClasses[carriageReturn] = lineBreak;
  }

  /** Reads the record at `start`; `final` says that nothing follows behind `end`. */
  read(bytes: Buffer, start: number, end: number, final: boolean): ReadOutcome {
    const outcome = this.readCells(bytes, start, end, final);
    this.isAtEndOfBytes = outcome === 'incomplete';
    this.isBroken = outcome === 'broken';
    return outcome;
  }

  private readCells(bytes: Buffer, start: number, end: number, final: boolean): ReadOutcome {
    this.begin(start);
    let at = start;
    for (;;) {
      at = this.passToStop(bytes, at, end);
      if (at < end && bytes[at] === quoteByte) {
        at = this.quotedCell(bytes, at, end, final);
        if (at < 0) return at === brokenMark ? 'broken' : 'incomplete';
        this.cellStart += 2;
      }
      this.endCell(at);
      if (at >= end) return this.endOfBytes(end, final);
      if (bytes[at] !== this.delimiter) return this.endOfLine(bytes, at, end, final);
      at += 1;
      this.cellStart = at;
    }
  }

  private begin(start: number): void {
    this.cellStart = start;
    this.fields = 0;
    this.lineBreaks = 0;
    this.fault = null;
    this.faultField = -1;
    this.bareQuote = false;
    this.padded = false;
    this.widthEnd = -1;
  }

  // Indexes below are always inside the buffer, hence the non-null assertions.
  /** Passes over unquoted cells and the delimiters between them, up to any byte that needs a closer look. */
  private passPlainCells(bytes: Buffer, from: number, end: number): number {
    const { plainClasses: classes, delimiter, width, maxCellBytes } = this;
    let { fields, cellStart } = this;
    let at = from;
    for (;;) {
      while (at < end && classes[bytes[at]!] === ordinary) at += 1;
      if (at >= end || bytes[at] !== delimiter || at - cellStart > maxCellBytes) break;
      fields += 1;
      if (fields === width) this.widthEnd = at;
      at += 1;
      cellStart = at;
    }
    this.fields = fields;
    this.cellStart = cellStart;
    return at;
  }

  /** As above, and over quotes and NULs inside unquoted cells: to a quote that opens a cell, or a line end. */
  private passToStop(bytes: Buffer, from: number, end: number): number {
    let at = from;
    for (;;) {
      at = this.passPlainCells(bytes, at, end);
      if (at >= end || this.plainClasses[bytes[at]!] === stop) return at;
      if (bytes[at] !== quoteByte) this.note('nul_byte');
      else if (at === this.cellStart) return at;
      else this.bareQuote = true;
      at += 1;
    }
  }

  private quotedCell(bytes: Buffer, from: number, end: number, final: boolean): number {
    const classes = this.quotedClasses;
    let at = from + 1;
    for (;;) {
      while (at < end && classes[bytes[at]!] === ordinary) at += 1;
      if (at >= end) return final ? this.breakAt('unbalanced_quote') : incompleteMark;
      const kind = classes[bytes[at]!];
      if (kind !== quote) {
        this.insideQuotes(kind === nul, bytes, at);
        at += 1;
        continue;
      }
      if (at + 1 >= end) return final ? end : incompleteMark;
      if (bytes[at + 1] !== quoteByte) return this.afterQuote(bytes, at + 1, end);
      at += 2;
    }
  }

  private insideQuotes(isNul: boolean, bytes: Buffer, at: number): void {
    if (isNul) this.note('nul_byte');
    else if (bytes[at] === lineFeed || bytes[at + 1] !== lineFeed) this.lineBreaks += 1;
  }

  private afterQuote(bytes: Buffer, from: number, end: number): number {
    if (from >= end || this.plainClasses[bytes[from]!] === stop) return from;
    let at = from;
    while (at < end && (bytes[at] === space || bytes[at] === tab) && bytes[at] !== this.delimiter) at += 1;
    if (at < end && this.plainClasses[bytes[at]!] !== stop) return this.breakAt('text_after_quote');
    this.padded = true;
    return at;
  }

  private endOfBytes(end: number, final: boolean): ReadOutcome {
    if (!final) return 'incomplete';
    this.contentEnd = end;
    this.next = end;
    return 'record';
  }

  private endOfLine(bytes: Buffer, at: number, end: number, final: boolean): ReadOutcome {
    const isReturn = bytes[at] === carriageReturn;
    if (isReturn && at + 1 >= end && !final) return 'incomplete';
    this.contentEnd = at;
    this.next = isReturn && at + 1 < end && bytes[at + 1] === lineFeed ? at + 2 : at + 1;
    this.lineBreaks += 1;
    return 'record';
  }

  private endCell(at: number): void {
    if (at - this.cellStart > this.maxCellBytes) this.note('cell_too_large');
    this.fields += 1;
    if (this.fields === this.width) this.widthEnd = at;
  }

  private note(code: RejectionCode): void {
    if (this.fault !== null) return;
    this.fault = code;
    this.faultField = this.fields;
  }

  private breakAt(code: RejectionCode): number {
    this.fault = code;
    this.faultField = this.fields;
    return brokenMark;
  }
}

/** Start of the physical line behind `from`, or -1 when the bytes end before it. */
export function nextLineStart(bytes: Buffer, from: number, end: number, final: boolean): number {
  for (let at = from; at < end; at += 1) {
    if (bytes[at] === lineFeed) return at + 1;
    if (bytes[at] !== carriageReturn) continue;
    if (at + 1 < end) return bytes[at + 1] === lineFeed ? at + 2 : at + 1;
    return final ? end : -1;
  }
  return final ? end : -1;
}
