import type { z } from 'zod';
import type { DataImport } from '../../db/imports/imports';
import type { ImportSums } from '../../db/imports/import-ledgers';
import type { PhaseRun } from '../../db/flows/phase-runs';
import type { ImportRuns, ReasonCount } from '../../db/imports/rejected-records';
import { importPhases } from '../../domain/flow/phases';
import { ledgerStates } from '../../domain/lists';
import type { ImportLedger } from '../schemas/rejected';

/** Where the records of an import ended, phase by phase. */
export function presentLedger(
  { id, flowId }: DataImport,
  runs: ImportRuns,
  reasons: readonly ReasonCount[],
): z.output<typeof ImportLedger> {
  const landed = runs.data_import;
  const cleansed = runs.data_cleansing;
  const read = landed?.rowsIn ?? 0;
  const rejected = (landed?.rejected ?? 0) + (cleansed?.rejected ?? 0);
  const skipped = cleansed?.skipped ?? 0;
  return {
    import_id: id,
    flow_id: flowId,
    rows: presentSums({ read, rejected, skipped }),
    phases: importPhases.flatMap((phase) => {
      const run = runs[phase];
      return run === undefined ? [] : [{ phase, ...presentRun(run) }];
    }),
    reasons: reasons.map((reason) => ({ ...reason })),
    is_balanced: Object.values(runs).every(isBalanced),
  };
}

/** The sums of an import; what is neither rejected nor skipped is accepted. */
export function presentSums({ read, rejected, skipped }: Pick<ImportSums, 'read' | 'rejected' | 'skipped'>) {
  return { read, rejected, skipped, accepted: read - rejected - skipped };
}

function presentRun(run: PhaseRun) {
  const { status, rowsIn, passed, created, updated, merged } = run;
  const { unchanged, linked, unresolved, skipped, rejected } = run;
  const ends = { passed, created, updated, merged, unchanged, linked, unresolved, skipped, rejected };
  return { status, rows_in: rowsIn, ...ends };
}

/** A run that goes on has not counted all of its records yet. */
function isBalanced(run: PhaseRun): boolean {
  const ended = ledgerStates.reduce((sum, state) => sum + run[state], run.passed);
  return run.status !== 'completed' || ended === run.rowsIn;
}
