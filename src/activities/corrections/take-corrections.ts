import type { CorrectImportRequest } from '../../domain/flow/messages';
import { insertCleansedRecords } from '../../db/imports/cleansed-records';
import {
  type CorrectedRecord,
  moveImportRecords,
  moveLedger,
  replaceRejected,
} from '../../db/imports/corrections';
import { touchFlow } from '../../db/flows/flows';
import { listRejected, type RejectedRecordRow } from '../../db/imports/rejected-records';
import type { TenantTrx } from '../../db/connection/tenant';
import { type CorrectedRow, isUnchanged, recoverCells } from '../../intake/corrected/corrected-file';
import type { CorrectedUpload } from './corrected-upload';
import type { CorrectionStand } from './correction-stand';
import { type CleansedBatch, cleanseBatch } from '../phases/cleanse-batch';
import { readCleansingPlan } from '../phases/data-cleansing';

export interface CorrectionWork {
  readonly request: CorrectImportRequest;
  readonly upload: CorrectedUpload;
  readonly stand: Exclude<CorrectionStand, { kind: 'later' }>;
  readonly batchRows: number;
  readonly maxCellBytes: number;
}

/** Takes those of some rows that were rejected and are right now, with every count that they belong to. */
export async function takeCorrections(
  trx: TenantTrx,
  work: CorrectionWork,
  rows: readonly CorrectedRow[],
): Promise<void> {
  const { runs } = work.stand;
  const byNumber = new Map(rows.map((row) => [row.rowNumber, row]));
  const rejected = await listRejected(trx, runs, { rowNumbers: [...byNumber.keys()] });
  const records = rejected.flatMap((former) => {
    const row = byNumber.get(former.rowNumber);
    return row !== undefined && isRight(work, former, row) ? [recordOf(former, row)] : [];
  });
  if (records.length === 0 || runs.data_import === undefined) return;
  const { changeId, importId, flowId } = work.request;
  const cleansedRunId = runs.data_cleansing?.id ?? null;
  await replaceRejected(
    trx,
    { changeId, importId, landedRunId: runs.data_import.id, cleansedRunId },
    records,
  );
  const landed = records.filter(({ raw }) => raw !== null).length;
  await countLanded(trx, work, landed);
  if (cleansedRunId !== null) {
    const batch = await cleanse(trx, work, records, cleansedRunId);
    await countCleansed(trx, work, batch, { landed, rejectedBefore: records.length - landed });
  }
  await touchFlow(trx, flowId);
}

/** A row that stands as it was sent out, or still has text without a column, stays rejected. */
function isRight(work: CorrectionWork, former: RejectedRecordRow, row: CorrectedRow): boolean {
  if (row.rest !== '' || row.cells.every((cell) => cell.trim() === '')) return false;
  if (row.cells.some((cell) => Buffer.byteLength(cell) > work.maxCellBytes)) return false;
  const { cells } = former.raw === null ? { cells: former.cells ?? [] } : recovered(work, former.raw);
  return !isUnchanged(cells, row.cells) || (row.isDeclaredRight && former.raw !== null);
}

function recovered({ upload }: CorrectionWork, raw: string) {
  const { container, delimiter, columns } = upload.entry;
  return recoverCells(raw, { container, delimiter, columns });
}

function recordOf(former: RejectedRecordRow, row: CorrectedRow): CorrectedRecord {
  const { rowNumber, lineNumber: line, code, raw, cells: formerCells } = former;
  return { rowNumber, line, code, raw, formerCells, cells: row.cells };
}

/** Records that are read now went through every phase up to the gate. */
async function countLanded(
  trx: TenantTrx,
  { request, stand }: CorrectionWork,
  landed: number,
): Promise<void> {
  if (landed === 0) return;
  const { data_import: landing, data_validation: validation, field_mapping: mapping } = stand.runs;
  await moveImportRecords(trx, request.importId, landed);
  if (landing !== undefined)
    await moveLedger(trx, landing.id, { passed: landed, rejected: -landed, rowsOut: landed });
  for (const run of [validation, mapping]) {
    if (run !== undefined) await moveLedger(trx, run.id, { rowsIn: landed, passed: landed });
  }
}

async function cleanse(
  trx: TenantTrx,
  { request, batchRows }: CorrectionWork,
  records: readonly CorrectedRecord[],
  phaseRunId: string,
): Promise<CleansedBatch & { readonly isRelation: boolean }> {
  const { flowId, importId } = request;
  const plan = await readCleansingPlan(trx, { flowId, importId, phaseRunId, batchRows });
  const batch = await cleanseBatch(plan, inOnePiece(records));
  await insertCleansedRecords(trx, { phaseRunId, importId }, batch);
  const { tableKind } = plan.table;
  return { ...batch, isRelation: tableKind === 'relations' || tableKind === 'network_flows' };
}

async function* inOnePiece(records: readonly CorrectedRecord[]) {
  yield records.map(({ rowNumber, cells }) => ({ rowNumber, cells: [...cells] }));
}

interface CountedBefore {
  /** Records that are read for the first time. */
  readonly landed: number;
  /** Records that cleansing has rejected before. */
  readonly rejectedBefore: number;
}

/** Until the estate is projected, a new record of a closed flow has changed nothing and resolved nothing. */
async function countCleansed(
  trx: TenantTrx,
  { stand }: CorrectionWork,
  batch: CleansedBatch & { readonly isRelation: boolean },
  { landed, rejectedBefore }: CountedBefore,
): Promise<void> {
  const { passed = 0, skipped = 0, rejected = 0 } = batch.counts;
  const { data_cleansing: cleansing } = stand.runs;
  if (cleansing !== undefined) {
    const move = { rowsIn: landed, rowsOut: passed, passed, skipped, rejected: rejected - rejectedBefore };
    await moveLedger(trx, cleansing.id, move);
  }
  const { inventoryRun, dependencyRun } = stand;
  if (inventoryRun === null || passed === 0) return;
  await moveLedger(trx, inventoryRun.id, {
    rowsIn: passed,
    ...(batch.isRelation ? { passed } : { unchanged: passed }),
  });
  if (batch.isRelation && dependencyRun !== null)
    await moveLedger(trx, dependencyRun.id, { rowsIn: passed, unresolved: passed });
}
