import { DomainError } from '../../domain/errors';
import type { CorrectImportRequest } from '../../domain/flow/messages';
import { type DataImport, findImport } from '../../db/imports/imports';
import { findObject } from '../../db/imports/objects';
import { inTenant } from '../../db/connection/tenant';
import { type CorrectedColumns, correctedColumns } from '../../intake/corrected/corrected-file';
import { openCorrectedTable } from '../../intake/corrected/corrected-table';
import type { OpenTable } from '../../intake/types';
import type { ActivityDependencies } from '../dependencies';

/** A corrected file that lies in the storage, and the import that it belongs to. */
export interface CorrectedUpload {
  readonly entry: DataImport;
  readonly table: OpenTable;
  readonly places: CorrectedColumns;
}

/**
 * Opens a corrected file.
 *
 * @throws DomainError `IMP_009` when it lacks columns, `IMP_010` when its import takes no corrections.
 */
export async function openCorrectedUpload(
  deps: ActivityDependencies,
  request: CorrectImportRequest,
): Promise<CorrectedUpload> {
  const { importId, flowId, objectId } = request;
  const { entry, object } = await inTenant(deps.app, request, async (trx) => ({
    entry: await findImport(trx, importId),
    object: await findObject(trx, objectId),
  }));
  if (entry?.flowId !== flowId) throw new DomainError('IMP_003', { import_id: importId });
  if (entry.undoneAt !== null) throw new DomainError('IMP_010', { import_id: importId });
  if (object?.state !== 'ready') throw new DomainError('STORAGE_004', { object_id: objectId });
  const { storageKey, size, filename } = object;
  const bytes = deps.objects.bytes(request, storageKey, size ?? 0, deps.cancellation());
  const table = await openCorrectedTable(bytes, filename, deps.intakeLimits);
  const places = correctedColumns(entry.columns, table.header.columns);
  if ('missing' in places) throw new DomainError('IMP_009', { missing_columns: places.missing });
  return { entry, table, places };
}
