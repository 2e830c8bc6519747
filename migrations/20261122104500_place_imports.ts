import type { Knex } from 'knex';

/** An upload may hold several tables: each import says where its table lies and what its bytes said. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table data_imports
      add column archive_entry text,
      add column sheet_name text,
      add column detection jsonb not null default '{}';
    comment on column data_imports.archive_entry is 'Entry of the archive that holds the table, verbatim.';
    comment on column data_imports.sheet_name is 'Sheet of the workbook that holds the table, verbatim.';
    comment on column data_imports.detection is
      'What the bytes said when they were received: encoding, separators, title and total lines; {} when unknown.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table data_imports drop column archive_entry, drop column sheet_name, drop column detection;
  `);
}
