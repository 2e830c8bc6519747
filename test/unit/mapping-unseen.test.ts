import { labelledTables, propose } from '../fixtures/mapping/tables';
import type { LabelledTable } from '../fixtures/mapping/tables';

interface Judged {
  readonly place: string;
  readonly accepted: readonly string[];
  readonly target: string;
  readonly confidence: number;
}

/** Empty stands for "leave unmapped" on both sides. */
function judge(table: LabelledTable): Judged[] {
  return propose(table).suggestions.map((suggestion, position) => ({
    place: `${table.file}: ${suggestion.sourceColumn}`,
    accepted: (table.truth[position] ?? '').split('|'),
    target: suggestion.target ?? '',
    confidence: suggestion.confidence,
  }));
}

const judged = labelledTables('unseen').flatMap(judge);
const isRight = (one: Judged) => one.accepted.includes(one.target);
const share = (list: readonly Judged[]) => list.filter(isRight).length / list.length;

test('at least 95 % of the columns that have a target get it', () => {
  const mappable = judged.filter((one) => one.accepted[0] !== '');

  expect(share(mappable)).toBeGreaterThanOrEqual(0.95);
});

test('at least 97 % of the columns without a target are left alone', () => {
  const others = judged.filter((one) => one.accepted[0] === '');

  expect(share(others)).toBeGreaterThanOrEqual(0.97);
});

test('no answer of confidence 0.9 or more is wrong', () => {
  const wrong = judged.filter((one) => one.target !== '' && one.confidence >= 0.9 && !isRight(one));

  expect(wrong.map((one) => `${one.place} → ${one.target}`)).toEqual([]);
});

test('higher bands of confidence are right more often', () => {
  const mapped = judged.filter((one) => one.target !== '');
  const sure = mapped.filter((one) => one.confidence >= 0.9);
  const unsure = mapped.filter((one) => one.confidence < 0.9);

  expect(sure.length).toBeGreaterThan(mapped.length / 2);
  expect(share(sure)).toBeGreaterThanOrEqual(share(unsure));
});
