import type { Knex } from 'knex';

/** Master flows and their discovery flows: two rows that are born together and always agree. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(tables);
  await knex.raw(agreement);
  await knex.raw(versions);
}

const tables = `
  create table master_flows (
    client_account_id uuid not null,
    engagement_id uuid not null,
    flow_id uuid not null,
    user_id uuid not null,
    flow_type text not null default 'discovery',
    flow_name text not null,
    flow_status text not null default 'initialized',
    paused_from text,
    waiting_for text,
    current_phase text,
    fingerprint text not null,
    workflow_id text not null,
    run_id text,
    flow_configuration jsonb not null default '{}',
    flow_persistence_data jsonb not null default '{}',
    progress_percentage numeric(4, 1) not null default 0,
    failure_code text,
    failure_message text,
    reason text,
    accepts_imports boolean not null default true,
    row_version bigint not null default 1,
    changed_at timestamptz not null default clock_timestamp(),
    notified_at timestamptz not null default clock_timestamp(),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    completed_at timestamptz,
    archived_at timestamptz,
    primary key (client_account_id, engagement_id, flow_id),
    foreign key (client_account_id, engagement_id) references engagements (client_account_id, id) on delete cascade,
    constraint master_flows_type_known check (flow_type in ('discovery')),
    constraint master_flows_status_known check (flow_status in ('initialized', 'running', 'waiting_for_approval',
      'paused', 'completed', 'failed', 'cancelled', 'archived')),
    constraint master_flows_paused_from_known
      check (paused_from in ('initialized', 'running', 'waiting_for_approval')),
    constraint master_flows_paused_from_kept check ((flow_status = 'paused') = (paused_from is not null)),
    constraint master_flows_waiting_for_known check (waiting_for in ('import', 'profile_decisions',
      'mapping_approval', 'conflict_resolution', 'preview_approval')),
    constraint master_flows_phase_known check (current_phase in ('data_import', 'data_validation', 'field_mapping',
      'data_cleansing', 'asset_inventory', 'dependency_analysis', 'tech_debt_assessment')),
    constraint master_flows_reason_known check (reason in ('requested', 'expired', 'terminated')),
    constraint master_flows_progress_in_range check (progress_percentage between 0 and 100),
    constraint master_flows_whole_only_when_completed
      check (progress_percentage < 100 or flow_status in ('completed', 'archived')),
    constraint master_flows_failure_named check (flow_status <> 'failed' or failure_code is not null),
    constraint master_flows_name_present check (btrim(flow_name) <> '')
  );
  create index master_flows_newest on master_flows (client_account_id, engagement_id, created_at, flow_id);
  create index master_flows_open on master_flows (updated_at)
    where flow_status not in ('completed', 'cancelled', 'archived');
  comment on column master_flows.changed_at is
    'Last change that subscribers learn at once: a status, a gate, a published result.';
  call protect_tenant_table('master_flows', 'select, insert, update');
  call show_to_system('master_flows', 'client_account_id, engagement_id, flow_id, flow_status, paused_from,
    waiting_for, current_phase, workflow_id, run_id, reason, row_version, changed_at, created_at, updated_at,
    completed_at, archived_at');

  create view crewai_flow_state_extensions with (security_invoker = true) as select * from master_flows;
  comment on view crewai_flow_state_extensions is 'Historic name of master_flows, read only.';
  grant select on crewai_flow_state_extensions to surveyor_app;

  create table discovery_flows (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null default gen_random_uuid(),
    master_flow_id uuid not null,
    status text not null default 'initialized',
    current_phase text,
    data_import_completed boolean not null default false,
    data_validation_completed boolean not null default false,
    field_mapping_completed boolean not null default false,
    data_cleansing_completed boolean not null default false,
    asset_inventory_completed boolean not null default false,
    dependency_analysis_completed boolean not null default false,
    tech_debt_assessment_completed boolean not null default false,
    phase_state jsonb not null default '{}',
    data_import_id uuid,
    learning_scope text not null default 'engagement',
    assessment_ready boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    completed_at timestamptz,
    primary key (client_account_id, engagement_id, id),
    constraint discovery_flows_one_per_master unique (client_account_id, engagement_id, master_flow_id),
    foreign key (client_account_id, engagement_id, master_flow_id)
      references master_flows (client_account_id, engagement_id, flow_id) on delete cascade,
    constraint discovery_flows_status_known check (status in ('initialized', 'running', 'waiting_for_approval',
      'paused', 'completed', 'failed', 'cancelled', 'archived')),
    constraint discovery_flows_phase_known check (current_phase in ('data_import', 'data_validation',
      'field_mapping', 'data_cleansing', 'asset_inventory', 'dependency_analysis', 'tech_debt_assessment')),
    constraint discovery_flows_learning_scope_known check (learning_scope in ('engagement', 'client')),
    constraint discovery_flows_phases_in_order check (
      data_import_completed >= data_validation_completed
      and data_validation_completed >= field_mapping_completed
      and field_mapping_completed >= data_cleansing_completed
      and data_cleansing_completed >= asset_inventory_completed
      and asset_inventory_completed >= dependency_analysis_completed
      and dependency_analysis_completed >= tech_debt_assessment_completed)
  );
  call protect_tenant_table('discovery_flows', 'select, insert, update');
`;

const agreement = `
  create function check_flow_agreement() returns trigger language plpgsql set search_path = public, pg_temp as $$
  declare
    flow uuid;
  begin
    if tg_table_name = 'master_flows' then flow := new.flow_id; else flow := new.master_flow_id; end if;
    perform from master_flows m
      join discovery_flows d on d.client_account_id = m.client_account_id
        and d.engagement_id = m.engagement_id and d.master_flow_id = m.flow_id
      where m.client_account_id = new.client_account_id and m.engagement_id = new.engagement_id
        and m.flow_id = flow and d.status = m.flow_status
        and d.current_phase is not distinct from m.current_phase;
    if not found then
      raise exception 'master flow and discovery flow % do not agree', flow
        using errcode = 'check_violation', constraint = 'flows_agree', table = tg_table_name;
    end if;
    return null;
  end $$;

  create constraint trigger flows_agree after insert or update of flow_status, current_phase on master_flows
    deferrable initially deferred for each row execute function check_flow_agreement();
  create constraint trigger flows_agree after insert or update of status, current_phase on discovery_flows
    deferrable initially deferred for each row execute function check_flow_agreement();
`;

const versions = `
  create function raise_flow_version() returns trigger language plpgsql set search_path = public, pg_temp as $$
  declare
    moment constant timestamptz := clock_timestamp();
    at_once constant boolean := new.flow_status <> old.flow_status
      or new.waiting_for is distinct from old.waiting_for
      or new.current_phase is distinct from old.current_phase
      or new.changed_at <> old.changed_at;
  begin
    new.row_version := old.row_version + 1;
    new.updated_at := moment;
    new.progress_percentage := greatest(old.progress_percentage, new.progress_percentage);
    if at_once then
      new.changed_at := moment;
    end if;
    if at_once or moment >= old.notified_at + interval '1 second' then
      new.notified_at := moment;
      perform pg_notify('surveyor_flow', new.flow_id::text);
    end if;
    return new;
  end $$;
  comment on function raise_flow_version() is
    'Numbers every change of a flow, keeps progress monotone and tells listeners the flow id, nothing else.';

  create trigger raise_flow_version before update on master_flows
    for each row execute function raise_flow_version();
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table discovery_flows;
    drop view crewai_flow_state_extensions;
    drop table master_flows;
    drop function raise_flow_version();
    drop function check_flow_agreement();
  `);
}
