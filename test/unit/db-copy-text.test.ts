import { fc } from '../support/property';
import { copyArray, decodeCopy, encodeCopy, parseCopyArray } from '../../src/db/bulk/copy-text';

const cell = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\u0000', '')),
  fc.constantFrom('\\N', '\\', '\t', '\r\n', 'NULL', '"', '{}', '', 'ä€😀'),
);

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function decodeAll(bytes: Buffer, size: number): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  for await (const some of decodeCopy(inPieces(bytes, size))) rows.push(...some);
  return rows;
}

test('rows come back as they went in, however the bytes are cut', async () => {
  const row = fc.array(fc.option(cell), { minLength: 2, maxLength: 5 });

  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 8 }), fc.integer({ min: 1, max: 40 }), async (rows, size) => {
      expect(await decodeAll(encodeCopy(rows), size)).toEqual(rows);
    }),
  );
});

test('numbers, booleans and dates are written as PostgreSQL reads them', () => {
  const row = [1, 2n, true, false, new Date(Date.UTC(2026, 10, 22)), null, 1.5];

  expect(encodeCopy([row]).toString()).toBe('1\t2\tt\tf\t2026-11-22T00:00:00.000Z\t\\N\t1.5\n');
});

test('arrays of texts survive being a literal', () => {
  fc.assert(
    fc.property(fc.array(fc.option(cell), { maxLength: 6 }), (values) => {
      expect(parseCopyArray(copyArray(values))).toEqual(values);
    }),
  );
});

test('elements that PostgreSQL writes without quotes are read, too', () => {
  expect(parseCopyArray('{a,"b,c",NULL,"NULL",""}')).toEqual(['a', 'b,c', null, 'NULL', '']);
  expect(parseCopyArray('{}')).toEqual([]);
});
