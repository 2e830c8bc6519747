import type { AttributeName, AttributeValues } from '../domain/attributes/types';
import type { AssetType } from '../domain/lists';
import { planForManyRows } from './bulk-plans';
import { copyOut } from './copy';
import { decodeCopy } from './copy-text';
import { integerLiteral, tenantCondition, uuidLiteral } from './literals';
import { livingAssets } from './living-assets';
import { queryRows } from './query';
import { slimColumns, slimValues } from './slim-values';
import { type TenantTrx, tenantOf } from './tenant';

/** A living asset with the values that references, applications and plans look at. */
export interface EstateAsset {
  readonly id: string;
  readonly name: string;
  readonly assetType: AssetType;
  readonly subtype: string | null;
  readonly serverRole: string | null;
  readonly values: AttributeValues;
  /** What was merged into it, with the values by which references name assets. */
  readonly formerly?: readonly FormerAsset[];
}

export interface FormerAsset {
  readonly name: string;
  readonly assetType: AssetType;
  readonly values: AttributeValues;
}

const assetAttributes: readonly AttributeName[] = [
  'server_role',
  'external_id',
  'asset_tag',
  'serial_number',
  'uuid',
  'hostname',
  'fqdn',
  'ip_address',
  'environment',
  'application_name',
  'tags',
  'custom_attributes',
];

/** All living assets of the estate, by name: plans number them in this order, whatever their ids are. */
export async function listEstateAssets(trx: TenantTrx): Promise<EstateAsset[]> {
  const query = `select id, name, asset_type, subtype, ${slimColumns('"values"', assetAttributes)} from assets
    where ${tenantCondition(trx)} and merged_into is null and deleted_at is null order by name_key, asset_type, id`;
  const merged = await listFormerAssets(trx);
  const assets: EstateAsset[] = [];
  for await (const rows of decodeCopy(copyOut(trx, query))) {
    for (const row of rows) {
      const [id, name, assetType, subtype] = row;
      const values = slimValues(assetAttributes, row, 4);
      const role = values.server_role;
      const formerly = merged.get(id ?? '');
      assets.push({
        id: id ?? '',
        name: name ?? '',
        assetType: (assetType ?? 'other') as AssetType, // the column holds asset types only
        subtype: subtype ?? null,
        serverRole: typeof role === 'string' ? role : null,
        values,
        ...(formerly !== undefined && { formerly }),
      });
    }
  }
  return assets;
}

const namingAttributes: readonly AttributeName[] = [
  'external_id',
  'asset_tag',
  'serial_number',
  'uuid',
  'hostname',
  'fqdn',
  'ip_address',
];

/** Tombstones by the asset that goes on for them. */
async function listFormerAssets(trx: TenantTrx): Promise<Map<string, FormerAsset[]>> {
  const naming = namingAttributes.map((name) => `'${name}', t."values" -> '${name}'`).join(', ');
  const rows = await queryRows<FormerAsset & { readonly livingId: string }>(
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
  const former = new Map<string, FormerAsset[]>();
  for (const { livingId, name, assetType, values } of rows) {
    const list = former.get(livingId) ?? [];
    list.push({ name, assetType, values });
    former.set(livingId, list);
  }
  return former;
}

/** A record with what it says about dependencies. */
export interface StatingRecord {
  /** Position of its run in the list that was asked for. */
  readonly run: number;
  readonly rowNumber: number;
  /** The asset that the record speaks of; null for rows of relations and flows. */
  readonly assetId: string | null;
  readonly values: AttributeValues;
}

/** A run as the order of records needs it. */
export interface StatingRun {
  /** Position in the caller's list. */
  readonly run: number;
  readonly phaseRunId: string;
  /** Equal for runs of one source. */
  readonly source: number;
  /** Higher is newer. */
  readonly freshness: number;
}

const statementAttributes: readonly AttributeName[] = [
  'name',
  'hostname',
  'fqdn',
  'hypervisor_host',
  'cluster',
  'application_name',
  'environment',
  'depends_on',
  'dependency_type',
  'dependency_source',
  'dependency_target',
  'port',
  'protocol',
  'connection_count',
];

/** What each source says of each asset in its newest export, in no order. */
export async function* streamAssetStatements(
  trx: TenantTrx,
  runs: readonly StatingRun[],
): AsyncGenerator<StatingRecord[], void, undefined> {
  if (runs.length === 0) return;
  await planForManyRows(trx);
  const list = runs.map(
    ({ run, phaseRunId, source, freshness }) =>
      `(${integerLiteral(run)}, ${uuidLiteral(phaseRunId)}::uuid, ${integerLiteral(source)}, ${integerLiteral(freshness)})`,
  );
  const repeats = new Set(runs.map(({ source }) => source)).size < runs.length;
  const newest = repeats ? 'max(v.freshness) over (partition by s.asset_id, v.source)' : 'v.freshness';
  const query = `
    select s.run, s.row_number, s.asset_id, ${slimColumns('c."values"', statementAttributes)}
    from (
      select s.phase_run_id, s.row_number, s.asset_id, v.run, v.freshness, ${newest} as newest
      from asset_sources s
      join (values ${list.join(', ')}) as v(run, phase_run_id, source, freshness) on v.phase_run_id = s.phase_run_id
      where ${tenantCondition(trx, 's')}) s
    join cleansed_records c on ${tenantCondition(trx, 'c')} and c.phase_run_id = s.phase_run_id
      and c.row_number = s.row_number
    where s.freshness = s.newest`;
  // Rows written a moment ago have no statistics yet, and a guess of few would be joined by a loop over all of them.
  await trx.raw('set local enable_nestloop = off');
  yield* decodeStatements(trx, query);
}

/** The rows of relation and network flow tables of one run, in their order. */
export async function* streamRelations(
  trx: TenantTrx,
  { run, phaseRunId }: Pick<StatingRun, 'run' | 'phaseRunId'>,
): AsyncGenerator<StatingRecord[], void, undefined> {
  const query = `
    select ${integerLiteral(run)}, row_number, null, ${slimColumns('"values"', statementAttributes)}
    from cleansed_records
    where ${tenantCondition(trx)} and phase_run_id = ${uuidLiteral(phaseRunId)} and kind = 'relation'
    order by row_number`;
  yield* decodeStatements(trx, query);
}

async function* decodeStatements(
  trx: TenantTrx,
  query: string,
): AsyncGenerator<StatingRecord[], void, undefined> {
  for await (const rows of decodeCopy(copyOut(trx, query))) {
    yield rows.map((row) => ({
      run: Number(row[0]),
      rowNumber: Number(row[1]),
      assetId: row[2] ?? null,
      values: slimValues(statementAttributes, row, 3),
    }));
  }
}
