import { addChangesLine, addRecordLine, type CleansedRecord } from '../../db/cleansed-records';
import { CopyLines } from '../../db/copy-text';
import type { Advance } from '../../db/phase-runs';
import type { RawRecord } from '../../db/raw-records';
import { noNameReason } from '../../domain/inventory/naming';
import { type FlagColumn, recordKind, rowContext } from '../../domain/inventory/record-kind';
import type { RecordContext } from '../../domain/inventory/types';
import type { Cleanser } from '../../domain/quality/cleanse';
import type { CleansedRow } from '../../domain/quality/types';
import { createFindingCounter, type FindingCounter } from '../row-findings';

/** How the records of one import are cleansed and told apart. */
export interface CleansingPlan {
  readonly cleanser: Cleanser;
  readonly table: RecordContext;
  readonly flags: readonly FlagColumn[];
  /** Ids, in lower case, of templates and the like whose parts the rows may be. */
  readonly marked?: ReadonlySet<string>;
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

/** Reason of a record that a person's decision about a column leaves out. */
const decidedReason = 'profile_decision';

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
      addChangesLine(written.changes, raw.rowNumber, row.changes);
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

/** A record without any name is rejected; one that is no asset is skipped. Both keep their reason. */
function recordOf(plan: CleansingPlan, raw: RawRecord, row: CleansedRow): CleansedRecord {
  const { rowNumber, cells } = raw;
  const { values } = row;
  if (row.skippedFor !== null) return { rowNumber, values, kind: 'skipped', reason: decidedReason };
  if (isMarked(plan, values)) return { rowNumber, values, kind: 'skipped', reason: 'template' };
  return { rowNumber, values, ...recordKind(values, rowContext(plan.table, plan.flags, cells)) };
}

function isMarked({ marked }: CleansingPlan, { external_id: id }: CleansedRow['values']): boolean {
  return marked !== undefined && marked.size > 0 && typeof id === 'string' && marked.has(id.toLowerCase());
}
