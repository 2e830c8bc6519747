import type { Knex } from 'knex';

/** Stored uploads and artefacts, data sources, and the memory of requests that carried an Idempotency-Key. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(storedObjects);
  await knex.raw(dataSources);
  await knex.raw(idempotencyKeys);
}

const storedObjects = `
  create table stored_objects (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null default gen_random_uuid(),
    kind text not null default 'upload',
    storage_key text not null,
    filename text,
    media_type text,
    size bigint,
    sha256 text,
    state text not null default 'pending',
    created_by uuid,
    created_at timestamptz not null default now(),
    ready_at timestamptz,
    deleted_at timestamptz,
    primary key (client_account_id, engagement_id, id),
    foreign key (client_account_id, engagement_id) references engagements (client_account_id, id) on delete cascade,
    constraint stored_objects_kind_known check (kind in ('upload', 'artefact')),
    constraint stored_objects_state_known check (state in ('pending', 'ready', 'deleted')),
    constraint stored_objects_ready_is_whole
      check (state <> 'ready' or (size is not null and sha256 is not null and ready_at is not null))
  );
  create index stored_objects_to_sweep on stored_objects (created_at) where state <> 'deleted';
  call protect_tenant_table('stored_objects', 'select, insert, update');
  call show_to_system('stored_objects',
    'client_account_id, engagement_id, id, kind, state, created_at, ready_at, deleted_at');
`;

const dataSources = `
  create table data_sources (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null default gen_random_uuid(),
    name text not null,
    product text,
    scope text not null default '',
    rank integer not null default 100,
    created_by uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (client_account_id, engagement_id, id),
    foreign key (client_account_id, engagement_id) references engagements (client_account_id, id) on delete cascade,
    constraint data_sources_name_once unique (client_account_id, engagement_id, name, scope),
    constraint data_sources_name_present check (btrim(name) <> ''),
    constraint data_sources_rank_positive check (rank > 0)
  );
  comment on column data_sources.rank is 'Lower is trusted more when sources disagree.';
  call protect_tenant_table('data_sources', 'select, insert, update');
  call show_to_system('data_sources', 'client_account_id, engagement_id, id, created_at');
`;

const idempotencyKeys = `
  create table idempotency_keys (
    client_account_id uuid not null,
    engagement_id uuid not null,
    user_id uuid not null,
    route text not null,
    key text not null,
    fingerprint text,
    state text not null default 'in_progress',
    status_code integer,
    response jsonb,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    primary key (client_account_id, engagement_id, user_id, route, key),
    constraint idempotency_keys_state_known check (state in ('in_progress', 'done')),
    constraint idempotency_keys_done_has_answer check (state <> 'done' or status_code is not null)
  );
  create index idempotency_keys_expired on idempotency_keys (expires_at);
  call protect_tenant_table('idempotency_keys', 'select, insert, update, delete');
  call show_to_system('idempotency_keys', 'client_account_id, engagement_id, state, created_at, expires_at');
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table idempotency_keys;
    drop table data_sources;
    drop table stored_objects;
  `);
}
