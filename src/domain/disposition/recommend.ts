import type { Disposition } from '../lists';
import { dispositions } from '../lists';
import { findFlips } from './flips';
import { defaultRules, type DispositionRule } from './rules';
import { compileRules, judge, type Verdict } from './scoring';
import { type AssetSignals, readSignals } from './signals/read';
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
const leastConfidence = 0.05;
const mostConfidence = 0.97;
const memoryLimit = 20_000;

/** What follows from signals alone, so that assets alike are judged once. */
interface Judgement {
  readonly verdict: Verdict;
  readonly templates: readonly PointTemplate[];
  readonly confidence: number;
  readonly flipsIf: string | null;
  readonly missing: readonly string[];
}

/** Strong, undisputed and well-known facts make it rise; each unknown that could change the answer makes it fall. */
function confidenceOf({ topPoints, runnerUpPoints }: Verdict, openShare: number): number {
  if (topPoints === 0) return leastConfidence;
  const strength = 1 - Math.exp(-topPoints / fullStrength);
  const margin = (topPoints - runnerUpPoints) / topPoints;
  const confidence = strength * (0.5 + 0.5 * margin) * (1 - 0.6 * openShare);
  return Math.round(Math.min(mostConfidence, Math.max(leastConfidence, confidence)) * 100) / 100;
}

const evidenceLength = 120;

/** The rule in words, with the facts that made it hold and what the records say about them. */
function describeFact(rule: DispositionRule, signals: Signals, evidence: SignalEvidence): string {
  // Object.keys widens to string; a condition has the signals' names and no others.
  const named = Object.keys(rule.when) as SignalName[];
  const facts = named
    .filter((name) => signals[name] !== 'unknown')
    .map((name) => describeEvidence(name, signals, evidence));
  return facts.length === 0 ? rule.text : `${rule.text} (${facts.join('; ')})`;
}

function describeEvidence(name: SignalName, signals: Signals, evidence: SignalEvidence): string {
  const words = describeSignal(name, signals[name]);
  const text = evidence[name];
  if (!text || words.toLowerCase().endsWith(text.toLowerCase())) return words;
  return `${words}, from "${text.length > evidenceLength ? `${beginning(text)}…` : text}"`;
}

/** Half a character would be no text, which the database refuses. */
function beginning(text: string): string {
  return text.slice(0, evidenceLength).replace(/[\uD800-\uDBFF]$/, '');
}

/** Points of one rule for one strategy; the fact in words is added for each asset. */
interface PointTemplate {
  readonly rule: DispositionRule;
  readonly strategy: Disposition;
  readonly points: number;
}

/** The chosen strategy first, then the runner-up; within each the weightiest first. */
function templatesOf({ strategy: chosen, runnerUp, rules }: Verdict): readonly PointTemplate[] {
  const rank = (strategy: Disposition): number => (strategy === chosen ? 0 : strategy === runnerUp ? 1 : 2);
  return rules
    .flatMap((rule) =>
      dispositions.map((strategy) => ({ rule, strategy, points: rule.points[strategy] ?? 0 })),
    )
    .filter(({ points }) => points !== 0)
    .toSorted(
      (left, right) =>
        rank(left.strategy) - rank(right.strategy) || Math.abs(right.points) - Math.abs(left.points),
    );
}

function pointsOf(
  { verdict, templates }: Judgement,
  signals: Signals,
  evidence: SignalEvidence,
): readonly DispositionPoint[] {
  const facts = new Map(verdict.rules.map((rule) => [rule, describeFact(rule, signals, evidence)] as const));
  return templates.map(({ rule, strategy, points }) => ({
    fact: facts.get(rule) ?? rule.text,
    strategy,
    points,
    rule: rule.code,
  }));
}

/** Recommends for many assets under one rule table; assets with the same signals are judged once. */
export function createRecommender(
  rules: readonly DispositionRule[] = defaultRules,
): (facts: DispositionFacts, read?: AssetSignals) => Recommendation {
  const compiled = compileRules(rules, assetKinds);
  const judgements = new Map<string, Judgement>();

  function judgementOf(kind: AssetKind, signals: Signals): Judgement {
    const key = `${kind} ${signalNames.map((name) => signals[name]).join(' ')}`;
    const known = judgements.get(key);
    if (known) return known;
    const verdict = judge(compiled, kind, signals);
    const { flipsIf, missing, openShare } = findFlips(compiled, { kind, signals, verdict });
    const templates = templatesOf(verdict);
    const judgement = { verdict, templates, confidence: confidenceOf(verdict, openShare), flipsIf, missing };
    if (judgements.size >= memoryLimit) judgements.clear();
    judgements.set(key, judgement);
    return judgement;
  }

  return (facts, { kind, signals, evidence } = readSignals(facts)) => {
    const judgement = judgementOf(kind, signals);
    const { verdict, confidence, flipsIf, missing } = judgement;
    return {
      strategy: verdict.strategy,
      confidence,
      points: pointsOf(judgement, signals, evidence),
      runnerUp: verdict.runnerUp,
      flipsIf,
      missing,
    };
  };
}

/** Recommends by the rules of the house; what follows from signals alone is remembered in the process. */
export const defaultRecommender = createRecommender();

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
