import type { Knex } from 'knex';

/**
 * A record names the rules that changed its cells by number. What a cell said stands in the raw record, what was made
 * of it in the cleansed one, so neither is written again; the view puts them together.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table cleansing_rules (
      client_account_id uuid not null,
      engagement_id uuid not null,
      phase_run_id uuid not null,
      number integer not null,
      attribute text not null,
      source_column text not null,
      column_position integer not null,
      rule text not null,
      is_unusable boolean not null,
      primary key (client_account_id, engagement_id, phase_run_id, number),
      foreign key (client_account_id, engagement_id, phase_run_id)
        references phase_runs (client_account_id, engagement_id, id) on delete cascade
    );
    comment on table cleansing_rules is 'What changed cells of one column for one attribute, numbered within a run.';
    comment on column cleansing_rules.is_unusable is 'The cell said nothing that could be used.';
    alter table cleansed_records add column changes integer[] not null default '{}';
    comment on column cleansed_records.changes is 'Numbers of the cleansing rules that changed cells.';

    ${moveChanges}
    drop table cleansing_changes;
    call protect_tenant_table('cleansing_rules', 'select, insert, delete');
    ${newView}
  `);
}

const moveChanges = `
    drop view current_cleansing_changes;
    alter table cleansing_changes no force row level security;
    alter table cleansed_records no force row level security;
    alter table data_imports no force row level security;
    insert into cleansing_rules
      select client_account_id, engagement_id, phase_run_id,
        row_number() over (partition by client_account_id, engagement_id, phase_run_id
          order by column_position, attribute, rule, is_unusable) - 1,
        attribute, source_column, column_position, rule, is_unusable
      from (
        select distinct c.client_account_id, c.engagement_id, c.phase_run_id, o.change ->> 0 as attribute,
          o.change ->> 1 as source_column,
          coalesce(array_position(i.columns, o.change ->> 1), 0) - 1 as column_position,
          o.change ->> 4 as rule, o.change -> 3 = 'null' as is_unusable
        from cleansing_changes c
        join cleansed_records r on r.client_account_id = c.client_account_id and r.engagement_id = c.engagement_id
          and r.phase_run_id = c.phase_run_id and r.row_number = c.row_number
        join data_imports i on i.client_account_id = r.client_account_id and i.engagement_id = r.engagement_id
          and i.id = r.import_id
        cross join lateral jsonb_array_elements(c.changes) as o(change)
      ) applied;
    update cleansed_records r set changes = n.numbers
      from (
        select c.client_account_id, c.engagement_id, c.phase_run_id, c.row_number,
          array_agg(k.number order by o.place) as numbers
        from cleansing_changes c
        cross join lateral jsonb_array_elements(c.changes) with ordinality as o(change, place)
        join cleansing_rules k on k.client_account_id = c.client_account_id and k.engagement_id = c.engagement_id
          and k.phase_run_id = c.phase_run_id and k.attribute = o.change ->> 0
          and k.source_column = o.change ->> 1 and k.rule = o.change ->> 4
          and k.is_unusable = (o.change -> 3 = 'null')
        group by c.client_account_id, c.engagement_id, c.phase_run_id, c.row_number
      ) n
      where r.client_account_id = n.client_account_id and r.engagement_id = n.engagement_id
        and r.phase_run_id = n.phase_run_id and r.row_number = n.row_number;
    alter table cleansed_records force row level security;
    alter table data_imports force row level security;
`;

const newView = `
    create view current_cleansing_changes with (security_invoker = true) as
      select f.flow_id, r.client_account_id, r.engagement_id, r.phase_run_id, r.row_number, k.attribute,
        k.source_column, coalesce(l.cells[k.column_position + 1], '') as from_text,
        case when not k.is_unusable then r.values -> k.attribute end as to_value, k.rule
      from flow_results f
      join cleansed_records r on r.client_account_id = f.client_account_id and r.engagement_id = f.engagement_id
        and r.phase_run_id = f.phase_run_id
      join flow_results i on i.client_account_id = f.client_account_id and i.engagement_id = f.engagement_id
        and i.flow_id = f.flow_id and i.import_id = f.import_id and i.phase = 'data_import' and i.scenario_id is null
      join raw_import_records l on l.client_account_id = r.client_account_id and l.engagement_id = r.engagement_id
        and l.phase_run_id = i.phase_run_id and l.row_number = r.row_number
      cross join lateral unnest(r.changes) as n(number)
      join cleansing_rules k on k.client_account_id = r.client_account_id and k.engagement_id = r.engagement_id
        and k.phase_run_id = r.phase_run_id and k.number = n.number
      where f.phase = 'data_cleansing' and f.scenario_id is null;
    grant select on current_cleansing_changes to surveyor_app;
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop view current_cleansing_changes;
    create table cleansing_changes (
      client_account_id uuid not null,
      engagement_id uuid not null,
      phase_run_id uuid not null,
      row_number integer not null,
      changes jsonb not null,
      primary key (client_account_id, engagement_id, phase_run_id, row_number)
    );
    comment on column cleansing_changes.changes is
      'A list for each change: attribute, source column, what the cell said, the value (null: nothing usable), rule.';
    alter table cleansing_rules no force row level security;
    alter table cleansed_records no force row level security;
    alter table raw_import_records no force row level security;
    alter table phase_runs no force row level security;
    insert into cleansing_changes
      select r.client_account_id, r.engagement_id, r.phase_run_id, r.row_number,
        jsonb_agg(jsonb_build_array(k.attribute, k.source_column, coalesce(l.cells[k.column_position + 1], ''),
          case when not k.is_unusable then r.values -> k.attribute end, k.rule) order by n.place)
      from cleansed_records r
      join phase_runs c on c.client_account_id = r.client_account_id and c.engagement_id = r.engagement_id
        and c.id = r.phase_run_id
      join lateral (
        select p.id from phase_runs p where p.client_account_id = c.client_account_id
          and p.engagement_id = c.engagement_id and p.flow_id = c.flow_id and p.import_id = c.import_id
          and p.phase = 'data_import' and p.started_at <= c.started_at
        order by p.started_at desc limit 1) p on true
      join raw_import_records l on l.client_account_id = r.client_account_id and l.engagement_id = r.engagement_id
        and l.phase_run_id = p.id and l.row_number = r.row_number
      cross join lateral unnest(r.changes) with ordinality as n(number, place)
      join cleansing_rules k on k.client_account_id = r.client_account_id and k.engagement_id = r.engagement_id
        and k.phase_run_id = r.phase_run_id and k.number = n.number
      group by r.client_account_id, r.engagement_id, r.phase_run_id, r.row_number;
    alter table cleansed_records force row level security;
    alter table raw_import_records force row level security;
    alter table phase_runs force row level security;
    alter table cleansed_records drop column changes;
    drop table cleansing_rules;
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
