import { type Phase, phases } from './phases';

/** How far one phase is: rows done of rows to do. A phase with no rows counts as nothing done. */
export interface PhaseProgress {
  readonly completed: boolean;
  readonly rowsDone: number;
  readonly rowsTotal: number;
}

/**
 * Progress of a flow in percent with one decimal: completed phases of all phases, plus the share of rows done
 * in the others. It is 100 only for a completed flow; callers keep the larger of this and the stored value.
 */
export function flowProgress(
  progress: Readonly<Partial<Record<Phase, PhaseProgress>>>,
  flowCompleted: boolean,
): number {
  if (flowCompleted) return 100;
  const done = phases.reduce((sum, phase) => sum + shareDone(progress[phase]), 0);
  return Math.min(99.9, Math.floor((done / phases.length) * 1000) / 10);
}

function shareDone(progress: PhaseProgress | undefined): number {
  if (progress === undefined) return 0;
  if (progress.completed) return 1;
  if (progress.rowsTotal <= 0) return 0;
  return Math.min(0.99, Math.max(0, progress.rowsDone / progress.rowsTotal));
}
