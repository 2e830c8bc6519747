import { foldText } from '../../quality/values/text';
import type { ColumnProfile, ValueKind } from '../../quality/types';

/** The values of a column as evidence: shares among the cells that say something. */
export class ColumnValues {
  /** Cells that say something. */
  readonly said: number;
  /** Distinct values ÷ cells that say something, 0 to 1. */
  readonly uniqueness: number;
  private readonly lexiconShares = new Map<RegExp, number>();
  private readonly foldedTop: readonly { readonly text: string; readonly count: number }[];
  private readonly topCount: number;

  constructor(readonly profile: ColumnProfile) {
    this.said = Math.max(0, profile.rows - profile.empty - profile.placeholders);
    this.uniqueness = this.said === 0 ? 0 : Math.min(1, profile.distinct / this.said);
    this.foldedTop = profile.top.map((one) => ({ text: foldText(one.value), count: one.count }));
    this.topCount = this.foldedTop.reduce((sum, one) => sum + one.count, 0);
  }

  get isEmpty(): boolean {
    return this.said === 0;
  }

  /** Share of cells of this kind, 0 to 1. */
  share(kind: ValueKind): number {
    return this.said === 0 ? 0 : Math.min(1, (this.profile.kinds[kind] ?? 0) / this.said);
  }

  /** The largest share among several kinds. */
  anyShare(...kinds: readonly ValueKind[]): number {
    return Math.max(...kinds.map((kind) => this.share(kind)));
  }

  /** Share of the frequent values whose folded words meet the pattern, 0 to 1. */
  lexiconShare(pattern: RegExp): number {
    const known = this.lexiconShares.get(pattern);
    if (known !== undefined) return known;
    let count = 0;
    for (const one of this.foldedTop) if (pattern.test(one.text)) count += one.count;
    const share = this.topCount === 0 ? 0 : count / this.topCount;
    this.lexiconShares.set(pattern, share);
    return share;
  }

  /** Share of the frequent values, as written, that meet the test, 0 to 1. */
  writtenShare(test: (value: string) => boolean): number {
    let count = 0;
    for (const one of this.profile.top) if (test(one.value)) count += one.count;
    return this.topCount === 0 ? 0 : count / this.topCount;
  }

  /** The frequent values in folded words. */
  foldedValues(): ReadonlySet<string> {
    return new Set(this.foldedTop.map((one) => one.text));
  }

  /** Share of cells that read as numbers, with or without a unit. */
  get numeric(): number {
    const numbers = this.profile.numbers?.count ?? 0;
    return this.said === 0 ? 0 : Math.min(1, Math.max(numbers / this.said, this.share('number')));
  }

  get isSmall(): boolean {
    return this.said < 3;
  }
}
