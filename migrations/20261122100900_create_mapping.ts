import type { Knex } from 'knex';

/** Profiles and findings of imports, and the mapping of their columns to attributes. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(columnProfiles);
  await knex.raw(dataQualityFindings);
  await knex.raw(importFieldMappings);
  await knex.raw(mappingPatterns);
}

const columnProfiles = `
  create table column_profiles (
    client_account_id uuid not null,
    engagement_id uuid not null,
    phase_run_id uuid not null,
    import_id uuid not null,
    column_position integer not null,
    source_column text not null,
    profile jsonb not null,
    primary key (client_account_id, engagement_id, phase_run_id, column_position),
    foreign key (client_account_id, engagement_id, phase_run_id)
      references phase_runs (client_account_id, engagement_id, id) on delete cascade
  );
  call protect_tenant_table('column_profiles', 'select, insert, update, delete');
`;

const dataQualityFindings = `
  create table data_quality_findings (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null default gen_random_uuid(),
    phase_run_id uuid not null,
    import_id uuid not null,
    code text not null,
    severity text not null,
    blocking boolean not null default false,
    source_column text,
    attribute text,
    affected_rows bigint not null default 0,
    message text not null,
    examples text[] not null default '{}',
    action text,
    action_detail jsonb not null default '{}',
    decided_by uuid,
    decided_at timestamptz,
    primary key (client_account_id, engagement_id, id),
    foreign key (client_account_id, engagement_id, phase_run_id)
      references phase_runs (client_account_id, engagement_id, id) on delete cascade,
    constraint data_quality_findings_severity_known check (severity in ('info', 'low', 'medium', 'high', 'critical')),
    constraint data_quality_findings_action_known check (action in ('split', 'truncate', 'skip', 'keep', 'first_value')),
    constraint data_quality_findings_decided_whole check ((action is null) = (decided_at is null))
  );
  create index data_quality_findings_of_run on data_quality_findings (client_account_id, engagement_id, phase_run_id);
  call protect_tenant_table('data_quality_findings', 'select, insert, update, delete');
  call show_to_system('data_quality_findings', 'client_account_id, engagement_id, id, decided_at');
`;

const importFieldMappings = `
  create table import_field_mappings (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null default gen_random_uuid(),
    import_id uuid not null,
    source_column text not null,
    column_position integer not null,
    target text,
    confidence numeric(4, 3) not null,
    status text not null default 'pending',
    type text not null default 'ai',
    rule jsonb not null default '{}',
    reasons jsonb not null default '[]',
    samples jsonb not null default '[]',
    alternatives jsonb not null default '[]',
    decided_by uuid,
    decided_at timestamptz,
    decision_note text,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (client_account_id, engagement_id, id),
    constraint import_field_mappings_column_once unique (client_account_id, engagement_id, import_id, source_column),
    foreign key (client_account_id, engagement_id, import_id)
      references data_imports (client_account_id, engagement_id, id) on delete cascade,
    constraint import_field_mappings_status_known check (status in ('pending', 'approved', 'rejected')),
    constraint import_field_mappings_type_known check (type in ('ai', 'manual', 'learned')),
    constraint import_field_mappings_confidence_in_range check (confidence between 0 and 1)
  );
  comment on column import_field_mappings.target is 'Null: the column stays unmapped.';
  call protect_tenant_table('import_field_mappings', 'select, insert, update, delete');
  call show_to_system('import_field_mappings', 'client_account_id, engagement_id, id, status, created_at, decided_at');
`;

const mappingPatterns = `
  create table mapping_patterns (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null default gen_random_uuid(),
    header text not null,
    target text,
    approvals integer not null default 0,
    rejections integer not null default 0,
    learned_from uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (client_account_id, engagement_id, id),
    constraint mapping_patterns_once unique nulls not distinct (client_account_id, engagement_id, header, target),
    foreign key (client_account_id, engagement_id) references engagements (client_account_id, id) on delete cascade,
    constraint mapping_patterns_counts_not_negative check (least(approvals, rejections) >= 0)
  );
  comment on column mapping_patterns.header is 'Normalised header of a source column.';
  call protect_tenant_table('mapping_patterns', 'select, insert, update, delete');
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table mapping_patterns;
    drop table import_field_mappings;
    drop table data_quality_findings;
    drop table column_profiles;
  `);
}
