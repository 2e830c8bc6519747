import { parseHeader } from './header';
import type { ParsedHeader } from './header';
import { wordsOfCompound } from './header-compounds';
import { correctedWord, isKnownWord, knownStem, spelledAs } from './header-index';

/** Another reading of a header that is not known as it stands. */
export interface HeaderVariant {
  readonly header: ParsedHeader;
  /** What the reading costs, in log odds. */
  readonly loss: number;
  /** Whether it corrects a spelling. */
  readonly misspelled: boolean;
}

function withWords(header: ParsedHeader, words: readonly string[]): ParsedHeader {
  return { ...header, words, compact: words.join('') };
}

function changed(
  header: ParsedHeader,
  change: (word: string) => readonly string[] | undefined,
): ParsedHeader | undefined {
  let different = false;
  const words = header.words.flatMap((word) => {
    const other = change(word);
    different ||= other !== undefined;
    return other ?? [word];
  });
  return different ? withWords(header, words) : undefined;
}

const pluralEndings: readonly (readonly [RegExp, string])[] = [
  [/ies$/, 'y'],
  [/(?<=s|x|z|ch|sh)es$/, ''],
  [/s$/, ''],
];

/** `periods` read as `period`. */
function singular(word: string): readonly string[] | undefined {
  if (word.length < 4 || isKnownWord(word)) return undefined;
  for (const [ending, replacement] of pluralEndings) {
    if (!ending.test(word)) continue;
    const single = spelledAs(word.replace(ending, replacement));
    if (isKnownWord(single)) return [single];
  }
  return undefined;
}

function corrected(word: string): readonly string[] | undefined {
  const right = correctedWord(word);
  return right === undefined ? undefined : [right];
}

/** An inflected form or a compound of a known word: `regulatorische`, `Dokumentationslage`. */
function stemmed(word: string): readonly string[] | undefined {
  const stem = knownStem(word);
  return stem === undefined ? undefined : [stem];
}

/** What stands behind the last mark of a path (`additionalAttributes.internalIPs`), null when there is no path. */
function lastSegment(header: ParsedHeader): ParsedHeader | undefined {
  const text = header.original.trim();
  if (/[.?!:]$/.test(text)) return undefined;
  const segments = text.split(/(?<=[\p{L}\p{N}\])])(?:\.|\/|::?|->|\|)(?=[\p{L}_])/u);
  const last = segments.at(-1);
  const isPath = segments.length > 1 && segments.every((segment) => !/\s/.test(segment));
  return isPath && last !== undefined ? parseHeader(last) : undefined;
}

const inCapitals = /[([{]\s*[\p{Lu}\d]{2,}\s*[)\]}]/u;

/** An abbreviation in brackets that says in short what the words say: "How long can it be down (RTO)?". */
function bracketed(header: ParsedHeader): ParsedHeader | undefined {
  if (header.bracketWords.length === 0 || header.words.length < 2) return undefined;
  if (!inCapitals.test(header.original)) return undefined;
  return { ...withWords(header, header.bracketWords), bracketWords: [] };
}

/** Other readings of a header, the nearest first. */
export function headerVariants(header: ParsedHeader): HeaderVariant[] {
  const variants: readonly (readonly [ParsedHeader | undefined, number, boolean])[] = [
    [changed(header, singular), 0.15, false],
    [changed(header, wordsOfCompound), 0.4, false],
    [changed(header, stemmed), 0.7, true],
    [lastSegment(header), 0.6, false],
    [bracketed(header), 0.6, false],
    [changed(header, corrected), 0.9, true],
  ];
  return variants.flatMap(([other, loss, misspelled]) =>
    other === undefined ? [] : [{ header: other, loss, misspelled }],
  );
}
