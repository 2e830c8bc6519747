import { DomainError } from '../../domain/errors';
import type { PhaseRequest, PhaseResult } from '../../domain/flow/messages';
import { classifyAsset } from '../../domain/inventory/classify';
import { noNameReason, resolveName } from '../../domain/inventory/naming';
import { skipReason } from '../../domain/inventory/skip-reason';
import type { RecordContext } from '../../domain/inventory/types';
import type { TableKind } from '../../domain/lists';
import type { ApprovedMapping } from '../../domain/mapping/types';
import { type CleansedRow, type Cleanser, compileCleansing } from '../../domain/quality/cleanse';
import type { ProfileDecision } from '../../domain/quality/decisions';
import {
  type CleansedRecord,
  insertCleansedRecords,
  insertCleansingChanges,
} from '../../db/cleansed-records';
import { setPhaseState } from '../../db/flows';
import { type DataImport, findImport } from '../../db/imports';
import { type FieldMapping, listMappings } from '../../db/mappings';
import { type Advance, findPublishedRun, type PhaseRun } from '../../db/phase-runs';
import { addFindings, listFindings } from '../../db/quality-findings';
import { type RawRecord, readRawRecords } from '../../db/raw-records';
import type { TenantTrx } from '../../db/tenant';
import type { ActivityDependencies } from '../dependencies';
import { importOrder } from '../phase-order';
import { workPhase } from '../phase-work';
import { createFindingCounter } from '../row-findings';

interface Plan {
  readonly entry: DataImport;
  readonly landed: PhaseRun;
  readonly cleanser: Cleanser;
  readonly kind: TableKind;
  /** Columns without a target, by position: flags in them may say that a row is no asset. */
  readonly unmapped: readonly { readonly position: number; readonly column: string }[];
}

/** Applies the approved mappings to every record; what a cell said stays in the raw record. */
export function cleanseImport(deps: ActivityDependencies, request: PhaseRequest): Promise<PhaseResult> {
  const { order, importId } = importOrder(request);
  const { flowId } = request;
  return workPhase(deps, order, async (phase) => {
    const plan = await phase.read((trx) => prepare(trx, flowId, importId));
    const place = { phaseRunId: phase.run.id, importId };
    const found = createFindingCounter(phase.run.summary);
    const limit = deps.intakeLimits.batchRows;
    const at = { afterRow: Number(phase.run.positionDetail['afterRow'] ?? 0), isEnd: false };
    while (!at.isEnd) {
      await phase.batch(async (trx, run) => {
        const records = await readRawRecords(trx, {
          phaseRunId: plan.landed.id,
          afterRow: at.afterRow,
          limit,
        });
        at.isEnd = records.length < limit;
        at.afterRow = records.at(-1)?.rowNumber ?? at.afterRow;
        const batch = cleanseBatch(plan, records);
        await insertCleansedRecords(trx, place, batch.records);
        await insertCleansingChanges(
          trx,
          phase.run.id,
          batch.rows.flatMap(({ changes }) => changes),
        );
        found.add(batch.rows);
        const positionDetail = { afterRow: at.afterRow };
        const summary = found.summary();
        return { ...counts(batch.records), ...progress(run, records.length, plan), positionDetail, summary };
      });
    }
    return phase.publish(async (trx) => {
      await addFindings(trx, place, found.findings());
      await setPhaseState(trx, flowId, 'data_cleansing', found.summary());
      return {};
    });
  });
}

async function prepare(trx: TenantTrx, flowId: string, importId: string): Promise<Plan> {
  const entry = await findImport(trx, importId);
  const landed = await findPublishedRun(trx, { flowId, phase: 'data_import', importId });
  if (entry === undefined || landed === undefined)
    throw new DomainError('FLOW_006', { phase: 'data_import' });
  const mappings = await listMappings(trx, importId);
  const approved = mappings.flatMap(approvedMapping);
  const decisions = (await listFindings(trx, importId)).flatMap(
    ({ sourceColumn, action, actionDetail }): ProfileDecision[] => {
      if (sourceColumn === null || action === null) return [];
      const characters = actionDetail['limit'];
      return [
        { column: sourceColumn, action, ...(typeof characters === 'number' ? { limit: characters } : {}) },
      ];
    },
  );
  const isMapped = new Set(approved.map(({ position }) => position));
  return {
    entry,
    landed,
    cleanser: compileCleansing(entry.columns, approved, decisions),
    kind: entry.tableKind ?? 'unknown',
    unmapped: entry.columns
      .map((column, position) => ({ column, position }))
      .filter(({ position }) => !isMapped.has(position)),
  };
}

function approvedMapping(mapping: FieldMapping): ApprovedMapping[] {
  const { target, status, sourceColumn, columnPosition: position, rule } = mapping;
  return status === 'approved' && target !== null ? [{ sourceColumn, position, target, rule }] : [];
}

function cleanseBatch(
  plan: Plan,
  raw: readonly RawRecord[],
): { readonly records: CleansedRecord[]; readonly rows: readonly CleansedRow[] } {
  const rows = raw.map(({ rowNumber, cells }) => plan.cleanser.cleanse(rowNumber, cells));
  const records = rows.map(({ values }, index): CleansedRecord => {
    const { rowNumber, cells } = raw[index] ?? { rowNumber: 0, cells: [] };
    return { rowNumber, values, ...kindOf(plan, values, cells) };
  });
  return { records, rows };
}

const relationKinds: readonly TableKind[] = ['relations', 'network_flows'];

function kindOf(
  plan: Plan,
  values: CleansedRow['values'],
  cells: readonly string[],
): Pick<CleansedRecord, 'kind' | 'reason'> {
  if (relationKinds.includes(plan.kind)) return { kind: 'relation', reason: null };
  if (plan.kind !== 'inventory') return { kind: 'skipped', reason: `not_inventory_${plan.kind}` };
  const context: RecordContext = {
    tableKind: plan.kind,
    formatId: plan.entry.formatId,
    unmapped: Object.fromEntries(
      plan.unmapped.map(({ column, position }) => [column, cells[position] ?? '']),
    ),
  };
  const reason = skipReason(values, context);
  if (reason !== null) return { kind: 'skipped', reason };
  const name = resolveName(values, classifyAsset(values, context).assetType);
  return name === undefined ? { kind: 'skipped', reason: noNameReason } : { kind: 'inventory', reason: null };
}

/** A record without any name is rejected; one that is no asset is skipped. Both keep their reason. */
function counts(records: readonly CleansedRecord[]): Advance {
  const rejected = records.filter(({ reason }) => reason === noNameReason).length;
  const skipped = records.filter(({ kind }) => kind === 'skipped').length - rejected;
  const passed = records.length - rejected - skipped;
  return { rowsIn: records.length, rowsOut: passed, passed, skipped, rejected };
}

function progress(run: PhaseRun, records: number, plan: Plan): Advance {
  return { position: run.position + records, rowsTotal: plan.landed.passed };
}
