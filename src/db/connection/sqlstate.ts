import { DatabaseError } from 'pg';

/**
 * What an error of the database means for the caller:
 * - `unavailable`: connection lost or refused, server stopping, too many connections; try again later
 * - `contention`: deadlock, serialization, lock not available; repeat the transaction
 * - `cancelled`: ended by `pg_cancel_backend` or a statement timeout
 * - `unique`, `foreign_key`, `check`, `not_null`: a constraint refused the rows
 * - `invalid_data`: a value does not fit its type
 * - `forbidden`: missing privilege or a row-level-security policy
 * - `full`: disk or memory exhausted
 * - `defect`: anything else: wrong SQL, wrong schema
 */
export type SqlFault =
  | 'unavailable'
  | 'contention'
  | 'cancelled'
  | 'unique'
  | 'foreign_key'
  | 'check'
  | 'not_null'
  | 'invalid_data'
  | 'forbidden'
  | 'full'
  | 'defect';

/** SQLSTATE, longest prefix first (PostgreSQL documentation, appendix A). */
const faults: ReadonlyArray<readonly [prefix: string, fault: SqlFault]> = [
  ['23505', 'unique'],
  ['23P01', 'unique'],
  ['23503', 'foreign_key'],
  ['23514', 'check'],
  ['23502', 'not_null'],
  ['40001', 'contention'],
  ['40P01', 'contention'],
  ['55P03', 'contention'],
  ['57014', 'cancelled'],
  ['57P01', 'unavailable'],
  ['57P02', 'unavailable'],
  ['57P03', 'unavailable'],
  ['57P05', 'unavailable'],
  ['25P03', 'unavailable'],
  ['53300', 'unavailable'],
  ['42501', 'forbidden'],
  ['53', 'full'],
  ['08', 'unavailable'],
  ['22', 'invalid_data'],
];

/** Codes of node's sockets, and the texts with which pg reports a lost connection without a code. */
const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
const lostConnection =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Reads an error; undefined when it did not come from the database or its connection. */
export function sqlFault(error: unknown): SqlFault | undefined {
  if (error instanceof DatabaseError) {
    const state = error.code ?? '';
    return faults.find(([prefix]) => state.startsWith(prefix))?.[1] ?? 'defect';
  }
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string' && socketCodes.has(error.code)) return 'unavailable';
  return lostConnection.test(error.message) ? 'unavailable' : undefined;
}

/** Whether the same transaction may succeed when it is simply repeated. */
export function isRetryable(error: unknown): boolean {
  const fault = sqlFault(error);
  return fault === 'unavailable' || fault === 'contention' || fault === 'full';
}

/** Whether a unique key, or the one that is named, refused the row. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof DatabaseError) || sqlFault(error) !== 'unique') return false;
  return constraint === undefined || error.constraint === constraint;
}
