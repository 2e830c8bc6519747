import { withClient } from '../src/db/connection/bootstrap';
import type { Tenant } from '../src/domain/flow/messages';
import type { BenchDatabase } from './bench-database';

/** Tables with results that belong to a phase run; only published runs count. */
const ofRuns = `select c.relname::text as name from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relname not in ('flow_results')
    and (c.relkind = 'r' or c.relname = 'current_cleansing_changes')
    and 2 = (select count(*) from pg_attribute a where a.attrelid = c.oid
      and a.attname in ('client_account_id', 'phase_run_id') and not a.attisdropped)
  order by c.relname`;
const whole = ['assets', 'asset_identity_keys', 'asset_conflicts', 'waves'] as const;

/** What counts attempts is of one run alone. */
const ofOneRun = `'{version,revision,ordinal,created_at,updated_at}'::text[]`;
const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const time = String.raw`"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|\+00:00)"`;

/** Rows of a table and the sum of their hashes, which tells nothing of their order. */
export interface TableSum {
  readonly table: string;
  readonly rows: number;
  readonly sum: string;
}

/** What the flows of a tenant left, without ids and times, so that two tenants with the same files have the same. */
export async function tableSums(database: BenchDatabase, tenant: Tenant): Promise<TableSum[]> {
  return withClient(database.adminUrl, async (admin) => {
    const sums: TableSum[] = [];
    const results = (await admin.query<{ name: string }>(ofRuns)).rows.map(({ name }) => name);
    for (const table of [...results, ...whole]) {
      const isOfRun = results.includes(table);
      const published = isOfRun ? 'and t.phase_run_id in (select phase_run_id from flow_results)' : '';
      const { rows } = await admin.query<Omit<TableSum, 'table'>>(
        `select count(*)::integer as rows, coalesce(sum(hashtextextended(line, 0)::numeric), 0)::text as sum
         from (select regexp_replace(regexp_replace((to_jsonb(t) - ${ofOneRun})::text, '${uuid}', '(id)', 'g'),
             '${time}', '(time)', 'g') as line
           from ${table} t where t.client_account_id = $1 ${published}) lines`,
        [tenant.clientAccountId],
      );
      sums.push(...rows.map((row) => ({ table, ...row })));
    }
    return sums;
  });
}
