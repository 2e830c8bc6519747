import { DomainError } from '../domain/errors';
import { encodeForCopy } from './csv/copy-format';
import { setAsideFooters } from './detection/footer';
import type { CopyOptions, IntakeBatch, IntakeLimits, RejectedRecord } from './types';

/** A batch also ends at this size, so that memory is bounded by bytes and not by rows alone. */
const maxCopyBytes = 16 * 1024 * 1024;
const maxRejectedCharacters = 4 * 1024 * 1024;
const firstCapacity = 256 * 1024;
/** Two numbers of at most 16 digits, their delimiters and the line feed. */
const numbersBytes = 40;
const zero = 0x30;
const lineFeed = 0x0a;

function digitsOf(value: number): number {
  let digits = 1;
  for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) digits += 1;
  return digits;
}

function writeNumber(target: Buffer, from: number, value: number): number {
  const end = from + digitsOf(value);
  let rest = value;
  for (let at = end - 1; at >= from; at -= 1) {
    const tenth = Math.floor(rest / 10);
    target[at] = zero + rest - tenth * 10;
    rest = tenth;
  }
  return end;
}

const plainArray = (bytes: Buffer): Uint8Array =>
  new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export interface BatchBuilderOptions {
  readonly copyOptions: CopyOptions;
  readonly limits: IntakeLimits;
  /** Records of an earlier attempt that are counted, but not given out again. */
  readonly skipRows: number;
  /** Totals at the end of the table are no records; absent: they are looked for. */
  readonly hasFooters?: boolean;
}

/** Numbers the records of a table and collects them in batches whose borders depend on the records alone. */
export class BatchBuilder {
  private copy: Buffer = Buffer.allocUnsafeSlow(firstCapacity);
  private plainCopy = plainArray(this.copy);
  private viewed: Buffer = this.copy;
  private view = this.plainCopy;
  private used = 0;
  private accepted = 0;
  private rejected: RejectedRecord[] = [];
  private rejectedCharacters = 0;
  private rows = 0;
  private blankLines = 0;
  private transcoded = 0;
  private duplicateKeys = 0;
  private ready: IntakeBatch[] = [];
  /** A full batch is closed when the next record comes, so that the last one ends with the last record. */
  private isFull = false;
  /** Blank lines behind the last record of a full batch. */
  private laterBlankLines = 0;
  private readonly delimiterByte: number;

  constructor(private readonly options: BatchBuilderOptions) {
    this.delimiterByte = options.copyOptions.delimiter.charCodeAt(0);
  }

  /** Number that the record read next will get. */
  get nextRow(): number {
    return this.rows + 1;
  }

  /** Takes a record that stands in the bytes as COPY wants it. */
  acceptBytes(bytes: Buffer, start: number, end: number, line: number): void {
    if (!this.beginRow()) return;
    this.reserve(end - start + numbersBytes);
    this.writeNumbers(line);
    this.plainCopy.set(this.plainView(bytes).subarray(start, end), this.used);
    this.used += end - start;
    this.endAccepted();
  }

  /** The same bytes as a plain array: its `subarray` is much cheaper than that of a Buffer. */
  private plainView(bytes: Buffer): Uint8Array {
    if (bytes !== this.viewed) {
      this.viewed = bytes;
      this.view = plainArray(bytes);
    }
    return this.view;
  }

  /** Takes a record that must be written anew. */
  acceptCells(cells: readonly string[], line: number): void {
    if (!this.beginRow()) return;
    const text = encodeForCopy(cells, this.options.copyOptions);
    this.reserve(text.length * 3 + numbersBytes);
    this.writeNumbers(line);
    this.used += this.copy.write(text, this.used, 'utf8');
    this.endAccepted();
  }

  /** Takes a record that is not accepted; its number is set here. */
  reject(record: Omit<RejectedRecord, 'rowNumber'>): void {
    if (!this.beginRow()) return;
    this.rejected.push({ ...record, rowNumber: this.rows });
    this.rejectedCharacters += record.raw.length;
    this.endRow();
  }

  countBlankLine(): void {
    if (!this.isGivingOut) return;
    if (this.isFull) this.laterBlankLines += 1;
    else this.blankLines += 1;
  }

  /** Counts the record that is accepted next. */
  countTranscoded(): void {
    if (this.isFull) this.closeBatch();
    if (this.isGivingOut) this.transcoded += 1;
  }

  /** Counts the record that is accepted next. */
  countDuplicateKeys(): void {
    if (this.isFull) this.closeBatch();
    if (this.isGivingOut) this.duplicateKeys += 1;
  }

  /** Closes the last batch; the totals at its end are set aside. */
  finish(): void {
    if (this.accepted + this.rejected.length === 0) return;
    this.blankLines += this.laterBlankLines;
    this.laterBlankLines = 0;
    this.closeBatch();
    const last = this.ready.pop();
    if (last !== undefined) this.ready.push(this.options.hasFooters === false ? last : setAsideFooters(last));
  }

  /** Batches that are full, in order; each is given out once. */
  take(): IntakeBatch[] {
    if (this.ready.length === 0) return this.ready;
    const batches = this.ready;
    this.ready = [];
    return batches;
  }

  private get isGivingOut(): boolean {
    return this.rows >= this.options.skipRows;
  }

  private beginRow(): boolean {
    if (this.isFull) this.closeBatch();
    this.rows += 1;
    const { limits, skipRows } = this.options;
    if (this.rows > limits.maxRows) throw new DomainError('IMP_002', { max_rows: limits.maxRows });
    return this.rows > skipRows;
  }

  private writeNumbers(line: number): void {
    const { copy, delimiterByte } = this;
    let at = writeNumber(copy, this.used, this.rows);
    copy[at] = delimiterByte;
    at = writeNumber(copy, at + 1, line);
    copy[at] = delimiterByte;
    this.used = at + 1;
  }

  private endAccepted(): void {
    this.copy[this.used] = lineFeed;
    this.used += 1;
    this.accepted += 1;
    this.endRow();
  }

  private endRow(): void {
    const rows = this.accepted + this.rejected.length;
    this.isFull =
      rows >= this.options.limits.batchRows ||
      this.used >= maxCopyBytes ||
      this.rejectedCharacters >= maxRejectedCharacters;
  }

  private reserve(bytes: number): void {
    if (this.used + bytes <= this.copy.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.copy.length * 2, this.used + bytes));
    this.copy.copy(larger, 0, 0, this.used);
    this.useCopy(larger);
  }

  private useCopy(copy: Buffer): void {
    this.copy = copy;
    this.plainCopy = plainArray(copy);
  }

  private closeBatch(): void {
    this.ready.push({
      copy: this.copy.subarray(0, this.used),
      accepted: this.accepted,
      rejected: this.rejected,
      rowsRead: this.rows,
      copyOptions: this.options.copyOptions,
      blankLines: this.blankLines,
      transcoded: this.transcoded,
      duplicateKeys: this.duplicateKeys,
    });
    // The next batch is probably as large as this one.
    this.useCopy(Buffer.allocUnsafeSlow(Math.max(firstCapacity, Math.ceil(this.used * 1.05))));
    this.used = 0;
    this.accepted = 0;
    this.rejected = [];
    this.rejectedCharacters = 0;
    this.blankLines = this.laterBlankLines;
    this.laterBlankLines = 0;
    this.isFull = false;
    this.transcoded = 0;
    this.duplicateKeys = 0;
  }
}
