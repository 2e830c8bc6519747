import { type CopyValue, encodeCopy } from './copy-text';

const rowsPerPiece = 1_000;

/** Rows as COPY text, a thousand at a time, so that the server begins while the rest is written. */
export function* rowPieces<Row>(
  rows: readonly Row[],
  toValues: (row: Row, index: number) => readonly CopyValue[],
): Generator<Buffer, void, undefined> {
  for (let from = 0; from < rows.length; from += rowsPerPiece) {
    const piece = rows.slice(from, from + rowsPerPiece);
    yield encodeCopy(piece.map((row, index) => toValues(row, from + index)));
  }
}
