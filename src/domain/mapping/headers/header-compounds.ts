import { isKnownWord, spelledAs } from './header-index';

/** Short words that may stand inside a compound; others need three letters. */
const shortParts: ReadonlySet<string> = new Set(['ip', 'os', 'db', 'vm', 'id', 'nr']);
/** Letters that join the parts of German and Dutch compounds. */
const joints: readonly string[] = ['', 's', 'n', 'en', 'e'];
const shortestCompound = 6;
const mostParts = 3;
/** Headers repeat between imports; beyond this many words they are taken apart anew. */
const rememberedWords = 10_000;
const remembered = new Map<string, readonly string[] | undefined>();

function isPart(text: string): boolean {
  return shortParts.has(text) || (text.length >= 3 && (isKnownWord(text) || spelledAs(text) !== text));
}

/** The longest parts first, so that `arbeitsspeicher` is not taken apart further than it must. */
function parts(word: string, atMost: number): readonly string[] | undefined {
  if (isPart(word)) return [word];
  if (atMost === 1) return undefined;
  for (let end = word.length - 2; end >= 2; end -= 1) {
    const first = word.slice(0, end);
    if (!isPart(first)) continue;
    for (const joint of joints) {
      if (!word.startsWith(joint, end)) continue;
      const rest = parts(word.slice(end + joint.length), atMost - 1);
      if (rest !== undefined) return [first, ...rest];
    }
  }
  return undefined;
}

/**
 * The known words that an unknown one is made of, in their common form: `werkgeheugen`, `hostgroups`,
 * `LASTDATE`. Undefined when it is not made of known words alone.
 */
export function wordsOfCompound(word: string): readonly string[] | undefined {
  if (word.length < shortestCompound || isKnownWord(word)) return undefined;
  if (remembered.has(word)) return remembered.get(word);
  const found = parts(word, mostParts)?.map(spelledAs);
  const compound = found !== undefined && found.length > 1 ? found : undefined;
  if (remembered.size < rememberedWords) remembered.set(word, compound);
  return compound;
}
