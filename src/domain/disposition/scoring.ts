import { type Disposition, dispositions } from '../lists';
import type { DispositionRule, RuleCondition } from './rules';
import { type AssetKind, type SignalName, type Signals, signalNames } from './signals/signals';

export type Scores = Readonly<Record<Disposition, number>>;

type Test = readonly [SignalName, readonly string[]];

interface CompiledRule {
  readonly rule: DispositionRule;
  readonly tests: readonly Test[];
}

/** A rule table made ready for many assets, by kind. */
export interface CompiledRules {
  readonly byKind: ReadonlyMap<AssetKind, readonly CompiledRule[]>;
}

export interface Verdict {
  readonly strategy: Disposition;
  readonly runnerUp: Disposition | null;
  readonly scores: Scores;
  readonly rules: readonly DispositionRule[];
}

function testsOf(condition: RuleCondition): readonly Test[] {
  return signalNames.flatMap((name) => {
    const values: readonly string[] | undefined = condition[name];
    return values ? [[name, values] as const] : [];
  });
}

export function compileRules(rules: readonly DispositionRule[], kinds: readonly AssetKind[]): CompiledRules {
  const compiled = rules.map((rule) => ({ rule, tests: testsOf(rule.when) }));
  return {
    byKind: new Map(
      kinds.map((kind) => [kind, compiled.filter(({ rule }) => rule.kinds?.includes(kind) ?? true)]),
    ),
  };
}

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

/** Adds up the points of all rules that hold. */
export function judge(compiled: CompiledRules, kind: AssetKind, signals: Signals): Verdict {
  // Every strategy is given a number here.
  const scores = Object.fromEntries(dispositions.map((strategy) => [strategy, 0])) as Record<
    Disposition,
    number
  >;
  const holding: DispositionRule[] = [];
  for (const { rule, tests } of compiled.byKind.get(kind) ?? []) {
    if (!tests.every(([name, values]) => values.includes(signals[name]))) continue;
    holding.push(rule);
    for (const strategy of dispositions) scores[strategy] += rule.points[strategy] ?? 0;
  }
  const ranked = easiestFirst.toSorted((left, right) => scores[right] - scores[left]);
  const [strategy = 'retain', second = null] = ranked;
  return {
    strategy,
    runnerUp: second !== null && scores[second] > 0 ? second : null,
    scores,
    rules: holding,
  };
}
