import type { CleansingChange } from '../domain/quality/types';
import type { AttributeValues } from '../domain/attributes/types';
import { copyIn } from './copy';
import type { CopyLines } from './copy-text';
import { execute } from './query';
import { type TenantTrx, tenantOf } from './tenant';

export interface CleansedRecord {
  readonly rowNumber: number;
  readonly kind: 'inventory' | 'relation' | 'skipped';
  readonly values: AttributeValues;
  /** Why a skipped record is no asset; null for others. */
  readonly reason: string | null;
}

/**
 * Adds a record to the lines that `insertCleansedRecords` takes. Values hold text of files: what PostgreSQL cannot
 * store in JSON was removed when they were cleansed.
 */
export function addRecordLine(lines: CopyLines, record: CleansedRecord): void {
  const { rowNumber, kind, values, reason } = record;
  lines.add([rowNumber, kind, JSON.stringify(values), reason]);
}

/** Adds the changes of one record to the lines that `insertCleansingChanges` takes: one document, each as a list. */
export function addChangesLine(
  lines: CopyLines,
  rowNumber: number,
  changes: readonly CleansingChange[],
): void {
  if (changes.length === 0) return;
  let document = '';
  for (const { attribute, sourceColumn, from, to, rule } of changes) {
    const separator = document === '' ? '[' : ',';
    const source = `${JSON.stringify(sourceColumn)},${JSON.stringify(from)}`;
    document += `${separator}["${attribute}",${source},${JSON.stringify(to)},"${rule}"]`;
  }
  lines.add([rowNumber, `${document}]`]);
}

/** Writes the encoded records of one batch. */
export async function insertCleansedRecords(
  trx: TenantTrx,
  place: { readonly phaseRunId: string; readonly importId: string },
  records: readonly Buffer[],
): Promise<void> {
  await copyIn(
    trx,
    { table: 'landing_cleansed', columns: `row_number integer, kind text, "values" jsonb, reason text` },
    records,
  );
  await execute(
    trx,
    `insert into cleansed_records (client_account_id, engagement_id, phase_run_id, import_id, row_number, kind,
       values, reason)
     select :clientAccountId::uuid, :engagementId::uuid, :phaseRunId::uuid, :importId::uuid, row_number, kind,
       "values", reason from landing_cleansed`,
    { ...tenantOf(trx), ...place },
  );
}

/** Writes the encoded changes of one batch. */
export async function insertCleansingChanges(
  trx: TenantTrx,
  phaseRunId: string,
  changes: readonly Buffer[],
): Promise<void> {
  if (!changes.some(({ length }) => length > 0)) return;
  await copyIn(trx, { table: 'landing_changes', columns: `row_number integer, changes jsonb` }, changes);
  await execute(
    trx,
    `insert into cleansing_changes (client_account_id, engagement_id, phase_run_id, row_number, changes)
     select :clientAccountId::uuid, :engagementId::uuid, :phaseRunId::uuid, row_number, changes
     from landing_changes`,
    { ...tenantOf(trx), phaseRunId },
  );
}
