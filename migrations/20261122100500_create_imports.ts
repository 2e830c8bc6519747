import type { Knex } from 'knex';

/** Data imports: one uploaded export in one flow. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(dataImports);
}

const dataImports = `
  create table data_imports (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null default gen_random_uuid(),
    flow_id uuid not null,
    position integer not null default 1,
    object_id uuid not null,
    data_source_id uuid,
    import_name text not null,
    import_category text,
    filename text,
    file_size bigint,
    sha256 text,
    mime_type text,
    container text,
    encoding text,
    delimiter text,
    table_name text,
    header_line integer,
    columns text[] not null default '{}',
    table_kind text,
    not_inventory_reason text,
    format_vendor text,
    format_id text,
    format_confidence numeric(4, 3),
    header_fingerprint text,
    as_of timestamptz,
    as_of_origin text,
    coverage text not null default 'partial',
    status text not null default 'pending',
    total_records bigint not null default 0,
    accepted_records bigint not null default 0,
    rejected_records bigint not null default 0,
    error_code text,
    error_message text,
    warnings jsonb not null default '[]',
    processing_config jsonb not null default '{}',
    imported_by uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    started_at timestamptz,
    completed_at timestamptz,
    undone_at timestamptz,
    primary key (client_account_id, engagement_id, id),
    foreign key (client_account_id, engagement_id, flow_id)
      references master_flows (client_account_id, engagement_id, flow_id) on delete cascade,
    foreign key (client_account_id, engagement_id, object_id)
      references stored_objects (client_account_id, engagement_id, id),
    foreign key (client_account_id, engagement_id, data_source_id)
      references data_sources (client_account_id, engagement_id, id),
    constraint data_imports_status_known check (status in ('pending', 'processing', 'completed', 'failed')),
    constraint data_imports_container_known check (container in ('csv', 'xlsx', 'json', 'ndjson')),
    constraint data_imports_table_kind_known check (table_kind in ('inventory', 'relations', 'network_flows',
      'performance', 'dictionary', 'people', 'register', 'unknown')),
    constraint data_imports_coverage_known check (coverage in ('full', 'partial')),
    constraint data_imports_as_of_origin_known check (as_of_origin in ('file', 'asked')),
    constraint data_imports_as_of_has_origin check ((as_of is null) = (as_of_origin is null)),
    constraint data_imports_confidence_in_range check (format_confidence between 0 and 1),
    constraint data_imports_every_record_counted check (total_records = accepted_records + rejected_records),
    constraint data_imports_failure_named check (status <> 'failed' or error_code is not null)
  );
  create index data_imports_of_flow on data_imports (client_account_id, engagement_id, flow_id, position);
  create index data_imports_of_object on data_imports (client_account_id, engagement_id, object_id);
  create index data_imports_of_source
    on data_imports (client_account_id, engagement_id, data_source_id, as_of) where data_source_id is not null;
  create index data_imports_newest on data_imports (client_account_id, engagement_id, created_at, id);
  comment on column data_imports.as_of is 'When the export was true; never the time of the upload.';
  call protect_tenant_table('data_imports', 'select, insert, update');
  call show_to_system('data_imports', 'client_account_id, engagement_id, id, flow_id, object_id, status,
    created_at, updated_at, started_at, completed_at, undone_at');

  alter table discovery_flows add constraint discovery_flows_data_import_fkey
    foreign key (client_account_id, engagement_id, data_import_id)
    references data_imports (client_account_id, engagement_id, id);
  create index discovery_flows_of_import
    on discovery_flows (client_account_id, engagement_id, data_import_id) where data_import_id is not null;
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index discovery_flows_of_import;
    alter table discovery_flows drop constraint discovery_flows_data_import_fkey;
    drop table data_imports;
  `);
}
