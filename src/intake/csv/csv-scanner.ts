import { isUtf8 } from 'node:buffer';

import type { BatchBuilder } from '../batch-builder';
import { windows1252ToUtf8 } from '../detection/encoding';
import { type Fallback, firstInvalidCell, isReadAsWindows1252 } from '../detection/fallback';
import { cellsOfRecord } from './csv-text';
import { RecordReader, carriageReturn, nextLineStart, quoteByte } from '../record-reader';
import { PendingRejection } from './pending-rejection';
import { rawText, rejectionMessage } from '../rejection';
import { type BorderVerdict, TableBorder, fieldsAt } from '../detection/table-border';
import type { CopyOptions, IntakeLimits, RejectionCode } from '../types';

/** Longest record; a longer one has a huge cell or a quote that never closes. */
const maxRecordBytes = 4 * 1024 * 1024;
/** After quotes that never close, less is read ahead, so that a file full of them stays linear. */
const minRecordBytes = 128 * 1024;
const blankBytes = [quoteByte, 0x20, 0x09, 0x0a, 0x0d];

export interface ScannerOptions {
  readonly copyOptions: CopyOptions;
  /** Number of columns. */
  readonly width: number;
  /** Physical line of the header row; everything above it is passed over. */
  readonly headerLine: number;
  readonly fallback: Fallback;
  readonly limits: IntakeLimits;
}

/**
 * Reads CSV bytes into a batch builder. Good records are passed on as they stand; each bad one is rejected alone.
 * The result does not depend on how the bytes are cut into chunks.
 */
export class CsvScanner {
  private window: Buffer = Buffer.alloc(0);
  private at = 0;
  private queued: Buffer[] = [];
  private queuedBytes = 0;
  private wantedBytes = 0;
  private isValid = true;
  private line = 1;
  private isHeaderRead = false;
  private recordLimit = maxRecordBytes;
  private pending: PendingRejection | null = null;
  /** Bytes that a record without any value may consist of. */
  private readonly blankClasses = new Uint8Array(256);
  private readonly reader: RecordReader;
  private readonly probe: RecordReader;
  private readonly border = new TableBorder();

  constructor(
    private readonly options: ScannerOptions,
    private readonly builder: BatchBuilder,
  ) {
    const { copyOptions, width, limits } = options;
    const delimiter = copyOptions.delimiter.charCodeAt(0);
    for (const byte of [delimiter, ...blankBytes]) this.blankClasses[byte] = 1;
    this.isHeaderRead = options.headerLine === 0;
    this.reader = new RecordReader(delimiter, width, limits.maxCellBytes);
    this.probe = new RecordReader(delimiter, width, limits.maxCellBytes);
  }

  push(chunk: Buffer): void {
    this.queued.push(chunk);
    this.queuedBytes += chunk.length;
    if (this.queuedBytes >= this.wantedBytes) this.advance(false);
  }

  finish(): void {
    this.advance(true);
    this.flushPending();
  }

  private advance(final: boolean): void {
    this.joinQueued(final);
    while (this.at < this.window.length && this.step(final));
    const rest = this.window.length - this.at;
    // A long unfinished record is scanned again only when it has doubled.
    this.wantedBytes = rest > minRecordBytes ? rest : 0;
  }

  private joinQueued(final: boolean): void {
    const rest = this.window.subarray(this.at);
    const [only] = this.queued;
    const isOnly = rest.length === 0 && this.queued.length === 1 && only !== undefined;
    this.window = isOnly ? only : Buffer.concat([rest, ...this.queued]);
    this.at = 0;
    this.queued = [];
    this.queuedBytes = 0;
    const lastEnd = Math.max(this.window.lastIndexOf('\n'), this.window.lastIndexOf('\r'));
    this.isValid = isUtf8(final ? this.window : this.window.subarray(0, lastEnd + 1));
  }

