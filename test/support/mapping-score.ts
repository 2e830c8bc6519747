import { stdout } from 'node:process';
import { isMappable, isRight, judge, rightShare, surelyWrong } from '../fixtures/mapping/judge';
import type { Judged } from '../fixtures/mapping/judge';
import { labelledTables } from '../fixtures/mapping/tables';

/**
 * Prints how the mapping fares on folders of labelled tables, with every mistake:
 * `node -r ./test/support/register-typescript.cjs test/support/mapping-score.ts unseen blind3`.
 */
const folders = process.argv.slice(2);
const bands: readonly (readonly [number, number])[] = [
  [0.97, 1.01],
  [0.9, 0.97],
  [0.8, 0.9],
  [0.7, 0.8],
  [0.6, 0.7],
  [0, 0.6],
];

function percent(list: readonly Judged[]): string {
  return `${(rightShare(list) * 100).toFixed(1)} % of ${list.length}`;
}

function line(text: string): void {
  stdout.write(`${text}\n`);
}

function bandLines(judged: readonly Judged[]): void {
  for (const [low, high] of bands) {
    const held = judged.filter((one) => one.confidence >= low && one.confidence < high);
    const mapped = held.filter((one) => one.target !== '');
    const mean = held.reduce((sum, one) => sum + one.confidence, 0) / held.length;
    if (held.length === 0) continue;
    line(
      `  ${low}–${high}: ${percent(held)} right, said ${mean.toFixed(3)}; with a target ${percent(mapped)}`,
    );
  }
}

for (const folder of folders) {
  const judged = labelledTables(folder).flatMap(judge);
  const others = judged.filter((one) => !isMappable(one));
  const wrong = judged.filter((one) => !isRight(one));
  line(`${folder}: mappable right ${percent(judged.filter(isMappable))}; left alone ${percent(others)}`);
  line(`  wrong at 0.9 and above: ${surelyWrong(judged).length}`);
  bandLines(judged);
  for (const one of wrong) {
    const expected = one.accepted.map((target) => target || '(none)').join(' or ');
    const said = `${one.target || '(none)'} ${one.confidence.toFixed(2)}`;
    line(`    ${one.file}: "${one.column}" said ${said}, expected ${expected}`);
  }
}
