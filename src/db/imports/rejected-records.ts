import { noNameReason } from '../../domain/inventory/naming';
import type { ImportPhase } from '../../domain/flow/phases';
import type { PhaseRun } from '../flows/phase-runs';
import { queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** The runs that tell of an import: of each phase the published one, or the one that is open. */
export type ImportRuns = Readonly<Partial<Record<ImportPhase, PhaseRun>>>;

export async function readImportRuns(trx: TenantTrx, importId: string): Promise<ImportRuns> {
  const runs = await queryRows<PhaseRun>(
    trx,
    `select distinct on (phase) * from phase_runs
     where client_account_id = :clientAccountId and engagement_id = :engagementId and import_id = :importId
       and scenario_id is null and status <> 'superseded'
     order by phase, published_at is null, started_at desc`,
    { ...tenantOf(trx), importId },
  );
  return Object.fromEntries(runs.map((run) => [run.phase, run]));
}

/** A record that did not come through, as it stands in the file. */
export interface RejectedRecordRow {
  readonly phase: 'data_import' | 'data_cleansing';
  readonly rowNumber: number;
  readonly lineNumber: number;
  /** From 0; null when no cell is to blame. */
  readonly columnPosition: number | null;
  readonly code: string;
  readonly message: string | null;
  /** Text of a record that could not be read, at most 64 KiB. */
  readonly raw: string | null;
  /** Cells of a record that was read and rejected later. */
  readonly cells: readonly string[] | null;
}

/** Rows are wanted behind a row number, or by their numbers. */
export type RejectedWanted =
  | { readonly afterRow: number; readonly limit: number }
  | { readonly rowNumbers: readonly number[] };

/** Rejected records of an import in file order: those that could not be read, and those that cleansing rejected. */
export async function listRejected(
  trx: TenantTrx,
  runs: ImportRuns,
  wanted: RejectedWanted,
): Promise<RejectedRecordRow[]> {
  const isPage = 'afterRow' in wanted;
  const page = (table: string): string =>
    isPage
      ? `${table}.row_number > :afterRow order by ${table}.row_number limit :limit`
      : `${table}.row_number = any (:rowNumbers::integer[])`;
  return queryRows<RejectedRecordRow>(
    trx,
    `select * from (
       (select 'data_import' as phase, r.row_number, r.line_number, r.column_position, r.code, r.message, r.raw,
          null::text[] as cells
        from rejected_records r
        where r.client_account_id = :clientAccountId and r.engagement_id = :engagementId
          and r.phase_run_id = :landed and ${page('r')})
       union all
       (select 'data_cleansing', c.row_number, w.line_number, null, c.reason, null, null, w.cells
        from cleansed_records c
        join raw_import_records w on w.client_account_id = c.client_account_id
          and w.engagement_id = c.engagement_id and w.phase_run_id = :landed and w.row_number = c.row_number
        where c.client_account_id = :clientAccountId and c.engagement_id = :engagementId
          and c.phase_run_id = :cleansed and c.reason is not null and c.reason = :noName and ${page('c')})) x
     order by row_number ${isPage ? 'limit :limit' : ''}`,
    {
      ...tenantOf(trx),
      landed: runs.data_import?.id ?? null,
      cleansed: runs.data_cleansing?.id ?? null,
      noName: noNameReason,
      ...wanted,
    },
  );
}

export interface ReasonCount {
  readonly phase: 'data_import' | 'data_cleansing';
  readonly state: 'rejected' | 'skipped';
  readonly code: string;
  readonly records: number;
}

/** How many records of an import were left out for each reason. */
export async function countReasons(trx: TenantTrx, runs: ImportRuns): Promise<ReasonCount[]> {
  return queryRows<ReasonCount>(
    trx,
    `select 'data_import' as phase, 'rejected' as state, code, count(*) as records from rejected_records
     where client_account_id = :clientAccountId and engagement_id = :engagementId and phase_run_id = :landed
     group by code
     union all
     select 'data_cleansing', case when reason = :noName then 'rejected' else 'skipped' end, reason, count(*)
     from cleansed_records
     where client_account_id = :clientAccountId and engagement_id = :engagementId and phase_run_id = :cleansed
       and reason is not null
     group by reason
     order by phase desc, records desc, code`,
    {
      ...tenantOf(trx),
      landed: runs.data_import?.id ?? null,
      cleansed: runs.data_cleansing?.id ?? null,
      noName: noNameReason,
    },
  );
}
