import type { Knex } from 'knex';

/**
 * What many new assets of one record have in common stands in `after`, equal in all of them; their names and identity
 * keys stand in columns of their own, which cost less to write and to read than a document.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table asset_changes add column name text, add column keys text[], add column identity text[];
    comment on column asset_changes.name is
      'Name of a new asset that has its values from a record; of others, and of older runs, it stands in "after".';
    comment on column asset_changes.keys is 'Identity keys of such an asset as kind:value.';
    comment on column asset_changes.identity is
      'Identity keys of its record, when some of them are not keys of the asset.';
    drop view current_asset_changes;
  `);
  await createView(knex);
}

async function createView(knex: Knex): Promise<void> {
  await knex.raw(`
    create view current_asset_changes with (security_invoker = true) as
      select r.* from estates e
      join asset_changes r on r.client_account_id = e.client_account_id and r.engagement_id = e.engagement_id
        and r.phase_run_id = e.inventory_run_id;
    grant select on current_asset_changes to surveyor_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop view current_asset_changes;
    alter table asset_changes no force row level security;
    update asset_changes set after = after || jsonb_strip_nulls(jsonb_build_object(
      'name', name, 'keys', to_jsonb(keys), 'identity', to_jsonb(identity))) where name is not null;
    alter table asset_changes force row level security;
    alter table asset_changes drop column name, drop column keys, drop column identity;
  `);
  await createView(knex);
}
