import { recipeLines } from '../../src/cli/recipe-summary';

const importId = '7b1f2c8e-0a51-4b8c-9f63-0d8d1f7a2b11';
const imports = [{ importId, name: 'servers.csv' }];

const summary = (toReview: number) => ({
  waiting: true,
  to_review: toReview,
  recipes: [{ import_id: importId, version: 3, applied: 26, to_review: toReview }],
});

test('people are told which recipe was applied and what is left for them', () => {
  const lines = recipeLines(summary(2), imports);

  expect(lines).toEqual([
    'servers.csv: recipe version 3 applied: 26 columns as approved, 2 to look at',
    'Columns that need a look: 2; the flow waits for the approval',
  ]);
});

test('a gate that has nothing to ask says so', () => {
  const lines = recipeLines(summary(0), imports);

  expect(lines.at(-1)).toBe('No column needs a look; the flow waits for the approval');
});

test('a flow without recipes tells nothing', () => {
  const lines = recipeLines({ waiting: true, to_review: 4, recipes: [] }, imports);

  expect(lines).toEqual([]);
});
