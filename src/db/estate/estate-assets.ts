import type { AttributeName, AttributeValues } from '../../domain/attributes/types';
import { readinessAttributes, sizeAttributes } from '../../domain/disposition/move-judge';
import type { AssetType } from '../../domain/lists';
import { type BinaryRow, eachBinaryRow } from '../bulk/binary-rows';
import { copyOut } from '../bulk/copy';
import { tenantCondition } from '../bulk/literals';
import { livingAssets } from './living-assets';
import { queryRows } from '../connection/query';
import { slimColumns } from '../bulk/slim-values';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** The attributes by which references name an asset, and the one that tells namesakes apart. */
export const referenceAttributes: readonly AttributeName[] = [
  'external_id',
  'asset_tag',
  'serial_number',
  'uuid',
  'hostname',
  'fqdn',
  'ip_address',
  'environment',
];

/** The attributes whose cells may name applications. */
export const mentionAttributes: readonly AttributeName[] = ['application_name', 'tags', 'custom_attributes'];

const importanceAttributes: readonly AttributeName[] = ['business_criticality'];

/** Where the columns of an asset stand; rows that are alike from one column to another are told by their bytes. */
export const assetFields = {
  id: 0,
  role: 1,
  name: 2,
  references: 3,
  environment: 2 + referenceAttributes.length,
  criticality: 3 + referenceAttributes.length,
  type: 4 + referenceAttributes.length,
  subtype: 5 + referenceAttributes.length,
  readiness: 6 + referenceAttributes.length,
  mentions: 6 + referenceAttributes.length + readinessAttributes.length,
} as const;

const assetColumns = assetFields.mentions + mentionAttributes.length;

/** What matters of a size is whether it is known and whether it is nothing. */
function readinessColumns(column: string): string {
  const known = readinessAttributes.map((name) => {
    const value = `${column} -> '${name}'`;
    return sizeAttributes.has(name)
      ? `case when jsonb_typeof(${value}) = 'number' then to_jsonb(sign((${value})::numeric)) else ${value} end`
      : value;
  });
  return known.join(', ');
}

/** Shows all living assets of the estate, by name: plans number them in this order, whatever their ids are. */
export async function readEstateAssets(trx: TenantTrx, visit: (row: BinaryRow) => void): Promise<void> {
  const values = [
    ...[referenceAttributes, importanceAttributes].map((names) => slimColumns('"values"', names)),
    'asset_type, subtype',
    readinessColumns('"values"'),
    slimColumns('"values"', mentionAttributes),
  ];
  const query = `select id, "values" -> 'server_role', name, ${values.join(', ')} from assets
    where ${tenantCondition(trx)} and merged_into is null and deleted_at is null order by name_key, asset_type, id`;
  await eachBinaryRow(copyOut(trx, query, 'binary'), assetColumns, visit);
}

/** What was merged into an asset, with the values by which references name assets. */
export interface FormerAsset {
  readonly livingId: string;
  readonly name: string;
  readonly assetType: AssetType;
  readonly values: AttributeValues;
}

/** Tombstones with the assets that go on for them. */
export async function listFormerAssets(trx: TenantTrx): Promise<FormerAsset[]> {
  const naming = referenceAttributes
    .filter((name) => name !== 'environment')
    .map((name) => `'${name}', t."values" -> '${name}'`)
    .join(', ');
  return queryRows<FormerAsset>(
    trx,
    `with recursive ${livingAssets(
      `select id as asset_id from assets where client_account_id = :clientAccountId
         and engagement_id = :engagementId and merged_into is not null`,
    )}
     select l.living_id, t.name, t.asset_type, jsonb_strip_nulls(jsonb_build_object(${naming})) as "values"
     from living l
     join assets t on t.client_account_id = :clientAccountId and t.engagement_id = :engagementId
       and t.id = l.asset_id
     order by t.name_key, t.asset_type, t.id`,
    { ...tenantOf(trx) },
  );
}
