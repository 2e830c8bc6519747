import { editDistance } from './edit-distance';

/** A known word near another one. */
export interface NearWord {
  readonly known: string;
  /** Letters to change, add, drop or swap. */
  readonly distance: number;
}

interface WordsOfLength {
  readonly words: readonly string[];
  /** The letters of each word as bits. */
  readonly letters: Uint32Array;
}

/** The letters of a word as bits; letters beyond the alphabet share the upper ones. */
function letterBits(word: string): number {
  let bits = 0;
  for (let position = 0; position < word.length; position += 1) bits |= 1 << (word.charCodeAt(position) % 32);
  return bits >>> 0;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Known words by length, to be compared with a misspelled one. */
export class NearWords {
  private readonly byLength = new Map<number, WordsOfLength>();

  constructor(words: Iterable<string>) {
    const groups = new Map<number, string[]>();
    for (const word of words) {
      const group = groups.get(word.length);
      if (group === undefined) groups.set(word.length, [word]);
      else group.push(word);
    }
    for (const [length, group] of groups)
      this.byLength.set(length, { words: group, letters: Uint32Array.from(group, letterBits) });
  }

  /** Words at most `limit` letters away. A changed letter changes two bits at most, so others need no counting. */
  within(word: string, limit: number): NearWord[] {
    const found: NearWord[] = [];
    const bits = letterBits(word);
    for (let length = word.length - limit; length <= word.length + limit; length += 1) {
      const group = this.byLength.get(length);
      if (group === undefined) continue;
      for (const [index, known] of group.words.entries()) {
        if (countBits((group.letters[index] ?? 0) ^ bits) > 2 * limit) continue;
        const distance = editDistance(word, known, limit);
        if (distance <= limit) found.push({ known, distance });
      }
    }
    return found;
  }
}
