import { moveAttributes, type MovingAsset } from '../domain/disposition/move-judge';
import type { AssetType } from '../domain/lists';
import { copyOut } from './copy';
import { decodeCopy } from './copy-text';
import { tenantCondition } from './literals';
import { slimColumns, slimValues } from './slim-values';
import type { TenantTrx } from './tenant';

/** An asset with what decides when it moves; `key` is equal for assets that are alike in all of it. */
export type KeyedAsset = MovingAsset & { readonly id: string; readonly key: string };

/** All living assets in the order of `listEstateAssets`. */
export async function* streamMovingAssets(trx: TenantTrx): AsyncGenerator<KeyedAsset[], void, undefined> {
  const query = `select id, name, asset_type, subtype, ${slimColumns('"values"', moveAttributes)} from assets
    where ${tenantCondition(trx)} and merged_into is null and deleted_at is null
    order by name_key, asset_type, id`;
  for await (const rows of decodeCopy(copyOut(trx, query))) {
    yield rows.map((row) => ({
      id: row[0] ?? '',
      name: row[1] ?? '',
      assetType: (row[2] ?? 'other') as AssetType, // the column holds asset types only
      subtype: row[3] ?? null,
      values: slimValues(moveAttributes, row, 4),
      key: row.slice(2).join('\n'),
    }));
  }
}
