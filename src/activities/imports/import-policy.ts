import { DomainError } from '../../domain/errors';
import type { ImportPolicy } from '../../domain/lists';
import { skipCleansedRecords } from '../../db/imports/cleansed-records';
import { type DataImport, setImportDetection } from '../../db/imports/imports';
import type { Advance, PhaseRun } from '../../db/flows/phase-runs';
import type { TenantTrx } from '../../db/connection/tenant';
import { leaveOutUnread } from './left-out-imports';

const whole: ImportPolicy = 'all_or_nothing';

/**
 * Holds an import to what its sender asked for.
 *
 * @throws DomainError `IMP_008` for one that is all or nothing and has rejected records.
 */
export function assertImportPolicy(
  { id, processingConfig }: Pick<DataImport, 'id' | 'processingConfig'>,
  rejected: number,
): void {
  if (processingConfig['import_policy'] !== whole || rejected === 0) return;
  throw new DomainError('IMP_008', { import_id: id, rejected });
}

/** Reason of the records of an import that was rejected as a whole. */
const wholeReason = 'import_rejected';

/**
 * Holds a cleansed import to what its sender asked for: one that is all or nothing and has rejected records is failed
 * with `IMP_008` and brings nothing into the estate, while its flow goes on with its other imports. Answers how the
 * ledger of the run moves.
 *
 * @throws DomainError `IMP_008` when the flow has no other import; it waits for a correction, a retry or its end.
 */
export async function rejectUnlessWhole(trx: TenantTrx, entry: DataImport, run: PhaseRun): Promise<Advance> {
  try {
    assertImportPolicy(entry, run.rejected);
    return {};
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await leaveOutUnread(trx, { flowId: entry.flowId, importId: entry.id }, error);
    await setImportDetection(trx, entry.id, { tableKind: 'unknown', notInventoryReason: error.message });
    await skipCleansedRecords(trx, run.id, wholeReason);
    return { passed: -run.passed, skipped: run.passed, rowsOut: -run.rowsOut };
  }
}