  /** Reads one record or line; false when more bytes are needed. */
  private step(final: boolean): boolean {
    if (this.line < this.options.headerLine) return this.passLine(final);
    if (this.pending !== null) return this.recover(this.pending, final);
    const bound = Math.min(this.window.length, this.at + this.recordLimit);
    const outcome = this.reader.read(this.window, this.at, bound, final && bound === this.window.length);
    if (outcome === 'incomplete' && !this.isOverLimit()) return false;
    if (!this.isHeaderRead) return this.passHeader(outcome === 'record', final);
    if (outcome === 'incomplete') this.rejectTooLong(bound);
    else if (outcome === 'broken') this.rejectBroken();
    else return this.takeRecord(final);
    return true;
  }

  private isOverLimit(): boolean {
    return this.window.length - this.at > this.recordLimit;
  }

  private passLine(final: boolean): boolean {
    const next = nextLineStart(this.window, this.at, this.window.length, final);
    if (next < 0) return false;
    this.at = next;
    this.line += 1;
    return true;
  }

  private passHeader(isRecord: boolean, final: boolean): boolean {
    if (!isRecord) {
      this.isHeaderRead = this.passLine(final);
      return this.isHeaderRead;
    }
    this.isHeaderRead = true;
    const header = this.window.subarray(this.at, this.reader.contentEnd);
    this.border.readHeader(header, this.cells(header));
    this.passRecord();
    return true;
  }

  private passRecord(): void {
    this.line += this.reader.lineBreaks;
    this.at = this.reader.next;
  }

  private takeRecord(final: boolean): boolean {
    const { reader } = this;
    if (this.isBlank()) {
      this.builder.countBlankLine();
      this.border.passBlank();
    } else {
      const fault = reader.fault ?? this.raggedFault();
      const isNear = this.border.isNear(reader.contentEnd - this.at);
      const verdict = isNear ? this.judgeBorder(fault, final) : 'inside';
      if (verdict === 'undecided') return false;
      if (verdict !== 'inside') this.reject(verdict, null);
      else if (fault === null) this.accept();
      else if (this.isOpenQuoteLikely()) {
        this.pending = this.openPending('unbalanced_quote', true);
        return true;
      } else this.reject(fault, reader.fault === null ? null : reader.faultField);
    }
    this.passRecord();
    return true;
  }

  private judgeBorder(fault: RejectionCode | null, final: boolean): BorderVerdict {
    const { reader, window, at } = this;
    const bytes = window.subarray(at, reader.contentEnd);
    return this.border.judge({
      bytes,
      fields: reader.fields,
      isRagged: fault === 'too_few_cells' || fault === 'too_many_cells',
      cells: () => this.cells(bytes),
      nextFields: () => fieldsAt(this.probe, window, { start: reader.next, limit: this.recordLimit, final }),
    });
  }

  private isBlank(): boolean {
    const { contentEnd, fields } = this.reader;
    if (contentEnd - this.at === fields - 1) return true;
    for (let at = this.at; at < contentEnd; at += 1) {
      if (this.blankClasses[this.window[at] ?? 0] === 0) return false;
    }
    return this.cells(this.window.subarray(this.at, contentEnd)).every((cell) => cell.trim() === '');
  }

  private raggedFault(): RejectionCode | null {
    const { reader, options } = this;
    if (reader.fields === options.width) return null;
    if (reader.fields < options.width) return 'too_few_cells';
    const surplus = this.cells(this.window.subarray(reader.widthEnd + 1, reader.contentEnd));
    return surplus.every((cell) => cell === '') ? null : 'too_many_cells';
  }

  private cells(bytes: Buffer): readonly string[] {
    return cellsOfRecord(bytes.toString('utf8'), this.options.copyOptions.delimiter);
  }

  private accept(): void {
    const { reader, window, at } = this;
    if (this.isValid || isUtf8(window.subarray(at, reader.contentEnd))) {
      this.emit(window, at, reader.contentEnd);
      return;
    }
    const bytes = window.subarray(at, reader.contentEnd);
    if (isReadAsWindows1252(bytes, this.options.fallback)) {
      const converted = windows1252ToUtf8(bytes);
      this.builder.countTranscoded();
      this.emit(converted, 0, converted.length);
    } else this.reject('invalid_utf8', firstInvalidCell(bytes, this.options.copyOptions.delimiter));
  }

