import type { Knex } from 'knex';

/** The changes of a record stand in one row, a fifth of the writing; the view shows them one by one as before. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    drop view current_cleansing_changes;
    alter table cleansing_changes rename to cleansing_changes_by_cell;
    alter table cleansing_changes_by_cell no force row level security;
    create table cleansing_changes (
      client_account_id uuid not null,
      engagement_id uuid not null,
      phase_run_id uuid not null,
      row_number integer not null,
      changes jsonb not null,
      primary key (client_account_id, engagement_id, phase_run_id, row_number)
    );
    insert into cleansing_changes
      select client_account_id, engagement_id, phase_run_id, row_number,
        jsonb_agg(jsonb_build_array(attribute, source_column, from_text, to_value, rule))
      from cleansing_changes_by_cell
      group by client_account_id, engagement_id, phase_run_id, row_number;
    drop table cleansing_changes_by_cell;
    comment on column cleansing_changes.changes is
      'A list for each change: attribute, source column, what the cell said, the value (null: nothing usable), rule.';
    call protect_tenant_table('cleansing_changes', 'select, insert, delete');
    create view current_cleansing_changes with (security_invoker = true) as
      select f.flow_id, r.client_account_id, r.engagement_id, r.phase_run_id, r.row_number,
        o.change ->> 0 as attribute, o.change ->> 1 as source_column, o.change ->> 2 as from_text,
        nullif(o.change -> 3, 'null') as to_value, o.change ->> 4 as rule
      from flow_results f
      join cleansing_changes r on r.client_account_id = f.client_account_id and r.engagement_id = f.engagement_id
        and r.phase_run_id = f.phase_run_id
      cross join lateral jsonb_array_elements(r.changes) as o(change)
      where f.phase = 'data_cleansing' and f.scenario_id is null;
    grant select on current_cleansing_changes to surveyor_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop view current_cleansing_changes;
    alter table cleansing_changes rename to cleansing_changes_by_record;
    alter table cleansing_changes_by_record no force row level security;
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
    insert into cleansing_changes
      select r.client_account_id, r.engagement_id, r.phase_run_id, r.row_number, o.change ->> 0, o.change ->> 1,
        o.change ->> 2, nullif(o.change -> 3, 'null'), o.change ->> 4
      from cleansing_changes_by_record r cross join lateral jsonb_array_elements(r.changes) as o(change);
    drop table cleansing_changes_by_record;
    create index cleansing_changes_of_record
      on cleansing_changes (client_account_id, engagement_id, phase_run_id, row_number);
    comment on column cleansing_changes.to_value is 'Null: the cell said nothing that could be used.';
    call protect_tenant_table('cleansing_changes', 'select, insert, delete');
    create view current_cleansing_changes with (security_invoker = true) as
      select f.flow_id, r.* from flow_results f
      join cleansing_changes r on r.client_account_id = f.client_account_id and r.engagement_id = f.engagement_id
        and r.phase_run_id = f.phase_run_id
      where f.phase = 'data_cleansing' and f.scenario_id is null;
    grant select on current_cleansing_changes to surveyor_app;
  `);
}
