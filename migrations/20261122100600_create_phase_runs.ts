import type { Knex } from 'knex';

/** Scenarios, phase runs with their ledger, and the pointers that publish a run. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table scenarios (
      client_account_id uuid not null,
      engagement_id uuid not null,
      id uuid not null default gen_random_uuid(),
      name text not null,
      base_flow_id uuid,
      settings jsonb not null default '{}',
      created_by uuid,
      created_at timestamptz not null default now(),
      archived_at timestamptz,
      primary key (client_account_id, engagement_id, id),
      foreign key (client_account_id, engagement_id) references engagements (client_account_id, id) on delete cascade,
      constraint scenarios_name_once unique (client_account_id, engagement_id, name)
    );
    call protect_tenant_table('scenarios', 'select, insert, update');
    call show_to_system('scenarios', 'client_account_id, engagement_id, id, created_at, archived_at');
  `);
  await knex.raw(phaseRuns);
  await knex.raw(flowResults);
}

const phaseRuns = `
  create table phase_runs (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null default gen_random_uuid(),
    flow_id uuid,
    change_id uuid,
    scenario_id uuid,
    phase text not null,
    import_id uuid,
    status text not null default 'running',
    fence bigint not null default 0,
    position bigint not null default 0,
    position_detail jsonb not null default '{}',
    summary jsonb not null default '{}',
    rows_total bigint,
    rows_in bigint not null default 0,
    rows_out bigint not null default 0,
    passed bigint not null default 0,
    created bigint not null default 0,
    updated bigint not null default 0,
    merged bigint not null default 0,
    unchanged bigint not null default 0,
    linked bigint not null default 0,
    unresolved bigint not null default 0,
    skipped bigint not null default 0,
    rejected bigint not null default 0,
    started_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    published_at timestamptz,
    failure_code text,
    failure_message text,
    primary key (client_account_id, engagement_id, id),
    foreign key (client_account_id, engagement_id, flow_id)
      references master_flows (client_account_id, engagement_id, flow_id) on delete cascade,
    foreign key (client_account_id, engagement_id, import_id)
      references data_imports (client_account_id, engagement_id, id) on delete cascade,
    foreign key (client_account_id, engagement_id, scenario_id)
      references scenarios (client_account_id, engagement_id, id) on delete cascade,
    constraint phase_runs_status_known check (status in ('running', 'paused', 'completed', 'failed', 'superseded')),
    constraint phase_runs_phase_known check (phase in ('data_import', 'data_validation', 'field_mapping',
      'data_cleansing', 'asset_inventory', 'dependency_analysis', 'tech_debt_assessment')),
    constraint phase_runs_import_named check (flow_id is null or (import_id is not null)
      = (phase in ('data_import', 'data_validation', 'field_mapping', 'data_cleansing'))),
    constraint phase_runs_has_owner check (flow_id is not null or change_id is not null),
    constraint phase_runs_counts_not_negative check (least(position, rows_total, rows_in, rows_out, passed, created,
      updated, merged, unchanged, linked, unresolved, skipped, rejected) >= 0),
    constraint phase_runs_every_record_counted check (status <> 'completed' or rows_in = passed + created + updated
      + merged + unchanged + linked + unresolved + skipped + rejected),
    constraint phase_runs_published_is_completed check (published_at is null or status in ('completed', 'superseded'))
  );
  create index phase_runs_of_flow on phase_runs (client_account_id, engagement_id, flow_id, phase);
  create index phase_runs_of_import on phase_runs (client_account_id, engagement_id, import_id)
    where import_id is not null;
  create index phase_runs_of_scenario on phase_runs (client_account_id, engagement_id, scenario_id)
    where scenario_id is not null;
  create unique index phase_runs_one_open on phase_runs
    (client_account_id, engagement_id, flow_id, change_id, scenario_id, phase, import_id) nulls not distinct
    where status in ('running', 'paused', 'failed');
  create index phase_runs_superseded on phase_runs (finished_at) where status = 'superseded';
  comment on table phase_runs is
    'One run of one phase. Ledger: rows_in is the number of records that the run was given; each is either passed '
    '(handed on to the next phase) or ends here in one of the eight states, so rows_in = passed + their sum once '
    'completed. data_import: passed + rejected. data_validation, field_mapping: passed. data_cleansing: passed + '
    'skipped + rejected. asset_inventory, for the records of this flow: created + updated + merged + unchanged + '
    'skipped, relation records passed. dependency_analysis, relation records: linked + unresolved + skipped. '
    'tech_debt_assessment: assets assessed are passed. Over all published runs of a flow the eight states add up to '
    'the records of its imports. rows_out is the number of derived rows written.';
  comment on column phase_runs.position is 'Records read or handled so far; a run goes on from here.';
  call protect_tenant_table('phase_runs', 'select, insert, update');
  call show_to_system('phase_runs', 'client_account_id, engagement_id, id, flow_id, change_id, scenario_id, phase,
    import_id, status, started_at, updated_at, finished_at, published_at');
`;

const flowResults = `
  create table flow_results (
    client_account_id uuid not null,
    engagement_id uuid not null,
    phase_run_id uuid not null,
    flow_id uuid not null,
    scenario_id uuid,
    phase text not null,
    import_id uuid,
    published_at timestamptz not null default clock_timestamp(),
    primary key (client_account_id, engagement_id, phase_run_id),
    constraint flow_results_one_each
      unique nulls not distinct (client_account_id, engagement_id, flow_id, scenario_id, phase, import_id),
    foreign key (client_account_id, engagement_id, phase_run_id)
      references phase_runs (client_account_id, engagement_id, id) on delete cascade,
    foreign key (client_account_id, engagement_id, flow_id)
      references master_flows (client_account_id, engagement_id, flow_id) on delete cascade,
    foreign key (client_account_id, engagement_id, import_id)
      references data_imports (client_account_id, engagement_id, id) on delete cascade,
    foreign key (client_account_id, engagement_id, scenario_id)
      references scenarios (client_account_id, engagement_id, id) on delete cascade,
    constraint flow_results_phase_known check (phase in ('data_import', 'data_validation', 'field_mapping',
      'data_cleansing', 'asset_inventory', 'dependency_analysis', 'tech_debt_assessment'))
  );
  create index flow_results_of_import on flow_results (client_account_id, engagement_id, import_id, phase)
    where import_id is not null;
  create index flow_results_of_scenario on flow_results (client_account_id, engagement_id, scenario_id)
    where scenario_id is not null;
  comment on table flow_results is 'Which run is the published result; readers follow it through the current_ views.';
  call protect_tenant_table('flow_results', 'select, insert, update, delete');
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table flow_results;
    drop table phase_runs;
    drop table scenarios;
  `);
}
