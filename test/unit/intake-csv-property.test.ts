import { parse } from 'csv-parse/sync';
import { fc } from '../support/property';

import { BatchBuilder } from '../../src/intake/batch-builder';
import { copyOptionsFor, recordsOfBatch } from '../../src/intake/csv/copy-format';
import { CsvScanner } from '../../src/intake/csv/csv-scanner';
import { type Delimiter, type IntakeBatch, defaultIntakeLimits, delimiters } from '../../src/intake/types';

interface Style {
  readonly delimiter: Delimiter;
  readonly newline: string;
  readonly quoting: 'always' | 'when_needed';
}

const style: fc.Arbitrary<Style> = fc.record({
  delimiter: fc.constantFrom(...delimiters),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  quoting: fc.constantFrom<'always' | 'when_needed'>('always', 'when_needed'),
});

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replaceAll('\0', '')),
  fc.string({
    unit: fc.constantFrom('a', 'é', '"', ',', ';', '\t', '|', '\n', '\r', ' ', '\\', '.', '7'),
    maxLength: 8,
  }),
  fc.constantFrom('', '\\.', 'NULL', '=1+1', 'ä'),
);

const table = fc
  .integer({ min: 1, max: 6 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 12 }));

function write(rows: readonly (readonly string[])[], { delimiter, newline, quoting }: Style): string {
  const lines = rows.map((row) =>
    row
      .map((text) =>
        quoting === 'always' || /["\r\n]/u.test(text) || text.includes(delimiter)
          ? `"${text.replaceAll('"', '""')}"`
          : text,
      )
      .join(delimiter),
  );
  return lines.map((line) => line + newline).join('');
}

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (let index = 0; at < bytes.length; index += 1) {
    const size = sizes.length === 0 ? bytes.length : (sizes[index % sizes.length] ?? 1);
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

interface ScanInput {
  readonly chunks: readonly Buffer[];
  readonly delimiter: Delimiter;
  readonly width: number;
  readonly batchRows?: number;
}

function scan({ chunks, delimiter, width, batchRows = 5 }: ScanInput): IntakeBatch[] {
  const copyOptions = copyOptionsFor(delimiter, width);
  const limits = { ...defaultIntakeLimits, batchRows };
  const builder = new BatchBuilder({ copyOptions, limits, skipRows: 0 });
  const options = { copyOptions, width, headerLine: 1, fallback: 'when_plausible' as const, limits };
  const scanner = new CsvScanner(options, builder);
  for (const chunk of chunks) scanner.push(chunk);
  scanner.finish();
  builder.finish();
  return builder.take();
}

const cellsOf = (batches: readonly IntakeBatch[]): readonly (readonly string[])[] =>
  batches.flatMap((batch) => recordsOfBatch(batch).map((record) => record.cells));

const isBlank = (row: readonly string[]): boolean => row.every((text) => /^[ \t\r\n]*$/u.test(text));

const headerOf = (width: number, delimiter: Delimiter): string =>
  `${Array.from({ length: width }, (_, index) => `h${index}`).join(delimiter)}\n`;

test('every table comes back as it was written, however its bytes are cut', () => {
  fc.assert(
    fc.property(
      table,
      style,
      fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 5 }),
      (rows, how, sizes) => {
        const width = rows[0]?.length ?? 1;
        const bytes = Buffer.from(headerOf(width, how.delimiter) + write(rows, how));

        const batches = scan({ chunks: cut(bytes, sizes), delimiter: how.delimiter, width });

        expect(batches.flatMap((batch) => batch.rejected)).toEqual([]);
        expect(cellsOf(batches)).toEqual(rows.filter((row) => !isBlank(row)));
      },
    ),
    { numRuns: 1500 },
  );
});

test('the cells agree with those of csv-parse', () => {
  fc.assert(
    fc.property(table, style, (rows, how) => {
      const width = rows[0]?.length ?? 1;
      const text = headerOf(width, how.delimiter) + write(rows, { ...how, newline: '\n' });

      const cells = cellsOf(scan({ chunks: [Buffer.from(text)], delimiter: how.delimiter, width }));

      const theirs: string[][] = parse(text, {
        delimiter: how.delimiter,
        record_delimiter: '\n',
        relax_quotes: true,
        from: 2,
      });
      expect(cells).toEqual(theirs.filter((row) => !isBlank(row)));
    }),
    { numRuns: 500 },
  );
});

const noise = fc
  .array(
    fc.constantFrom(
      'a',
      'b,c',
      ',',
      '"',
      '""',
      '\n',
      '\r\n',
      '\r',
      ' ',
      '\0',
      'é',
      '\ud800',
      'x"y',
      '"q"',
      '1,2,3\n',
    ),
    { maxLength: 60 },
  )
  .map((parts) => Buffer.from(parts.join('')));

test('any bytes give the same records for every cut, and each record is accepted or rejected', () => {
  fc.assert(
    fc.property(
      noise,
      fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }),
      (bytes, sizes) => {
        const input = { delimiter: ',' as const, width: 3, batchRows: 4 };

        const whole = scan({ ...input, chunks: [bytes] });
        const pieces = scan({ ...input, chunks: cut(bytes, sizes) });

        expect(pieces).toEqual(whole);
        const records = whole.reduce((sum, batch) => sum + batch.accepted + batch.rejected.length, 0);
        expect(whole.at(-1)?.rowsRead ?? 0).toBe(records);
        expect(whole.every((batch) => recordsOfBatch(batch).length === batch.accepted)).toBe(true);
        expect(cellsOf(whole).every((cells) => cells.length === 3)).toBe(true);
      },
    ),
    { numRuns: 3000 },
  );
});

test('good records beside a bad one are never lost', () => {
  const bad = fc.constantFrom('x', 'x,y', 'x,y,z,w', '"x"y,1,2', 'x,"open,2', 'n\0,1,2', 'u,\ufffd', '"open');
  fc.assert(
    fc.property(
      fc.array(bad, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 9 }),
      (lines, size) => {
        const good = [1, 2, 3, 4].map((number) => `srv${number},"a ""b""",ok`);
        const mixed = lines.flatMap((line, index) => [good[index % 4] ?? '', line]);
        const text = ['h1,h2,h3', ...mixed, ...good].join('\r\n');

        const batches = scan({
          chunks: cut(Buffer.from(text), [size]),
          delimiter: ',',
          width: 3,
          batchRows: 100,
        });

        expect(batches[0]?.accepted).toBe(lines.length + good.length);
        expect(cellsOf(batches).every((cells) => cells[1] === 'a "b"')).toBe(true);
      },
    ),
  );
});
