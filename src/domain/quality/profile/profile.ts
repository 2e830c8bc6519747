import { type ColumnLimits, ColumnProfiler } from './column-profiler';
import { qualityScores } from './profile-scores';
import { RepeatedRows } from './repeated-rows';
import { lastOf, type Steps } from '../../steps';
import type { ColumnProfile, TableProfile } from '../types';

/** Counts what all rows of a table look like, in one pass and in bounded memory. */
export interface TableProfiler {
  /** One row; missing cells count as empty, surplus ones are not looked at. */
  readonly add: (cells: readonly string[]) => void;
  readonly addBatch: (rows: readonly (readonly string[])[]) => void;
  /** The profile of all rows added; the profiler is used up by it. */
  readonly finish: () => TableProfile;
  /** The same in steps, for a caller with other work. */
  readonly finishInSteps: () => Steps<TableProfile>;
}

/** Distinct values that one column counts exactly at most. */
export const distinctLimit = 20_000;
/** Distinct values remembered over all columns of a table, about 40 MB. */
const distinctBudget = 300_000;
/** Words of the bit sets over all columns, 32 MB when every column is nearly unique. */
const bitWordBudget = 8_000_000;
const largestBitSet = 65_536;

function limitsFor(columns: number): ColumnLimits {
  const share = Math.max(1, columns);
  return {
    distinct: Math.min(distinctLimit, Math.floor(distinctBudget / share)),
    bitWords: Math.min(largestBitSet, Math.floor(bitWordBudget / share)),
  };
}

/** Creates a profiler for a table with these headers. */
export function createTableProfiler(columns: readonly string[]): TableProfiler {
  const limits = limitsFor(columns.length);
  const profilers = columns.map((column, position) => new ColumnProfiler(column, position, limits));
  const seen = new RepeatedRows();
  let rows = 0;
  const add = (cells: readonly string[]): void => {
    rows += 1;
    seen.begin();
    for (let position = 0; position < profilers.length; position += 1) {
      seen.addCell(profilers[position]?.add(cells[position] ?? '') ?? -1);
    }
    seen.end();
  };
  function* finishInSteps(): Steps<TableProfile> {
    const finished: ColumnProfile[] = [];
    for (const profiler of profilers) {
      finished.push(yield* profiler.finishInSteps());
      yield;
    }
    return { rows, repeatedRows: seen.repeated, columns: finished, scores: qualityScores(finished) };
  }
  return {
    add,
    addBatch: (batch) => {
      for (const cells of batch) {
        add(cells);
      }
    },
    finish: () => lastOf(finishInSteps()),
    finishInSteps,
  };
}
