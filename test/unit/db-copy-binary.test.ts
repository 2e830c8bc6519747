import { fc } from '../support/property';
import { decodeNumberedCells, type NumberedCells } from '../../src/db/bulk/copy-binary';

const textOid = 25;

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

/** A `text[]` as the server sends it: one dimension, or none when it is empty. */
function arrayBytes(cells: readonly (string | null)[]): Buffer {
  if (cells.length === 0) return Buffer.concat([int32(0), int32(0), int32(textOid)]);
  const hasNull = cells.includes(null) ? 1 : 0;
  const elements = cells.flatMap((cell) => {
    if (cell === null) return [int32(-1)];
    const text = Buffer.from(cell);
    return [int32(text.length), text];
  });
  const header = [int32(1), int32(hasNull), int32(textOid), int32(cells.length), int32(1)];
  return Buffer.concat([...header, ...elements]);
}

function copyBytes(rows: readonly { rowNumber: number; cells: readonly (string | null)[] }[]): Buffer {
  const head = Buffer.concat([Buffer.from('PGCOPY\n\u00ff\r\n\0', 'latin1'), int32(0), int32(0)]);
  const tuples = rows.map(({ rowNumber, cells }) => {
    const array = arrayBytes(cells);
    return Buffer.concat([int16(2), int32(4), int32(rowNumber), int32(array.length), array]);
  });
  return Buffer.concat([head, ...tuples, int16(-1)]);
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function decode(bytes: Buffer, size: number): Promise<NumberedCells[]> {
  const rows: NumberedCells[] = [];
  for await (const some of decodeNumberedCells(inPieces(bytes, size))) rows.push(...some);
  return rows;
}

test('rows of a binary copy arrive whole, however their bytes are cut', async () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 40 });
  const row = fc.record({ rowNumber: fc.nat(), cells: fc.array(cell, { maxLength: 8 }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 10 }),
      fc.integer({ min: 1, max: 200 }),
      async (rows, size) => {
        const decoded = await decode(copyBytes(rows), size);

        expect(decoded).toEqual(rows);
      },
    ),
  );
});

test('an element that is NULL reads as the empty text', async () => {
  const rows = await decode(copyBytes([{ rowNumber: 7, cells: ['a', null, 'Zürich', ''] }]), 1_000);

  expect(rows).toEqual([{ rowNumber: 7, cells: ['a', '', 'Zürich', ''] }]);
});

test('a copy without rows yields none', async () => {
  const rows = await decode(copyBytes([]), 3);

  expect(rows).toEqual([]);
});
