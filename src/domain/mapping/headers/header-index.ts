import { allSynonyms, splitPhrases } from '../../attributes/synonyms';
import type { AttributeName, Language } from '../../attributes/types';
import { attributeNames } from '../../attributes/types';
import { normaliseHeader, parseHeader } from './header';
import type { UnitDimension } from './header-units';
import { applicationWords, canonicalWord, carrierWords, fillerWords, spelledWords } from './header-words';
import { NearWords } from './near-words';
import { turningWords, unmappedHeaders } from '../known-unmapped';

/** A known header. A null target means that it is known to be nothing an attribute holds. */
export interface KnownPhrase {
  readonly target: AttributeName | null;
  readonly phrase: string;
  readonly ambiguous: boolean;
  readonly language: Language | null;
  readonly words: readonly string[];
  readonly compact: string;
  /** What its unit measures (`memory %`); null when it names none. */
  readonly dimension: UnitDimension | null;
}

/** The distinct meaningful words of a header, in one order; all words when none is meaningful. */
export function meaningfulWords(words: readonly string[]): string[] {
  const kept = words.filter((word) => !fillerWords.has(word));
  return [...new Set(kept.length > 0 ? kept : words)].sort();
}

/** Whether a phrase names the row and nothing about it ("system", "server"). */
export function isOnlyCarrier(words: readonly string[]): boolean {
  return words.every((word) => carrierWords.has(word) || applicationWords.has(word));
}

/** Words that remain when those that only say what the row is are left out. */
export function withoutCarriers(words: readonly string[], applications: boolean): string[] {
  return words.filter((word) => !carrierWords.has(word) && !(applications && applicationWords.has(word)));
}

function knownPhrase(
  source: { readonly phrase: string; readonly ambiguous: boolean },
  target: AttributeName | null,
  language: Language | null,
): KnownPhrase {
  const parsed = parseHeader(source.phrase);
  const words = meaningfulWords([...parsed.words, ...parsed.bracketWords]);
  const { phrase, ambiguous } = source;
  const dimension = parsed.unit?.dimension ?? null;
  const compact =
    parsed.bracketWords.length === 0 ? parsed.compact : normaliseHeader(phrase).replaceAll(' ', '');
  return { target, phrase, ambiguous, language, words, compact, dimension };
}

function ownNames(): KnownPhrase[] {
  return attributeNames
    .filter((name) => name !== 'custom_attributes')
    .map((name) => knownPhrase({ phrase: name, ambiguous: false }, name, 'en'));
}

function addTo<Key>(map: Map<Key, KnownPhrase[]>, key: Key, phrase: KnownPhrase): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, [phrase]);
  else held.push(phrase);
}

/** In "to system" the small word carries the meaning, so only the whole spelling counts. */
function isDirectional(phrase: KnownPhrase): boolean {
  if (phrase.target !== 'dependency_source' && phrase.target !== 'dependency_target') return false;
  return parseHeader(phrase.phrase).words.some((word) => fillerWords.has(word));
}

/** One word that is left of several small ones ("current version") is no more certain than the word alone. */
function weakened(phrase: KnownPhrase): KnownPhrase {
  if (phrase.ambiguous || phrase.words.length > 1) return phrase;
  const written = parseHeader(phrase.phrase).words;
  return new Set(written).size > 1 ? { ...phrase, ambiguous: true } : phrase;
}

const phrases: readonly KnownPhrase[] = [
  ...ownNames(),
  ...allSynonyms().map((one) => knownPhrase(one, one.attribute, one.language)),
  ...splitPhrases(unmappedHeaders.replaceAll('\n', ' ')).map((one) => knownPhrase(one, null, null)),
];

const byKey = new Map<string, KnownPhrase[]>();
const byCompact = new Map<string, KnownPhrase[]>();
const byWord = new Map<string, KnownPhrase[]>();
for (const phrase of phrases) {
  addTo(byCompact, phrase.compact, phrase);
  const kept = weakened(phrase);
  if (isDirectional(phrase) || (kept !== phrase && phrase.target === null)) continue;
  if (kept !== phrase && isOnlyCarrier(phrase.words)) continue;
  addTo(byKey, phrase.words.join(' '), kept);
  const rarest = phrase.words[0];
  if (rarest !== undefined) addTo(byWord, rarest, kept);
}

