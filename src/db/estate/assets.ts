import type { AttributeName, AttributeValue, AttributeValues } from '../../domain/attributes/types';
import type { AssetOverride, ValueOrigin } from '../../domain/inventory/types';
import type { AssetType } from '../../domain/lists';
import { planForManyRows } from '../bulk/bulk-plans';
import { queryOne, queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/** Where the values of an asset come from: most of them from one record, the others as told. */
export interface StoredOrigins {
  readonly record: StoredRecordRef | null;
  readonly others: Readonly<Partial<Record<AttributeName, StoredOrigin>>>;
}
export interface StoredRecordRef {
  readonly import_id: string;
  readonly row_number: number;
  /** All rows that made the value, when they are several. */
  readonly rows?: readonly number[];
}
export type StoredOrigin = StoredRecordRef | { readonly rule: string } | { readonly user_id: string };

/** The origin of one value of an asset; undefined when the asset has no such value. */
export function originOf(
  origins: StoredOrigins | null,
  values: Readonly<Record<string, unknown>>,
  attribute: AttributeName,
): ValueOrigin | undefined {
  const nowhere = { importId: null, rowNumber: null, rule: null, userId: null };
  const stored =
    origins?.others[attribute] ?? (values[attribute] === undefined ? null : (origins?.record ?? null));
  if (stored === null) return undefined;
  if ('rule' in stored) return { ...nowhere, by: 'rule', rule: stored.rule };
  if ('user_id' in stored) return { ...nowhere, by: 'person', userId: stored.user_id };
  const { import_id: importId, row_number: rowNumber, rows } = stored;
  return { ...nowhere, by: 'source', importId, rowNumber, ...(rows && { rowNumbers: rows }) };
}

/** An asset as a projection finds it. */
export interface KnownAsset {
  readonly id: string;
  readonly name: string;
  readonly assetType: AssetType;
  readonly subtype: string | null;
  readonly values: AttributeValues;
  readonly mergedInto: string | null;
  readonly isDeleted: boolean;
  /** Microseconds since 1970. */
  readonly createdAt: number;
}

export async function listKnownAssets(trx: TenantTrx, ids: readonly string[]): Promise<KnownAsset[]> {
  if (ids.length === 0) return [];
  return queryRows<KnownAsset>(
    trx,
    `select id, name, asset_type, subtype, "values", merged_into, deleted_at is not null as is_deleted,
       (extract(epoch from created_at) * 1000000)::bigint as created_at
     from assets where ${ofTenant} and id = any (:ids::uuid[])`,
    { ...tenantOf(trx), ids },
  );
}

/** Whether the estate has any asset, be it gone. */
export async function hasAssets(trx: TenantTrx): Promise<boolean> {
  const sql = `select exists (select from assets where ${ofTenant}) as has_assets`;
  return (await queryOne<{ hasAssets: boolean }>(trx, sql, { ...tenantOf(trx) })).hasAssets;
}

/** What people decided about values, by the living asset; words about assets that were merged pass to the survivor. */
export async function listOverrides(trx: TenantTrx): Promise<Map<string, AssetOverride[]>> {
  const rows = await queryRows<{
    assetId: string;
    attribute: AttributeName;
    value: AttributeValue | null;
    userId: string;
    at: Date;
  }>(
    trx,
    `with recursive living as (
       select o.asset_id, o.asset_id as at_id, 0 as steps from asset_overrides o
       where o.client_account_id = :clientAccountId and o.engagement_id = :engagementId
       group by o.asset_id
       union all
       select l.asset_id, a.merged_into, l.steps + 1 from living l
       join assets a on a.client_account_id = :clientAccountId and a.engagement_id = :engagementId and a.id = l.at_id
       where a.merged_into is not null and l.steps < 32)
     select (select l.at_id from living l where l.asset_id = o.asset_id order by l.steps desc limit 1) as asset_id,
       o.attribute, o.value, o.user_id, o.at
     from asset_overrides o
     where o.client_account_id = :clientAccountId and o.engagement_id = :engagementId
     order by o.asset_id, o.attribute`,
    { ...tenantOf(trx) },
  );
  const overrides = new Map<string, AssetOverride[]>();
  for (const { assetId, attribute, value, userId, at } of rows) {
    const list = overrides.get(assetId) ?? [];
    list.push({ attribute, value, userId, at: at.toISOString() });
    overrides.set(assetId, list);
  }
  return overrides;
}

/** What a person said about two assets being one. */
export interface MergeDecision {
  readonly action: 'merge' | 'keep_separate' | 'split';
  readonly survivingAssetId: string;
  readonly otherAssetId: string;
  readonly decidedBy: string;
}

/** Decisions of people about pairs of assets, the latest of each pair. */
export async function listMergeDecisions(trx: TenantTrx): Promise<MergeDecision[]> {
  return queryRows<MergeDecision>(
    trx,
    `select distinct on (least(surviving_asset_id, other_asset_id), greatest(surviving_asset_id, other_asset_id))
       action, surviving_asset_id, other_asset_id, decided_by
     from asset_merges where ${ofTenant} and decided_by is not null
     order by least(surviving_asset_id, other_asset_id), greatest(surviving_asset_id, other_asset_id),
       decided_at desc, id`,
    { ...tenantOf(trx) },
  );
}

/** Evidence code of applications that exist only because other assets name them. */
export const namedByAssets = 'named_by_assets';

export interface NamedApplication {
  readonly id: string;
  /** Without the class in front. */
  readonly key: string;
  readonly name: string;
  /** Whether it exists only because others name it. */
  readonly isDerived: boolean;
}

/** Living applications by their identity key, with those that no record speaks of. */
export async function listNamedApplications(trx: TenantTrx): Promise<NamedApplication[]> {
  await planForManyRows(trx);
  return queryRows<NamedApplication>(
    trx,
    `select a.id, substr(k.value, length('application|') + 1) as key, a.name,
       a.classification @> :derived::jsonb as is_derived
     from assets a
     join asset_identity_keys k on k.client_account_id = a.client_account_id and k.engagement_id = a.engagement_id
       and k.asset_id = a.id and k.kind = 'name' and k.value like 'application|%'
     where a.client_account_id = :clientAccountId and a.engagement_id = :engagementId
       and a.asset_type = 'application' and a.merged_into is null and a.deleted_at is null
     order by k.value`,
    { ...tenantOf(trx), derived: JSON.stringify([{ code: namedByAssets }]) },
  );
}
