import { copyIn, copyOut } from '../bulk/copy';
import { decodeNumberedCells, type NumberedCells } from '../bulk/copy-binary';
import { toJson } from '../bulk/json';
import { integerLiteral, tenantCondition, uuidLiteral } from '../bulk/literals';
import { execute } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** Accepted records of a batch as CSV: row number, line number, then the cells as told by `layout`. */
export interface LandedBatch {
  readonly copy: Buffer;
  readonly delimiter: ',' | ';' | '\t' | '|';
  /** `array`: all cells as one `text[]` literal, for tables too wide for columns of their own. */
  readonly layout: 'columns' | 'array';
  /** Cells of a record. */
  readonly width: number;
}

export interface RecordPlace {
  readonly phaseRunId: string;
  readonly importId: string;
}

export interface NewRejectedRecord {
  readonly rowNumber: number;
  readonly line: number;
  readonly column: number | null;
  readonly code: string;
  readonly message: string;
  readonly raw: string;
}

/** Writes the accepted records of one batch: `COPY` into a temporary table, then one insert. */
export async function insertRawRecords(
  trx: TenantTrx,
  place: RecordPlace,
  batch: LandedBatch,
): Promise<number> {
  const names = Array.from(
    { length: batch.layout === 'array' ? 0 : batch.width },
    (_, index) => `c${index + 1}`,
  );
  const table = batch.layout === 'array' ? 'landing_array' : `landing_${batch.width}`;
  const columns = batch.layout === 'array' ? 'cells text[]' : names.map((name) => `${name} text`).join(', ');
  const cells = batch.layout === 'array' ? 'cells' : `array[${names.join(', ')}]`;
  const landing = { table, columns: `row_number bigint, line_number bigint, ${columns}` };
  await copyIn(trx, landing, [batch.copy], { format: 'csv', delimiter: batch.delimiter });
  return execute(
    trx,
    `insert into raw_import_records (client_account_id, engagement_id, phase_run_id, import_id, row_number,
       line_number, cells)
     select :clientAccountId::uuid, :engagementId::uuid, :phaseRunId::uuid, :importId::uuid, row_number,
       line_number, ${cells} from ${table}`,
    { ...tenantOf(trx), ...place },
  );
}

/** Writes the records of one batch that were not accepted, each with its reason. */
export async function insertRejectedRecords(
  trx: TenantTrx,
  place: RecordPlace,
  rejected: readonly NewRejectedRecord[],
): Promise<void> {
  if (rejected.length === 0) return;
  // PostgreSQL stores no NUL in text; the replacement character shows where one was.
  const rows = rejected.map((row) => ({ ...row, raw: row.raw.replaceAll('\u0000', '\uFFFD') }));
  await execute(
    trx,
    `insert into rejected_records (client_account_id, engagement_id, phase_run_id, import_id, row_number, line_number,
       column_position, code, message, raw)
     select :clientAccountId::uuid, :engagementId::uuid, :phaseRunId::uuid, :importId::uuid, "rowNumber", line,
       "column", code, message, raw
     from jsonb_to_recordset(:rows::jsonb) as r("rowNumber" bigint, line bigint, "column" integer, code text,
       message text, raw text)`,
    { ...tenantOf(trx), ...place, rows: toJson(rows) },
  );
}

/** An accepted record: its number and its cells in the order of the header. */
export type RawRecord = NumberedCells;

/**
 * Accepted records behind a row number, in file order, at most `limit`, some hundred at a time while the server still
 * sends. The transaction can do nothing else before the last of them was taken.
 */
export function readRawRecords(
  trx: TenantTrx,
  page: { readonly phaseRunId: string; readonly afterRow: number; readonly limit: number },
): AsyncGenerator<readonly RawRecord[], void, undefined> {
  const query = `select row_number, cells from raw_import_records
    where ${tenantCondition(trx)} and phase_run_id = ${uuidLiteral(page.phaseRunId)}
      and row_number > ${integerLiteral(page.afterRow)}
    order by row_number limit ${integerLiteral(page.limit)}`;
  return decodeNumberedCells(copyOut(trx, query, 'binary'));
}
