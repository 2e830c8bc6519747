import type { AttributeName } from '../attributes/types';
import { editDistance } from './edit-distance';
import { parseHeader } from './header';
import type { ParsedHeader } from './header';
import {
  correctedWord,
  isKnownWord,
  isOnlyCarrier,
  leftoverKind,
  longSpellings,
  meaningfulWords,
  phrasesOfWords,
  phrasesSpelled,
  phrasesWithin,
  withoutCarriers,
} from './header-index';
import type { KnownPhrase } from './header-index';

/** How a header met a known one, best first. */
export type MatchKind = 'exact' | 'words' | 'reduced' | 'partial' | 'fuzzy';

/** What the header alone says for one target; null means "nothing that an attribute holds". */
export interface HeaderMatch {
  readonly target: AttributeName | null;
  readonly kind: MatchKind;
  readonly phrase: string;
  readonly ambiguous: boolean;
  /** Log odds. */
  readonly weight: number;
}

const certain = 3.2;
const ambiguous = 0.7;
/** Loss of each way of meeting. */
const losses: Readonly<Record<MatchKind, number>> = {
  exact: 0,
  words: 0.1,
  reduced: 0.4,
  partial: 0,
  fuzzy: 1.5,
};
/** A phrase that names the unit of the header as well. */
const sameUnit = 0.6;
const leftoverLosses = { turning: 5, known: 2.3, unknown: 1.4 } as const;

function strength(phrase: KnownPhrase): number {
  return phrase.ambiguous ? ambiguous : certain;
}

/** Unknown words before the word that the header is about say less against it. */
const headRelief = 0.6;
const romance: ReadonlySet<string> = new Set(['fr', 'es', 'pt']);

/** The status or version of an unknown thing ("Registration State") is seldom that of the asset. */
const lossOfOther = 1.6;
const ofAnything: ReadonlySet<AttributeName | null> = new Set([
  'status',
  'application_version',
  'os_version',
]);

function lossOf(word: string, relief: number): number {
  const kind = leftoverKind(word);
  return leftoverLosses[kind] - (kind === 'unknown' ? relief : 0);
}

/** Loss of a phrase that shares the words, but not the spelling, when another one is spelled like the header. */
const spelledOtherwise = 2.2;

class Matches {
  private readonly best = new Map<AttributeName | null, HeaderMatch>();
  private readonly spelled = new Set<AttributeName | null>();

  constructor(
    private readonly header: ParsedHeader,
    private readonly baseLoss = 0,
  ) {}

  add(phrase: KnownPhrase, kind: MatchKind, loss = 0): void {
    if (phrase.dimension !== null && phrase.dimension !== this.header.unit?.dimension) return;
    if (kind === 'exact') this.spelled.add(phrase.target);
    const measured = phrase.dimension === null ? 0 : sameUnit;
    this.keep({
      target: phrase.target,
      kind,
      phrase: phrase.phrase,
      ambiguous: phrase.ambiguous,
      weight: strength(phrase) + measured - losses[kind] - loss - this.baseLoss,
    });
  }

  /** Words brought to one form meet across languages; the spelling decides which of them was meant. */
  preferSpelled(): void {
    if (this.spelled.size === 0) {
      this.preferTargets();
      return;
    }
    const plain = [...this.best.values()].some((match) => match.kind === 'exact' && !match.ambiguous);
    for (const [target, match] of this.best) {
      if (this.spelled.has(target)) continue;
      const weight = plain
        ? match.weight - spelledOtherwise
        : Math.min(match.weight, ambiguous - losses.words);
      this.best.set(target, { ...match, ambiguous: match.ambiguous || !plain, weight });
    }
  }

  /** A header without an attribute that shares the words of one with an attribute. */
  private preferTargets(): void {
    const nothing = this.best.get(null);
    const plain = [...this.best.values()].some((match) => match.target !== null && !match.ambiguous);
    if (nothing !== undefined && plain) this.best.set(null, { ...nothing, weight: nothing.weight - 1 });
  }

