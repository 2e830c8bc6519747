import type { Knex } from 'knex';

/** Dependencies between assets, what belongs to an application, and the numbered plans of move groups and waves. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(dependencies);
  await knex.raw(plans);
}

const dependencies = `
  create table asset_dependencies (
    client_account_id uuid not null,
    engagement_id uuid not null,
    phase_run_id uuid not null,
    id uuid not null default gen_random_uuid(),
    source_asset_id uuid not null,
    target_asset_id uuid not null,
    type text not null,
    hardness text not null,
    origin text not null,
    port integer,
    port_key integer generated always as (coalesce(port, 0)) stored,
    protocol text,
    connections bigint,
    confidence numeric(4, 3) not null default 1,
    import_id uuid,
    row_number integer,
    evidence text,
    primary key (client_account_id, engagement_id, phase_run_id, source_asset_id, target_asset_id, type, port_key),
    constraint asset_dependencies_type_known check (type in ('runs_on', 'hosted_on', 'depends_on', 'connects_to',
      'uses', 'member_of', 'replicates_to')),
    constraint asset_dependencies_hardness_known check (hardness in ('hard', 'soft')),
    constraint asset_dependencies_origin_known
      check (origin in ('column', 'relation_file', 'network_flow', 'inferred', 'person')),
    constraint asset_dependencies_two_ends check (source_asset_id <> target_asset_id),
    constraint asset_dependencies_port_in_range check (port between 1 and 65535),
    constraint asset_dependencies_confidence_in_range check (confidence between 0 and 1)
  );
  create index asset_dependencies_of_target
    on asset_dependencies (client_account_id, engagement_id, phase_run_id, target_asset_id);
  comment on column asset_dependencies.source_asset_id is 'The asset that depends; the target is what it needs.';
  call protect_tenant_table('asset_dependencies', 'select, insert, delete');

  create table dependency_overrides (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null default gen_random_uuid(),
    source_asset_id uuid not null,
    target_asset_id uuid not null,
    type text not null,
    port integer,
    action text not null,
    hardness text,
    reason text,
    user_id uuid not null,
    at timestamptz not null default clock_timestamp(),
    primary key (client_account_id, engagement_id, id),
    constraint dependency_overrides_once unique nulls not distinct
      (client_account_id, engagement_id, source_asset_id, target_asset_id, type, port),
    foreign key (client_account_id, engagement_id, source_asset_id)
      references assets (client_account_id, engagement_id, id) on delete cascade,
    foreign key (client_account_id, engagement_id, target_asset_id)
      references assets (client_account_id, engagement_id, id) on delete cascade,
    constraint dependency_overrides_action_known check (action in ('add', 'remove', 'accept_cut')),
    constraint dependency_overrides_type_known check (type in ('runs_on', 'hosted_on', 'depends_on', 'connects_to',
      'uses', 'member_of', 'replicates_to')),
    constraint dependency_overrides_hardness_known check (hardness in ('hard', 'soft')),
    constraint dependency_overrides_two_ends check (source_asset_id <> target_asset_id)
  );
  create index dependency_overrides_of_target
    on dependency_overrides (client_account_id, engagement_id, target_asset_id);
  comment on table dependency_overrides is 'What people say about dependencies; every later run honours it.';
  call protect_tenant_table('dependency_overrides', 'select, insert, update, delete');

  create table unresolved_references (
    client_account_id uuid not null,
    engagement_id uuid not null,
    phase_run_id uuid not null,
    ordinal bigint generated always as identity,
    import_id uuid not null,
    row_number integer not null,
    asset_id uuid,
    reference text not null,
    reason text not null,
    type text not null,
    primary key (client_account_id, engagement_id, phase_run_id, ordinal),
    constraint unresolved_references_type_known check (type in ('runs_on', 'hosted_on', 'depends_on', 'connects_to',
      'uses', 'member_of', 'replicates_to'))
  );
  comment on column unresolved_references.asset_id is 'The end that is known, null when neither is.';
  call protect_tenant_table('unresolved_references', 'select, insert, delete');

  create table application_members (
    client_account_id uuid not null,
    engagement_id uuid not null,
    phase_run_id uuid,
    application_asset_id uuid not null,
    member_asset_id uuid not null,
    origin text not null,
    state text not null default 'suggested',
    confidence numeric(4, 3) not null default 1,
    evidence text,
    decided_by uuid,
    decided_at timestamptz,
    constraint application_members_once unique nulls not distinct
      (client_account_id, engagement_id, phase_run_id, application_asset_id, member_asset_id),
    constraint application_members_state_known check (state in ('suggested', 'confirmed', 'rejected')),
    constraint application_members_two_ends check (application_asset_id <> member_asset_id),
    constraint application_members_confidence_in_range check (confidence between 0 and 1)
  );
  create index application_members_of_member
    on application_members (client_account_id, engagement_id, member_asset_id);
  comment on column application_members.phase_run_id is 'Null: decided by a person, kept over re-runs.';
  call protect_tenant_table('application_members', 'select, insert, update, delete');
`;

const plans = `
  create table estate_plans (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null default gen_random_uuid(),
    number integer not null,
    flow_id uuid,
    scenario_id uuid,
    phase_run_id uuid not null,
    summary jsonb not null default '{}',
    published_at timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    primary key (client_account_id, engagement_id, id),
    constraint estate_plans_number_once unique (client_account_id, engagement_id, number),
    foreign key (client_account_id, engagement_id, phase_run_id)
      references phase_runs (client_account_id, engagement_id, id) on delete cascade
  );
  create index estate_plans_of_run on estate_plans (client_account_id, engagement_id, phase_run_id);
  call protect_tenant_table('estate_plans', 'select, insert, update');

  create table move_groups (
    client_account_id uuid not null,
    engagement_id uuid not null,
    plan_id uuid not null,
    number integer not null,
    name text not null,
    reasons text[] not null default '{}',
    is_shared_service boolean not null default false,
    has_cycle boolean not null default false,
    wave_number integer,
    members uuid[] not null,
    primary key (client_account_id, engagement_id, plan_id, number),
    foreign key (client_account_id, engagement_id, plan_id)
      references estate_plans (client_account_id, engagement_id, id) on delete cascade
  );
  comment on column move_groups.members is 'Ids of the assets that move together.';
  call protect_tenant_table('move_groups', 'select, insert, delete');

  create table waves (
    client_account_id uuid not null,
    engagement_id uuid not null,
    plan_id uuid not null,
    number integer not null,
    group_numbers integer[] not null,
    cuts jsonb not null default '[]',
    reasons text[] not null default '{}',
    primary key (client_account_id, engagement_id, plan_id, number),
    foreign key (client_account_id, engagement_id, plan_id)
      references estate_plans (client_account_id, engagement_id, id) on delete cascade
  );
  call protect_tenant_table('waves', 'select, insert, delete');

  create table wave_constraints (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null default gen_random_uuid(),
    kind text not null,
    payload jsonb not null default '{}',
    created_by uuid,
    created_at timestamptz not null default clock_timestamp(),
    primary key (client_account_id, engagement_id, id),
    foreign key (client_account_id, engagement_id) references engagements (client_account_id, id) on delete cascade
  );
  call protect_tenant_table('wave_constraints', 'select, insert, update, delete');
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table wave_constraints;
    drop table waves;
    drop table move_groups;
    drop table estate_plans;
    drop table application_members;
    drop table unresolved_references;
    drop table dependency_overrides;
    drop table asset_dependencies;
  `);
}
