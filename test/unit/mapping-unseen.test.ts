import { isMappable, isRight, judge, rightShare, surelyWrong } from '../fixtures/mapping/judge';
import type { Judged } from '../fixtures/mapping/judge';
import { labelledTables } from '../fixtures/mapping/tables';

interface Bars {
  /** Share of the columns with a target that get it. */
  readonly mapped: number;
  /** Share of the other columns that are left alone. */
  readonly leftAlone: number;
}

/** What is reached on each set of labelled exports; the later sets were written to be harder than real files. */
const sets: readonly (readonly [string, Bars])[] = [
  ['unseen', { mapped: 0.99, leftAlone: 0.98 }],
  ['blind3', { mapped: 0.99, leftAlone: 0.97 }],
  ['blind4', { mapped: 0.98, leftAlone: 0.98 }],
  ['blind5', { mapped: 0.97, leftAlone: 0.94 }],
  ['blind6', { mapped: 0.98, leftAlone: 1 }],
];

const place = (one: Judged) => `${one.file}: ${one.column} → ${one.target}`;

describe.each(sets)('the exports of %s', (folder, bars) => {
  const judged = labelledTables(folder).flatMap(judge);

  test('nearly all columns that have a target get it', () => {
    expect(rightShare(judged.filter(isMappable))).toBeGreaterThanOrEqual(bars.mapped);
  });

  test('nearly all columns without a target are left alone', () => {
    expect(rightShare(judged.filter((one) => !isMappable(one)))).toBeGreaterThanOrEqual(bars.leftAlone);
  });

  test('no target of confidence 0.9 or more is wrong', () => {
    expect(surelyWrong(judged).map(place)).toEqual([]);
  });

  test('at least 98 % of the answers fit for automatic approval are right', () => {
    expect(rightShare(judged.filter((one) => one.confidence >= 0.9))).toBeGreaterThanOrEqual(0.98);
  });

  test('higher bands of confidence are right more often', () => {
    const mapped = judged.filter((one) => one.target !== '');
    const sure = mapped.filter((one) => one.confidence >= 0.9);
    const unsure = mapped.filter((one) => one.confidence < 0.9);

    expect(sure.length).toBeGreaterThan(mapped.length / 2);
    expect(sure.filter(isRight).length / sure.length).toBeGreaterThanOrEqual(rightShare(unsure));
  });
});
