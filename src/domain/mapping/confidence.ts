import type { Candidate, WeighedColumn } from './candidates';

interface Cap {
  /** Ceiling when the values show the target by themselves. */
  readonly shown: number;
  /** Ceiling when the values only permit it. */
  readonly permitted: number;
}

/**
 * Ceilings by how the header met a known one, from the shares that were right on the project's fixtures: an
 * answer reaches 0.9 only where header and values, or a plain header and permitted values, agree.
 */
const caps = {
  exact: { shown: 0.99, permitted: 0.96 },
  words: { shown: 0.98, permitted: 0.93 },
  reduced: { shown: 0.95, permitted: 0.87 },
  partial: { shown: 0.87, permitted: 0.74 },
  fuzzy: { shown: 0.89, permitted: 0.8 },
  ambiguous: { shown: 0.88, permitted: 0.74 },
  none: { shown: 0.82, permitted: 0.5 },
} as const satisfies Readonly<Record<string, Cap>>;

const emptyColumn = 0.88;
const learnedCap = 0.97;
const contradictedCap = 0.7;

function capOf(candidate: Candidate): Cap {
  if (candidate.match === null) return caps.none;
  return candidate.match.ambiguous ? caps.ambiguous : caps[candidate.match.kind];
}

function ceiling(column: WeighedColumn, candidate: Candidate): number {
  if (candidate.learned) return learnedCap;
  const cap = capOf(candidate);
  if (column.column.values.isEmpty) return Math.min(emptyColumn, cap.permitted);
  if (candidate.values.weight <= -1) return Math.min(contradictedCap, cap.permitted);
  if (candidate.values.shows) return cap.shown;
  return candidate.values.weight < -0.3 ? Math.min(cap.permitted, 0.84) : cap.permitted;
}

function rounded(probability: number): number {
  return Math.round(Math.min(0.99, Math.max(0.01, probability)) * 1000) / 1000;
}

/** Probability of each answer by the weights alone. */
function softmax(column: WeighedColumn): {
  readonly of: (score: number) => number;
  readonly unmapped: number;
} {
  const sum = column.candidates.reduce(
    (total, one) => total + Math.exp(one.score),
    Math.exp(column.unmapped),
  );
  return { of: (score) => Math.exp(score) / sum, unmapped: Math.exp(column.unmapped) / sum };
}

/** Calibrated probability that a target is right. */
export function targetConfidence(column: WeighedColumn, candidate: Candidate): number {
  return rounded(Math.min(softmax(column).of(candidate.score), ceiling(column, candidate)));
}

/** Calibrated probability that leaving the column unmapped is right. `lost`: another column took its target. */
export function unmappedConfidence(column: WeighedColumn, lost: boolean): number {
  if (lost) return 0.75;
  const known = column.unmapped >= 2.5 ? 0.97 : 0.9;
  return rounded(Math.min(known, softmax(column).unmapped));
}
