import type { Knex } from 'knex';

/** Commands to flows and the gates at which flows wait for people. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(flowCommands);
  await knex.raw(flowGates);
}

const flowCommands = `
  create table flow_commands (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null,
    flow_id uuid not null,
    sequence bigint generated always as identity,
    type text not null,
    gate text,
    idempotency_key text not null,
    payload jsonb not null default '{}',
    author uuid,
    origin text not null,
    from_status text not null,
    target_status text not null,
    accepted_at timestamptz not null default clock_timestamp(),
    consumed_at timestamptz,
    outcome text,
    primary key (client_account_id, engagement_id, id),
    constraint flow_commands_key_once unique (client_account_id, engagement_id, flow_id, idempotency_key),
    foreign key (client_account_id, engagement_id, flow_id)
      references master_flows (client_account_id, engagement_id, flow_id) on delete cascade,
    constraint flow_commands_type_known
      check (type in ('pause', 'resume', 'cancel', 'retry', 'decide', 'add_import', 'rerun')),
    constraint flow_commands_gate_known check (gate in ('import', 'profile_decisions', 'mapping_approval',
      'conflict_resolution', 'preview_approval')),
    constraint flow_commands_origin_known check (origin in ('api', 'operator', 'reconciler')),
    constraint flow_commands_outcome_known check (outcome in ('applied', 'superseded', 'rejected')),
    constraint flow_commands_consumed_has_outcome check ((consumed_at is null) = (outcome is null)),
    constraint flow_commands_from_status_known check (from_status in ('initialized', 'running',
      'waiting_for_approval', 'paused', 'completed', 'failed', 'cancelled', 'archived')),
    constraint flow_commands_target_status_known check (target_status in ('initialized', 'running',
      'waiting_for_approval', 'paused', 'completed', 'failed', 'cancelled', 'archived'))
  );
  create index flow_commands_pending_of_flow
    on flow_commands (client_account_id, engagement_id, flow_id, sequence) where consumed_at is null;
  create index flow_commands_pending on flow_commands (accepted_at) where consumed_at is null;
  comment on column flow_commands.author is 'Null: an operator who signalled the workflow, or the reconciler.';
  call protect_tenant_table('flow_commands', 'select, insert, update');
  call show_to_system('flow_commands', 'client_account_id, engagement_id, id, flow_id, sequence, type, gate,
    origin, from_status, target_status, accepted_at, consumed_at, outcome');
`;

const flowGates = `
  create table flow_gates (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null default gen_random_uuid(),
    flow_id uuid not null,
    gate text not null,
    import_id uuid,
    version integer not null default 1,
    opened_at timestamptz not null default clock_timestamp(),
    decision jsonb,
    decided_version integer,
    decided_by uuid,
    decided_at timestamptz,
    consumed_at timestamptz,
    primary key (client_account_id, engagement_id, id),
    constraint flow_gates_one_each
      unique nulls not distinct (client_account_id, engagement_id, flow_id, gate, import_id),
    foreign key (client_account_id, engagement_id, flow_id)
      references master_flows (client_account_id, engagement_id, flow_id) on delete cascade,
    constraint flow_gates_gate_known check (gate in ('import', 'profile_decisions', 'mapping_approval',
      'conflict_resolution', 'preview_approval')),
    constraint flow_gates_version_positive check (version > 0),
    constraint flow_gates_decided_whole check (
      (decided_at is null) = (decision is null) and (decided_at is null) = (decided_version is null)),
    constraint flow_gates_decided_before_consumed check (consumed_at is null or decided_at is not null)
  );
  create index flow_gates_unconsumed on flow_gates (decided_at)
    where decided_at is not null and consumed_at is null;
  comment on column flow_gates.decided_by is 'Null on a decided gate: the policy of the flow decided.';
  call protect_tenant_table('flow_gates', 'select, insert, update');
  call show_to_system('flow_gates', 'client_account_id, engagement_id, id, flow_id, gate, import_id, version,
    opened_at, decided_version, decided_at, consumed_at');
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table flow_gates;
    drop table flow_commands;
  `);
}
