import { criticalities, environments, migrationScopes } from '../../domain/lists';
import type { ChangeState } from './asset-changes';
import { planForManyRows } from '../bulk/bulk-plans';
import { execute, queryOne } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';
const ofRun = `c.client_account_id = :clientAccountId and c.engagement_id = :engagementId
  and c.phase_run_id = :runId`;

const intoAssets = `
  insert into assets as a (client_account_id, engagement_id, id, name, asset_type, subtype,
    classification_confidence, classification, environment, business_criticality, migration_scope,
    operating_system, hostname, "values", origins, first_flow_id, last_flow_id)`;

/** Columns that repeat values, of a document in `column`. */
const repeatedValues = (column: string): string => `
    case when ${column} ->> 'environment' = any (:environments) then ${column} ->> 'environment' end,
    case when ${column} ->> 'business_criticality' = any (:criticalities)
      then ${column} ->> 'business_criticality' end,
    case when ${column} ->> 'migration_scope' = any (:scopes) then ${column} ->> 'migration_scope' end,
    ${column} ->> 'operating_system', ${column} ->> 'hostname', ${column}`;

const insertAssets = `
  ${intoAssets}
  select c.client_account_id, c.engagement_id, c.asset_id, d.name, d.asset_type, d.subtype, d.confidence,
    d.classification, ${repeatedValues('d."values"')}, nullif(d.origins, 'null'), d.first_flow_id, d.last_flow_id
  from asset_changes c
  -- Taken apart at once: every look into a large document would unpack all of it.
  cross join lateral jsonb_to_record(c.after) as d(name text, asset_type text, subtype text, confidence numeric,
    classification jsonb, "values" jsonb, origins jsonb, first_flow_id uuid, last_flow_id uuid)
  where ${ofRun} and c.state = any (:states) and c.of_row is null`;

const insertLoneAssets = `
  with runs as materialized (
    select f.phase_run_id, f.import_id from flow_results f
    where f.client_account_id = :clientAccountId and f.engagement_id = :engagementId
      and f.phase = 'data_cleansing' and f.scenario_id is null)
  ${intoAssets}
  select c.client_account_id, c.engagement_id, c.asset_id, coalesce(c.name, c.after ->> 'name'),
    c.after ->> 'asset_type', c.after ->> 'subtype', (c.after ->> 'confidence')::numeric, c.after -> 'classification',
    ${repeatedValues('v."values"')},
    jsonb_build_object('record', jsonb_build_object('import_id', runs.import_id, 'row_number', c.of_row),
      'others', case when c.after ? 'server_role' then '{"server_role": {"rule": "role_of_class_or_name"}}'::jsonb
        else '{}'::jsonb end),
    (c.after ->> 'first_flow_id')::uuid, (c.after ->> 'last_flow_id')::uuid
  from asset_changes c
  join runs on runs.phase_run_id = c.of_run_id
  -- One look by key for each record, which costs less than to sort or hash whole documents.
  cross join lateral (
    select case when c.after ? 'server_role'
      then r."values" || jsonb_build_object('server_role', c.after -> 'server_role') else r."values" end as "values"
    from cleansed_records r
    where r.client_account_id = :clientAccountId and r.engagement_id = :engagementId
      and r.phase_run_id = c.of_run_id and r.row_number = c.of_row
    offset 0) v
  where ${ofRun} and c.of_row is not null`;

const replaceAsset = `
  on conflict (client_account_id, engagement_id, id) do update set name = excluded.name,
    asset_type = excluded.asset_type, subtype = excluded.subtype,
    classification_confidence = excluded.classification_confidence, classification = excluded.classification,
    environment = excluded.environment, business_criticality = excluded.business_criticality,
    migration_scope = excluded.migration_scope, operating_system = excluded.operating_system,
    hostname = excluded.hostname, "values" = excluded."values", origins = excluded.origins,
    last_flow_id = excluded.last_flow_id, merged_into = null, deleted_at = null, revision = a.revision + 1,
    updated_at = now()`;

const touchAssets = `
  update assets a set origins = nullif(d.origins, 'null'), last_flow_id = d.last_flow_id
  from asset_changes c cross join lateral jsonb_to_record(c.after) as d(origins jsonb, last_flow_id uuid)
  where ${ofRun} and c.state = 'unchanged' and a.client_account_id = c.client_account_id
    and a.engagement_id = c.engagement_id and a.id = c.asset_id`;

const buryAssets = `
  update assets a set merged_into = (c.after ->> 'merged_into')::uuid, revision = a.revision + 1,
    deleted_at = case when c.state = 'removed' then now() end, updated_at = now()
  from asset_changes c
  where ${ofRun} and c.state in ('merged', 'removed') and a.client_account_id = c.client_account_id
    and a.engagement_id = c.engagement_id and a.id = c.asset_id`;

