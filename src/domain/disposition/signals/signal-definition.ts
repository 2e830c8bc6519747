import type { AttributeName } from '../../attributes/types';

/**
 * How a signal can change: `state` by work or time, `nature` only by being known better, `decree` by somebody's
 * decision. Decrees answer the question rather than inform it, so they are not asked for.
 */
export type SignalChange = 'state' | 'nature' | 'decree';

/** What a signal is about: everything, things that run software, or software with its code. */
export type SignalReach = 'all' | 'platform' | 'software';

/** One fact, reduced to a few values on which rules can be written. */
export interface SignalDefinition {
  readonly label: string;
  /** Attributes from which it is read, the best one first. */
  readonly attributes: readonly AttributeName[];
  /** Value → words for people. `unknown` is a further value of every signal. */
  readonly values: Readonly<Record<string, string>>;
  /** Whether the values are steps of a scale. */
  readonly ordered: boolean;
  /** Values that are seldom found; a change to one of them is far-fetched. */
  readonly rare: readonly string[];
  readonly change: SignalChange;
  readonly reach: SignalReach;
}

/** Fills in what most signals leave out, and keeps the literal types of the values. */
export const define = <Value extends string>(
  definition: Omit<SignalDefinition, 'values' | 'ordered' | 'rare'> & {
    readonly values: Readonly<Record<Value, string>>;
    readonly ordered?: true;
    readonly rare?: readonly Value[];
  },
) => ({ ...definition, ordered: definition.ordered ?? false, rare: definition.rare ?? [] });
