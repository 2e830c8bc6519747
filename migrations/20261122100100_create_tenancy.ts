import type { Knex } from 'knex';

/** Client accounts, engagements and who may work in them. `surveyor_auth` writes them, the rest reads its own. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(clientAccounts);
  await knex.raw(engagements);
  await knex.raw(users);
  await knex.raw(memberships);
  await knex.raw(apiKeys);
  await knex.raw(policies);
}

const clientAccounts = `
  create table client_accounts (
    id uuid primary key default gen_random_uuid(),
    name text not null,
    settings jsonb not null default '{}',
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint client_accounts_name_present check (btrim(name) <> '')
  );
`;

const engagements = `
  create table engagements (
    client_account_id uuid not null references client_accounts (id) on delete cascade,
    id uuid not null default gen_random_uuid(),
    name text not null,
    settings jsonb not null default '{}',
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (client_account_id, id),
    constraint engagements_name_present check (btrim(name) <> '')
  );
`;

const users = `
  create table users (
    id uuid primary key default gen_random_uuid(),
    email text not null,
    display_name text not null default '',
    password_hash text,
    status text not null default 'pending_approval',
    subject text,
    token_version integer not null default 1,
    failed_logins integer not null default 0,
    locked_until timestamptz,
    approved_by uuid references users (id),
    approved_at timestamptz,
    last_login_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint users_email_lower_case check (email = lower(btrim(email)) and email <> ''),
    constraint users_email_unique unique (email),
    constraint users_subject_unique unique (subject),
    constraint users_status_known check (status in ('pending_approval', 'active', 'disabled'))
  );
  create index users_approved_by on users (approved_by) where approved_by is not null;
  comment on column users.subject is 'Issuer and subject of an external identity, joined by a space.';
`;

const memberships = `
  create table memberships (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    client_account_id uuid references client_accounts (id) on delete cascade,
    engagement_id uuid,
    role text not null,
    expires_at timestamptz,
    created_by uuid,
    created_at timestamptz not null default now(),
    foreign key (client_account_id, engagement_id) references engagements (client_account_id, id) on delete cascade,
    constraint memberships_once unique nulls not distinct (user_id, client_account_id, engagement_id),
    constraint memberships_role_known
      check (role in ('platform_admin', 'client_admin', 'engagement_manager', 'analyst', 'viewer')),
    constraint memberships_scope_named check (role = 'platform_admin' or client_account_id is not null),
    constraint memberships_engagement_in_account check (engagement_id is null or client_account_id is not null)
  );
  create index memberships_account on memberships (client_account_id, engagement_id);
  comment on column memberships.engagement_id is 'Null: every engagement of the client account.';
`;

const apiKeys = `
  create table api_keys (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users (id) on delete cascade,
    client_account_id uuid references client_accounts (id) on delete cascade,
    engagement_id uuid,
    name text not null,
    prefix text not null,
    hash text not null,
    scopes text[] not null default '{}',
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz,
    created_at timestamptz not null default now(),
    foreign key (client_account_id, engagement_id) references engagements (client_account_id, id) on delete cascade,
    constraint api_keys_hash_unique unique (hash),
    constraint api_keys_hash_is_sha256 check (hash ~ '^[0-9a-f]{64}$')
  );
  create index api_keys_user on api_keys (user_id);
  create index api_keys_account on api_keys (client_account_id, engagement_id);
  comment on column api_keys.hash is 'SHA-256 of the whole key in hexadecimal; the key itself is never stored.';
`;

const ownAccount = `(select nullif(current_setting('app.client_account_id', true), '')::uuid)`;

const policies = `
  alter table client_accounts enable row level security;
  alter table client_accounts force row level security;
  create policy own_account on client_accounts for select to surveyor_app using (id = ${ownAccount});
  create policy accounts_for_login on client_accounts for all to surveyor_auth using (true) with check (true);
  grant select on client_accounts to surveyor_app;
  grant select, insert, update on client_accounts to surveyor_auth;
  call show_to_system('client_accounts', 'id, is_active, created_at');

  alter table engagements enable row level security;
  alter table engagements force row level security;
  create policy own_account on engagements for select to surveyor_app using (client_account_id = ${ownAccount});
  create policy accounts_for_login on engagements for all to surveyor_auth using (true) with check (true);
  grant select on engagements to surveyor_app;
  grant select, insert, update on engagements to surveyor_auth;
  call show_to_system('engagements', 'client_account_id, id, is_active, created_at');

  alter table memberships enable row level security;
  alter table memberships force row level security;
  create policy own_account on memberships for select to surveyor_app using (client_account_id = ${ownAccount});
  create policy accounts_for_login on memberships for all to surveyor_auth using (true) with check (true);
  grant select on memberships to surveyor_app;
  grant select, insert, update, delete on memberships to surveyor_auth;

  alter table users enable row level security;
  alter table users force row level security;
  create policy users_of_own_account on users for select to surveyor_app using (
    exists (select from memberships m where m.user_id = users.id and m.client_account_id = ${ownAccount}));
  create policy accounts_for_login on users for all to surveyor_auth using (true) with check (true);
  grant select (id, email, display_name, status) on users to surveyor_app;
  grant select, insert, update on users to surveyor_auth;

  alter table api_keys enable row level security;
  alter table api_keys force row level security;
  create policy accounts_for_login on api_keys for all to surveyor_auth using (true) with check (true);
  grant select, insert, update on api_keys to surveyor_auth;
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table api_keys;
    drop policy users_of_own_account on users;
    drop table memberships;
    drop table users;
    drop table engagements;
    drop table client_accounts;
  `);
}
