import type { Disposition } from '../lists';
import type { DispositionRule, RuleCondition } from './rules';
import { type AssetKind, type SignalName, type Signals, signalNames } from './signals/signals';

/** Equal points go to the strategy that can be taken back most easily. */
const easiestFirst: readonly Disposition[] = [
  'retain',
  'rehost',
  'relocate',
  'replatform',
  'repurchase',
  'refactor',
  'rearchitect',
  'retire',
];

/** Points in the order of `easiestFirst`. */
type Scores = readonly number[];

interface Test {
  readonly name: SignalName;
  readonly values: readonly string[];
}

interface CompiledRule {
  readonly rule: DispositionRule;
  readonly tests: readonly Test[];
  readonly points: Scores;
}

interface KindRules {
  readonly all: readonly CompiledRule[];
  /** The rules whose condition names a signal. */
  readonly bySignal: ReadonlyMap<SignalName, readonly CompiledRule[]>;
}

/** A rule table made ready for many assets, by kind. */
export type CompiledRules = ReadonlyMap<AssetKind, KindRules>;

export interface Verdict {
  readonly strategy: Disposition;
  readonly runnerUp: Disposition | null;
  readonly topPoints: number;
  readonly runnerUpPoints: number;
  readonly rules: readonly DispositionRule[];
  readonly scores: Scores;
}

function testsOf(condition: RuleCondition): readonly Test[] {
  return signalNames.flatMap((name) => {
    const values: readonly string[] | undefined = condition[name];
    return values ? [{ name, values }] : [];
  });
}

export function compileRules(rules: readonly DispositionRule[], kinds: readonly AssetKind[]): CompiledRules {
  const compiled = rules.map((rule) => ({
    rule,
    tests: testsOf(rule.when),
    points: easiestFirst.map((strategy) => rule.points[strategy] ?? 0),
  }));
  return new Map(
    kinds.map((kind) => {
      const all = compiled.filter(({ rule }) => rule.kinds?.includes(kind) ?? true);
      const bySignal = new Map(
        signalNames.map((name) => [
          name,
          all.filter(({ tests }) => tests.some((test) => test.name === name)),
        ]),
      );
      return [kind, { all, bySignal }];
    }),
  );
}

function holds({ tests }: CompiledRule, signals: Signals): boolean {
  for (const { name, values } of tests) if (!values.includes(signals[name])) return false;
  return true;
}

interface Change {
  readonly name: SignalName;
  readonly value: string;
}

function holdsAfter({ tests }: CompiledRule, signals: Signals, change: Change): boolean {
  for (const { name, values } of tests) {
    if (!values.includes(name === change.name ? change.value : signals[name])) return false;
  }
  return true;
}

function addPoints(scores: number[], points: Scores, sign: 1 | -1): void {
  for (let index = 0; index < scores.length; index += 1) {
    scores[index] = (scores[index] ?? 0) + sign * (points[index] ?? 0);
  }
}

/** Index of the highest score, the first of equals, leaving one index out. */
function highest(scores: Scores, except = -1): number {
  let best = except === 0 ? 1 : 0;
  for (let index = best + 1; index < scores.length; index += 1) {
    if (index !== except && (scores[index] ?? 0) > (scores[best] ?? 0)) best = index;
  }
  return best;
}

const strategyAt = (index: number): Disposition => easiestFirst[index] ?? 'retain';

/** Adds up the points of all rules that hold. */
export function judge(compiled: CompiledRules, kind: AssetKind, signals: Signals): Verdict {
  const scores = easiestFirst.map(() => 0);
  const rules = (compiled.get(kind)?.all ?? []).filter((rule) => holds(rule, signals));
  for (const { points } of rules) addPoints(scores, points, 1);
  const top = highest(scores);
  const second = highest(scores, top);
  const runnerUpPoints = Math.max(scores[second] ?? 0, 0);
  return {
    strategy: strategyAt(top),
    runnerUp: runnerUpPoints > 0 ? strategyAt(second) : null,
    topPoints: Math.max(scores[top] ?? 0, 0),
    runnerUpPoints,
    rules: rules.map(({ rule }) => rule),
    scores,
  };
}

export interface JudgedAsset {
  readonly kind: AssetKind;
  readonly signals: Signals;
  readonly verdict: Verdict;
}

/** The strategy if one signal had another value: only the rules that name the signal are looked at again. */
export function strategyWith(
  compiled: CompiledRules,
  { kind, signals, verdict }: JudgedAsset,
  change: Change,
): Disposition {
  const rules = compiled.get(kind)?.bySignal.get(change.name) ?? [];
  let scores: number[] | null = null;
  for (const rule of rules) {
    const before = holds(rule, signals);
    if (before === holdsAfter(rule, signals, change)) continue;
    scores ??= [...verdict.scores];
    addPoints(scores, rule.points, before ? -1 : 1);
  }
  return scores ? strategyAt(highest(scores)) : verdict.strategy;
}
