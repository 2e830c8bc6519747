import type { Knex } from 'knex';

/**
 * A change that makes an asset of one record names the record instead of repeating its values. Identity keys are
 * looked up by key; the few statements that go by asset read all of an engagement anyway.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table asset_changes add column of_run_id uuid, add column of_row integer;
    alter table asset_changes add constraint asset_changes_of_whole_record
      check ((of_run_id is null) = (of_row is null));
    comment on column asset_changes.of_run_id is
      'With of_row the cleansed record that a new asset has its values from; null when they stand in "after".';
    drop index asset_identity_keys_of_asset;
  `);
  await knex.raw('drop view current_asset_changes');
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
    create index asset_identity_keys_of_asset on asset_identity_keys (client_account_id, engagement_id, asset_id);
    alter table asset_changes drop column of_run_id, drop column of_row;
  `);
  await createView(knex);
}
