import type { NumberedRules } from '../../domain/quality/cleansing/rule-numbers';
import type { CleansingRule } from '../../domain/quality/types';
import { copyIn } from '../bulk/copy';
import { toJson } from '../bulk/json';
import { execute, queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

export interface CleansedRecord {
  readonly rowNumber: number;
  readonly kind: 'inventory' | 'relation' | 'skipped';
  /**
   * The values as the members of a JSON object, each behind a comma. They hold text of files: what PostgreSQL cannot
   * store in JSON was removed when they were cleansed.
   */
  readonly members: readonly string[];
  /** Code that tells why a skipped record is no asset; null for others. */
  readonly reason: string | null;
  /** Numbers of the rules that changed cells of the record. */
  readonly applied: readonly number[];
}

/** Collects records as the bytes that `insertCleansedRecords` takes. */
export class RecordLines {
  private readonly parts: string[] = [];

  add({ rowNumber, kind, members, reason, applied }: CleansedRecord): void {
    const { parts } = this;
    parts.push(`${rowNumber}\t${kind}\t{`);
    const [first] = members;
    if (first !== undefined) parts.push(first.slice(1));
    for (let index = 1; index < members.length; index += 1) parts.push(members[index] ?? '');
    parts.push(`}\t${reason ?? ''}\t{${applied.join(',')}}\n`);
  }

  /** The bytes of the records added since the last time. */
  take(): Buffer {
    const text = this.parts.join('');
    this.parts.length = 0;
    // JSON has neither tabs nor line breaks of its own, kinds and codes are plain words.
    return Buffer.from(text.includes('\\') ? text.replaceAll('\\', '\\\\') : text, 'utf8');
  }
}

/** Writes the encoded records of one batch and the rules that are new in it. */
export async function insertCleansedRecords(
  trx: TenantTrx,
  place: { readonly phaseRunId: string; readonly importId: string },
  batch: { readonly records: readonly Buffer[]; readonly rules: NumberedRules },
): Promise<void> {
  await insertRules(trx, place.phaseRunId, batch.rules);
  const columns = `row_number integer, kind text, "values" jsonb, reason text, changes integer[]`;
  await copyIn(trx, { table: 'landing_cleansed', columns }, batch.records);
  await execute(
    trx,
    `insert into cleansed_records (client_account_id, engagement_id, phase_run_id, import_id, row_number, kind,
       values, reason, changes)
     select :clientAccountId::uuid, :engagementId::uuid, :phaseRunId::uuid, :importId::uuid, row_number, kind,
       "values", nullif(reason, ''), changes from landing_cleansed`,
    { ...tenantOf(trx), ...place },
  );
}

/** Marks the records of a run that speak of assets or relations as skipped. */
export async function skipCleansedRecords(trx: TenantTrx, phaseRunId: string, reason: string): Promise<void> {
  // Cleansed records are written once and never changed in place.
  await execute(
    trx,
    `with taken as (
       delete from cleansed_records where client_account_id = :clientAccountId and engagement_id = :engagementId
         and phase_run_id = :phaseRunId and kind <> 'skipped'
       returning *)
     insert into cleansed_records (client_account_id, engagement_id, phase_run_id, import_id, row_number, kind,
       "values", reason, changes)
     select client_account_id, engagement_id, phase_run_id, import_id, row_number, 'skipped', "values", :reason,
       changes from taken`,
    { ...tenantOf(trx), phaseRunId, reason },
  );
}

async function insertRules(
  trx: TenantTrx,
  phaseRunId: string,
  { first, rules }: NumberedRules,
): Promise<void> {
  if (rules.length === 0) return;
  await execute(
    trx,
    `insert into cleansing_rules (client_account_id, engagement_id, phase_run_id, number, attribute, source_column,
       column_position, rule, is_unusable)
     select :clientAccountId::uuid, :engagementId::uuid, :phaseRunId::uuid, number, attribute, "sourceColumn",
       position, rule, "isUnusable"
     from jsonb_to_recordset(:rules::jsonb) as r(number integer, attribute text, "sourceColumn" text,
       position integer, rule text, "isUnusable" boolean)`,
    {
      ...tenantOf(trx),
      phaseRunId,
      rules: toJson(rules.map((rule, index) => ({ number: first + index, ...rule }))),
    },
  );
}

/** The rules that have changed cells in a run so far, by number. */
export async function listCleansingRules(trx: TenantTrx, phaseRunId: string): Promise<CleansingRule[]> {
  return queryRows<CleansingRule>(
    trx,
    `select attribute, source_column, column_position as position, rule, is_unusable from cleansing_rules
     where client_account_id = :clientAccountId and engagement_id = :engagementId and phase_run_id = :phaseRunId
     order by number`,
    { ...tenantOf(trx), phaseRunId },
  );
}
