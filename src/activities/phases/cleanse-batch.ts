import { addChangeLine, addRecordLine, type CleansedRecord } from '../../db/cleansed-records';
import { CopyLines } from '../../db/copy-text';
import type { Advance } from '../../db/phase-runs';
import type { RawRecord } from '../../db/raw-records';
import { classifyAsset } from '../../domain/inventory/classify';
import { noNameReason, resolveName } from '../../domain/inventory/naming';
import { marksRecords, skipReason } from '../../domain/inventory/skip-reason';
import type { RecordContext } from '../../domain/inventory/types';
import type { TableKind } from '../../domain/lists';
import type { Cleanser } from '../../domain/quality/cleanse';
import type { CleansedRow } from '../../domain/quality/types';
import { createFindingCounter, type FindingCounter } from '../row-findings';

/** How the records of one import are cleansed and told apart. */
export interface CleansingPlan {
  readonly cleanser: Cleanser;
  readonly kind: TableKind;
  readonly formatId: string | null;
  /** Columns without a target whose flags may say that a row is no asset, by position. */
  readonly flags: readonly { readonly position: number; readonly column: string }[];
}

/** The cleansed records of one batch as the bytes that the database takes, so that no row outlives its turn. */
export interface CleansedBatch {
  readonly records: readonly Buffer[];
  readonly changes: readonly Buffer[];
  readonly rows: number;
  /** Number of the last record, 0 in an empty batch. */
  readonly lastRow: number;
  readonly counts: Pick<Advance, 'rowsIn' | 'rowsOut' | 'passed' | 'skipped' | 'rejected'>;
  readonly found: FindingCounter;
}

const relationKinds: readonly TableKind[] = ['relations', 'network_flows'];
/** Reason of a record that a person's decision about a column leaves out. */
const decidedReason = 'profile_decision';

/** Of the unmapped columns of a table, those that are looked at to tell assets from templates and the like. */
export function flagColumns(columns: readonly string[], mapped: ReadonlySet<number>): CleansingPlan['flags'] {
  return columns
    .map((column, position) => ({ column, position }))
    .filter(({ column, position }) => !mapped.has(position) && marksRecords(column));
}

/** Cleanses records as they arrive. What a cell said stays in the raw record. */
export async function cleanseBatch(
  plan: CleansingPlan,
  source: AsyncIterable<readonly RawRecord[]>,
): Promise<CleansedBatch> {
  const written = { records: new CopyLines(), changes: new CopyLines() };
  const records: Buffer[] = [];
  const changes: Buffer[] = [];
  const found = createFindingCounter({});
  const tally = { rows: 0, lastRow: 0, skipped: 0, rejected: 0 };
  for await (const some of source) {
    for (const raw of some) {
      const row = plan.cleanser.cleanse(raw.rowNumber, raw.cells);
      const record = recordOf(plan, raw, row);
      addRecordLine(written.records, record);
      for (const change of row.changes) addChangeLine(written.changes, change);
      found.add(row);
      if (record.reason === noNameReason) tally.rejected += 1;
      else if (record.kind === 'skipped') tally.skipped += 1;
    }
    records.push(written.records.take());
    changes.push(written.changes.take());
    tally.rows += some.length;
    tally.lastRow = some.at(-1)?.rowNumber ?? tally.lastRow;
  }
  const { rows, lastRow, skipped, rejected } = tally;
  const passed = rows - skipped - rejected;
  const counts = { rowsIn: rows, rowsOut: passed, passed, skipped, rejected };
  return { records, changes, rows, lastRow, counts, found };
}

function recordOf(plan: CleansingPlan, raw: RawRecord, row: CleansedRow): CleansedRecord {
  const { rowNumber, cells } = raw;
  const { values } = row;
  if (row.skippedFor !== null) return { rowNumber, values, kind: 'skipped', reason: decidedReason };
  return { rowNumber, values, ...kindOf(plan, values, cells) };
}

/** A record without any name is rejected; one that is no asset is skipped. Both keep their reason. */
function kindOf(
  plan: CleansingPlan,
  values: CleansedRow['values'],
  cells: readonly string[],
): Pick<CleansedRecord, 'kind' | 'reason'> {
  if (relationKinds.includes(plan.kind)) return { kind: 'relation', reason: null };
  if (plan.kind !== 'inventory') return { kind: 'skipped', reason: `not_inventory_${plan.kind}` };
  const context = contextOf(plan, cells);
  const reason = skipReason(values, context);
  if (reason !== null) return { kind: 'skipped', reason };
  return isNamed(values, context)
    ? { kind: 'inventory', reason: null }
    : { kind: 'skipped', reason: noNameReason };
}

function contextOf(plan: CleansingPlan, cells: readonly string[]): RecordContext {
  const { formatId, flags } = plan;
  if (flags.length === 0) return { tableKind: 'inventory', formatId };
  const unmapped: Record<string, string> = {};
  for (const { column, position } of flags) unmapped[column] = cells[position] ?? '';
  return { tableKind: 'inventory', formatId, unmapped };
}

/** The name itself serves every class; only without one does the class decide what else may stand for it. */
function isNamed(values: CleansedRow['values'], context: RecordContext): boolean {
  if (typeof values.name === 'string' && values.name.trim() !== '') return true;
  return resolveName(values, classifyAsset(values, context).assetType) !== undefined;
}
