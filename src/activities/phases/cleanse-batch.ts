import { type CleansedRecord, RecordLines } from '../../db/imports/cleansed-records';
import type { Advance } from '../../db/flows/phase-runs';
import type { RawRecord } from '../../db/imports/raw-records';
import { noNameReason } from '../../domain/inventory/naming';
import {
  type FlagColumn,
  type RecordKind,
  recordKind,
  rowContext,
} from '../../domain/inventory/classification/record-kind';
import type { RecordContext } from '../../domain/inventory/types';
import type { Cleanser } from '../../domain/quality/cleansing/cleanse';
import type { NumberedRules } from '../../domain/quality/cleansing/rule-numbers';
import type { CleansedRow } from '../../domain/quality/types';
import { createFindingCounter, type FindingCounter } from '../imports/row-findings';

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
  /** Those that no batch before it needed. */
  readonly rules: NumberedRules;
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
  const lines = new RecordLines();
  const records: Buffer[] = [];
  const found = createFindingCounter({});
  const tally = { rows: 0, lastRow: 0, skipped: 0, rejected: 0 };
  for await (const some of source) {
    for (const raw of some) {
      const row = plan.cleanser.cleanseNext(raw.rowNumber, raw.cells);
      const record = recordOf(plan, raw, row);
      lines.add(record);
      found.add(row);
      if (record.reason === noNameReason) tally.rejected += 1;
      else if (record.kind === 'skipped') tally.skipped += 1;
    }
    records.push(lines.take());
    tally.rows += some.length;
    tally.lastRow = some.at(-1)?.rowNumber ?? tally.lastRow;
  }
  const { rows, lastRow, skipped, rejected } = tally;
  const passed = rows - skipped - rejected;
  const counts = { rowsIn: rows, rowsOut: passed, passed, skipped, rejected };
  return { records, rules: plan.cleanser.takeRules(), rows, lastRow, counts, found };
}

/** A record without any name is rejected; one that is no asset is skipped. Both keep their reason. */
function recordOf(plan: CleansingPlan, raw: RawRecord, row: CleansedRow): CleansedRecord {
  const { kind, reason } = kindOf(plan, raw.cells, row);
  return { rowNumber: raw.rowNumber, kind, reason, members: row.members, applied: row.applied };
}

function kindOf(plan: CleansingPlan, cells: readonly string[], row: CleansedRow): RecordKind {
  const { values, skippedFor } = row;
  if (skippedFor !== null) return { kind: 'skipped', reason: decidedReason };
  if (isMarked(plan, values)) return { kind: 'skipped', reason: 'template' };
  return recordKind(values, rowContext(plan.table, plan.flags, cells));
}

function isMarked({ marked }: CleansingPlan, { external_id: id }: CleansedRow['values']): boolean {
  return marked !== undefined && marked.size > 0 && typeof id === 'string' && marked.has(id.toLowerCase());
}
