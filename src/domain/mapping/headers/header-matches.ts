import type { AttributeName } from '../../attributes/types';
import type { ParsedHeader } from './header';
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

/** A phrase of several words that is met as it is spelled means fewer things than a single word. */
const spelledOut = 0.35;

function strength(phrase: KnownPhrase, kind: MatchKind): number {
  if (!phrase.ambiguous) return certain;
  return kind === 'exact' && /\p{L}\P{L}+\p{L}/u.test(phrase.phrase) ? ambiguous + spelledOut : ambiguous;
}

/** Loss of a phrase that shares the words, but not the spelling, when another one is spelled like the header. */
const spelledOtherwise = 2.2;

/** What has been found for a header: the best meeting per target. */
export class Matches {
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
      weight: strength(phrase, kind) + measured - losses[kind] - loss - this.baseLoss,
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

  drop(target: AttributeName): void {
    this.best.delete(target);
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
