import type { AttributeName } from '../attributes/types';
import type { Candidate, WeighedColumn } from './candidates';

/** Pairs that exports use for one another: doubt between the two is no doubt about the column. */
const twins: { readonly [name in AttributeName]?: AttributeName } = {
  name: 'hostname',
  hostname: 'name',
  status: 'power_state',
  power_state: 'status',
};

function rounded(probability: number): number {
  return Math.round(Math.min(0.99, Math.max(0.01, probability)) * 1000) / 1000;
}

function total(scores: readonly number[]): number {
  return scores.reduce((sum, score) => sum + Math.exp(score), 0);
}

/** What is left for the column when every target that another column feeds is out of reach. */
interface Standing {
  /** Log odds of the answer against all others that are still free. */
  readonly margin: number;
  /** Whether the column would rather have fed a target that another column feeds. */
  readonly displaced: boolean;
}

function standing(column: WeighedColumn, candidate: Candidate, taken: ReadonlySet<AttributeName>): Standing {
  const others = column.candidates.filter((one) => one.target !== candidate.target);
  const free = others.filter((one) => !taken.has(one.target) && twins[candidate.target] !== one.target);
  const against = total([column.unmapped, ...free.map((one) => one.score)]);
  const displaced = others.some(
    (one) =>
      taken.has(one.target) && one.score > candidate.score + 0.5 && twins[candidate.target] !== one.target,
  );
  return { margin: candidate.score - Math.log(against), displaced };
}

interface Calibration {
  /** Added to the margin, in log odds. */
  readonly shift: number;
  /** Ceiling when the values show the target by themselves. */
  readonly shown: number;
  /** Ceiling when the values only permit it. */
  readonly permitted: number;
}

/**
 * How far the margin can be believed by the way the header met a known one: shifts and ceilings follow the shares
 * that were right on labelled exports of some eighty organisations and tools, fitted on one half and read on the
 * other. Headers that are only contained, misspelled or unknown never reach 0.9.
 */
const calibrations = {
  exact: { shift: 0, shown: 0.99, permitted: 0.97 },
  words: { shift: 0, shown: 0.99, permitted: 0.96 },
  reduced: { shift: 0, shown: 0.97, permitted: 0.93 },
  ambiguous: { shift: 0, shown: 0.97, permitted: 0.93 },
  partial: { shift: -0.4, shown: 0.89, permitted: 0.87 },
  fuzzy: { shift: -0.6, shown: 0.89, permitted: 0.85 },
  none: { shift: -0.6, shown: 0.85, permitted: 0.5 },
} as const satisfies Readonly<Record<string, Calibration>>;

/** The column's own first choice is fed by another column, so what it may be was read from less. */
const displacedShift = -0.5;
const emptyCeiling = 0.88;
const learnedCeiling = 0.97;
const contradictedCeiling = 0.75;

function calibrationOf(candidate: Candidate): Calibration {
  if (candidate.match === null) return calibrations.none;
  return candidate.match.ambiguous ? calibrations.ambiguous : calibrations[candidate.match.kind];
}

function ceiling(column: WeighedColumn, candidate: Candidate): number {
  if (candidate.learned) return learnedCeiling;
  const { shown, permitted } = calibrationOf(candidate);
  if (column.column.values.isEmpty) return Math.min(emptyCeiling, permitted);
  if (candidate.values.weight <= -1) return Math.min(contradictedCeiling, permitted);
  return candidate.values.shows ? shown : permitted;
}

/** Calibrated probability that a target is right. `taken`: targets that other columns feed. */
export function targetConfidence(
  column: WeighedColumn,
  candidate: Candidate,
  taken: ReadonlySet<AttributeName>,
): number {
  const { margin, displaced } = standing(column, candidate, taken);
  const { shift } = candidate.learned ? calibrations.exact : calibrationOf(candidate);
  const logOdds = margin + shift + (displaced ? displacedShift : 0);
  return rounded(Math.min(1 / (1 + Math.exp(-logOdds)), ceiling(column, candidate)));
}

/** A header known to have no attribute, and one of which nothing is known: it may be jargon for an attribute. */
const knownCeiling = 0.97;
const unknownCeiling = 0.86;

/** Calibrated probability that leaving the column unmapped is right. `lost`: another column took its target. */
export function unmappedConfidence(
  column: WeighedColumn,
  lost: boolean,
  taken: ReadonlySet<AttributeName>,
): number {
  const free = column.candidates.filter((one) => !taken.has(one.target));
  const known = column.unmapped >= 2.5 ? knownCeiling : unknownCeiling;
  const share = Math.exp(column.unmapped) / total([column.unmapped, ...free.map((one) => one.score)]);
  return rounded(Math.min(lost ? 0.75 : known, share));
}
