import type { Knex } from 'knex';

/** The estate of an engagement and its assets: projections of the records that speak of them. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(assets);
  await knex.raw(sources);
  await knex.raw(decisions);
}

const assets = `
  create table estates (
    client_account_id uuid not null,
    engagement_id uuid not null,
    revision bigint not null default 0,
    holder_run_id uuid,
    fence bigint not null default 0,
    held_until timestamptz,
    inventory_run_id uuid,
    dependency_run_id uuid,
    plan_id uuid,
    assessment_run_id uuid,
    updated_at timestamptz not null default now(),
    primary key (client_account_id, engagement_id),
    foreign key (client_account_id, engagement_id) references engagements (client_account_id, id) on delete cascade,
    constraint estates_held_until_named check ((holder_run_id is null) = (held_until is null))
  );
  comment on table estates is
    'One row per engagement: the lease of the projection (holder, fence) and pointers to the last published results.';
  call protect_tenant_table('estates', 'select, insert, update');
  call show_to_system('estates',
    'client_account_id, engagement_id, revision, holder_run_id, fence, held_until, updated_at');

  create table assets (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null default gen_random_uuid(),
    name text not null,
    name_key text collate "C" generated always as (lower(name)) stored,
    asset_type text not null,
    subtype text,
    classification_confidence numeric(4, 3),
    classification jsonb not null default '[]',
    environment text,
    business_criticality text,
    migration_scope text,
    operating_system text,
    hostname text,
    values jsonb not null default '{}',
    origins jsonb,
    merged_into uuid,
    deleted_at timestamptz,
    first_flow_id uuid,
    last_flow_id uuid,
    revision bigint not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (client_account_id, engagement_id, id),
    constraint assets_type_known check (asset_type in ('server', 'application', 'database', 'network',
      'load_balancer', 'storage', 'security', 'container', 'cluster', 'end_user_device', 'facility', 'component',
      'other')),
    constraint assets_environment_known check (environment in ('production', 'staging', 'test', 'qa', 'uat',
      'development', 'disaster_recovery', 'sandbox', 'unknown')),
    constraint assets_criticality_known check (business_criticality in ('critical', 'high', 'medium', 'low')),
    constraint assets_scope_known check (migration_scope in ('in', 'out', 'deferred')),
    constraint assets_name_present check (btrim(name) <> ''),
    constraint assets_not_merged_into_itself check (merged_into <> id)
  );
  create index assets_by_name on assets (client_account_id, engagement_id, name_key, id)
    where merged_into is null and deleted_at is null;
  create index assets_by_type on assets (client_account_id, engagement_id, asset_type, name_key, id)
    where merged_into is null and deleted_at is null;
  comment on column assets.values is 'Surviving value of each attribute; a projection of asset_sources and asset_overrides.';
  comment on column assets.origins is 'For each attribute the record, rule or person that its value comes from.';
  comment on column assets.merged_into is 'Set on a tombstone: the asset that goes on for this one.';
  call protect_tenant_table('assets', 'select, insert, update');
  call show_to_system('assets', 'client_account_id, engagement_id, id, created_at, updated_at, deleted_at');
`;

const sources = `
  create table asset_sources (
    client_account_id uuid not null,
    engagement_id uuid not null,
    phase_run_id uuid not null,
    row_number integer not null,
    asset_id uuid not null,
    import_id uuid not null,
    source_id uuid,
    rank integer not null,
    as_of timestamptz,
    identity text[] not null default '{}',
    pinned_by uuid,
    primary key (client_account_id, engagement_id, phase_run_id, row_number)
  );
  create index asset_sources_of_asset on asset_sources (client_account_id, engagement_id, asset_id);
  comment on table asset_sources is
    'Which cleansed record (phase_run_id, row_number) speaks of which asset. Values stay in cleansed_records.';
  comment on column asset_sources.identity is 'Identity keys of the record as kind:value.';
  comment on column asset_sources.pinned_by is 'The person who put this record to this asset; projection keeps it there.';
  call protect_tenant_table('asset_sources', 'select, insert, update, delete');

  create table asset_identity_keys (
    client_account_id uuid not null,
    engagement_id uuid not null,
    kind text not null,
    value text not null,
    asset_id uuid not null,
    primary key (client_account_id, engagement_id, kind, value),
    constraint asset_identity_keys_kind_known
      check (kind in ('uuid', 'serial', 'external_id', 'fqdn', 'hostname', 'mac', 'name'))
  );
  create index asset_identity_keys_of_asset on asset_identity_keys (client_account_id, engagement_id, asset_id);
  call protect_tenant_table('asset_identity_keys', 'select, insert, update, delete');

  create table asset_changes (
    client_account_id uuid not null,
    engagement_id uuid not null,
    phase_run_id uuid not null,
    asset_id uuid not null,
    state text not null,
    before jsonb,
    after jsonb,
    primary key (client_account_id, engagement_id, phase_run_id, asset_id),
    constraint asset_changes_state_known check (state in ('created', 'updated', 'merged', 'unchanged', 'removed'))
  );
  comment on table asset_changes is 'What a projection changes or would change: the preview, and the counts.';
  call protect_tenant_table('asset_changes', 'select, insert, delete');
`;

const decisions = `
  create table asset_overrides (
    client_account_id uuid not null,
    engagement_id uuid not null,
    asset_id uuid not null,
    attribute text not null,
    value jsonb,
    reason text,
    user_id uuid not null,
    at timestamptz not null default clock_timestamp(),
    primary key (client_account_id, engagement_id, asset_id, attribute),
    foreign key (client_account_id, engagement_id, asset_id)
      references assets (client_account_id, engagement_id, id) on delete cascade
  );
  comment on column asset_overrides.value is 'Null: the person says that the attribute has no value.';
  call protect_tenant_table('asset_overrides', 'select, insert, update, delete');

  create table asset_merges (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null default gen_random_uuid(),
    action text not null,
    surviving_asset_id uuid not null,
    other_asset_id uuid not null,
    phase_run_id uuid,
    conflict_id uuid,
    reason text,
    decided_by uuid,
    decided_at timestamptz not null default clock_timestamp(),
    primary key (client_account_id, engagement_id, id),
    foreign key (client_account_id, engagement_id, surviving_asset_id)
      references assets (client_account_id, engagement_id, id) on delete cascade,
    foreign key (client_account_id, engagement_id, other_asset_id)
      references assets (client_account_id, engagement_id, id) on delete cascade,
    constraint asset_merges_action_known check (action in ('merge', 'keep_separate', 'split'))
  );
  create index asset_merges_surviving on asset_merges (client_account_id, engagement_id, surviving_asset_id);
  create index asset_merges_other on asset_merges (client_account_id, engagement_id, other_asset_id);
  call protect_tenant_table('asset_merges', 'select, insert, update, delete');

  create table asset_conflicts (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null default gen_random_uuid(),
    flow_id uuid,
    phase_run_id uuid not null,
    asset_id uuid,
    kind text not null,
    attribute text,
    message text not null,
    candidates jsonb not null default '[]',
    fingerprint text,
    status text not null default 'open',
    action text,
    decision jsonb,
    decided_by uuid,
    decided_at timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    primary key (client_account_id, engagement_id, id),
    foreign key (client_account_id, engagement_id, flow_id)
      references master_flows (client_account_id, engagement_id, flow_id) on delete cascade,
    constraint asset_conflicts_kind_known
      check (kind in ('identity_clash', 'attribute_disagreement', 'class_change', 'near_duplicate')),
    constraint asset_conflicts_status_known check (status in ('open', 'resolved', 'dismissed')),
    constraint asset_conflicts_action_known check (action in ('keep_existing', 'replace_with_new', 'merge',
      'keep_separate', 'create_both_with_dependency')),
    constraint asset_conflicts_resolved_whole check (status <> 'resolved' or (action is not null and decided_at is not null))
  );
  create index asset_conflicts_of_flow on asset_conflicts (client_account_id, engagement_id, flow_id);
  create index asset_conflicts_open on asset_conflicts (client_account_id, engagement_id, created_at, id)
    where status = 'open';
  comment on column asset_conflicts.fingerprint is
    'What the conflict is about, so that a decided one is not asked again by the next run.';
  call protect_tenant_table('asset_conflicts', 'select, insert, update, delete');
  call show_to_system('asset_conflicts', 'client_account_id, engagement_id, id, status, created_at, decided_at');
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table asset_conflicts;
    drop table asset_merges;
    drop table asset_overrides;
    drop table asset_changes;
    drop table asset_identity_keys;
    drop table asset_sources;
    drop table assets;
    drop table estates;
  `);
}
