import { fc } from '../support/property';
import { suggestMappings } from '../../src/domain/mapping/suggest-mappings';
import type { ColumnProfile } from '../../src/domain/quality/types';
import { labelledTables, profiles, propose, readTable, targetsOf } from '../fixtures/mapping/tables';
import type { Table } from '../fixtures/mapping/tables';

function reordered(table: Table, order: readonly number[]): Table {
  return {
    headers: order.map((position) => table.headers[position] ?? ''),
    rows: table.rows.map((row) => order.map((position) => row[position] ?? '')),
  };
}

/** Columns turned round, and set off by half; the order in the file sits between both. */
function orders(width: number): number[][] {
  const positions = Array.from({ length: width }, (_, position) => position);
  const half = Math.floor(width / 2);
  return [positions.toReversed(), [...positions.slice(half), ...positions.slice(0, half)]];
}

/** The profiles in another order: they know their cells, so that only the mapping is asked again. */
function answersInOrder(columns: readonly ColumnProfile[], order: readonly number[]): Map<string, string> {
  const moved = order.flatMap((from, position) => {
    const column = columns[from];
    return column === undefined ? [] : [{ ...column, position }];
  });
  const { suggestions } = suggestMappings({ tableName: null, columns: moved, learned: [] });
  return new Map(
    suggestions.map((one) => [one.sourceColumn, `${one.target} ${one.confidence} ${one.rule.combine}`]),
  );
}

const folders = ['unseen', 'blind3', 'blind4', 'blind5', 'blind6'];
const tables = folders.flatMap((folder) =>
  labelledTables(folder).map((table) => [`${folder}/${table.file}`, table] as const),
);

test.each(tables)('the answer for %s does not depend on the order of its columns', (_, table) => {
  const columns = profiles(table);
  const asWritten = table.headers.map((_header, position) => position);

  const expected = answersInOrder(columns, asWritten);

  for (const order of orders(columns.length)) expect(answersInOrder(columns, order)).toEqual(expected);
});

test('any order of the columns of a wide table gets the same answer', () => {
  const table = readTable('..', 'samples', 'rvtools4-vInfo.csv');
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
  const table = readTable('..', 'samples', 'rvtools4-vInfo.csv');

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