  keep(match: HeaderMatch): void {
    const held = this.best.get(match.target);
    if (held === undefined || held.weight < match.weight) this.best.set(match.target, match);
  }

  /** The last word outside brackets, which an English header is about. */
  get lastWord(): string | undefined {
    return this.header.words.at(-1);
  }

  /** The first word, which a header in a Romance language is about. */
  get firstWord(): string | undefined {
    return this.header.words[0];
  }

  get size(): number {
    return this.best.size;
  }

  get strongest(): number {
    return Math.max(Number.NEGATIVE_INFINITY, ...[...this.best.values()].map((match) => match.weight));
  }

  list(): HeaderMatch[] {
    return [...this.best.values()].sort(
      (left, right) => right.weight - left.weight || compareTargets(left.target, right.target),
    );
  }
}

function compareTargets(left: AttributeName | null, right: AttributeName | null): number {
  const first = left ?? '';
  const second = right ?? '';
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

function matchWhole(header: ParsedHeader, words: readonly string[], matches: Matches): void {
  if (header.bracketWords.length === 0) {
    for (const phrase of phrasesSpelled(header.compact)) matches.add(phrase, 'exact');
  }
  for (const phrase of phrasesOfWords(words)) matches.add(phrase, 'words');
  matches.preferSpelled();
}

/** What the words that a phrase leaves over say against it; null when the phrase is too poor to stand alone. */
function leftoverLoss(
  phrase: KnownPhrase,
  leftovers: readonly string[],
  head: { readonly firstWord: string | undefined; readonly lastWord: string | undefined },
): number | null {
  if (isOnlyCarrier(phrase.words)) return null;
  const word = romance.has(phrase.language ?? 'en') ? head.firstWord : head.lastWord;
  const relief = word !== undefined && phrase.words.includes(word) ? headRelief : 0;
  const single = phrase.words.length === 1 ? 0.4 : 0;
  const ofOther =
    phrase.words.length === 1 &&
    ofAnything.has(phrase.target) &&
    leftovers.some((leftover) => leftoverKind(leftover) === 'unknown');
  return leftovers.reduce(
    (sum, leftover) => sum + lossOf(leftover, relief),
    single + (ofOther ? lossOfOther : 0),
  );
}

function matchWithin(words: readonly string[], applications: boolean, matches: Matches): void {
  for (const phrase of phrasesWithin(words)) {
    const leftovers = withoutCarriers(
      words.filter((word) => !phrase.words.includes(word)),
      applications,
    );
    if (phrase.words.length * 3 < words.length) continue;
    if (leftovers.length === 0) {
      matches.add(phrase, 'reduced', phrase.target === null ? 0.4 : 0);
      continue;
    }
    const loss = leftoverLoss(phrase, leftovers, matches);
    if (loss !== null) matches.add(phrase, 'partial', loss);
  }
}

function matchSpelling(compact: string, matches: Matches): void {
  if (compact.length < 6) return;
  const limit = compact.length >= 10 ? 2 : 1;
  for (let length = compact.length - limit; length <= compact.length + limit; length += 1) {
    for (const spelling of longSpellings.get(length) ?? []) {
      const distance = editDistance(compact, spelling, limit);
      if (distance > limit) continue;
      for (const phrase of phrasesSpelled(spelling)) matches.add(phrase, 'fuzzy', (distance - 1) * 0.8);
    }
  }
}

function matchWords(header: ParsedHeader, applications: boolean, matches: Matches): void {
  const outside = meaningfulWords(header.words);
  const all = meaningfulWords([...header.words, ...header.bracketWords]);
  matchWhole(header, all, matches);
  if (matches.size > 0) return;
  if (header.bracketWords.length > 0) matchWhole({ ...header, bracketWords: [] }, outside, matches);
  matchWithin(all, applications, matches);
  matchWithin(outside, applications, matches);
  const reduced = meaningfulWords(withoutCarriers(all, applications));
  if (reduced.length === 0) return;
  for (const phrase of phrasesOfWords(reduced)) matches.add(phrase, 'reduced');
}

/** The header with misspelled words put right; undefined when there is none. */
function corrected(header: ParsedHeader): ParsedHeader | undefined {
  let changed = false;
  const words = header.words.map((word) => {
    const right = correctedWord(word);
    changed ||= right !== undefined;
    return right ?? word;
  });
  return changed ? { ...header, words, compact: words.join('') } : undefined;
}

/** A part that is plain, while the others are vague or unknown, says what the header may mean. */
function keepPlainPart(found: readonly HeaderMatch[], matches: Matches): void {
  const plain = found.filter((match) => !match.ambiguous && match.weight >= 2.4);
  const [only] = plain;
  if (only === undefined || only.target === null || plain.some((match) => match.target !== only.target))
    return;
  matches.keep({ ...only, kind: 'partial', weight: 1.2 });
}

/** Headers of two names for one thing (`Campus / Room`): what all parts may mean. */
function matchParts(header: ParsedHeader, applications: boolean, matches: Matches): void {
  const parts = header.original
    .split(/\s*(?:\/|\||&|\bor\b|\boder\b|\bou\b)\s*/i)
    .filter((part) => part !== '');
  if (parts.length < 2 || parts.length > 4) return;
  const found = parts.map((part) => {
    const own = new Matches(parseHeader(part));
    matchWords(parseHeader(part), applications, own);
    return own.list();
  });
  keepPlainPart(found.flat(), matches);
  for (const first of found[0] ?? []) {
    const others = found.slice(1).map((list) => list.find((match) => match.target === first.target));
    const weights = [first, ...others].map((match) => match?.weight ?? Number.NEGATIVE_INFINITY);
    if (Math.min(...weights) < 0.3) continue;
    matches.keep({ ...first, kind: 'reduced', ambiguous: false, weight: Math.max(2, Math.min(...weights)) });
  }
}

const ofYear =
  /\b(?:yearly|annual|annually|annualized|p ?a|per annum|per year|jahr|jahrlich|jahrliche|annuel|annuelle|anual|anuales|anuais|fy ?\d*)\b/;
const ofMonth =
  /\b(?:monthly|per month|monat|monatlich|monatliche|mensuel|mensuelle|mensual|mensuales|mensal|mensais)\b/;
const ofSpending =
  /\b(?:cost|spend|spending|opex|expense|expenses|expenditure|charge|fee|tco|budget|gasto|gastos|despesa|depense)\b/;

/** An amount of money for a period, whatever the noun: "Yearly Opex (USD)". */
function matchMoney(header: ParsedHeader, matches: Matches): void {
  const words = [...header.words, ...header.bracketWords].join(' ');
  if (header.unit?.dimension !== 'money' && !ofSpending.test(words)) return;
  if (/\b(?:cloud|azure|aws|gcp|target|projected|estimated|purchase|price)\b/.test(words)) return;
  const target = ofYear.test(words) ? 'annual_cost' : ofMonth.test(words) ? 'monthly_cost' : null;
  if (target === null) return;
  matches.keep({ target, kind: 'words', phrase: target.replace('_', ' '), ambiguous: false, weight: 2.6 });
}

/** Everything that the words of a header say, best first; `applications`: the rows are applications. */
export function matchHeader(header: ParsedHeader, applications: boolean): HeaderMatch[] {
  const matches = new Matches(header);
  matchWords(header, applications, matches);
  if (matches.strongest < 3) matchMoney(header, matches);
  const misspelled = matches.strongest < 2.4 ? corrected(header) : undefined;
  if (misspelled !== undefined) {
    const others = new Matches(header, 0.9);
    matchWords(misspelled, applications, others);
    for (const match of others.list()) matches.keep({ ...match, kind: 'fuzzy' });
  }
  if (matches.strongest < 1 && !header.words.every(isKnownWord)) matchSpelling(header.compact, matches);
  if (matches.strongest < 1) matchParts(header, applications, matches);
  return matches.list();
}
