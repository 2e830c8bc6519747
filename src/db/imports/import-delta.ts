import type { AssetType, SourceCoverage } from '../../domain/lists';
import { planForManyRows } from '../bulk/bulk-plans';
import { queryFirst, queryOne, queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** In the order in which they are listed: what stayed as it was comes last. */
export const deltaStates = ['created', 'updated', 'vanished', 'unchanged'] as const;
export type DeltaState = (typeof deltaStates)[number];

/** What an import is compared with: an earlier one of the same source, scope and table. */
export interface DeltaBasis {
  /** Published cleansing of the import itself; null while its records are not in the estate. */
  readonly runId: string | null;
  readonly previousId: string | null;
  readonly previousRunId: string | null;
  readonly previousName: string | null;
  readonly previousCoverage: SourceCoverage | null;
  readonly sameFile: boolean;
  /** Whether both are full exports in one piece, so that what only the earlier one has is gone. */
  readonly tellsVanished: boolean;
  /** The newest import of the same source and table that speaks of a later time; its values win. */
  readonly newerId: string | null;
}

/** Names of files in archives carry dates and numbers that change from export to export. */
const placeOf = (table: string): string => `row(lower(${table}.sheet_name),
  regexp_replace(lower(${table}.archive_entry), '[0-9]+([-_.: ][0-9]+)*', '#', 'g'))`;

/** Exports are as new as the time they speak of; an unknown time is older than every known one. */
const ageOf = (table: string): string =>
  `(coalesce(${table}.as_of, '-infinity'), ${table}.created_at, ${table}.position, ${table}.id)`;

const publishedRun = (table: string): string => `
  left join flow_results ${table}_run on ${table}_run.client_account_id = ${table}.client_account_id
    and ${table}_run.engagement_id = ${table}.engagement_id and ${table}_run.import_id = ${table}.id
    and ${table}_run.phase = 'data_cleansing' and ${table}_run.scenario_id is null and ${table}.undone_at is null
    and exists (select from flow_results p where p.client_account_id = ${table}.client_account_id
      and p.engagement_id = ${table}.engagement_id and p.flow_id = ${table}.flow_id
      and p.phase = 'asset_inventory' and p.scenario_id is null)`;

const basisQuery = `
  with wanted as (
    select w.*, w_run.phase_run_id from data_imports w ${publishedRun('w')}
    where w.client_account_id = :clientAccountId and w.engagement_id = :engagementId and w.id = :importId),
  same_source as (
    select i.*, i_run.phase_run_id, i.sha256 = w.sha256 as same_file, i.filename = w.filename as same_name,
      i.flow_id = w.flow_id and i.as_of is not distinct from w.as_of as is_sibling,
      ${ageOf('i')} < ${ageOf('w')} as is_older,
      max(i.created_at) over (partition by i.flow_id) as flow_came_at,
      count(*) over (partition by i.flow_id, i.as_of) as pieces
    from wanted w
    join data_imports i on i.client_account_id = w.client_account_id and i.engagement_id = w.engagement_id
      and i.data_source_id = w.data_source_id and i.table_kind is not distinct from w.table_kind
      and ${placeOf('i')} is not distinct from ${placeOf('w')}
      and (i.format_id = w.format_id or i.format_id is null or w.format_id is null)
      and i.id <> w.id and i.undone_at is null
    ${publishedRun('i')}),
  others as (select * from same_source where phase_run_id is not null and not is_sibling),
  older as (
    select o.*, row_number() over (order by coalesce(o.as_of, '-infinity') desc, o.flow_came_at desc, o.flow_id,
      o.same_name desc nulls last, o.created_at desc, o.position desc, o.id desc) as place
    from others o where o.is_older),
  -- The same file again is told as such; else a full export says more than the last partial one.
  previous as (
    select o.* from older o
    order by o.place = 1 and o.same_file is true desc, o.coverage = 'full' desc, o.place limit 1)
  select w.phase_run_id as run_id, p.id as previous_id, p.phase_run_id as previous_run_id,
    p.filename as previous_name, p.coverage as previous_coverage, coalesce(p.same_file, false) as same_file,
    coalesce(w.coverage = 'full' and p.coverage = 'full' and p.pieces = 1
      and not exists (select from same_source s where s.is_sibling), false) as tells_vanished,
    (select o.id from others o where not o.is_older
     order by ${ageOf('o')} desc limit 1) as newer_id
  from wanted w left join previous p on true`;

/** With what an import is compared; undefined for an import that the tenant has not. */
export async function findDeltaBasis(trx: TenantTrx, importId: string): Promise<DeltaBasis | undefined> {
  return queryFirst<DeltaBasis>(trx, basisQuery, { ...tenantOf(trx), importId });
}

export interface DeltaPage {
  readonly after?: { readonly state: number; readonly nameKey: string; readonly id: string };
  readonly state?: DeltaState;
  readonly limit: number;
}

export interface DeltaAsset {
  readonly assetId: string;
  readonly name: string;
  readonly nameKey: string;
  readonly assetType: AssetType;
  readonly state: DeltaState;
}

export type DeltaCounts = Readonly<Record<DeltaState, number>>;

export interface ImportDelta {
  readonly counts: DeltaCounts;
  readonly assets: readonly DeltaAsset[];
}

/**
 * What the records of a run say of each asset, as the digests of its distinct records: neither order nor repetition
 * matters. Grouped by hashing, which sorting would make several times as slow.
 */
const factsOf = (run: string): string => `
  select asset_id, bit_xor(digest) as digests, count(*) as records
  from (
    select s.asset_id, jsonb_hash_extended(c."values", 0) as digest
    from asset_sources s
    join cleansed_records c on c.row_number = s.row_number
    where s.client_account_id = :clientAccountId and s.engagement_id = :engagementId and s.phase_run_id = :${run}
      and c.client_account_id = :clientAccountId and c.engagement_id = :engagementId and c.phase_run_id = :${run}
    group by 1, 2) said
  group by asset_id`;

const deltaQuery = `
  with delta as materialized (
    select coalesce(now.asset_id, was.asset_id) as asset_id,
      case when was.asset_id is null then 'created' when now.asset_id is null then 'vanished'
        when now.digests = was.digests and now.records = was.records then 'unchanged' else 'updated' end as state
    from (${factsOf('runId')}) now
    full join (${factsOf('previousRunId')}) was on was.asset_id = now.asset_id
    where now.asset_id is not null or :tellsVanished::boolean),
  page as (
    select d.asset_id, a.name, a.name_key, a.asset_type, d.state,
      array_position(:states::text[], d.state) as state_place
    from delta d
    join assets a on a.client_account_id = :clientAccountId and a.engagement_id = :engagementId
      and a.id = d.asset_id
    where (:state::text is null or d.state = :state)
      and (:afterId::uuid is null or (array_position(:states::text[], d.state), a.name_key, a.id)
        > (:afterState::integer, :afterName::text collate "C", :afterId::uuid))
    order by state_place, a.name_key, a.id limit :limit)
  select (select jsonb_build_object('created', count(*) filter (where state = 'created'),
      'updated', count(*) filter (where state = 'updated'),
      'vanished', count(*) filter (where state = 'vanished'),
      'unchanged', count(*) filter (where state = 'unchanged')) from delta) as counts,
    (select coalesce(jsonb_agg(jsonb_build_object('assetId', asset_id, 'name', name, 'nameKey', name_key,
      'assetType', asset_type, 'state', state) order by state_place, name_key, asset_id), '[]') from page) as assets`;

/** Compares what two imports say of each asset; without an earlier one everything is new. */
export async function readImportDelta(
  trx: TenantTrx,
  { runId, previousRunId, tellsVanished }: DeltaBasis,
  { after, state, limit }: DeltaPage,
): Promise<ImportDelta> {
  await planForManyRows(trx);
  return queryOne<ImportDelta>(trx, deltaQuery, {
    ...tenantOf(trx),
    runId,
    previousRunId,
    tellsVanished,
    states: deltaStates,
    state,
    limit,
    afterState: after?.state,
    afterName: after?.nameKey,
    afterId: after?.id,
  });
}

/** Attributes about which two imports differ, for some assets of both. */
export async function listChangedAttributes(
  trx: TenantTrx,
  { runId, previousRunId }: DeltaBasis,
  assetIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (assetIds.length === 0) return new Map();
  const rows = await queryRows<{ assetId: string; attributes: string[] }>(
    trx,
    `with facts as (
       select s.asset_id, s.phase_run_id, v.key, array_agg(distinct v.value) as said
       from unnest(:assetIds::uuid[]) as w(id)
       -- Some looks by key each: without statistics the server would read both runs.
       cross join lateral (select o.* from asset_sources o where o.client_account_id = :clientAccountId
         and o.engagement_id = :engagementId and o.asset_id = w.id offset 0) s
       cross join lateral (select r."values" from cleansed_records r where r.client_account_id = :clientAccountId
         and r.engagement_id = :engagementId and r.phase_run_id = s.phase_run_id
         and r.row_number = s.row_number offset 0) c
       cross join lateral jsonb_each(c."values") v
       where s.phase_run_id in (:runId::uuid, :previousRunId::uuid)
       group by s.asset_id, s.phase_run_id, v.key)
     select asset_id, array_agg(key order by key) as attributes
     from (select asset_id, key from facts group by asset_id, key
       having count(*) = 1 or count(distinct said) > 1) changed
     group by asset_id`,
    { ...tenantOf(trx), runId, previousRunId, assetIds },
  );
  return new Map(rows.map(({ assetId, attributes }) => [assetId, attributes]));
}
