import type { DataImport } from './imports';
import { queryOne, queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** Presentation reads of imports: what the rows say beside each other, a page at a time. */

const ofImport = `client_account_id = :clientAccountId and engagement_id = :engagementId
  and import_id = :importId`;

/** Imports of the tenant, newest first; the tables of one upload in file order. */
export async function listImports(
  trx: TenantTrx,
  page: { readonly limit: number; readonly offset?: number },
): Promise<DataImport[]> {
  return queryRows<DataImport>(
    trx,
    `select * from data_imports where client_account_id = :clientAccountId and engagement_id = :engagementId order by created_at desc, flow_id, position, id limit :limit offset :offset`,
    { ...tenantOf(trx), limit: page.limit, offset: page.offset ?? 0 },
  );
}

export async function countImports(trx: TenantTrx): Promise<number> {
  const { count } = await queryOne<{ count: number }>(
    trx,
    `select count(*) from data_imports where client_account_id = :clientAccountId and engagement_id = :engagementId`,
    { ...tenantOf(trx) },
  );
  return count;
}

export async function countMappings(trx: TenantTrx, importId: string): Promise<number> {
  const { count } = await queryOne<{ count: number }>(
    trx,
    `select count(*) from import_field_mappings where ${ofImport} and target is not null and status <> 'rejected'`,
    { ...tenantOf(trx), importId },
  );
  return count;
}

export interface RecordView {
  readonly rowNumber: number;
  readonly lineNumber: number;
  readonly cells: readonly string[];
  /** Null before the record was cleansed. */
  readonly kind: 'inventory' | 'relation' | 'skipped' | null;
  readonly values: Readonly<Record<string, unknown>> | null;
  readonly reason: string | null;
  readonly assetId: string | null;
}

/** Accepted records of an import as read and as cleansed, with the asset that each speaks of. */
export async function listRecordViews(
  trx: TenantTrx,
  importId: string,
  page: { readonly limit: number; readonly offset: number },
): Promise<RecordView[]> {
  return queryRows<RecordView>(
    trx,
    `select r.row_number, r.line_number, r.cells, c.kind, c.values, c.reason, s.asset_id
     from (select * from current_raw_records where ${ofImport}
       order by row_number limit :limit offset :offset) r
     left join current_cleansed_records c on c.client_account_id = :clientAccountId
       and c.engagement_id = :engagementId and c.import_id = :importId and c.row_number = r.row_number
     left join asset_sources s on s.client_account_id = :clientAccountId and s.engagement_id = :engagementId
       and s.phase_run_id = c.phase_run_id and s.row_number = c.row_number
     order by r.row_number`,
    { ...tenantOf(trx), importId, ...page },
  );
}

export interface RejectedView {
  readonly rowNumber: number;
  readonly lineNumber: number;
  readonly columnPosition: number | null;
  readonly code: string;
  readonly message: string;
}

/** Rejected records of an import behind a row number, in file order. */
export async function listRejectedViews(
  trx: TenantTrx,
  importId: string,
  page: { readonly afterRow: number; readonly limit: number },
): Promise<RejectedView[]> {
  return queryRows<RejectedView>(
    trx,
    `select row_number, line_number, column_position, code, message from current_rejected_records
     where ${ofImport} and row_number > :afterRow order by row_number limit :limit`,
    { ...tenantOf(trx), importId, ...page },
  );
}

export interface LearningCounts {
  /** Patterns that people taught. */
  readonly patterns: number;
  readonly approved: number;
  readonly rejected: number;
  readonly pending: number;
  /** Approved as the engine suggested them, without a change. */
  readonly aiApproved: number;
  readonly manual: number;
  readonly learned: number;
}

/** What became of suggestions in this engagement, columns without a target left out. */
export async function countLearning(trx: TenantTrx): Promise<LearningCounts> {
  return queryOne<LearningCounts>(
    trx,
    `select (select count(*) from mapping_patterns where client_account_id = :clientAccountId
         and engagement_id = :engagementId) as patterns,
       count(*) filter (where status = 'approved') as approved,
       count(*) filter (where status = 'rejected') as rejected,
       count(*) filter (where status = 'pending') as pending,
       count(*) filter (where status = 'approved' and type = 'ai') as ai_approved,
       count(*) filter (where type = 'manual') as manual,
       count(*) filter (where type = 'learned') as learned
     from import_field_mappings
     where client_account_id = :clientAccountId and engagement_id = :engagementId and target is not null`,
    { ...tenantOf(trx) },
  );
}
