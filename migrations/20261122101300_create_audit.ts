import type { Knex } from 'knex';

/** Who did what, and who tried what they may not. Rows are inserted and sealed, never changed. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(auditLog);
  await knex.raw(violations);
}

const ownRows = `client_account_id = (select nullif(current_setting('app.client_account_id', true), '')::uuid)
    and engagement_id = (select nullif(current_setting('app.engagement_id', true), '')::uuid)`;

const auditLog = `
  create table audit.audit_log (
    id uuid primary key default gen_random_uuid(),
    client_account_id uuid,
    engagement_id uuid,
    at timestamptz not null default clock_timestamp(),
    actor_user_id uuid,
    actor_role text,
    action text not null,
    resource_type text not null,
    resource_id text,
    flow_id uuid,
    details jsonb not null default '{}',
    trace_id text,
    request_ip inet,
    content_hash bytea not null,
    sequence bigint,
    previous_hash bytea,
    hash bytea,
    sealed_at timestamptz,
    constraint audit_log_sealed_whole check ((sealed_at is null) = (hash is null)
      and (sealed_at is null) = (sequence is null)),
    constraint audit_log_whole_tenant check (engagement_id is null or client_account_id is not null)
  );
  create index audit_log_newest on audit.audit_log (client_account_id, engagement_id, at, id);
  create index audit_log_of_flow on audit.audit_log (client_account_id, engagement_id, flow_id, at)
    where flow_id is not null;
  create index audit_log_unsealed on audit.audit_log (at) where sealed_at is null;
  create unique index audit_log_chain on audit.audit_log (client_account_id, sequence) nulls not distinct
    where sequence is not null;
  comment on column audit.audit_log.actor_user_id is 'Null: the system itself.';

  create function audit.content_hash(event audit.audit_log) returns bytea
    language sql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
    return sha256(convert_to(jsonb_build_array(event.id, event.client_account_id, event.engagement_id,
      extract(epoch from event.at), event.actor_user_id, event.actor_role, event.action, event.resource_type,
      event.resource_id, event.flow_id, event.details, event.trace_id, event.request_ip)::text, 'UTF8'));
  comment on function audit.content_hash(audit.audit_log) is
    'SHA-256 over what an event says; the chain is built on it, so sealing needs no right to read the content.';

  create function audit.hash_content() returns trigger language plpgsql
    set search_path = pg_catalog, pg_temp as $$
  begin
    new.content_hash := audit.content_hash(new);
    return new;
  end $$;
  create trigger hash_content before insert on audit.audit_log
    for each row execute function audit.hash_content();

  alter table audit.audit_log enable row level security;
  alter table audit.audit_log force row level security;
  create policy own_events on audit.audit_log for select to surveyor_app using (${ownRows});
  create policy own_events_added on audit.audit_log for insert to surveyor_app with check (${ownRows});
  create policy events_added on audit.audit_log for insert to surveyor_auth with check (true);
  create policy events_sealed on audit.audit_log for update to surveyor_system using (sealed_at is null) with check (true);
  call show_to_system('audit.audit_log', 'id, client_account_id, engagement_id, at, content_hash, sequence,
    previous_hash, hash, sealed_at');
  grant select on audit.audit_log to surveyor_app;
  grant insert (id, client_account_id, engagement_id, at, actor_user_id, actor_role, action, resource_type,
    resource_id, flow_id, details, trace_id, request_ip) on audit.audit_log to surveyor_app, surveyor_auth;
  grant update (sequence, previous_hash, hash, sealed_at) on audit.audit_log to surveyor_system;
`;

const violations = `
  create table audit.security_violations (
    id uuid primary key default gen_random_uuid(),
    at timestamptz not null default clock_timestamp(),
    type text not null,
    severity text not null,
    actor_user_id uuid,
    client_account_id uuid,
    engagement_id uuid,
    claimed_client_account text,
    claimed_engagement text,
    route text,
    method text,
    status integer,
    ip inet,
    user_agent text,
    trace_id text,
    details jsonb not null default '{}',
    constraint security_violations_type_known check (type in ('TENANT_VIOLATION', 'CONTEXT_MISSING',
      'UNAUTHENTICATED', 'PERMISSION_DENIED', 'GLOBAL_QUERY')),
    constraint security_violations_severity_known check (severity in ('info', 'low', 'medium', 'high', 'critical'))
  );
  create index security_violations_newest on audit.security_violations (client_account_id, engagement_id, at, id);
  create index security_violations_of_actor on audit.security_violations (actor_user_id, type, at)
    where actor_user_id is not null;
  comment on column audit.security_violations.client_account_id is
    'The tenant that the caller named, when it is a UUID; the claimed_ columns hold the headers as they came.';

  alter table audit.security_violations enable row level security;
  alter table audit.security_violations force row level security;
  create policy own_violations on audit.security_violations for select to surveyor_app using (${ownRows});
  create policy violations_added on audit.security_violations for insert to surveyor_auth with check (true);
  create policy violations_read on audit.security_violations for select to surveyor_auth using (true);
  grant select on audit.security_violations to surveyor_app;
  grant select, insert on audit.security_violations to surveyor_auth;
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table audit.security_violations;
    drop trigger hash_content on audit.audit_log;
    drop function audit.hash_content();
    drop function audit.content_hash(audit.audit_log);
    drop table audit.audit_log;
  `);
}
