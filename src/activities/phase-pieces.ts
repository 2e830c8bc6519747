import { type Advance, type PhaseRun, type RunCounter, runCounterNames } from '../db/phase-runs';
import type { Publication } from '../db/publish';
import type { TenantTrx } from '../db/tenant';

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
