import type { AuthDatabase } from '../../db/connection/pools';
import { inAuthScope } from '../../db/connection/scopes';
import { insertSecurityViolation, type NewSecurityViolation } from '../../db/accounts/security-violations';

/** Notes attempts beside the request: the caller's answer neither waits for it nor depends on it. */
export interface ViolationRecorder {
  readonly record: (violation: NewSecurityViolation) => void;
  /** Resolves when everything recorded so far is written, or has failed. */
  readonly settle: () => Promise<void>;
}

export interface RecorderOptions {
  /** A pool of its own, so that attempts are noted even when requests hold every other connection. */
  readonly database: AuthDatabase;
  /** Told of an attempt that could not be noted. */
  readonly onFailure: (error: unknown) => void;
}

/** Attempts that wait for the database at most; a flood beyond them is told to `onFailure` and dropped. */
const mostWaiting = 1_000;

export function createViolationRecorder({ database, onFailure }: RecorderOptions): ViolationRecorder {
  const waiting = new Set<Promise<void>>();
  return {
    record: (violation) => {
      if (waiting.size >= mostWaiting) {
        onFailure(new Error('Too many security events wait to be written; one was dropped'));
        return;
      }
      const written = inAuthScope(database, (trx) => insertSecurityViolation(trx, violation))
        .catch(onFailure)
        .finally(() => waiting.delete(written));
      waiting.add(written);
    },
    settle: async () => {
      await Promise.all(waiting);
    },
  };
}
