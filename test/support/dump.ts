import type { Tenant } from '../../src/domain/flow/messages';
import { asSuperuser, type Query, type TestDatabase } from './database';

/** What a flow leaves, table by table, in a form that two runs of the same file have in common. */
export type Dump = Readonly<Record<string, readonly string[]>>;

/** Tables of results whose rows belong to a phase run; only published runs count. */
const resultTables = [
  'raw_import_records',
  'rejected_records',
  'column_profiles',
  'data_quality_findings',
  'cleansed_records',
  'current_cleansing_changes',
  'asset_changes',
  'asset_dependencies',
  'unresolved_references',
  'assessments',
  'recommendations',
] as const;

const wholeTables = ['assets', 'import_field_mappings', 'asset_conflicts'] as const;

/** Relations between assets, told by their names because their ids differ from run to run. */
const named: Readonly<Record<string, string>> = {
  sources: `select s.row_number, s.identity, a.name, a.asset_type from asset_sources s
    join assets a on a.id = s.asset_id where s.client_account_id = $1`,
  identity_keys: `select k.kind, k.value, a.name from asset_identity_keys k
    join assets a on a.id = k.asset_id where k.client_account_id = $1`,
  edges: `select s.name as source, t.name as target, d.type, d.hardness, d.origin, d.port
    from current_dependencies d join assets s on s.id = d.source_asset_id
    join assets t on t.id = d.target_asset_id where d.client_account_id = $1`,
  strategies: `select a.name, r.strategy, r.confidence, r.runner_up, r.flips_if, r.missing, r.debt_score,
      r.points, r.blockers, r.findings
    from current_recommendations r join assets a on a.id = r.asset_id where r.client_account_id = $1`,
  groups: `select g.number, g.name, g.wave_number, g.reasons, (select array_agg(a.name order by a.name)
      from assets a where a.id = any (g.members)) as members
    from current_groups g where g.client_account_id = $1`,
  waves: `select number, group_numbers, reasons from current_waves where client_account_id = $1`,
  flows: `select m.flow_name, m.flow_status, m.current_phase, m.progress_percentage, m.failure_code,
      to_jsonb(d) - array['id', 'master_flow_id', 'data_import_id', 'client_account_id', 'engagement_id',
        'created_at', 'updated_at', 'completed_at'] as child
    from master_flows m join discovery_flows d on d.master_flow_id = m.flow_id where m.client_account_id = $1`,
  imports: `select total_records, accepted_records, rejected_records, status, columns, table_kind
    from data_imports where client_account_id = $1`,
  runs: `select phase, status, rows_total, rows_in, rows_out, passed, created, updated, merged, unchanged,
      linked, unresolved, skipped, rejected, summary
    from phase_runs where status <> 'superseded' and client_account_id = $1`,
};

/** The results of a tenant without ids and times, sorted. */
export async function dump(database: TestDatabase, tenant: Tenant): Promise<Dump> {
  return asSuperuser(database, async (query) => {
    const tables: Record<string, string[]> = {};
    for (const table of resultTables) {
      const isPublished = 'phase_run_id in (select phase_run_id from flow_results)';
      tables[table] = await rowsOf(query, `${selectOf(table)} and ${isPublished}`, tenant);
    }
    for (const table of wholeTables) tables[table] = await rowsOf(query, selectOf(table), tenant);
    for (const [name, sql] of Object.entries(named)) tables[name] = await rowsOf(query, sql, tenant);
    return tables;
  });
}

const selectOf = (table: string): string => `select * from ${table} where client_account_id = $1`;

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

async function rowsOf(query: Query, sql: string, tenant: Tenant): Promise<string[]> {
  const rows = await query(sql, [tenant.clientAccountId]);
  return rows.map((row) => JSON.stringify(row, plain).replaceAll(uuid, '(id)')).toSorted();
}

/** Times, and what counts attempts, are of one run alone. */
const ofOneRun: ReadonlySet<string> = new Set(['version', 'revision', 'ordinal', 'created_at', 'updated_at']);

function plain(key: string, value: unknown): unknown {
  const isTime = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
  return isTime || ofOneRun.has(key) ? undefined : value;
}
