import { areConfusable } from '../classification/confusable-words';
import { longWord, type NameShape, wordAt } from '../classification/name-shape';

/** One letter by which two skeletons differ; `at` counts in the longer one. */
interface Slip {
  readonly kind: 'extra' | 'replaced' | 'swapped';
  readonly at: number;
}

/** How two names are alike. */
export type NameLikeness =
  | { readonly by: 'spelling' }
  | { readonly by: 'slip'; readonly words: readonly [string, string]; readonly length: number };

/** Whether two names are one name up to spelling, or up to one slip of a letter inside of a long word. */
export function nameLikeness(one: NameShape, two: NameShape, isApplication: boolean): NameLikeness | null {
  if (one.digits !== two.digits) return null;
  if (one.skeleton === two.skeleton) return { by: 'spelling' };
  const [longer, shorter] = one.skeleton.length >= two.skeleton.length ? [one, two] : [two, one];
  const slip = findSlip(longer.skeleton, shorter.skeleton);
  if (slip === null) return null;
  const words = slippedWords(longer, shorter, slip);
  if (words === null) return null;
  const [first, second] = words;
  if (!isInside(longer, slip, isApplication) || !isWordLike(first, second)) return null;
  if (areConfusable(longer.skeleton, shorter.skeleton)) return null;
  return { by: 'slip', words, length: Math.max(first.length, second.length) };
}

function findSlip(longer: string, shorter: string): Slip | null {
  if (longer.length - shorter.length > 1) return null;
  const at = firstDifference(longer, shorter);
  const isSameFrom = (first: number, second: number) => longer.slice(first) === shorter.slice(second);
  if (longer.length > shorter.length) return isSameFrom(at + 1, at) ? { kind: 'extra', at } : null;
  const [one, next] = lettersAt(longer, at);
  const [two, nextTwo] = lettersAt(shorter, at);
  if (isSameFrom(at + 1, at + 1)) return isLikelyMistaken(one, two) ? { kind: 'replaced', at } : null;
  const isSwap = one === nextTwo && next === two && isSameFrom(at + 2, at + 2);
  return isSwap ? { kind: 'swapped', at } : null;
}

function firstDifference(longer: string, shorter: string): number {
  let at = 0;
  while (at < shorter.length && longer[at] === shorter[at]) at += 1;
  return at;
}

function lettersAt(text: string, at: number): [string, string] {
  return [text.charAt(at), text.charAt(at + 1)];
}

const keyRows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const vowels = 'aeiouy';
/** Letters that sound alike, so that people write one for the other. */
const soundAlike: ReadonlySet<string> = new Set(['sz', 'zs', 'ck', 'kc', 'cs', 'sc', 'vw', 'wv', 'dt', 'td']);

/** Letters that fingers or ears take for each other; others (`node-a`, `node-b`) are meant. */
function isLikelyMistaken(one: string, two: string): boolean {
  if (vowels.includes(one) && vowels.includes(two)) return true;
  if (soundAlike.has(one + two)) return true;
  return keyRows.some((row) => {
    const places = [row.indexOf(one), row.indexOf(two)] as const;
    return places[0] !== -1 && places[1] !== -1 && Math.abs(places[0] - places[1]) === 1;
  });
}

function slippedWords(longer: NameShape, shorter: NameShape, slip: Slip): [string, string] | null {
  const first = wordAt(longer, slip.at);
  const second =
    wordAt(shorter, Math.min(slip.at, shorter.skeleton.length - 1)) ?? wordAt(shorter, slip.at - 1);
  if (first === undefined || second === undefined) return null;
  return Math.min(first.text.length, second.text.length) < longWord - 1 ||
    Math.max(first.text.length, second.text.length) < longWord
    ? null
    : [first.text, second.text];
}

/** First and last letters tell series and codes apart (`sqla`, `sqlb`); an application may be named in the plural. */
function isInside(longer: NameShape, { kind, at }: Slip, isApplication: boolean): boolean {
  const word = wordAt(longer, at);
  if (word === undefined || at === word.start) return false;
  const last = word.start + word.text.length - 1;
  if (kind === 'swapped') return at + 1 <= last;
  if (at < last) return true;
  if (kind !== 'extra') return false;
  const letter = longer.skeleton.charAt(at);
  return letter === longer.skeleton.charAt(at - 1) || (isApplication && letter === 's');
}

const consonants = /[^aeiouy]+/g;
/** Words have no longer runs of consonants and so many vowels; codes put together (`ldnprdsql`) have not. */
const longestRun = 4;
const leastVowels = 0.2;

function isWordLike(one: string, two: string): boolean {
  return isWord(one) || isWord(two);
}

function isWord(text: string): boolean {
  const found = text.match(consonants) ?? [];
  const count = found.reduce((sum, run) => sum + run.length, 0);
  return count <= text.length * (1 - leastVowels) && found.every((run) => run.length <= longestRun);
}
