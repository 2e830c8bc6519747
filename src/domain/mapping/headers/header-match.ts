import type { AttributeName } from '../../attributes/types';
import { parseHeader } from './header';
import type { ParsedHeader } from './header';
import {
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
import { matchConcepts } from './header-concepts';
import type { KnownPhrase } from './header-index';
import { Matches } from './header-matches';
import type { HeaderMatch } from './header-matches';
import { matchMoney } from './header-money';
import { headerVariants } from './header-variants';

const leftoverLosses = { turning: 5, known: 2.3, unknown: 1.4 } as const;

/** Unknown words before the word that the header is about say less against it. */
const headRelief = 0.6;
const romance: ReadonlySet<string> = new Set(['fr', 'es', 'pt', 'it']);

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
  for (const { known, distance } of longSpellings.within(compact, compact.length >= 10 ? 2 : 1)) {
    for (const phrase of phrasesSpelled(known)) matches.add(phrase, 'fuzzy', (distance - 1) * 0.8);
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

/** Tries the other readings of a header that is not plain as it stands. */
function matchVariants(header: ParsedHeader, applications: boolean, matches: Matches): void {
  for (const variant of headerVariants(header)) {
    const own = new Matches(header, variant.loss);
    matchWords(variant.header, applications, own);
    for (const match of own.list()) {
      if (match.weight <= variant.loss - 1) continue;
      matches.keep(variant.misspelled ? { ...match, kind: 'fuzzy' } : match);
    }
    if (matches.strongest >= plain) return;
  }
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

/** Headers that say no more than this are read for their meaning as a whole. */
const conceptLimit = 1.8;

/** From this weight on a header is plain. */
const plain = 2.4;

/** Words that put a responsibility on the side of IT. */
const sideOfIt: ReadonlySet<string> = new Set(
  'it edv ict dsi tech technical technik techn infra infrastructure ops informatik informatica'.split(' '),
);

/** "Product owner (IT)": who answers for the technical side, if the phrase itself does not say so. */
function turnOwners(header: ParsedHeader, list: readonly HeaderMatch[]): readonly HeaderMatch[] {
  const best = list[0];
  if (best?.target !== 'business_owner') return list;
  if (best.kind === 'exact' && header.bracketWords.length === 0) return list;
  const written = ` ${best.phrase} `;
  const side = [...header.words, ...header.bracketWords].find((word) => sideOfIt.has(word));
  if (side === undefined || written.includes(` ${side} `)) return list;
  const others = list.filter((match) => match.target !== 'technical_owner');
  return others.map((match) => (match === best ? { ...match, target: 'technical_owner' } : match));
}

/** Headers repeat between imports; beyond this many they are read anew. */
const rememberedHeaders = 5000;
const remembered = {
  machines: new Map<string, readonly HeaderMatch[]>(),
  applications: new Map<string, readonly HeaderMatch[]>(),
} as const;

function readHeader(header: ParsedHeader, applications: boolean): readonly HeaderMatch[] {
  const matches = new Matches(header);
  matchWords(header, applications, matches);
  if (matches.strongest < 3) matchMoney(header, matches);
  if (matches.strongest < plain) matchVariants(header, applications, matches);
  if (matches.strongest < conceptLimit) matchConcepts(header, matches);
  if (matches.strongest < 1 && !header.words.every(isKnownWord)) matchSpelling(header.compact, matches);
  if (matches.strongest < 1) matchParts(header, applications, matches);
  return turnOwners(header, matches.list());
}

/** Everything that the words of a header say, best first; `applications`: the rows are applications. */
export function matchHeader(header: ParsedHeader, applications: boolean): readonly HeaderMatch[] {
  const known = applications ? remembered.applications : remembered.machines;
  const held = known.get(header.original);
  if (held !== undefined) return held;
  const matches = readHeader(header, applications);
  if (known.size < rememberedHeaders) known.set(header.original, matches);
  return matches;
}
