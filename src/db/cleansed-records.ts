import type { CleansingChange } from '../domain/quality/types';
import type { AttributeValues } from '../domain/attributes/types';
import { copyIn } from './copy';
import { encodeCopy } from './copy-text';
import { execute } from './query';
import { type TenantTrx, tenantOf } from './tenant';

export interface CleansedRecord {
  readonly rowNumber: number;
  readonly kind: 'inventory' | 'relation' | 'skipped';
  readonly values: AttributeValues;
  /** Why a skipped record is no asset; null for others. */
  readonly reason: string | null;
}

/** Values hold text of files: what PostgreSQL cannot store in JSON was removed when they were cleansed. */
function recordRow({ rowNumber, kind, values, reason }: CleansedRecord): (string | number | null)[] {
  return [rowNumber, kind, JSON.stringify(values), reason];
}

/** Writes the cleansed records of one batch. */
export async function insertCleansedRecords(
  trx: TenantTrx,
  place: { readonly phaseRunId: string; readonly importId: string },
  records: readonly CleansedRecord[],
): Promise<void> {
  await trx.raw(
    `create temp table if not exists landing_cleansed (row_number bigint, kind text, "values" jsonb, reason text)
     on commit delete rows`,
  );
  await copyIn(trx, 'landing_cleansed', pieces(records, recordRow));
  await execute(
    trx,
    `insert into cleansed_records (client_account_id, engagement_id, phase_run_id, import_id, row_number, kind,
       values, reason)
     select :clientAccountId::uuid, :engagementId::uuid, :phaseRunId::uuid, :importId::uuid, row_number, kind,
       "values", reason from landing_cleansed`,
    { ...tenantOf(trx), ...place },
  );
}

function changeRow(change: CleansingChange): (string | number | null)[] {
  const { rowNumber, attribute, sourceColumn, from, to, rule } = change;
  return [rowNumber, attribute, sourceColumn, from, to === null ? null : JSON.stringify(to), rule];
}

/** Writes the changes of one batch. */
export async function insertCleansingChanges(
  trx: TenantTrx,
  phaseRunId: string,
  changes: readonly CleansingChange[],
): Promise<void> {
  if (changes.length === 0) return;
  await trx.raw(
    `create temp table if not exists landing_changes (row_number bigint, attribute text, source_column text,
       from_text text, to_value jsonb, rule text) on commit delete rows`,
  );
  await copyIn(trx, 'landing_changes', pieces(changes, changeRow));
  await execute(
    trx,
    `insert into cleansing_changes (client_account_id, engagement_id, phase_run_id, row_number, attribute,
       source_column, from_text, to_value, rule)
     select :clientAccountId::uuid, :engagementId::uuid, :phaseRunId::uuid, row_number, attribute, source_column,
       from_text, to_value, rule from landing_changes`,
    { ...tenantOf(trx), phaseRunId },
  );
}

const rowsPerPiece = 1_000;

/** The rows as COPY text, a thousand at a time, so that the server begins while the rest is written. */
function* pieces<Row>(
  rows: readonly Row[],
  toValues: (row: Row) => readonly (string | number | null)[],
): Generator<Buffer, void, undefined> {
  for (let from = 0; from < rows.length; from += rowsPerPiece) {
    yield encodeCopy(rows.slice(from, from + rowsPerPiece).map(toValues));
  }
}
