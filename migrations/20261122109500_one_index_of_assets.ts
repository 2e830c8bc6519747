import type { Knex } from 'knex';

/**
 * Living assets are listed by name, of all types or of one: one index serves both, because it passes over the assets of
 * other types without a look at them. Every projection writes all indexes of the assets that it makes.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index assets_by_type;
    drop index assets_by_name;
    create index assets_by_name on assets (client_account_id, engagement_id, name_key, id, asset_type)
      where merged_into is null and deleted_at is null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index assets_by_name;
    create index assets_by_name on assets (client_account_id, engagement_id, name_key, id)
      where merged_into is null and deleted_at is null;
    create index assets_by_type on assets (client_account_id, engagement_id, asset_type, name_key, id)
      where merged_into is null and deleted_at is null;
  `);
}
