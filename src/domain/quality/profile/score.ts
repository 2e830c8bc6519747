import type { AttributeName } from '../../attributes/types';
import type { ApprovedMapping } from '../../mapping/types';
import type { CleansedRow } from '../types';
import { roundTo } from '../values/text';

/** Shares of the score; they add up to 100. */
export const scoreWeights = { completeness: 40, validity: 30, consistency: 15, uniqueness: 15 } as const;

/** What was counted about one record. */
export interface RecordFacts {
  /** Attributes that a record should have, and how many of them have a value. */
  readonly required: number;
  readonly present: number;
  /** Cells that count, how many of them can be used, and how many of them are in canonical form. */
  readonly cells: number;
  readonly valid: number;
  readonly canonical: number;
  /** Whether another record of the import has the same identity. */
  readonly repeated: boolean;
}

/** Quality of a record from 0 to 100 with one decimal; what there is nothing to count of counts in full. */
export function recordScore(facts: RecordFacts): number {
  const { completeness, validity, consistency, uniqueness } = scoreWeights;
  const score =
    completeness * share(facts.present, facts.required) +
    validity * share(facts.valid, facts.cells) +
    consistency * share(facts.canonical, facts.cells) +
    uniqueness * (facts.repeated ? 0 : 1);
  return roundTo(score, 1);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

/** Score of a record before and after cleansing. */
export interface RecordComparison {
  readonly before: number;
  readonly after: number;
}

/** Compares one record with its cleansed row. */
export type RecordScorer = (
  cells: readonly string[],
  row: CleansedRow,
  repeated: boolean,
) => RecordComparison;

/**
 * Prepares the scores of a table's records. Before cleansing every filled cell counts, and those that say nothing
 * or are spelled otherwise speak against the record; after it spellings of nothing are gone and the rest is
 * canonical, but a cell that can't be used still counts against it. So the score never falls.
 */
export function compileScoring(
  mappings: readonly ApprovedMapping[],
  required: readonly AttributeName[],
): RecordScorer {
  const wanted = required.filter((name) => mappings.some((mapping) => mapping.target === name));
  const positions = [...new Set(mappings.map((mapping) => mapping.position))];
  return (cells, row, repeated) => {
    const filled = positions.reduce((count, position) => count + (isFilled(cells[position]) ? 1 : 0), 0);
    const { changed, empty, unusable } = fatesOf(row);
    const present = wanted.filter((name) => row.values[name] !== undefined).length;
    const common = { required: wanted.length, present, repeated };
    const usable = Math.max(0, filled - empty - unusable);
    const canonical = Math.max(0, usable - changed);
    return {
      before: recordScore({ ...common, cells: filled, valid: usable, canonical }),
      after: recordScore({ ...common, cells: usable + unusable, valid: usable, canonical: usable }),
    };
  };
}

function isFilled(cell: string | undefined): boolean {
  return cell !== undefined && cell.trim() !== '';
}

interface CellFates {
  readonly changed: number;
  readonly empty: number;
  readonly unusable: number;
}

type Fate = keyof CellFates;

/** How many source columns were respelled, said nothing, or can't be used. A value taken elsewhere is not lost. */
function fatesOf(row: CleansedRow): CellFates {
  const fates = new Map<string, Fate>();
  for (const { sourceColumn, from, to, rule } of row.changes) {
    if (to !== null) {
      fates.set(sourceColumn, 'changed');
    } else if (!fates.has(sourceColumn) && isFilled(from)) {
      fates.set(sourceColumn, rule === 'placeholder' ? 'empty' : 'unusable');
    }
  }
  const counts = { changed: 0, empty: 0, unusable: 0 };
  for (const fate of fates.values()) {
    counts[fate] += 1;
  }
  return counts;
}
