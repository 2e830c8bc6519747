import type { AttributeName, AttributeValue } from '../../domain/attributes/types';
import type { AssetType } from '../../domain/lists';
import { queryFirst, queryOne, queryRows } from '../connection/query';
import type { AssetRow } from '../hot-reads';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** Presentation reads of assets, a page at a time. */

export interface AssetFilter {
  readonly assetType?: AssetType;
  /** Value of the attribute `status`. */
  readonly status?: string;
  /** Only assets of which a record of this flow speaks. */
  readonly flowId?: string;
}

export interface AssetPage extends AssetFilter {
  readonly after?: { readonly nameKey: string; readonly id: string };
  readonly offset?: number;
  readonly limit: number;
}

const ofTenant = 'a.client_account_id = :clientAccountId and a.engagement_id = :engagementId';

/** Assets that records of one flow speak of, by its published cleansing runs. */
export const assetsOfFlow = `select s.asset_id from flow_results f
  join asset_sources s on s.client_account_id = f.client_account_id and s.engagement_id = f.engagement_id
    and s.phase_run_id = f.phase_run_id
  where f.client_account_id = :clientAccountId and f.engagement_id = :engagementId and f.flow_id = :flowId
    and f.phase = 'data_cleansing' and f.scenario_id is null`;

function conditions(filter: AssetFilter): string {
  return [
    `${ofTenant} and a.merged_into is null and a.deleted_at is null`,
    ...(filter.assetType === undefined ? [] : ['a.asset_type = :assetType']),
    ...(filter.status === undefined ? [] : [`a.values ->> 'status' = :status`]),
    ...(filter.flowId === undefined ? [] : [`a.id in (${assetsOfFlow})`]),
  ].join(' and ');
}

function bindings(trx: TenantTrx, { assetType, status, flowId }: AssetFilter) {
  return { ...tenantOf(trx), assetType, status, flowId };
}

/** Living assets by name. */
export async function listAssets(trx: TenantTrx, page: AssetPage): Promise<AssetRow[]> {
  const behind = page.after === undefined ? '' : 'and (a.name_key, a.id) > (:nameKey collate "C", :id::uuid)';
  return queryRows<AssetRow>(
    trx,
    `select a.* from assets a where ${conditions(page)} ${behind}
     order by a.name_key, a.id limit :limit offset :offset`,
    {
      ...bindings(trx, page),
      nameKey: page.after?.nameKey,
      id: page.after?.id,
      limit: page.limit,
      offset: page.offset ?? 0,
    },
  );
}

export async function countAssets(trx: TenantTrx, filter: AssetFilter): Promise<number> {
  const sql = `select count(*) from assets a where ${conditions(filter)}`;
  return (await queryOne<{ count: number }>(trx, sql, bindings(trx, filter))).count;
}

/** How many living assets there are of each type. */
export async function countAssetsByType(
  trx: TenantTrx,
): Promise<{ readonly assetType: AssetType; readonly count: number }[]> {
  return queryRows(
    trx,
    `select a.asset_type, count(*) from assets a where ${conditions({})} group by a.asset_type order by 1`,
    { ...tenantOf(trx) },
  );
}

/** One asset, also one that was merged into another. */
export async function findAsset(trx: TenantTrx, id: string): Promise<AssetRow | undefined> {
  return queryFirst<AssetRow>(trx, `select a.* from assets a where ${ofTenant} and a.id = :id`, {
    ...tenantOf(trx),
    id,
  });
}

export interface AssetSourceRow {
  readonly assetId: string;
  readonly flowId: string;
  readonly importId: string;
  readonly rowNumber: number;
  readonly sourceId: string | null;
  readonly sourceName: string | null;
  readonly filename: string | null;
  readonly asOf: Date | null;
  readonly rank: number;
}

/** Records that speak of the given assets, the most trusted first, at most `perAsset` of each. */
export async function listSourcesOfAssets(
  trx: TenantTrx,
  assetIds: readonly string[],
  perAsset: number,
): Promise<AssetSourceRow[]> {
  if (assetIds.length === 0) return [];
  return queryRows<AssetSourceRow>(
    trx,
    `select w.id as asset_id, i.flow_id, s.import_id, s.row_number, s.source_id, d.name as source_name, i.filename,
       s.as_of, s.rank
     from unnest(:assetIds::uuid[]) as w(id)
     cross join lateral (
       select * from asset_sources s where s.client_account_id = :clientAccountId
         and s.engagement_id = :engagementId and s.asset_id = w.id
       order by s.rank, s.as_of desc nulls last, s.row_number limit :perAsset) s
     join data_imports i on i.client_account_id = :clientAccountId and i.engagement_id = :engagementId
       and i.id = s.import_id and i.undone_at is null
     left join data_sources d on d.client_account_id = :clientAccountId and d.engagement_id = :engagementId
       and d.id = s.source_id
     order by w.id, s.rank, s.as_of desc nulls last, s.row_number`,
    { ...tenantOf(trx), assetIds, perAsset },
  );
}

