import type { PhaseRequest, PhaseResult } from '../../domain/flow/messages';
import { DomainError } from '../../domain/errors';
import { type DataImport, addImportRecords, addImportWarnings, findImport } from '../../db/imports/imports';
import { setImportAsOf, setImportDetection, setImportStatus } from '../../db/imports/imports';
import { findObject } from '../../db/imports/objects';
import { type RecordPlace, insertRawRecords, insertRejectedRecords } from '../../db/imports/raw-records';
import { toJson } from '../../db/bulk/json';
import type { TenantTrx } from '../../db/connection/tenant';
import { headerFingerprint } from '../../intake/detection/header';
import type { Detection, IntakeBatch, OpenTable } from '../../intake/types';
import { dateInFileName } from '../imports/as-of';
import type { ActivityDependencies } from '../dependencies';
import { assertImportPolicy } from '../imports/import-policy';
import { isTableFault, leaveOutUnread } from '../imports/left-out-imports';
import { importOrder } from '../phase-run/phase-order';
import type { PhaseWork } from '../phase-run/phase-pieces';
import { workPhase } from '../phase-run/phase-work';
import { readAhead } from '../phase-run/read-ahead';
import { openImport } from '../imports/upload-table';

interface Upload {
  readonly entry: DataImport;
  readonly key: string;
  readonly size: number;
}

/** Lands the records of a stored upload, batch by batch, every one of them accepted or rejected with a reason. */
export function importData(deps: ActivityDependencies, request: PhaseRequest): Promise<PhaseResult> {
  const { order, importId } = importOrder(request);
  return workPhase(deps, order, async (phase) => {
    try {
      return await landTable(deps, phase, importId);
    } catch (error) {
      if (!isTableFault(error)) throw error;
      return phase.publish(async (trx) => {
        await leaveOutUnread(trx, { flowId: request.flowId, importId }, error);
        return { summary: { left_out: error.code } };
      });
    }
  });
}

async function landTable(
  deps: ActivityDependencies,
  phase: PhaseWork,
  importId: string,
): Promise<PhaseResult> {
  const upload = await phase.read((trx) => findUpload(trx, importId));
  const bytes = deps.objects.bytes(phase.order, upload.key, upload.size, phase.signal);
  const { table, detection } = await openImport(bytes, upload.entry, deps.intakeLimits);
  await phase.gather(0, async (trx) => {
    await describe(trx, upload.entry, table, detection);
    return {};
  });
  const place = { phaseRunId: phase.run.id, importId };
  for await (const batch of readAhead(table.batches(phase.run.position))) {
    await phase.gather(sizeOf(batch), (trx) => land(trx, place, table, batch));
  }
  return phase.publish(async (trx, run) => {
    if (run.passed === 0) throw new DomainError('IMP_004', { rows_read: run.rowsIn });
    assertImportPolicy(upload.entry, run.rejected);
    await setImportStatus(trx, importId, 'completed');
    return {};
  });
}

async function findUpload(trx: TenantTrx, importId: string): Promise<Upload> {
  const entry = await findImport(trx, importId);
  if (entry === undefined) throw new DomainError('IMP_003', { import_id: importId });
  const object = await findObject(trx, entry.objectId);
  if (object?.state !== 'ready') throw new DomainError('STORAGE_004', { object_id: entry.objectId });
  return { entry, key: object.storageKey, size: object.size ?? 0 };
}

async function describe(
  trx: TenantTrx,
  entry: DataImport,
  table: OpenTable,
  detection: Detection,
): Promise<void> {
  await setImportDetection(trx, entry.id, {
    container: detection.container,
    encoding: detection.encoding,
    delimiter: detection.delimiter,
    detection: toJson(detection),
    tableName: table.header.name,
    headerLine: table.header.headerLine,
    columns: table.header.columns,
    headerFingerprint: headerFingerprint(table.header.columns),
  });
  await addImportWarnings(trx, entry.id, [...detection.warnings, ...table.warnings]);
  const dated = entry.asOf === null ? dateInFileName(entry.filename ?? '') : undefined;
  if (dated !== undefined) await setImportAsOf(trx, entry.id, dated, 'file');
  await setImportStatus(trx, entry.id, 'processing');
}

/** Wide records count for several. */
function sizeOf({ accepted, copy }: IntakeBatch): number {
  return Math.max(accepted, copy.length / 1_024);
}

async function land(trx: TenantTrx, place: RecordPlace, table: OpenTable, batch: IntakeBatch) {
  const { delimiter, layout } = batch.copyOptions ?? table.copyOptions;
  const width = table.header.columns.length;
  if (batch.accepted > 0) await insertRawRecords(trx, place, { copy: batch.copy, delimiter, layout, width });
  await insertRejectedRecords(trx, place, batch.rejected);
  const rejected = batch.rejected.length;
  await addImportRecords(trx, place.importId, { accepted: batch.accepted, rejected });
  const rowsIn = batch.accepted + rejected;
  return { position: batch.rowsRead, rowsIn, rowsOut: batch.accepted, passed: batch.accepted, rejected };
}
