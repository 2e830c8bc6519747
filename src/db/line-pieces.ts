import { CopyLines, type CopyValue } from './copy-text';

const rowsPerPiece = 1_000;

/** Rows as COPY text, a thousand at a time; each row is made when its turn comes and is garbage right after. */
export function* linePieces<Row>(
  rows: Iterable<Row>,
  toValues: (row: Row) => readonly CopyValue[],
): Generator<Buffer, void, undefined> {
  const lines = new CopyLines();
  let count = 0;
  for (const row of rows) {
    lines.add(toValues(row));
    count += 1;
    if (count % rowsPerPiece === 0) yield lines.take();
  }
  if (count % rowsPerPiece !== 0) yield lines.take();
}
