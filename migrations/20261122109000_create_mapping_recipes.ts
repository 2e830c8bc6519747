import type { Knex } from 'knex';

const knownKinds = [
  ['client_account', 'client_accounts', 'id'],
  ['engagement', 'engagements', 'id'],
  ['flow', 'master_flows', 'flow_id'],
  ['command', 'flow_commands', 'id'],
  ['import', 'data_imports', 'id'],
  ['object', 'stored_objects', 'id'],
  ['source', 'data_sources', 'id'],
  ['mapping', 'import_field_mappings', 'id'],
  ['finding', 'data_quality_findings', 'id'],
  ['asset', 'assets', 'id'],
  ['conflict', 'asset_conflicts', 'id'],
  ['scenario', 'scenarios', 'id'],
  ['change', 'estate_changes', 'id'],
] as const;
type Kind = readonly [kind: string, table: string, column: string];

/** What was approved for the columns of a source, to be applied to its next file. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(mappingRecipes);
  await knex.raw(replaceLocate([...knownKinds, ['recipe', 'mapping_recipes', 'id']]));
}

const mappingRecipes = `
  create table mapping_recipes (
    client_account_id uuid not null,
    engagement_id uuid not null,
    id uuid not null default gen_random_uuid(),
    data_source_id uuid not null,
    header_fingerprint text not null,
    version integer not null,
    format_id text,
    columns jsonb not null,
    options jsonb not null default '{}',
    created_from_import uuid not null,
    created_by uuid,
    created_at timestamptz not null default clock_timestamp(),
    retired_at timestamptz,
    retired_by uuid,
    primary key (client_account_id, engagement_id, id),
    foreign key (client_account_id, engagement_id, data_source_id)
      references data_sources (client_account_id, engagement_id, id) on delete cascade,
    foreign key (client_account_id, engagement_id, created_from_import)
      references data_imports (client_account_id, engagement_id, id) on delete cascade,
    constraint mapping_recipes_version_once unique (client_account_id, engagement_id, data_source_id, version),
    constraint mapping_recipes_version_counts check (version >= 1),
    constraint mapping_recipes_retired_timed check (retired_by is null or retired_at is not null)
  );
  create index mapping_recipes_newest on mapping_recipes (client_account_id, engagement_id, created_at, id);
  create index mapping_recipes_of_import
    on mapping_recipes (client_account_id, engagement_id, created_from_import);
  comment on table mapping_recipes is
    'Approved mappings and reading options of a source; the newest version of the same headers counts.';
  comment on column mapping_recipes.created_by is 'Null: the policy of a flow.';
  call protect_tenant_table('mapping_recipes', 'select, insert, update');
  call show_to_system('mapping_recipes', 'client_account_id, engagement_id, id, created_at, retired_at');

  alter table data_imports add column recipe_id uuid;
  comment on column data_imports.recipe_id is 'The recipe that was applied to the columns of the table.';
`;

/** The reviewed function that tells a foreign id from an unknown one, for these kinds. */
function replaceLocate(kinds: readonly Kind[]): string {
  const cases = kinds.map(
    ([kind, table, column]) =>
      `when '${kind}' then return exists (select from public.${table} t where t.${column} = wanted);`,
  );
  return `
    grant create on schema public to surveyor_system;
    set local role surveyor_system;
    create or replace function locate(kind text, wanted uuid) returns boolean
      language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
  begin
    case kind
      ${cases.join('\n      ')}
    end case;
  end $$;
    reset role;
    revoke create on schema public from surveyor_system;
  `;
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(replaceLocate(knownKinds));
  await knex.raw(`
    alter table data_imports drop column recipe_id;
    drop table mapping_recipes;
  `);
}
