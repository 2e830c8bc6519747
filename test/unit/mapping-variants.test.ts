import { propose } from '../fixtures/mapping/tables';
import { aVariant } from '../fixtures/mapping/variants';

interface Answer {
  readonly truth: string | null;
  readonly target: string | null;
  readonly confidence: number;
  readonly place: string;
}

function answersOf(seed: number, typos: boolean): Answer[] {
  const { table, truth } = aVariant(seed, typos);
  return propose(table).suggestions.map((suggestion, position) => ({
    truth: truth[position] ?? null,
    target: suggestion.target,
    confidence: suggestion.confidence,
    place: `seed ${seed}: ${suggestion.sourceColumn} → ${suggestion.target}`,
  }));
}

const seeds = Array.from({ length: 80 }, (_, index) => index + 1000);

describe.each([
  ['written another way', false, 0.98],
  ['with misspellings', true, 0.95],
])('headers in five languages %s', (_, typos, recall) => {
  const answers = seeds.flatMap((seed) => answersOf(seed, typos));

  test('the columns that have a target get it', () => {
    const mappable = answers.filter((one) => one.truth !== null);
    const right = mappable.filter((one) => one.target === one.truth);

    expect(right.length / mappable.length).toBeGreaterThanOrEqual(recall);
  });

  test('at least 97 % of the columns without a target are left alone', () => {
    const others = answers.filter((one) => one.truth === null);
    const kept = others.filter((one) => one.target === null);

    expect(kept.length / others.length).toBeGreaterThanOrEqual(0.97);
  });

  test('no answer of confidence 0.9 or more is wrong', () => {
    const wrong = answers.filter(
      (one) => one.target !== null && one.confidence >= 0.9 && one.target !== one.truth,
    );

    expect(wrong.map((one) => one.place)).toEqual([]);
  });
});
