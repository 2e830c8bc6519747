import type { AttributeValues } from '../../domain/attributes/types';
import type { AssetType } from '../../domain/lists';
import { namedByAssets } from './assets';
import { planForManyRows } from '../bulk/bulk-plans';
import { copyOut } from '../bulk/copy';
import { decodeCopy } from '../bulk/copy-text';
import { tenantCondition, uuidLiteral } from '../bulk/literals';
import { execute, queryOne, queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** An asset as it will be once the changes of a run are applied, with what its name and serial number say. */
export interface NamedAsset {
  readonly id: string;
  readonly name: string;
  readonly assetType: AssetType;
  readonly serial: string | null;
}

const derived = `'[{"code": "${namedByAssets}"}]'::jsonb`;

/** The parts of an estate as a run leaves it: what the run changes, and what it leaves alone. */
function partsOf(trx: TenantTrx, runId: string) {
  const ofRun = `${tenantCondition(trx, 'c')} and c.phase_run_id = ${uuidLiteral(runId)}`;
  return {
    // An application that only exists because others name it has no records that could be merged.
    changed: `${ofRun} and c.state in ('created', 'updated') and not coalesce(c.after -> 'classification' @> ${derived}, false)`,
    left: `${tenantCondition(trx, 'a')} and a.merged_into is null and a.deleted_at is null
      and not a.classification @> ${derived}
      and not exists (select from asset_changes c where ${ofRun} and c.asset_id = a.id and c.state <> 'unchanged')`,
  };
}

/** How many assets there are about, and whether a run changes any. */
export async function sizeOfChange(
  trx: TenantTrx,
  runId: string,
): Promise<{ readonly assets: number; readonly isChanged: boolean }> {
  return queryOne(
    trx,
    `select (select count(*) from assets where client_account_id = :clientAccountId
         and engagement_id = :engagementId and merged_into is null and deleted_at is null)
       + (select count(*) from asset_changes where client_account_id = :clientAccountId
         and engagement_id = :engagementId and phase_run_id = :runId and state = 'created') as assets,
       exists (select from asset_changes where client_account_id = :clientAccountId
         and engagement_id = :engagementId and phase_run_id = :runId and state <> 'unchanged') as is_changed`,
    { ...tenantOf(trx), runId },
  );
}

/** Names and serial numbers of all assets, in no particular order. */
export async function* streamNamedAssets(
  trx: TenantTrx,
  runId: string,
): AsyncGenerator<NamedAsset[], void, undefined> {
  await planForManyRows(trx);
  const { changed, left } = partsOf(trx, runId);
  const query = `
    select ${changedNames} from asset_changes c where ${changed}
    union all
    select ${leftNames} from assets a where ${left}`;
  for await (const rows of decodeCopy(copyOut(trx, query))) {
    yield rows.map(([id, name, assetType, serial]) => ({
      id: id ?? '',
      name: name ?? '',
      assetType: (assetType ?? 'other') as AssetType, // the columns hold asset types only
      serial: serial ?? null,
    }));
  }
}

const changedNames = `c.asset_id as id, coalesce(c.name, c.after ->> 'name') as name,
  c.after ->> 'asset_type' as asset_type, case when c.of_row is null then c.after -> 'values' ->> 'serial_number'
    else (select substr(k.key, 8)
      from unnest(coalesce(c.keys, array(select jsonb_array_elements_text(c.after -> 'keys')))) as k(key)
      where k.key like 'serial:%' limit 1) end as serial`;
const leftNames = `a.id, a.name, a.asset_type, a."values" ->> 'serial_number' as serial`;

/** The same of some of the assets that a run makes. */
export async function listNamedChanges(
  trx: TenantTrx,
  runId: string,
  ids: readonly string[],
): Promise<NamedAsset[]> {
  if (ids.length === 0) return [];
  const { changed } = partsOf(trx, runId);
  return queryRows<NamedAsset>(
    trx,
    `select ${changedNames} from asset_changes c where ${changed} and c.asset_id = any (:ids::uuid[])`,
    { ids },
  );
}

export interface AssetFacts {
  readonly id: string;
  readonly subtype: string | null;
  readonly values: AttributeValues;
}

/** All values of a few assets, as they will be once the changes of a run are applied. */
export async function listAssetFacts(
  trx: TenantTrx,
  runId: string,
  ids: readonly string[],
): Promise<AssetFacts[]> {
  if (ids.length === 0) return [];
  const { changed, left } = partsOf(trx, runId);
  return queryRows<AssetFacts>(
    trx,
    `select c.asset_id as id, c.after ->> 'subtype' as subtype, c.after -> 'values' as "values"
     from asset_changes c where ${changed} and c.of_row is null and c.asset_id = any (:ids::uuid[])
     union all
     select c.asset_id, c.after ->> 'subtype', r."values"
     from asset_changes c
     -- One look by key for each, where a join would read all records.
     cross join lateral (select l."values" from cleansed_records l where ${tenantCondition(trx, 'l')}
       and l.phase_run_id = c.of_run_id and l.row_number = c.of_row offset 0) r
     where ${changed} and c.of_row is not null and c.asset_id = any (:ids::uuid[])
     union all
     select a.id, a.subtype, a."values" from assets a where ${left} and a.id = any (:ids::uuid[])`,
    { ids },
  );
}

/** Sets of assets that people are asked about already, or have decided about, as far as they hold one of some. */
export async function listQuestionedAssets(
  trx: TenantTrx,
  ids: readonly string[],
): Promise<{ readonly fingerprint: string; readonly assetIds: readonly string[] }[]> {
  if (ids.length === 0) return [];
  return queryRows(
    trx,
    `select c.fingerprint, array(select distinct one ->> 'asset_id' from jsonb_array_elements(c.candidates) as one
       where one ->> 'asset_id' is not null) as asset_ids
     from asset_conflicts c
     where c.client_account_id = :clientAccountId and c.engagement_id = :engagementId and c.attribute is null
       and (c.status <> 'dismissed' or c.decided_by is not null)
       and exists (select from jsonb_array_elements(c.candidates) as one where one ->> 'asset_id' = any (:ids))`,
    { ...tenantOf(trx), ids },
  );
}

/** Notes that proposals which stand open still hold, so that the run does not close them. */
export async function keepProposals(trx: TenantTrx, runId: string): Promise<void> {
  await execute(
    trx,
    `update asset_conflicts set phase_run_id = :runId
     where client_account_id = :clientAccountId and engagement_id = :engagementId and kind = 'near_duplicate'
       and status = 'open' and candidates -> 0 ? 'score'`,
    { ...tenantOf(trx), runId },
  );
}