const vocabulary = new Set(phrases.flatMap((phrase) => phrase.words));
const longWords = new NearWords([...vocabulary, ...spelledWords].filter((word) => word.length >= 5));
const corrections = new Map<string, string | undefined>();
const turning = new Set(turningWords.split(' ').flatMap((word) => parseHeader(word).words));

const none: readonly KnownPhrase[] = [];

/** Phrases of exactly these meaningful words. */
export function phrasesOfWords(words: readonly string[]): readonly KnownPhrase[] {
  return byKey.get(words.join(' ')) ?? none;
}

/** Phrases spelled like this when blanks and marks are left out. */
export function phrasesSpelled(compact: string): readonly KnownPhrase[] {
  return byCompact.get(compact) ?? none;
}

/** Phrases whose words are all among these words. */
export function phrasesWithin(words: readonly string[]): KnownPhrase[] {
  const held = new Set(words);
  const found: KnownPhrase[] = [];
  for (const word of held) {
    for (const phrase of byWord.get(word) ?? none) {
      if (phrase.words.length < held.size && phrase.words.every((one) => held.has(one))) found.push(phrase);
    }
  }
  return found;
}

/** What a word that a phrase leaves over does to it. */
export function leftoverKind(word: string): 'turning' | 'known' | 'unknown' {
  if (turning.has(word)) return 'turning';
  return vocabulary.has(word) || correctedWord(word) !== undefined ? 'known' : 'unknown';
}

/** Spellings long enough to be compared letter by letter. */
export const longSpellings = new NearWords(
  [...byCompact]
    .filter(([compact, held]) => compact.length >= 6 && held.some((phrase) => !phrase.ambiguous))
    .map(([compact]) => compact),
);

/** The common form of a word that some language spells otherwise. */
export const spelledAs = canonicalWord;

/** Whether a word occurs in some known header. */
export function isKnownWord(word: string): boolean {
  return vocabulary.has(word);
}

/** The known word that an unknown one misspells by one letter (two from nine letters on), in its common form. */
export function correctedWord(word: string): string | undefined {
  if (word.length < 4 || vocabulary.has(word)) return undefined;
  if (corrections.has(word)) return corrections.get(word);
  const found = nearestWord(word);
  if (corrections.size < rememberedCorrections) corrections.set(word, found);
  return found;
}

const shortestStem = 6;

function stemsOf(words: Iterable<string>): Map<string, string[]> {
  const stems = new Map<string, string[]>();
  for (const word of words) {
    if (word.length < shortestStem) continue;
    const start = word.slice(0, shortestStem);
    const held = stems.get(start);
    if (held === undefined) stems.set(start, [word]);
    else held.push(word);
  }
  return stems;
}

const byStem = stemsOf([...vocabulary, ...spelledWords].sort());

function sharedStart(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length += 1;
  return length;
}

/** The known word that shares most of its letters, from the first on, with an unknown one; in its common form. */
export function knownStem(word: string): string | undefined {
  if (word.length < shortestStem + 1 || vocabulary.has(word)) return undefined;
  let best: string | undefined;
  let longest = 0;
  for (const known of byStem.get(word.slice(0, shortestStem)) ?? []) {
    const shared = sharedStart(word, known);
    if (shared <= longest || shared < word.length * 0.7 || known.length - shared > 4) continue;
    best = known;
    longest = shared;
  }
  return best === undefined ? undefined : canonicalWord(best);
}

/** Headers repeat between imports; beyond this many unknown words they are compared anew. */
const rememberedCorrections = 10_000;

function nearestWord(word: string): string | undefined {
  const near = longWords.within(word, word.length >= 9 ? 2 : 1);
  near.sort((left, right) => left.distance - right.distance || (left.known < right.known ? -1 : 1));
  return near[0] === undefined ? undefined : canonicalWord(near[0].known);
}