export interface OverrideRow {
  readonly assetId: string;
  readonly attribute: AttributeName;
  readonly value: AttributeValue | null;
  readonly reason: string | null;
  readonly userId: string;
  readonly at: Date;
}

/** What people said about the values of the given assets. */
export async function listOverridesOf(trx: TenantTrx, assetIds: readonly string[]): Promise<OverrideRow[]> {
  if (assetIds.length === 0) return [];
  return queryRows<OverrideRow>(
    trx,
    `select asset_id, attribute, value, reason, user_id, at from asset_overrides
     where client_account_id = :clientAccountId and engagement_id = :engagementId
       and asset_id = any (:assetIds::uuid[])
     order by asset_id, attribute`,
    { ...tenantOf(trx), assetIds },
  );
}

export interface OriginCell {
  readonly importId: string;
  readonly rowNumber: number;
  readonly lineNumber: number | null;
  readonly filename: string | null;
  readonly sourceName: string | null;
  readonly columns: readonly string[];
  readonly cells: readonly string[] | null;
}

/** The raw records behind values: file, line and cells. */
export async function listOriginCells(
  trx: TenantTrx,
  records: readonly { readonly importId: string; readonly rowNumber: number }[],
): Promise<OriginCell[]> {
  if (records.length === 0) return [];
  return queryRows<OriginCell>(
    trx,
    `select w.import_id, w.row_number, r.line_number, i.filename, d.name as source_name, i.columns, r.cells
     from unnest(:importIds::uuid[], :rowNumbers::integer[]) as w(import_id, row_number)
     join data_imports i on i.client_account_id = :clientAccountId and i.engagement_id = :engagementId
       and i.id = w.import_id
     left join data_sources d on d.client_account_id = :clientAccountId and d.engagement_id = :engagementId
       and d.id = i.data_source_id
     left join flow_results f on f.client_account_id = :clientAccountId and f.engagement_id = :engagementId
       and f.import_id = w.import_id and f.phase = 'data_import' and f.scenario_id is null
     left join raw_import_records r on r.client_account_id = :clientAccountId
       and r.engagement_id = :engagementId and r.phase_run_id = f.phase_run_id and r.row_number = w.row_number`,
    {
      ...tenantOf(trx),
      importIds: records.map(({ importId }) => importId),
      rowNumbers: records.map(({ rowNumber }) => rowNumber),
    },
  );
}

export interface ChangeRow {
  readonly importId: string;
  readonly rowNumber: number;
  readonly attribute: AttributeName;
  readonly sourceColumn: string;
  readonly fromText: string;
  readonly toValue: unknown;
  readonly rule: string;
}

/** Conversions that cleansing made in the given records. */
export async function listChangesOf(
  trx: TenantTrx,
  records: readonly { readonly importId: string; readonly rowNumber: number }[],
): Promise<ChangeRow[]> {
  if (records.length === 0) return [];
  return queryRows<ChangeRow>(
    trx,
    `select w.import_id, w.row_number, k.attribute, k.source_column,
       coalesce(l.cells[k.column_position + 1], '') as from_text,
       case when not k.is_unusable then c."values" -> k.attribute end as to_value, k.rule
     from unnest(:importIds::uuid[], :rowNumbers::integer[]) as w(import_id, row_number)
     join flow_results f on f.client_account_id = :clientAccountId and f.engagement_id = :engagementId
       and f.import_id = w.import_id and f.phase = 'data_cleansing' and f.scenario_id is null
     join cleansed_records c on c.client_account_id = :clientAccountId and c.engagement_id = :engagementId
       and c.phase_run_id = f.phase_run_id and c.row_number = w.row_number
     join flow_results i on i.client_account_id = :clientAccountId and i.engagement_id = :engagementId
       and i.flow_id = f.flow_id and i.import_id = f.import_id and i.phase = 'data_import'
       and i.scenario_id is null
     join raw_import_records l on l.client_account_id = :clientAccountId and l.engagement_id = :engagementId
       and l.phase_run_id = i.phase_run_id and l.row_number = w.row_number
     cross join lateral unnest(c.changes) as n(number)
     join cleansing_rules k on k.client_account_id = :clientAccountId and k.engagement_id = :engagementId
       and k.phase_run_id = f.phase_run_id and k.number = n.number
     order by w.import_id, w.row_number, attribute limit 2000`,
    {
      ...tenantOf(trx),
      importIds: records.map(({ importId }) => importId),
      rowNumbers: records.map(({ rowNumber }) => rowNumber),
    },
  );
}
