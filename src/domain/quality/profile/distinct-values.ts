import type { ValueCount } from '../types';

/** Look-ups after which a column where fewer than 1 in 50 texts is a known one stops looking them up. */
const window = 4096;

/** Longer texts are counted by their hash, to bound memory. */
const longestKey = 200;

/**
 * Counts distinct texts: exactly up to a limit, above it by a bit set of hashes, which can only miss some (two
 * texts with one bit), so that the count is a lower bound. In a nearly unique column known texts are no longer
 * counted above the limit either.
 */
export class DistinctValues {
  private readonly positions = new Map<string, number>();
  private counts = new Uint32Array(64);
  private bits: Uint32Array | null = null;
  private setBits = 0;
  private asked = 0;
  private found = 0;
  private open = true;

  constructor(
    private readonly limit: number,
    private readonly bitWords: number,
    private readonly hashOf: (text: string) => number,
  ) {}

  /** Adds one to a text that is known already and gives its position; -1 when it is not known. */
  countKnown(text: string): number {
    if (!this.open) {
      return -1;
    }
    this.asked += 1;
    const position = this.positions.get(text);
    if (position === undefined) {
      return -1;
    }
    this.found += 1;
    this.counts[position] = (this.counts[position] ?? 0) + 1;
    return position;
  }

  /** Remembers a new text while there is room and gives its position; -1 when there is none. */
  remember(text: string): number {
    const position = this.positions.size;
    if (position >= this.limit || text.length > longestKey) {
      return -1;
    }
    if (position >= this.counts.length) {
      const larger = new Uint32Array(this.counts.length * 2);
      larger.set(this.counts);
      this.counts = larger;
    }
    this.positions.set(text, position);
    this.counts[position] = 1;
    return position;
  }

  /** Counts a text that there was no room for. */
  mark(text: string): number {
    if (this.bits === null) {
      this.bits = new Uint32Array(this.bitWords);
      this.positions.forEach((_, known) => this.setBit(this.hashOf(known)));
    }
    const hash = this.hashOf(text);
    this.setBit(hash);
    if (this.asked >= window) {
      this.open = this.found * 50 >= this.asked;
      this.asked = 0;
      this.found = 0;
    }
    return hash;
  }

  private setBit(hash: number): void {
    if (this.bits === null) {
      return;
    }
    const bit = hash % (this.bitWords * 32);
    const word = bit >>> 5;
    const mask = 1 << (bit & 31);
    const old = this.bits[word] ?? 0;
    if ((old & mask) === 0) {
      this.bits[word] = old | mask;
      this.setBits += 1;
    }
  }

  get isExact(): boolean {
    return this.bits === null;
  }

  get distinct(): number {
    return Math.max(this.positions.size, this.setBits);
  }

  *entries(): Generator<readonly [text: string, count: number], void, undefined> {
    for (const [text, position] of this.positions) {
      yield [text, this.counts[position] ?? 0];
    }
  }

  /** The most frequent texts, equal counts in the order of their code units, so that row order does not matter. */
  top(size: number): readonly ValueCount[] {
    const floor = this.floorOfTop(size);
    const candidates: ValueCount[] = [];
    for (const [value, count] of this.entries()) {
      if (count >= floor) {
        candidates.push({ value, count });
      }
    }
    candidates.sort((a, b) => b.count - a.count || compareTexts(a.value, b.value));
    return candidates.slice(0, size);
  }

  private floorOfTop(size: number): number {
    const used = this.counts.slice(0, this.positions.size).sort();
    return used.length <= size ? 0 : (used[used.length - size] ?? 0);
  }
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
