import { type BinaryRow, eachBinaryRow } from '../../src/db/bulk/binary-rows';
import { fc } from '../support/property';

const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');

/** Rows of texts as the server writes them in binary COPY; null stands for NULL. */
function binaryCopy(rows: readonly (readonly (string | null)[])[]): Buffer {
  const parts = [signature, Buffer.alloc(8)];
  for (const row of rows) {
    const count = Buffer.alloc(2);
    count.writeInt16BE(row.length);
    parts.push(count);
    for (const field of row) {
      const length = Buffer.alloc(4);
      const bytes = Buffer.from(field ?? '', 'utf8');
      length.writeInt32BE(field === null ? -1 : bytes.length);
      parts.push(length, bytes);
    }
  }
  parts.push(Buffer.from([0xff, 0xff]));
  return Buffer.concat(parts);
}

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function readTexts(chunks: AsyncIterable<Buffer>, columns: number): Promise<(string | null)[][]> {
  const read: (string | null)[][] = [];
  await eachBinaryRow(chunks, columns, (row: BinaryRow) => {
    const fields = Array.from({ length: columns }, (_, field) => field);
    read.push(fields.map((field) => (row.isNull(field) ? null : row.text(field))));
  });
  return read;
}

test('rows of a binary copy are read whatever the chunks they come in', async () => {
  const field = fc.option(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ minLength: 70 })));
  const rows = fc.array(fc.tuple(field, field, field), { maxLength: 20 });

  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 200 }), async (written, size) => {
      expect(await readTexts(inChunks(binaryCopy(written), size), 3)).toEqual(written);
    }),
  );
});

test('attribute values are read from their columns, and those that a record has not are left out', async () => {
  const json = (value: unknown): string => `\u0001${JSON.stringify(value)}`;
  const rows = [[json('wéb "01"'), null, json(['10.0.0.1', '10.0.0.2']), json(8)]];
  const read: unknown[] = [];

  await eachBinaryRow(inChunks(binaryCopy(rows), 7), 4, (row) => {
    read.push(row.ownValues(['name', 'fqdn', 'ip_address', 'cpu_cores'], 0), row.value(1), row.value(3));
  });

  expect(read).toEqual([
    { name: 'wéb "01"', ip_address: ['10.0.0.1', '10.0.0.2'], cpu_cores: 8 },
    undefined,
    8,
  ]);
});
