import type { RejectedRecord } from '../intake/types';

/** Rejected records of one reason. */
export interface RejectionReason {
  readonly code: string;
  readonly count: number;
  /** The first lines that it struck, in file order. */
  readonly firstLines: readonly number[];
  /** What the first of them was told. */
  readonly message: string;
}

const mostLines = 5;

/** Counts rejected records by reason, in memory that does not grow with the file. */
export class RejectionTally {
  private readonly reasons = new Map<string, { count: number; lines: number[]; message: string }>();

  add(records: readonly RejectedRecord[]): void {
    for (const { code, line, message } of records) {
      const reason = this.reasons.get(code) ?? { count: 0, lines: [], message };
      reason.count += 1;
      if (reason.lines.length < mostLines) reason.lines.push(line);
      this.reasons.set(code, reason);
    }
  }

  /** The most frequent reason first. */
  finish(): RejectionReason[] {
    return [...this.reasons]
      .map(([code, { count, lines, message }]) => ({ code, count, firstLines: lines, message }))
      .toSorted((one, two) => two.count - one.count || (one.code < two.code ? -1 : 1));
  }
}
