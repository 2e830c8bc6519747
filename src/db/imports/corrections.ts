import { toJson } from '../bulk/json';
import { type Ledger, runCounters } from '../flows/phase-runs';
import { execute, queryFirst, queryOne, queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** Records that a corrected file has put right take the place of the rejected ones, in the runs that are there. */

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

export interface CorrectedRecord {
  readonly rowNumber: number;
  readonly line: number;
  readonly code: string;
  /** What stood in the file: the text of a record that could not be read, else its cells. */
  readonly raw: string | null;
  readonly formerCells: readonly string[] | null;
  readonly cells: readonly string[];
}

export interface CorrectionPlace {
  readonly changeId: string;
  readonly importId: string;
  /** The run that landed the records. */
  readonly landedRunId: string;
  /** The run that cleansed them; null when the import was not cleansed yet. */
  readonly cleansedRunId: string | null;
}

/** Puts records right: what stood there before is kept aside. One transaction writes them with the ledger. */
export async function replaceRejected(
  trx: TenantTrx,
  place: CorrectionPlace,
  records: readonly CorrectedRecord[],
): Promise<void> {
  const rows = toJson(
    records.map(({ rowNumber: n, line: l, code: c, raw: t, formerCells: f, cells: a }) => ({
      n,
      l,
      c,
      t,
      f,
      a,
    })),
  );
  const numbers = records.map(({ rowNumber }) => rowNumber);
  const bindings = { ...tenantOf(trx), ...place, rows, numbers };
  await execute(
    trx,
    `insert into corrected_records as k (client_account_id, engagement_id, phase_run_id, import_id, row_number,
       line_number, change_id, code, raw, cells)
     select :clientAccountId::uuid, :engagementId::uuid, :landedRunId::uuid, :importId::uuid, r.n, r.l,
       :changeId::uuid, r.c, r.t,
       case when r.f is not null then array(select jsonb_array_elements_text(r.f)) end
     from jsonb_to_recordset(:rows::jsonb) as r(n integer, l integer, c text, t text, f jsonb)
     on conflict (client_account_id, engagement_id, phase_run_id, row_number) do update
       set change_id = excluded.change_id, corrected_at = clock_timestamp()`,
    bindings,
  );
  for (const [table, run] of [
    ['rejected_records', 'landedRunId'],
    ['raw_import_records', 'landedRunId'],
    ['cleansed_records', 'cleansedRunId'],
  ] as const) {
    if (place[run] === null) continue;
    await execute(
      trx,
      `delete from ${table} where ${ofTenant} and phase_run_id = :run and row_number = any (:numbers::integer[])`,
      { ...tenantOf(trx), run: place[run], numbers },
    );
  }
  await execute(
    trx,
    `insert into raw_import_records (client_account_id, engagement_id, phase_run_id, import_id, row_number,
       line_number, cells)
     select :clientAccountId::uuid, :engagementId::uuid, :landedRunId::uuid, :importId::uuid, r.n, r.l,
       array(select jsonb_array_elements_text(r.a))
     from jsonb_to_recordset(:rows::jsonb) as r(n integer, l integer, a jsonb)`,
    bindings,
  );
}

/** Moves records of a run from one state to another; both sides of its ledger stay equal. */
export async function moveLedger(
  trx: TenantTrx,
  runId: string,
  move: Partial<Ledger> & { readonly rowsIn?: number; readonly rowsOut?: number },
): Promise<void> {
  const assignments = Object.entries(runCounters)
    .filter(([name]) => name in move)
    .map(([name, column]) => `${column} = ${column} + :${name}`);
  if (assignments.length === 0) return;
  await execute(
    trx,
    `update phase_runs set ${assignments.join(', ')}, updated_at = clock_timestamp()
     where ${ofTenant} and id = :runId`,
    { ...tenantOf(trx), runId, ...move },
  );
}

/** Records of an import that were rejected and are accepted now. */
export async function moveImportRecords(trx: TenantTrx, importId: string, records: number): Promise<void> {
  await execute(
    trx,
    `update data_imports set accepted_records = accepted_records + :records,
       rejected_records = rejected_records - :records, updated_at = clock_timestamp()
     where ${ofTenant} and id = :importId`,
    { ...tenantOf(trx), importId, records },
  );
}

export type AssetCounts = Readonly<Record<'created' | 'updated' | 'merged' | 'unchanged', number>>;

/** What a projection has made of the records that a change put right; those without an asset are left out. */
export async function countCorrectedAssets(
  trx: TenantTrx,
  changeId: string,
  inventoryRunId: string,
): Promise<AssetCounts> {
  return queryOne<AssetCounts>(
    trx,
    `with corrected as (
       select s.asset_id, row_number() over (partition by s.asset_id order by k.row_number) as place
       from corrected_records k
       join flow_results f on f.client_account_id = k.client_account_id and f.engagement_id = k.engagement_id
         and f.import_id = k.import_id and f.phase = 'data_cleansing' and f.scenario_id is null
       join asset_sources s on s.client_account_id = k.client_account_id and s.engagement_id = k.engagement_id
         and s.phase_run_id = f.phase_run_id and s.row_number = k.row_number
       where k.client_account_id = :clientAccountId and k.engagement_id = :engagementId
         and k.change_id = :changeId),
     told as (
       select case when c.state is null or c.state not in ('created', 'updated') then 'unchanged'
         when t.place > 1 then 'merged' else c.state end as state
       from corrected t
       left join asset_changes c on c.client_account_id = :clientAccountId and c.engagement_id = :engagementId
         and c.phase_run_id = :inventoryRunId and c.asset_id = t.asset_id)
     select count(*) filter (where state = 'created') as created,
       count(*) filter (where state = 'updated') as updated, count(*) filter (where state = 'merged') as merged,
       count(*) filter (where state = 'unchanged') as unchanged
     from told`,
    { ...tenantOf(trx), changeId, inventoryRunId },
  );
}

/** How many of the relation records that a change put right name only assets that are known. */
export async function countCorrectedRelations(
  trx: TenantTrx,
  changeId: string,
  dependencyRunId: string,
): Promise<{ readonly linked: number }> {
  return queryOne<{ linked: number }>(
    trx,
    `select count(*) as linked
     from corrected_records k
     join flow_results f on f.client_account_id = k.client_account_id and f.engagement_id = k.engagement_id
       and f.import_id = k.import_id and f.phase = 'data_cleansing' and f.scenario_id is null
     join cleansed_records c on c.client_account_id = k.client_account_id and c.engagement_id = k.engagement_id
       and c.phase_run_id = f.phase_run_id and c.row_number = k.row_number and c.kind = 'relation'
     where k.client_account_id = :clientAccountId and k.engagement_id = :engagementId and k.change_id = :changeId
       and not exists (select from unresolved_references u where u.client_account_id = k.client_account_id
         and u.engagement_id = k.engagement_id and u.phase_run_id = :dependencyRunId
         and u.import_id = k.import_id and u.row_number = k.row_number)`,
    { ...tenantOf(trx), changeId, dependencyRunId },
  );
}

/** How many records a change has put right. */
export async function countCorrected(trx: TenantTrx, changeId: string): Promise<number> {
  const { count } = await queryOne<{ count: number }>(
    trx,
    `select count(*) from corrected_records where ${ofTenant} and change_id = :changeId`,
    { ...tenantOf(trx), changeId },
  );
  return count;
}

/** A decision about the mappings of a flow that its workflow has not taken notice of. */
export async function findUnconsumedDecision(
  trx: TenantTrx,
  flowId: string,
): Promise<{ readonly version: number } | undefined> {
  return queryFirst(
    trx,
    `select version from flow_gates where ${ofTenant} and flow_id = :flowId and gate = 'mapping_approval'
       and decided_at is not null and consumed_at is null limit 1`,
    { ...tenantOf(trx), flowId },
  );
}

/** Imports of which records were put right. */
export async function listCorrectedImports(trx: TenantTrx): Promise<string[]> {
  const rows = await queryRows<{ importId: string }>(
    trx,
    `select distinct import_id from corrected_records where ${ofTenant}`,
    { ...tenantOf(trx) },
  );
  return rows.map(({ importId }) => importId);
}
