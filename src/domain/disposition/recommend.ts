import type { Disposition } from '../lists';
import { dispositions } from '../lists';
import { findFlips } from './flips';
import { defaultRules, type DispositionRule } from './rules';
import { compileRules, judge, type Verdict } from './scoring';
import { readSignals } from './signals/read';
import {
  type AssetKind,
  assetKinds,
  describeSignal,
  type SignalEvidence,
  type SignalName,
  signalNames,
  type Signals,
} from './signals/signals';
import type { DispositionFacts, DispositionPoint, Recommendation } from './types';

/** Points at which a strategy is as good as certain when nothing speaks against it. */
const fullStrength = 25;
const memoryLimit = 20_000;

/** What follows from signals alone, so that assets alike are judged once. */
interface Judgement {
  readonly verdict: Verdict;
  readonly confidence: number;
  readonly flipsIf: string | null;
  readonly missing: readonly string[];
}

/** Strong, undisputed and well-known facts make it rise; each unknown that could change the answer makes it fall. */
function confidenceOf({ scores, strategy, runnerUp }: Verdict, openShare: number): number {
  const top = Math.max(scores[strategy], 0);
  if (top === 0) return 0.05;
  const strength = 1 - Math.exp(-top / fullStrength);
  const margin = (top - (runnerUp ? scores[runnerUp] : 0)) / top;
  const confidence = strength * (0.5 + 0.5 * margin) * (1 - 0.6 * openShare);
  return Math.round(Math.min(0.97, Math.max(0.05, confidence)) * 100) / 100;
}

const evidenceLength = 120;

/** The rule in words, with the facts that made it hold and what the records say about them. */
function describeFact(rule: DispositionRule, signals: Signals, evidence: SignalEvidence): string {
  const facts = signalNames
    .filter((name) => rule.when[name] !== undefined && signals[name] !== 'unknown')
    .map((name) => describeEvidence(name, signals, evidence));
  return facts.length === 0 ? rule.text : `${rule.text} (${facts.join('; ')})`;
}

function describeEvidence(name: SignalName, signals: Signals, evidence: SignalEvidence): string {
  const words = describeSignal(name, signals[name]);
  const text = evidence[name];
  if (!text || words.toLowerCase().endsWith(text.toLowerCase())) return words;
  return `${words}, from "${text.length > evidenceLength ? `${text.slice(0, evidenceLength)}…` : text}"`;
}

function pointsOf(verdict: Verdict, signals: Signals, evidence: SignalEvidence): readonly DispositionPoint[] {
  const points = verdict.rules.flatMap((rule) => {
    const fact = describeFact(rule, signals, evidence);
    return dispositions.flatMap((strategy: Disposition) => {
      const value = rule.points[strategy];
      return value ? [{ fact, strategy, points: value, rule: rule.code }] : [];
    });
  });
  const rank = (strategy: Disposition): number =>
    strategy === verdict.strategy ? 0 : strategy === verdict.runnerUp ? 1 : 2;
  return points.toSorted(
    (left, right) =>
      rank(left.strategy) - rank(right.strategy) || Math.abs(right.points) - Math.abs(left.points),
  );
}

/** Recommends for many assets under one rule table; assets with the same signals are judged once. */
export function createRecommender(
  rules: readonly DispositionRule[] = defaultRules,
): (facts: DispositionFacts) => Recommendation {
  const compiled = compileRules(rules, assetKinds);
  const judgements = new Map<string, Judgement>();

  function judgementOf(kind: AssetKind, signals: Signals): Judgement {
    const key = `${kind} ${signalNames.map((name) => signals[name]).join(' ')}`;
    const known = judgements.get(key);
    if (known) return known;
    const verdict = judge(compiled, kind, signals);
    const { flipsIf, missing, openShare } = findFlips(compiled, kind, signals);
    const judgement = { verdict, confidence: confidenceOf(verdict, openShare), flipsIf, missing };
    if (judgements.size >= memoryLimit) judgements.clear();
    judgements.set(key, judgement);
    return judgement;
  }

  return (facts) => {
    const { kind, signals, evidence } = readSignals(facts);
    const { verdict, confidence, flipsIf, missing } = judgementOf(kind, signals);
    return {
      strategy: verdict.strategy,
      confidence,
      points: pointsOf(verdict, signals, evidence),
      runnerUp: verdict.runnerUp,
      flipsIf,
      missing,
    };
  };
}

const defaultRecommender = createRecommender();

/**
 * The disposition that the rules favour, with every point that led to it, the second best, the smallest change of
 * one fact that would change it, and the attributes that would have to be known to be surer.
 */
export function recommendDisposition(
  facts: DispositionFacts,
  rules: readonly DispositionRule[] = defaultRules,
): Recommendation {
  return rules === defaultRules ? defaultRecommender(facts) : createRecommender(rules)(facts);
}
