import { QuotedLineReader, withoutQuotedLines } from '../../src/intake/csv/quoted-lines';
import { readUpload } from '../fixtures/intake/read-upload';
import { fc } from '../support/property';

const wrap = (line: string): string => `"${line.replaceAll('"', '""')}"`;
const lines = ['Name,IP,Memory', 'web-1,10.0.0.1,"8,192"', 'web-2,10.0.0.2,"the ""new"" one"', 'web-3,,4'];
const table = {
  columns: ['Name', 'IP', 'Memory'],
  rows: [
    ['web-1', '10.0.0.1', '8,192'],
    ['web-2', '10.0.0.2', 'the "new" one'],
    ['web-3', '', '4'],
  ],
};

test.each([
  ['every line', lines.map(wrap)],
  ['the lines with quotes in them', lines.map((line) => (line.includes('"') ? wrap(line) : line))],
  ['the rows', lines.map((line, at) => (at === 0 ? line : wrap(line)))],
])('quotes around %s are taken away, with a warning', async (_, written) => {
  const upload = await readUpload(`${written.join('\r\n')}\r\n`, { chunkBytes: 5 });

  expect(upload).toMatchObject({ ...table, rejected: [] });
  expect(upload.table.warnings).toContain('Whole lines stand between quotes; they were read without them');
});

test('a line that does not fit after that is rejected on its own line', async () => {
  const upload = await readUpload([...lines, 'web-4,10.0.0.4'].map(wrap).join('\n'));

  expect(upload.rows).toEqual(table.rows);
  expect(upload.rejected).toMatchObject([{ line: 5, code: 'too_few_cells' }]);
});

test('a table with quotes around all of its lines reads as the table itself, whatever the chunks', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é', ' ') });
  const quoted = cell.map((text) => `"${text.replaceAll('"', '""')}"`);
  const anyTable = fc.array(fc.array(quoted, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(anyTable, fc.integer({ min: 1, max: 7 }), (rows, size) => {
      const text = rows.map((cells) => cells.join(',')).join('\n');
      const bytes = Buffer.from(rows.map((cells) => wrap(cells.join(','))).join('\n'));

      const reader = new QuotedLineReader();
      const read: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size) read.push(reader.push(bytes.subarray(at, at + size)));
      read.push(reader.finish());

      expect(Buffer.concat(read).toString()).toBe(text);
    }),
  );
});

test('lines without quotes around them pass as they stand', () => {
  const text = '"a","b ""c""\nd"\n"open, e\nf",g\n,"h"\n"never closed';

  expect(withoutQuotedLines(text)).toBe(text);
});
