import { nearDuplicates } from '../src/domain/inventory/identity/near-duplicates';
import { isMappable, isRight, judge, surelyWrong } from '../test/fixtures/mapping/judge';
import type { Judged } from '../test/fixtures/mapping/judge';
import { labelledTables } from '../test/fixtures/mapping/tables';
import { duplicateEstate } from './duplicate-estate';
import type { BenchRow } from './rows';

const folders = ['unseen', 'blind3', 'blind4', 'blind5', 'blind6'] as const;
const bands: readonly (readonly [number, number])[] = [
  [0.97, 1.01],
  [0.9, 0.97],
  [0.8, 0.9],
  [0.6, 0.8],
  [0, 0.6],
];

function told(row: string, ours: string, anchor: string): BenchRow {
  return { row, ours, anchor, ratio: null, bar: '', passed: null, cpuSeconds: null, peakMegabytes: null };
}

/** A share from 0 to 1 that has to reach a bar. */
function judged(row: string, share: number, bar: number, anchor: string): BenchRow {
  const passed = share >= bar;
  return { ...told(row, percent(share), anchor), bar: `≥ ${percent(bar)}`, passed };
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const shareOf = (part: readonly unknown[], whole: readonly unknown[]): number => part.length / whole.length;

function bandRow([low, high]: readonly [number, number], answers: readonly Judged[]): BenchRow {
  const held = answers.filter((one) => one.confidence >= low && one.confidence < high);
  const said = held.reduce((sum, one) => sum + one.confidence, 0) / held.length;
  const right = shareOf(held.filter(isRight), held);
  const name = `mapping said ${low.toFixed(2)} to ${Math.min(1, high).toFixed(2)}`;
  return told(name, `${percent(right)} right`, `${percent(said)} said of ${held.length}`);
}

/** How right the answers are on labelled exports of some ninety organisations and tools, and how well they know it. */
export function benchMappingQuality(): BenchRow[] {
  const answers = folders.flatMap((folder) => labelledTables(folder).flatMap(judge));
  const mappable = answers.filter(isMappable);
  const others = answers.filter((one) => !isMappable(one));
  const mapped = answers.filter((one) => one.target !== '');
  const wrong = surelyWrong(answers).length;
  return [
    judged(
      'columns mapped right',
      shareOf(mappable.filter(isRight), mappable),
      0.95,
      `of ${mappable.length}`,
    ),
    judged('other columns left alone', shareOf(others.filter(isRight), others), 0.97, `of ${others.length}`),
    judged(
      'mapped columns that are right',
      shareOf(mapped.filter(isRight), mapped),
      0.97,
      `of ${mapped.length}`,
    ),
    { ...told('wrong at 0.9 and above', String(wrong), ''), bar: '0', passed: wrong === 0 },
    ...bands.map((band) => bandRow(band, answers)),
  ];
}

/** How many of the assets that stand twice under two spellings are proposed, and how many proposals are right. */
export function benchDuplicates(): BenchRow[] {
  const { subjects, doubles } = duplicateEstate();
  const known = new Set(doubles.map(([one, two]) => `${one}|${two}`));
  const proposed = nearDuplicates(subjects);
  const right = proposed.filter(({ one, two }) => known.has(`${one}|${two}`));
  const anchor = `${doubles.length} doubles in ${subjects.length} assets`;
  return [
    judged('proposed doubles that are doubles', shareOf(right, proposed), 0.99, anchor),
    judged('doubles that are proposed', shareOf(right, doubles), 0.95, anchor),
  ];
}
