const minute = 60_000;
const hour = 60 * minute;
const longestDelay = 6 * hour;
/** A run that goes on for so long after its start is no failed start. */
const settledAfter = 10 * minute;
/** The first restarts heal what passed by; only those after them wait. */
const freeAttempts = 2;

interface Attempts {
  readonly count: number;
  readonly last: number;
}

/**
 * Restarts of flows that did not last, so that a flow whose start fails forever is tried less and less often. Kept by
 * the process: a new worker, which may be one that heals the flow, tries at once.
 */
export class RestartBackoff {
  private readonly attempts = new Map<string, Attempts>();

  /** @param firstDelay ms before the first restart that waits; each later one waits twice as long, up to six hours */
  constructor(private readonly firstDelay: number) {}

  /** Whether it is time to start a flow again; counts the attempt when it is. Times are ms since 1970. */
  mayRestart(flowId: string, now: number): boolean {
    const { count, last } = this.attempts.get(flowId) ?? { count: 0, last: 0 };
    if (count >= freeAttempts && now - last < this.delayAfter(count)) return false;
    this.attempts.set(flowId, { count: count + 1, last: now });
    return true;
  }

  /** Forgets flows that have ended, and those that have run for a while since their last restart. */
  forget(now: number, isOpen: (flowId: string) => boolean, isRunning: (flowId: string) => boolean): void {
    for (const [flowId, { last }] of this.attempts) {
      const hasSettled = isRunning(flowId) && now - last >= settledAfter;
      if (hasSettled || !isOpen(flowId)) this.attempts.delete(flowId);
    }
  }

  private delayAfter(count: number): number {
    return Math.min(longestDelay, this.firstDelay * 2 ** (count - freeAttempts));
  }
}
