import type { FlowPolicy, PhaseResult } from '../../domain/flow/messages';
import type { EstateLease } from '../../db/estate/estates';
import { type Advance, type PhaseRun, type RunCounter, runCounterNames } from '../../db/flows/phase-runs';
import type { Publication } from '../../db/flows/publish';
import type { TenantTrx } from '../../db/connection/tenant';
import type { PhaseOrder } from './phase-order';

/** A piece of a phase's writing; `run` is the run as the pieces before it have left it. */
export type Piece = (trx: TenantTrx, run: PhaseRun) => Promise<Advance>;

/** What belongs to the publication of a phase. */
export type LastPiece = (trx: TenantTrx, run: PhaseRun) => Promise<Publication>;

/** What some pieces have done together. */
export interface PiecesDone {
  readonly run: PhaseRun;
  readonly advance: Advance;
}

/** One after the other in one transaction. */
export async function runPieces(
  trx: TenantTrx,
  start: PhaseRun,
  pieces: readonly Piece[],
): Promise<PiecesDone> {
  let done: PiecesDone = { run: start, advance: {} };
  for (const piece of pieces) done = withAdvance(done, await piece(trx, done.run));
  return done;
}

/** Counts of a step are added to those before it; what else it tells replaces what was told. */
export function withAdvance({ run, advance }: PiecesDone, step: Advance): PiecesDone {
  const counts: Partial<Record<RunCounter, number>> = {};
  const totals: Partial<Record<RunCounter, number>> = {};
  for (const name of runCounterNames) {
    const added = step[name];
    if (added === undefined) continue;
    counts[name] = (advance[name] ?? 0) + added;
    totals[name] = run[name] + added;
  }
  return { run: { ...run, ...step, ...totals }, advance: { ...advance, ...step, ...counts } };
}

/** The hold on one phase run, and the only way in which a phase writes. */
export interface PhaseWork {
  readonly order: PhaseOrder;
  /** The run as it was when this attempt began: position and counts of earlier attempts. */
  readonly run: PhaseRun;
  /** No earlier attempt of this run can have written anything. */
  readonly isFirstAttempt: boolean;
  /** What the flow's owner decided before it started; null for a change outside a flow. */
  readonly policy: FlowPolicy | null;
  /** The hold on the estate, of a phase of the estate; undefined while another run holds it. */
  readonly lease: EstateLease | undefined;
  readonly signal: AbortSignal;
  /**
   * One batch in one transaction: takes the fence (and renews the hold on the estate), does the work, adds what it
   * answers to the run. Ends the phase with an interruption afterwards when a pause or cancel waits.
   */
  readonly batch: (work: Piece) => Promise<void>;
  /**
   * A batch that may wait for the next one, or for the publication, and is then part of that transaction: small ones
   * go together. `rows` tells its size. Until then no read sees it, and what it sets outside is not set. It may run a
   * second time, when the publication is refused.
   */
  readonly gather: (rows: number, work: Piece) => Promise<void>;
  /** A transaction that only reads. */
  readonly read: <T>(work: (trx: TenantTrx) => Promise<T>) => Promise<T>;
  /**
   * The last transaction: what else belongs to it, then the publication. The last batch may be part of it: it is told
   * as `advance`.
   */
  readonly publish: (work: LastPiece) => Promise<PhaseResult>;
}
