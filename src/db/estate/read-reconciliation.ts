import type { AttributeName } from '../../domain/attributes/types';
import type { ReconciliationGap } from '../../domain/inventory/reconciliation';
import type { AssetType } from '../../domain/lists';
import { queryRows, queryOne } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** Which sources know which assets, and what is missing: set-based over the whole estate. */

const ofTenant = (alias: string): string =>
  `${alias}.client_account_id = :clientAccountId and ${alias}.engagement_id = :engagementId`;

const known = (...names: readonly AttributeName[]): string =>
  names.map((name) => `nullif(lower(a.values ->> '${name}'), 'unknown') is not null`).join(' or ');

/** The same tests as `gapsOf` of the domain, over rows. */
const gapTests: Readonly<Record<ReconciliationGap, string>> = {
  without_application: `a.asset_type in ('server', 'database') and a.values ->> 'application_name' is null
    and not exists (select from current_application_members m where ${ofTenant('m')}
      and m.member_asset_id = a.id and m.state <> 'rejected')`,
  without_owner: `a.asset_type in ('server', 'application', 'database')
    and not (${known('business_owner', 'technical_owner')})`,
  without_server: `a.asset_type = 'application'
    and not exists (select from current_application_members m where ${ofTenant('m')}
      and m.application_asset_id = a.id and m.state <> 'rejected')`,
  without_environment: `a.asset_type in ('server', 'application', 'database') and not (${known('environment')})`,
  single_source: `(select count(distinct s.source_id) from asset_sources s where ${ofTenant('s')}
    and s.asset_id = a.id) = 1`,
  in_disagreement: `exists (select from asset_conflicts c where ${ofTenant('c')} and c.asset_id = a.id
    and c.status = 'open' and c.kind = 'attribute_disagreement')`,
};

const living = `${ofTenant('a')} and a.merged_into is null and a.deleted_at is null`;

export type GapCounts = Readonly<Record<ReconciliationGap, number>> & { readonly assets: number };

export async function countGaps(trx: TenantTrx): Promise<GapCounts> {
  const counts = Object.entries(gapTests).map(([gap, test]) => `count(*) filter (where ${test}) as "${gap}"`);
  const row = await queryOne<Record<string, number>>(
    trx,
    `with current_application_members as materialized (
       select * from public.current_application_members m where ${ofTenant('m')})
     select count(*) as assets, ${counts.join(', ')} from assets a where ${living}`,
    { ...tenantOf(trx) },
  );
  const of = (name: string): number =>
    row[name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())] ?? 0;
  return {
    assets: of('assets'),
    without_application: of('without_application'),
    without_owner: of('without_owner'),
    without_server: of('without_server'),
    without_environment: of('without_environment'),
    single_source: of('single_source'),
    in_disagreement: of('in_disagreement'),
  };
}

/** How many assets are known to exactly these sources. */
export interface SourceSet {
  readonly sourceIds: readonly string[];
  readonly assets: number;
}

export async function countSourceSets(trx: TenantTrx): Promise<SourceSet[]> {
  return queryRows<SourceSet>(
    trx,
    `select source_ids, count(*) as assets from (
       select s.asset_id, array_agg(distinct s.source_id order by s.source_id) as source_ids
       from asset_sources s
       join assets a on ${living} and a.id = s.asset_id
       where ${ofTenant('s')} and s.source_id is not null
       group by s.asset_id) k
     group by source_ids order by assets desc limit 1000`,
    { ...tenantOf(trx) },
  );
}

export interface ReconciliationRow {
  readonly id: string;
  readonly name: string;
  readonly nameKey: string;
  readonly assetType: AssetType;
  readonly sourceIds: readonly string[];
  readonly gaps: readonly ReconciliationGap[];
  readonly disagreements: readonly AttributeName[];
}

/** Assets by name with the sources that know each, optionally only those with one gap. */
export async function listReconciliation(
  trx: TenantTrx,
  page: {
    readonly gap?: ReconciliationGap;
    readonly after?: { readonly nameKey: string; readonly id: string };
    readonly limit: number;
  },
): Promise<ReconciliationRow[]> {
  const behind = page.after === undefined ? '' : 'and (a.name_key, a.id) > (:nameKey collate "C", :id::uuid)';
  const wanted = page.gap === undefined ? '' : `and ${gapTests[page.gap]}`;
  const gaps = Object.entries(gapTests).map(([gap, test]) => `case when ${test} then '${gap}' end`);
  return queryRows<ReconciliationRow>(
    trx,
    `with page as materialized (
       select a.* from assets a where ${living} ${behind} ${wanted}
       order by a.name_key, a.id limit :limit)
     select a.id, a.name, a.name_key, a.asset_type,
       array(select distinct s.source_id from asset_sources s where ${ofTenant('s')} and s.asset_id = a.id
         and s.source_id is not null) as source_ids,
       array_remove(array[${gaps.join(', ')}], null) as gaps,
       array(select distinct c.attribute from asset_conflicts c where ${ofTenant('c')} and c.asset_id = a.id
         and c.status = 'open' and c.attribute is not null) as disagreements
     from page a order by a.name_key, a.id`,
    { ...tenantOf(trx), nameKey: page.after?.nameKey, id: page.after?.id, limit: page.limit },
  );
}

/** Changes whenever the counts of the estate may have changed: a text to remember them under. */
export async function readEstateMark(trx: TenantTrx): Promise<string> {
  const { mark } = await queryOne<{ mark: string }>(
    trx,
    `select concat_ws('/', (select concat_ws(' ', e.revision, e.inventory_run_id, e.dependency_run_id)
         from estates e where ${ofTenant('e')}),
       (select concat_ws(' ', count(*), max(c.created_at)) from asset_conflicts c where ${ofTenant('c')}
         and c.status = 'open'),
       (select concat_ws(' ', count(*), max(m.decided_at)) from application_members m where ${ofTenant('m')}
         and m.phase_run_id is null)) as mark`,
    { ...tenantOf(trx) },
  );
  return mark;
}
