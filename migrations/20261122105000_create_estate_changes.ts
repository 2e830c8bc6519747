import type { Knex } from 'knex';

const knownKinds = [
  ['client_account', 'client_accounts', 'id'],
  ['engagement', 'engagements', 'id'],
  ['flow', 'master_flows', 'flow_id'],
  ['command', 'flow_commands', 'id'],
  ['import', 'data_imports', 'id'],
  ['object', 'stored_objects', 'id'],
  ['source', 'data_sources', 'id'],
  ['mapping', 'import_field_mappings', 'id'],
  ['finding', 'data_quality_findings', 'id'],
  ['asset', 'assets', 'id'],
  ['conflict', 'asset_conflicts', 'id'],
  ['scenario', 'scenarios', 'id'],
] as const;
type Kind = readonly [kind: string, table: string, column: string];

/** What changes an estate outside an open flow, and the rows that people put right after an import. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(estateChanges);
  await knex.raw(correctedRecords);
  await knex.raw(replaceLocate([...knownKinds, ['change', 'estate_changes', 'id']]));
}

const estateChanges = `
  create table estate_changes (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null,
    kind text not null,
    status text not null default 'pending',
    flow_id uuid,
    import_id uuid,
    object_id uuid,
    reasons text[] not null default '{}',
    requests integer not null default 1,
    summary jsonb not null default '{}',
    failure_code text,
    failure_message text,
    requested_by uuid,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    started_at timestamptz,
    finished_at timestamptz,
    primary key (client_account_id, engagement_id, id),
    foreign key (client_account_id, engagement_id) references engagements (client_account_id, id) on delete cascade,
    foreign key (client_account_id, engagement_id, import_id)
      references data_imports (client_account_id, engagement_id, id) on delete cascade,
    foreign key (client_account_id, engagement_id, object_id)
      references stored_objects (client_account_id, engagement_id, id),
    constraint estate_changes_kind_known check (kind in ('undo_import', 'correct_import', 'project')),
    constraint estate_changes_status_known check (status in ('pending', 'running', 'completed', 'failed')),
    constraint estate_changes_import_named check ((kind = 'project') = (import_id is null)),
    constraint estate_changes_upload_named check ((kind = 'correct_import') = (object_id is not null)),
    constraint estate_changes_failure_named check ((status = 'failed') = (failure_code is not null)),
    constraint estate_changes_end_timed check ((status in ('completed', 'failed')) = (finished_at is not null))
  );
  create index estate_changes_newest on estate_changes (client_account_id, engagement_id, created_at, id);
  create index estate_changes_of_import on estate_changes (client_account_id, engagement_id, import_id)
    where import_id is not null;
  create index estate_changes_of_upload on estate_changes (client_account_id, engagement_id, object_id)
    where object_id is not null;
  create unique index estate_changes_one_projection on estate_changes (client_account_id, engagement_id)
    where kind = 'project' and status = 'pending';
  create index estate_changes_open on estate_changes (updated_at) where status in ('pending', 'running');
  comment on table estate_changes is
    'Changes of an estate outside an open flow. The API asks for one by its row, a workflow of the same id does it.';
  comment on column estate_changes.requests is
    'How many edits one projection follows: those that come while it is pending join it.';
  call protect_tenant_table('estate_changes', 'select, insert, update');
  call show_to_system('estate_changes', 'client_account_id, engagement_id, id, kind, status, object_id,
    created_at, updated_at, finished_at');
`;

const correctedRecords = `
  create table corrected_records (
    client_account_id uuid not null,
    engagement_id uuid not null,
    phase_run_id uuid not null,
    import_id uuid not null,
    row_number integer not null,
    line_number integer not null,
    change_id uuid not null,
    code text not null,
    raw text,
    cells text[],
    corrected_at timestamptz not null default clock_timestamp(),
    primary key (client_account_id, engagement_id, phase_run_id, row_number)
  );
  create index corrected_records_of_change on corrected_records (client_account_id, engagement_id, change_id);
  comment on table corrected_records is
    'Records that were rejected as the file had them, as they stood there; a corrected file has replaced them.';
  call protect_tenant_table('corrected_records', 'select, insert, update, delete');

  create index cleansed_records_left_out on cleansed_records
    (client_account_id, engagement_id, phase_run_id, row_number) where reason is not null;
`;

/** The reviewed function that tells a foreign id from an unknown one, for these kinds. */
function replaceLocate(kinds: readonly Kind[]): string {
  const cases = kinds.map(
    ([kind, table, column]) =>
      `when '${kind}' then return exists (select from public.${table} t where t.${column} = wanted);`,
  );
  return `
    grant create on schema public to surveyor_system;
    set local role surveyor_system;
    create or replace function locate(kind text, wanted uuid) returns boolean
      language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
  begin
    case kind
      ${cases.join('\n      ')}
    end case;
  end $$;
    reset role;
    revoke create on schema public from surveyor_system;
  `;
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(replaceLocate(knownKinds));
  await knex.raw(`
    drop index cleansed_records_left_out;
    drop table corrected_records;
    drop table estate_changes;
  `);
}
