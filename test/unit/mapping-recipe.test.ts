import { applyRecipe } from '../../src/domain/mapping/apply-recipe';
import {
  chooseRecipe,
  type DecidedColumn,
  isSameRecipe,
  type Recipe,
  recipeColumns,
} from '../../src/domain/mapping/recipe';
import { suggestMappings } from '../../src/domain/mapping/suggest-mappings';
import { profiles, tableOf } from '../fixtures/mapping/tables';

const person = '7b1f2c8e-0a51-4b8c-9f63-0d8d1f7a2b11';
const day = new Date('2026-03-01T10:00:00Z');

function suggested(table: Readonly<Record<string, readonly string[]>>) {
  const columns = profiles(tableOf(table));
  return { columns, ...suggestMappings({ tableName: null, columns, learned: [] }) };
}

function recipeOf(
  table: Readonly<Record<string, readonly string[]>>,
  decidedBy: string | null = person,
  changes: Partial<DecidedColumn> = {},
): Recipe {
  const { columns, suggestions } = suggested(table);
  const decided = suggestions.map((one): DecidedColumn => {
    const stamp = { status: 'approved', decidedBy, decidedAt: day, decisionNote: null } as const;
    return { ...one, ...stamp, ...changes };
  });
  return {
    id: 'r1',
    version: 1,
    headerFingerprint: 'a',
    formatId: null,
    columns: recipeColumns(decided, columns, []),
  };
}

const names = ['web01', 'db01', 'app01'];
const servers = { Name: names, RAM: ['16', '32', '64'], Cost: ['1.5', '2.25', '3.75'] };

function apply(table: Readonly<Record<string, readonly string[]>>, recipe: Recipe) {
  const { columns, suggestions } = suggested(table);
  const applied = applyRecipe(suggestions, columns, recipe);
  const asked = applied.suggestions.filter(({ reasons }) => reasons[0]?.code !== 'recipe.applied');
  return { ...applied, asked };
}

test('equal headers and like values leave nothing to ask', () => {
  const { approvals, asked, suggestions } = apply(servers, recipeOf(servers));

  expect(asked).toEqual([]);
  expect(approvals).toHaveLength(3);
  expect(suggestions[0]?.reasons[0]?.text).toBe('As approved on 2026-03-01, recipe version 1');
});

test('what the engine would say otherwise does not matter to a column that is as approved', () => {
  const recipe = recipeOf(servers, person, { target: null });

  const { suggestions } = apply(servers, recipe);

  expect(suggestions.map(({ target }) => target)).toEqual([null, null, null]);
});

test('a header that is written otherwise is the same column', () => {
  const { asked } = apply({ NAME: names, ram: servers.RAM, Cost: servers.Cost }, recipeOf(servers));

  expect(asked).toEqual([]);
});

test.each([
  ['a unit', { ...servers, RAM: ['16384', '32768', '65536'] }, 'RAM', /read as mb, not as gb/],
  ['nothing at all', { ...servers, RAM: ['', '', ''] }, 'RAM', /empty now/],
  ['another sort', { ...servers, RAM: ['Berlin', 'Hamburg', 'Paris'] }, 'RAM', /not those of a memory_gb/],
])('values that say %s go to a person', (_name, table, column, why) => {
  const { asked } = apply(table, recipeOf(servers));

  expect(asked.map(({ sourceColumn }) => sourceColumn)).toEqual([column]);
  expect(asked[0]?.reasons[0]?.text).toMatch(why);
});

test('what was so when it was approved is no contradiction later', () => {
  const odd = { ...servers, RAM: ['', '', ''] };

  const { asked } = apply(odd, recipeOf(odd));

  expect(asked).toEqual([]);
});

test('a new column does not take a target that the recipe feeds', () => {
  const { asked } = apply({ ...servers, 'Memory (GB)': ['16', '32', '64'] }, recipeOf(servers));

  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ sourceColumn: 'Memory (GB)', target: null });
  expect(asked[0]?.alternatives[0]?.target).toBe('memory_gb');
});

test('what a policy left unmapped for want of confidence is approved by nobody', () => {
  const note = 'below the threshold of automatic approval: name';

  const recipe = recipeOf(servers, null, { target: null, decisionNote: note });

  expect(recipe.columns).toEqual([]);
});

test('a policy does not replace the word of a person', () => {
  const before = recipeOf(servers).columns;
  const { columns, suggestions } = suggested(servers);
  const stamp = { status: 'approved', decidedBy: null, decidedAt: day, decisionNote: null } as const;

  const after = recipeColumns(
    suggestions.map((one) => ({ ...one, ...stamp, target: null })),
    columns,
    before,
  );

  expect(isSameRecipe(before, after)).toBe(true);
});

describe('the recipe for a table', () => {
  const table = { headerFingerprint: 'a', formatId: null, columns: ['Name', 'RAM', 'Cost'] };
  const first = recipeOf(servers);

  test('is the one of the same headers, not the newest', () => {
    const wider = { ...recipeOf({ ...servers, Owner: names }), version: 2, headerFingerprint: 'b' };

    expect(chooseRecipe([wider, first], table)).toBe(first);
  });

  test('is else the one that shares most columns', () => {
    const other = { ...recipeOf({ Name: names, Zone: names }), version: 2, headerFingerprint: 'b' };

    expect(chooseRecipe([other, first], { ...table, headerFingerprint: 'c' })).toBe(first);
  });

  test('is none when fewer than half of its columns are there, or when the export is another one', () => {
    const strange = { headerFingerprint: 'c', formatId: null, columns: ['Name', 'Zone'] };
    const product = { ...first, formatId: 'rvtools.vInfo' };

    expect(chooseRecipe([first], strange)).toBeUndefined();
    expect(
      chooseRecipe([product], { ...table, headerFingerprint: 'c', formatId: 'rvtools.vDisk' }),
    ).toBeUndefined();
  });
});
