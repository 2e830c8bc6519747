import type { Knex } from 'knex';

const codes = `'too_few_cells', 'too_many_cells', 'unbalanced_quote', 'text_after_quote', 'nul_byte', 'invalid_utf8',
  'cell_too_large', 'not_an_object', 'invalid_json'`;

/** Totals below a table, its header again and a second table are set aside, each with a reason of its own. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table rejected_records drop constraint rejected_records_code_known;
    alter table rejected_records add constraint rejected_records_code_known
      check (code in (${codes}, 'footer_total', 'repeated_header', 'second_table')) not valid;
    alter table rejected_records validate constraint rejected_records_code_known;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    delete from rejected_records where code in ('footer_total', 'repeated_header', 'second_table');
    alter table rejected_records drop constraint rejected_records_code_known;
    alter table rejected_records add constraint rejected_records_code_known check (code in (${codes}));
  `);
}
