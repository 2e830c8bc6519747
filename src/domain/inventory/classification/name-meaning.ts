import { fillerTokens, nameWords } from '../dictionaries/name-words';
import { readDictionary } from '../dictionaries/meaning';
import type { Meaning } from '../dictionaries/meaning';
import { memoised } from '../memo';
import { nameTokens } from './words';

export interface NameMeaning {
  readonly meaning: Meaning;
  readonly token: string;
  /** Short tokens that are as often a site or a unit (`dc`, `ws`) count less. */
  readonly weak: boolean;
}

const words = readDictionary(nameWords);
const weakTokens: ReadonlySet<string> = new Set(
  'dc|ad|ps|fs|ts|ns|lt|ws|cl|rt|be|fe|ca|pc|was|log|logs|ci|sw|pg|host|node|win|nb|lap|share|file|files|build|job|jobs|tape|leaf|palo|asa|cache|rack'.split(
    '|',
  ),
);
const chunkSeparator = /[^\p{L}\p{N}]/u;
const shortestRun = 5;
const longestRun = 16;

/** Reads `prddb` as `prd` + `db` when both halves are known and nothing is left over. */
function splitRun(token: string): readonly string[] {
  if (token.length < shortestRun || token.length > longestRun) return [token];
  for (let at = 2; at <= token.length - 2; at += 1) {
    const left = token.slice(0, at);
    const right = token.slice(at);
    if ((left.length > 2 || right.length > 2) && isKnown(left) && isKnown(right)) return [left, right];
  }
  return [token];
}

function isKnown(token: string): boolean {
  return words.has(token) || fillerTokens.has(token);
}

function tokensOf(name: string): string[] {
  const tokens: string[] = [];
  for (const chunk of name.split(chunkSeparator)) {
    const whole = chunk.toLowerCase();
    if (words.has(whole)) tokens.push(whole);
    else for (const token of nameTokens(chunk)) tokens.push(...knownParts(token));
  }
  return tokens;
}

/** Numbers and unknown words are told nothing by a dictionary; only runs of letters are worth splitting. */
const knownParts = memoised((token: string): readonly string[] =>
  words.has(token) || token < 'a' ? [token] : splitRun(token),
);

interface Best {
  found: NameMeaning | null;
  rank: number;
}

function rankOf(meaning: Meaning, weak: boolean): number {
  const generic = meaning.assetType === 'server' && meaning.role === null && meaning.subtype === null;
  if (generic) return 1;
  return weak ? 2 : 3;
}

function read(name: string): NameMeaning | null {
  const best: Best = { found: null, rank: 0 };
  for (const token of tokensOf(name)) {
    const meaning = words.get(token);
    if (meaning === undefined) continue;
    const weak = weakTokens.has(token);
    const rank = rankOf(meaning, weak);
    if (rank >= best.rank) {
      best.found = { meaning, token, weak };
      best.rank = rank;
    }
  }
  return best.found;
}

const longNumbers = /\d{2,}/g;
const meaningOfPattern = memoised(read);

/**
 * What the tokens of a name say about an asset; the last and most telling token decides, null when none is known.
 * Names that differ only in their counters are read once.
 */
export function nameMeaning(name: string): NameMeaning | null {
  return meaningOfPattern(name.replace(longNumbers, '00'));
}

/** Whether a token of the name says that it is a machine (`srv`, `server`, `vm`). */
export function namesMachine(name: string): boolean {
  return tokensOf(name).some((token) => {
    const meaning = words.get(token);
    return meaning?.assetType === 'server' && meaning.role === null;
  });
}
