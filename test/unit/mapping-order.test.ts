import fc from 'fast-check';
import { labelledTables, propose, readTable, targetsOf } from '../fixtures/mapping/tables';
import type { Table } from '../fixtures/mapping/tables';

function reordered(table: Table, order: readonly number[]): Table {
  return {
    headers: order.map((position) => table.headers[position] ?? ''),
    rows: table.rows.map((row) => order.map((position) => row[position] ?? '')),
  };
}

const tables = labelledTables('unseen').map((table) => [table.file, table] as const);

test.each(tables)('the answer for %s does not depend on the order of its columns', (_, table) => {
  const positions = table.headers.map((_header, position) => position);
  const expected = targetsOf(propose(table));

  fc.assert(
    fc.property(fc.shuffledSubarray(positions, { minLength: positions.length }), (order) => {
      expect(targetsOf(propose(reordered(table, order)))).toEqual(expected);
    }),
    { numRuns: 4, seed: 7 },
  );
});

test('the same table gets the same proposal, word for word', () => {
  const table = readTable('samples', 'rvtools4-vInfo.csv');

  expect(propose(table)).toEqual(propose(table));
});

test('any headers and cells are answered column by column with probabilities', () => {
  const cell = fc.oneof(fc.string(), fc.ipV4(), fc.integer().map(String), fc.constantFrom('', 'yes', 'Prod'));
  const anyTable = fc.integer({ min: 1, max: 8 }).chain((width) =>
    fc.record({
      headers: fc.array(fc.string(), { minLength: width, maxLength: width }),
      rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 12 }),
    }),
  );

  fc.assert(
    fc.property(anyTable, (table) => {
      const { suggestions } = propose(table);

      expect(suggestions.map((one) => one.sourceColumn)).toEqual(table.headers);
      expect(suggestions.every((one) => one.confidence > 0 && one.confidence <= 1)).toBe(true);
    }),
    { numRuns: 150 },
  );
});
