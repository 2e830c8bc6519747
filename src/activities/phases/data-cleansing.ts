import { DomainError } from '../../domain/errors';
import type { PhaseRequest, PhaseResult } from '../../domain/flow/messages';
import { flagColumns } from '../../domain/inventory/classification/record-kind';
import type { ApprovedMapping } from '../../domain/mapping/types';
import { compileCleansing } from '../../domain/quality/cleansing/cleanse';
import type { ProfileDecision } from '../../domain/quality/profile/decisions';
import { insertCleansedRecords, listCleansingRules } from '../../db/imports/cleansed-records';
import { setPhaseState } from '../../db/flows/flows';
import { type DataImport, findImport } from '../../db/imports/imports';
import { type FieldMapping, listMappings } from '../../db/imports/mappings';
import { findPublishedRun, type PhaseRun } from '../../db/flows/phase-runs';
import { addFindings, listFindings } from '../../db/imports/quality-findings';
import { readRawRecords } from '../../db/imports/raw-records';
import type { TenantTrx } from '../../db/connection/tenant';
import type { ActivityDependencies } from '../dependencies';
import { markedAssets } from '../imports/marked-assets';
import { rejectUnlessWhole } from '../imports/import-policy';
import { importOrder } from '../phase-run/phase-order';
import type { Piece } from '../phase-run/phase-pieces';
import type { PhaseWork } from '../phase-run/phase-pieces';
import { workPhase } from '../phase-run/phase-work';
import { readAhead } from '../phase-run/read-ahead';
import { createFindingCounter } from '../imports/row-findings';
import { type CleansedBatch, cleanseBatch, type CleansingPlan } from './cleanse-batch';

interface Plan extends CleansingPlan {
  readonly entry: DataImport;
  readonly landed: PhaseRun;
  /** Records of one batch. */
  readonly limit: number;
}

/** Applies the approved mappings to every record; what a cell said stays in the raw record. */
export function cleanseImport(deps: ActivityDependencies, request: PhaseRequest): Promise<PhaseResult> {
  const { order, importId } = importOrder(request);
  const { flowId } = request;
  return workPhase(deps, order, async (phase) => {
    const { batchRows } = deps.intakeLimits;
    const place = { phaseRunId: phase.run.id, importId };
    const plan = await phase.read((trx) => readCleansingPlan(trx, { flowId, ...place, batchRows }));
    const found = createFindingCounter(phase.run.summary);
    for await (const batch of readAhead(cleansedBatches(phase, plan))) {
      const work: Piece = async (trx, run) => {
        await insertCleansedRecords(trx, place, batch);
        found.merge(batch.found);
        return {
          ...batch.counts,
          position: run.position + batch.rows,
          rowsTotal: plan.landed.passed,
          positionDetail: { afterRow: batch.lastRow },
          summary: found.summary(),
        };
      };
      const isLast = batch.rows < plan.limit;
      await (isLast ? phase.gather(batch.rows, work) : phase.batch(work));
    }
    return phase.publish(async (trx, run) => {
      const advance = await rejectUnlessWhole(trx, plan.entry, run);
      await addFindings(trx, place, found.findings());
      await setPhaseState(trx, flowId, 'data_cleansing', found.summary());
      return { advance };
    });
  });
}

/** The records behind the position of the run; each batch is read and cleansed in a transaction of its own. */
async function* cleansedBatches(
  phase: PhaseWork,
  plan: Plan,
): AsyncGenerator<CleansedBatch, void, undefined> {
  const { limit, landed } = plan;
  let afterRow = Number(phase.run.positionDetail['afterRow'] ?? 0);
  for (;;) {
    const page = { phaseRunId: landed.id, afterRow, limit };
    const batch = await phase.read((trx) => cleanseBatch(plan, readRawRecords(trx, page)));
    if (batch.rows > 0) yield batch;
    if (batch.rows < limit) return;
    afterRow = batch.lastRow;
  }
}

interface Order {
  readonly flowId: string;
  readonly importId: string;
  /** The run that the cleansed records belong to. */
  readonly phaseRunId: string;
  readonly batchRows: number;
}

/** How the records of an import are cleansed, by the mappings and decisions that people approved. */
export async function readCleansingPlan(
  trx: TenantTrx,
  { flowId, importId, phaseRunId, batchRows }: Order,
): Promise<Plan> {
  const entry = await findImport(trx, importId);
  const landed = await findPublishedRun(trx, { flowId, phase: 'data_import', importId });
  if (entry === undefined || landed === undefined)
    throw new DomainError('FLOW_006', { phase: 'data_import' });
  const approved = (await listMappings(trx, importId)).flatMap(approvedMapping);
  const mapped = new Set(approved.map(({ position }) => position));
  const decisions = await profileDecisions(trx, importId);
  const rules = await listCleansingRules(trx, phaseRunId);
  return {
    entry,
    landed,
    cleanser: compileCleansing(entry.columns, approved, decisions, rules),
    table: { tableKind: entry.tableKind ?? 'unknown', formatId: entry.formatId },
    flags: flagColumns(entry.columns, mapped),
    marked: await markedAssets(trx, entry),
    limit: batchLimit(entry, batchRows),
  };
}

/** What the rows of one batch may take in the file; two batches are in memory at a time. */
const batchBytes = 8 * 1024 * 1024;
const fewestRows = 100;

/** Batches of wide rows are shorter, so that memory does not grow with the width. */
function batchLimit(entry: DataImport, batchRows: number): number {
  const bytesPerRow = (entry.fileSize ?? 0) / Math.max(1, entry.acceptedRecords);
  const fitting = Math.floor(batchBytes / Math.max(1, bytesPerRow));
  return Math.min(batchRows, Math.max(fewestRows, fitting));
}

async function profileDecisions(trx: TenantTrx, importId: string): Promise<ProfileDecision[]> {
  const findings = await listFindings(trx, importId);
  return findings.flatMap(({ sourceColumn, action, actionDetail }): ProfileDecision[] => {
    if (sourceColumn === null || action === null) return [];
    const { limit } = actionDetail;
    return [{ column: sourceColumn, action, ...(typeof limit === 'number' ? { limit } : {}) }];
  });
}

function approvedMapping(mapping: FieldMapping): ApprovedMapping[] {
  const { target, status, sourceColumn, columnPosition: position, rule } = mapping;
  return status === 'approved' && target !== null ? [{ sourceColumn, position, target, rule }] : [];
}
