import type { Knex } from 'knex';

/** The rows of imports, as read and as cleansed. Bulk tables: written once, keyed by their phase run, no foreign keys. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(rawImportRecords);
  await knex.raw(rejectedRecords);
  await knex.raw(cleansedRecords);
  await knex.raw(cleansingChanges);
}

const rawImportRecords = `
  create table raw_import_records (
    client_account_id uuid not null,
    engagement_id uuid not null,
    phase_run_id uuid not null,
    import_id uuid not null,
    row_number integer not null,
    line_number integer not null,
    cells text[] not null,
    primary key (client_account_id, engagement_id, phase_run_id, row_number)
  );
  comment on table raw_import_records is 'Accepted records of an import, cell by cell as in the file; never updated.';
  call protect_tenant_table('raw_import_records', 'select, insert, delete');
`;

const rejectedRecords = `
  create table rejected_records (
    client_account_id uuid not null,
    engagement_id uuid not null,
    phase_run_id uuid not null,
    import_id uuid not null,
    row_number integer not null,
    line_number integer not null,
    column_position integer,
    code text not null,
    message text not null,
    raw text not null,
    primary key (client_account_id, engagement_id, phase_run_id, row_number),
    constraint rejected_records_code_known check (code in ('too_few_cells', 'too_many_cells', 'unbalanced_quote',
      'text_after_quote', 'nul_byte', 'invalid_utf8', 'cell_too_large', 'not_an_object', 'invalid_json'))
  );
  call protect_tenant_table('rejected_records', 'select, insert, delete');
`;

const cleansedRecords = `
  create table cleansed_records (
    client_account_id uuid not null,
    engagement_id uuid not null,
    phase_run_id uuid not null,
    import_id uuid not null,
    row_number integer not null,
    kind text not null,
    values jsonb not null default '{}',
    reason text,
    primary key (client_account_id, engagement_id, phase_run_id, row_number),
    constraint cleansed_records_kind_known check (kind in ('inventory', 'relation', 'skipped')),
    constraint cleansed_records_skipped_has_reason check (kind <> 'skipped' or reason is not null)
  );
  call protect_tenant_table('cleansed_records', 'select, insert, delete');
`;

const cleansingChanges = `
  create table cleansing_changes (
    client_account_id uuid not null,
    engagement_id uuid not null,
    phase_run_id uuid not null,
    row_number integer not null,
    attribute text not null,
    source_column text not null,
    from_text text not null,
    to_value jsonb,
    rule text not null
  );
  create index cleansing_changes_of_record
    on cleansing_changes (client_account_id, engagement_id, phase_run_id, row_number);
  comment on column cleansing_changes.to_value is 'Null: the cell said nothing that could be used.';
  call protect_tenant_table('cleansing_changes', 'select, insert, delete');
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table cleansing_changes;
    drop table cleansed_records;
    drop table rejected_records;
    drop table raw_import_records;
  `);
}
