import { queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** Where the records of one import of a flow ended; `read` is the sum of the others and of the accepted. */
export interface ImportSums {
  readonly importId: string;
  readonly filename: string | null;
  readonly archiveEntry: string | null;
  readonly sheetName: string | null;
  readonly undoneAt: Date | null;
  readonly read: number;
  readonly rejected: number;
  readonly skipped: number;
}

/** The run that tells of a phase of an import: the published one, else the one that is open. */
const telling = (phase: string): string => `
  left join lateral (
    select r.rows_in, r.rejected, r.skipped from phase_runs r
    where r.client_account_id = i.client_account_id and r.engagement_id = i.engagement_id and r.import_id = i.id
      and r.phase = '${phase}' and r.scenario_id is null and r.status <> 'superseded'
    order by r.published_at is null, r.started_at desc limit 1) ${phase} on true`;

/** The sums of the imports of a flow in the order in which they joined it, at most `limit` of them. */
export async function listImportSums(trx: TenantTrx, flowId: string, limit: number): Promise<ImportSums[]> {
  return queryRows<ImportSums>(
    trx,
    `select i.id as import_id, i.filename, i.archive_entry, i.sheet_name, i.undone_at,
       coalesce(data_import.rows_in, 0) as read, coalesce(data_cleansing.skipped, 0) as skipped,
       coalesce(data_import.rejected, 0) + coalesce(data_cleansing.rejected, 0) as rejected
     from data_imports i ${telling('data_import')} ${telling('data_cleansing')}
     where i.client_account_id = :clientAccountId and i.engagement_id = :engagementId and i.flow_id = :flowId
     order by i.position, i.id limit :limit`,
    { ...tenantOf(trx), flowId, limit },
  );
}
