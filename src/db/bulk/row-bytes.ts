import { type CopyValue, encodeCopy } from './copy-text';
import type { IdColumn } from './id-column';

const pieceBytes = 256 * 1024;
const idBytes = 36;
const mostBytesOfUnit = 3;
const tab = 0x09;

/**
 * Rows as COPY text, written byte by byte into pieces: nothing is made of a row but its bytes, for tables of millions
 * of rows whose cells are numbers, ids and texts that many rows share.
 */
export class RowBytes {
  private bytes = Buffer.allocUnsafe(pieceBytes);
  private length = 0;

  /** Adds a UUID as a cell that others follow. */
  id(ids: IdColumn, place: number): void {
    this.makeRoom(idBytes + 1);
    ids.write(place, this.bytes, this.length);
    this.bytes[this.length + idBytes] = tab;
    this.length += idBytes + 1;
  }

  /** Adds cells as COPY text has them (see `cellsText`), with the tabs between them, or the line end behind the last. */
  cells(text: string): void {
    this.makeRoom(text.length * mostBytesOfUnit);
    this.length += this.bytes.write(text, this.length, 'utf8');
  }

  /** Whether the piece is large enough to be sent. */
  get isFull(): boolean {
    return this.length >= pieceBytes - 4096;
  }

  /** The bytes added since the last time. */
  take(): Buffer {
    const piece = this.bytes.subarray(0, this.length);
    this.bytes = Buffer.allocUnsafe(pieceBytes);
    this.length = 0;
    return piece;
  }

  private makeRoom(bytes: number): void {
    if (this.length + bytes <= this.bytes.length) return;
    const wider = Buffer.allocUnsafe((this.length + bytes) * 2);
    this.bytes.copy(wider, 0, 0, this.length);
    this.bytes = wider;
  }
}

/** Cells as COPY text has them, tabs between them; made once for all rows that have them. */
export function cellsText(values: readonly CopyValue[]): string {
  return encodeCopy([values]).toString('utf8').slice(0, -1);
}

/** A number as a cell of COPY text, null as NULL. */
export function numberCell(value: number | null): string {
  return value === null ? '\\N' : String(value);
}

/** Shows the rows of a stretch of places as pieces of bytes; `write` adds one row. */
export function* bytePieces(
  { from, to }: Stretch,
  write: (rows: RowBytes, place: number) => void,
): Generator<Buffer, void, undefined> {
  const rows = new RowBytes();
  for (let place = from; place < to; place += 1) {
    write(rows, place);
    if (rows.isFull) yield rows.take();
  }
  yield rows.take();
}

/** Places from one up to, and without, another. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}
