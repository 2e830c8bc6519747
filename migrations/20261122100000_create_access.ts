import type { Knex } from 'knex';

/**
 * What every later migration builds on: the schema `audit`, and two procedures that put a table under row-level
 * security. The roles exist before the first migration runs (the bootstrap makes them).
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create schema audit;
    revoke all on schema audit from public;
    revoke create on schema public from public;
    grant usage on schema public to surveyor_app, surveyor_auth, surveyor_system;
    grant usage on schema audit to surveyor_app, surveyor_auth, surveyor_system;

    create procedure protect_tenant_table(target regclass, privileges text) language plpgsql as $$
    declare
      own_rows constant text :=
        'client_account_id = (select nullif(current_setting(''app.client_account_id'', true), '''')::uuid)'
        || ' and engagement_id = (select nullif(current_setting(''app.engagement_id'', true), '''')::uuid)';
    begin
      execute format('alter table %s enable row level security', target);
      execute format('alter table %s force row level security', target);
      execute format('create policy tenant_rows on %s for all to surveyor_app using (%s) with check (%s)',
        target, own_rows, own_rows);
      execute format('grant %s on %s to surveyor_app', privileges, target);
    end $$;
    comment on procedure protect_tenant_table(regclass, text) is
      'Lets surveyor_app use a table, rows of its present tenant only. Both settings are empty after a transaction.';

    create procedure show_to_system(target regclass, columns text) language plpgsql as $$
    begin
      execute format('create policy system_rows on %s for select to surveyor_system using (true)', target);
      execute format('grant select (%s) on %s to surveyor_system', columns, target);
    end $$;
    comment on procedure show_to_system(regclass, text) is
      'Shows the named columns (ids, tenant, statuses, times) of all tenants to surveyor_system.';

    revoke all on procedure protect_tenant_table(regclass, text) from public;
    revoke all on procedure show_to_system(regclass, text) from public;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop procedure show_to_system(regclass, text);
    drop procedure protect_tenant_table(regclass, text);
    revoke usage on schema public from surveyor_app, surveyor_auth, surveyor_system;
    drop schema audit;
  `);
}
