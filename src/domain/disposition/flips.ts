import type { AttributeName } from '../attributes/types';
import type { Disposition } from '../lists';
import { type CompiledRules, type JudgedAsset, strategyWith } from './scoring';
import { type SignalDefinition, signalDefinitions } from './signals/definitions';
import { describeSignal, signalApplies, type SignalName, signalNames } from './signals/signals';

interface Change {
  readonly name: SignalName;
  readonly value: string;
  /** How far the fact is from this value; the smallest is told. */
  readonly size: number;
}

const rareSize = 3;
const sizeOfChange = { state: 0, nature: 2, decree: 4 } as const;

const definitionOf = (name: SignalName): SignalDefinition => signalDefinitions[name];

/** Signals with one value tell that something is there; its absence is no gap in what is known. */
const isPresence = (name: SignalName): boolean => Object.keys(definitionOf(name).values).length === 1;

const knownChanges = new Map<string, readonly Change[]>();

/** Every value that a signal could have instead; there are few signals and values, so each answer is kept. */
function changesOf(name: SignalName, present: string): readonly Change[] {
  const key = `${name} ${present}`;
  let changes = knownChanges.get(key);
  if (!changes) {
    changes = listChanges(name, present);
    knownChanges.set(key, changes);
  }
  return changes;
}

function listChanges(name: SignalName, present: string): readonly Change[] {
  const { values, ordered, change, rare } = definitionOf(name);
  const all = Object.keys(values);
  const candidates = isPresence(name) && present !== 'unknown' ? ['unknown'] : all;
  const from = all.indexOf(present);
  return candidates
    .filter((value) => value !== present)
    .map((value) => ({
      name,
      value,
      size:
        (present === 'unknown' && change !== 'decree' ? 0 : sizeOfChange[change]) +
        (rare.includes(value) || (present === 'unknown' && isPresence(name)) ? rareSize : 0) +
        (ordered && from >= 0 ? Math.abs(all.indexOf(value) - from) : 1),
    }));
}

export interface Flips {
  /** The smallest change of one fact that changes the strategy, in words. */
  readonly flipsIf: string | null;
  /** Attributes, not known today, whose value could change the strategy. */
  readonly missing: readonly AttributeName[];
  /** Share of the applicable facts that are not known and could change the strategy, 0 to 1; rare values count half. */
  readonly openShare: number;
}

function describeFlip(change: Change, present: string, strategy: Disposition): string {
  const then = describeSignal(change.name, change.value);
  const now = definitionOf(change.name).values[present] ?? 'not known';
  return `${then} (now ${now}) → ${strategy}`;
}

interface Flip {
  readonly change: Change;
  readonly to: Disposition;
}

const isAskable = (name: SignalName): boolean => definitionOf(name).change !== 'decree' && !isPresence(name);

const isLikely = ({ change }: Flip): boolean => !definitionOf(change.name).rare.includes(change.value);

/** Tries every plausible value of every single fact and reports which of them would change the strategy. */
export function findFlips(compiled: CompiledRules, asset: JudgedAsset): Flips {
  const { kind, signals, verdict } = asset;
  const applicable = signalNames.filter((name) => signalApplies(name, kind));
  const flips: readonly Flip[] = applicable
    .flatMap((name) => changesOf(name, signals[name]))
    .map((change) => ({ change, to: strategyWith(compiled, asset, change) }))
    .filter(({ to }) => to !== verdict.strategy);
  const [smallest] = flips.toSorted((left, right) => left.change.size - right.change.size);
  const flipping = new Set(flips.map(({ change }) => change.name));
  const askable = applicable.filter(isAskable);
  const open = askable.filter((name) => signals[name] === 'unknown' && flipping.has(name));
  const likely = new Set(flips.filter(isLikely).map(({ change }) => change.name));
  const weight = open.reduce((sum, name) => sum + (likely.has(name) ? 1 : 0.5), 0);
  return {
    flipsIf: smallest ? describeFlip(smallest.change, signals[smallest.change.name], smallest.to) : null,
    missing: [...new Set(open.flatMap((name) => definitionOf(name).attributes.slice(0, 1)))],
    openShare: askable.length === 0 ? 0 : weight / askable.length,
  };
}