const sourceRuns = `
  with runs as materialized (
    select f.phase_run_id, i.id as import_id, i.data_source_id, coalesce(s.rank, 100) as rank, i.as_of
    from flow_results f
    join data_imports i on i.client_account_id = f.client_account_id and i.engagement_id = f.engagement_id
      and i.id = f.import_id
    left join data_sources s on s.client_account_id = i.client_account_id and s.engagement_id = i.engagement_id
      and s.id = i.data_source_id
    where f.client_account_id = :clientAccountId and f.engagement_id = :engagementId
      and f.phase = 'data_cleansing' and f.scenario_id is null)
  insert into asset_sources as t (client_account_id, engagement_id, phase_run_id, row_number, asset_id, import_id,
    source_id, rank, as_of, identity, pinned_by)`;

const replaceSource = `
  on conflict (client_account_id, engagement_id, phase_run_id, row_number) do update
    set asset_id = excluded.asset_id, identity = excluded.identity, pinned_by = excluded.pinned_by`;

const linkLoneSources = `
  ${sourceRuns}
  select c.client_account_id, c.engagement_id, c.of_run_id, c.of_row, c.asset_id, runs.import_id,
    runs.data_source_id, runs.rank, runs.as_of,
    coalesce(c.identity, c.keys,
      array(select jsonb_array_elements_text(coalesce(c.after -> 'identity', c.after -> 'keys')))), null
  from asset_changes c
  join runs on runs.phase_run_id = c.of_run_id
  where ${ofRun} and c.of_row is not null`;

const linkSources = `
  ${sourceRuns}
  select c.client_account_id, c.engagement_id, l.p, l.r, c.asset_id, runs.import_id, runs.data_source_id, runs.rank,
    runs.as_of, l.d, l.b
  from asset_changes c
  cross join lateral jsonb_to_recordset(c.after -> 'sources') as l(p uuid, r integer, d text[], b uuid)
  join runs on runs.phase_run_id = l.p
  where ${ofRun} and c.state in ('created', 'updated', 'unchanged') and c.of_row is null`;

const freeKeys = `
  delete from asset_identity_keys k using asset_changes c
  where ${ofRun} and c.state <> 'created' and (c.after is null or c.state = 'merged' or c.after ? 'keys')
    and k.client_account_id = c.client_account_id and k.engagement_id = c.engagement_id
    and k.asset_id = c.asset_id`;

const takeKeys = `
  insert into asset_identity_keys (client_account_id, engagement_id, kind, value, asset_id)
  select c.client_account_id, c.engagement_id, split_part(k.key, ':', 1), substr(k.key, strpos(k.key, ':') + 1),
    c.asset_id
  from asset_changes c
  cross join lateral unnest(coalesce(c.keys, array(select jsonb_array_elements_text(c.after -> 'keys')))) as k(key)
  where ${ofRun} and c.state in ('created', 'updated', 'unchanged')`;

const keepKey = 'on conflict (client_account_id, engagement_id, kind, value) do nothing';

/** Makes the estate what a run found; part of the one transaction that publishes it. */
export async function applyAssetChanges(trx: TenantTrx, runId: string): Promise<void> {
  const bindings = { ...tenantOf(trx), runId };
  await planForManyRows(trx);
  const has = await findWhatEstateHas(trx);
  const lists = { environments, criticalities, scopes: migrationScopes };
  const write = (states: readonly ChangeState[], sql: string) =>
    execute(trx, sql, { ...bindings, ...lists, states });
  const onAsset = has.assets ? replaceAsset : '';
  await write([], `${insertLoneAssets} ${onAsset}`);
  await write(['created', 'updated'], `${insertAssets} ${onAsset}`);
  if (has.assets) {
    await execute(trx, touchAssets, bindings);
    await execute(trx, buryAssets, bindings);
  }
  const onSource = has.sources ? replaceSource : '';
  await execute(trx, `${linkLoneSources} ${onSource}`, bindings);
  await execute(trx, `${linkSources} ${onSource}`, bindings);
  if (has.keys) await execute(trx, freeKeys, bindings);
  await execute(trx, has.keys ? `${takeKeys} ${keepKey}` : takeKeys, bindings);
}

interface WhatEstateHas {
  readonly assets: boolean;
  readonly sources: boolean;
  readonly keys: boolean;
}

/**
 * Into an empty table rows go without a look for those that they replace: a run names each asset, record and key once.
 * Nobody but the holder of the estate adds any.
 */
async function findWhatEstateHas(trx: TenantTrx): Promise<WhatEstateHas> {
  return queryOne<WhatEstateHas>(
    trx,
    `select exists (select from assets where ${ofTenant}) as assets,
       exists (select from asset_sources where ${ofTenant}) as sources,
       exists (select from asset_identity_keys where ${ofTenant}) as keys`,
    { ...tenantOf(trx) },
  );
}
