import type { Knex } from 'knex';

/** What ran in the background and what went wrong, kept over restarts. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(backgroundTasks);
  await knex.raw(flowErrors);
}

const backgroundTasks = `
  create table background_tasks (
    id text primary key,
    client_account_id uuid,
    engagement_id uuid,
    flow_id uuid,
    name text not null,
    workflow_id text,
    run_id text,
    activity_id text,
    attempt integer not null default 1,
    state text not null default 'active',
    started_at timestamptz not null default clock_timestamp(),
    heartbeat_at timestamptz,
    ended_at timestamptz,
    duration_ms bigint,
    error_code text,
    error_type text,
    error text,
    constraint background_tasks_state_known check (state in ('active', 'completed', 'failed', 'cancelled')),
    constraint background_tasks_ended check ((state = 'active') = (ended_at is null)),
    constraint background_tasks_whole_tenant check ((client_account_id is null) = (engagement_id is null))
  );
  create index background_tasks_newest
    on background_tasks (client_account_id, engagement_id, state, started_at);
  create index background_tasks_ended_at on background_tasks (ended_at) where ended_at is not null;
  call protect_tenant_table('background_tasks', 'select, insert, update');
  create policy system_rows on background_tasks for all to surveyor_system using (true) with check (true);
  grant select (id, client_account_id, engagement_id, flow_id, name, workflow_id, run_id, activity_id, attempt,
    state, started_at, heartbeat_at, ended_at, duration_ms, error_code, error_type) on background_tasks
    to surveyor_system;
  grant insert, update, delete on background_tasks to surveyor_system;
  comment on column background_tasks.client_account_id is 'Null: a task of the installation, such as a sweeper.';
`;

const flowErrors = `
  create table flow_errors (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null default gen_random_uuid(),
    flow_id uuid,
    phase text,
    import_id uuid,
    code text not null,
    category text not null,
    severity text not null,
    message text not null,
    trace_id text,
    details jsonb not null default '{}',
    occurred_at timestamptz not null default clock_timestamp(),
    resolved_at timestamptz,
    primary key (client_account_id, engagement_id, id),
    foreign key (client_account_id, engagement_id, flow_id)
      references master_flows (client_account_id, engagement_id, flow_id) on delete cascade,
    constraint flow_errors_severity_known check (severity in ('info', 'low', 'medium', 'high', 'critical')),
    constraint flow_errors_phase_known check (phase in ('data_import', 'data_validation', 'field_mapping',
      'data_cleansing', 'asset_inventory', 'dependency_analysis', 'tech_debt_assessment'))
  );
  create index flow_errors_newest on flow_errors (client_account_id, engagement_id, occurred_at);
  create index flow_errors_of_flow on flow_errors (client_account_id, engagement_id, flow_id);
  call protect_tenant_table('flow_errors', 'select, insert, update');
  call show_to_system('flow_errors',
    'client_account_id, engagement_id, id, flow_id, phase, code, severity, occurred_at, resolved_at');
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table flow_errors;
    drop table background_tasks;
  `);
}