  private emit(bytes: Buffer, start: number, end: number): void {
    const { reader, options, builder } = this;
    const isVerbatim = !reader.bareQuote && !reader.padded && reader.fields === options.width;
    if (isVerbatim && options.copyOptions.layout === 'columns') {
      builder.acceptBytes(bytes, start, end, this.line);
    } else {
      builder.acceptCells(this.cells(bytes.subarray(start, end)).slice(0, options.width), this.line);
    }
  }

  private reject(code: RejectionCode, column: number | null): void {
    const { reader, options, line } = this;
    const { width, limits } = options;
    const facts = { code, line, column, width, fields: reader.fields, maxCellBytes: limits.maxCellBytes };
    const raw = rawText(this.window.subarray(this.at, reader.contentEnd));
    this.builder.reject({ line, column, code, message: rejectionMessage(facts), raw });
  }

  /**
   * A record of the wrong shape over several lines, whose second line is a good record by itself, is more likely
   * a quote that was opened and never closed.
   */
  private isOpenQuoteLikely(): boolean {
    const { reader, window, at } = this;
    if (this.options.width < 3) return false;
    const second = nextLineStart(window, at, reader.next, true);
    return second < reader.contentEnd && this.isGoodRecord(second, reader.next, true);
  }

  /** Whether a record of exactly the right shape, without odd quotes, starts here. */
  private isGoodRecord(start: number, end: number, final: boolean): boolean {
    const { probe } = this;
    if (probe.read(this.window, start, end, final) !== 'record') return false;
    const isEmpty = probe.contentEnd - start === probe.fields - 1;
    return probe.fields === this.options.width && !probe.bareQuote && !probe.padded && !isEmpty;
  }

  private rejectTooLong(bound: number): void {
    const second = nextLineStart(this.window, this.at, bound, false);
    const isOpenQuote = second >= 0 && this.isGoodRecord(second, bound, false);
    this.pending = this.openPending(isOpenQuote ? 'unbalanced_quote' : 'cell_too_large', true);
    this.recordLimit = Math.max(minRecordBytes, this.recordLimit / 2);
  }

  private rejectBroken(): void {
    const { reader } = this;
    const isOneLine = reader.lineBreaks === 0 && reader.fault === 'text_after_quote';
    const code = isOneLine ? 'text_after_quote' : 'unbalanced_quote';
    this.pending = this.openPending(code, !isOneLine);
  }

  private openPending(code: RejectionCode, isSpreading: boolean): PendingRejection {
    const column = this.reader.fault === code ? this.reader.faultField : this.reader.fields;
    const { limits } = this.options;
    return new PendingRejection(
      { code, line: this.line, column, maxCellBytes: limits.maxCellBytes },
      isSpreading,
    );
  }

  /**
   * Gives up the line on which the fault lies, then every line up to one that is a good record by itself.
   */
  private recover(pending: PendingRejection, final: boolean): boolean {
    if (pending.isAtLineStart && pending.lines > 0) {
      if (!pending.isSpreading) return this.flushPending();
      const bound = Math.min(this.window.length, this.at + this.recordLimit);
      const isLast = final && bound === this.window.length;
      if (this.isGoodRecord(this.at, bound, isLast)) return this.flushPending();
      if (this.isUndecided(isLast)) return false;
      // Another odd quote is the next bad record; one that begins a line may close this one.
      if (this.probe.isBroken && this.probe.faultField > 0) return this.flushPending();
    }
    return this.giveUpLine(pending, final);
  }

  /** Whether the probe ran into the end of the bytes that have come so far. */
  private isUndecided(isLast: boolean): boolean {
    return !isLast && !this.isOverLimit() && this.probe.isAtEndOfBytes;
  }

  private giveUpLine(pending: PendingRejection, final: boolean): boolean {
    const { window, at } = this;
    const next = nextLineStart(window, at, window.length, final);
    const end = next >= 0 ? next : window.length - Number(window.at(-1) === carriageReturn);
    pending.add(window.subarray(at, end), next >= 0);
    this.at = end;
    if (next >= 0) this.line += 1;
    return next >= 0;
  }

  private flushPending(): boolean {
    if (this.pending !== null) this.builder.reject(this.pending.toRecord());
    this.pending = null;
    return true;
  }
}
