import type { RecipeApproval } from '../../domain/mapping/apply-recipe';
import type { Recipe, RecipeColumn } from '../../domain/mapping/recipe';
import { toJson } from '../bulk/json';
import { execute, queryFirst, queryOne, queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** How the files of a source are read. */
export interface RecipeOptions {
  /** What a person chose, as the API takes it; applied to the next file of the source. */
  readonly chosen: Readonly<Record<string, unknown>>;
  /** What the file was read with. */
  readonly read: Readonly<Record<string, unknown>>;
}

/** A row of `mapping_recipes`. */
export interface MappingRecipe extends Recipe {
  readonly dataSourceId: string;
  readonly options: RecipeOptions;
  readonly createdFromImport: string;
  /** Null: the policy of a flow. */
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
  readonly retiredBy: string | null;
}

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/** The recipes of a source that count: of each set of headers the newest version that was not retired. */
export async function listCurrentRecipes(trx: TenantTrx, dataSourceId: string): Promise<MappingRecipe[]> {
  return queryRows<MappingRecipe>(
    trx,
    `select * from (
       select distinct on (header_fingerprint) * from mapping_recipes
       where ${ofTenant} and data_source_id = :dataSourceId and retired_at is null
       order by header_fingerprint, version desc) as newest
     order by version desc limit 300`,
    { ...tenantOf(trx), dataSourceId },
  );
}

/** What a person chose for reading the files of the source of that name, by its newest recipe that counts. */
export async function findReadingOptions(
  trx: TenantTrx,
  sourceName: string,
): Promise<Pick<MappingRecipe, 'id' | 'columns' | 'options'> | undefined> {
  return queryFirst(
    trx,
    `select id, columns, options from (
       select distinct on (r.header_fingerprint) r.* from data_sources s
       join mapping_recipes r on r.client_account_id = s.client_account_id
         and r.engagement_id = s.engagement_id and r.data_source_id = s.id
       where s.client_account_id = :clientAccountId and s.engagement_id = :engagementId
         and s.name = :sourceName and s.scope = '' and r.retired_at is null
       order by r.header_fingerprint, r.version desc) as newest
     order by version desc limit 1`,
    { ...tenantOf(trx), sourceName },
  );
}

export interface NewRecipe {
  readonly dataSourceId: string;
  readonly headerFingerprint: string;
  readonly formatId: string | null;
  readonly columns: readonly RecipeColumn[];
  readonly options: RecipeOptions;
  readonly createdFromImport: string;
  readonly createdBy: string | null;
}

/** Keeps others from recording recipes of a source until the transaction ends. */
export async function lockRecipesOf(trx: TenantTrx, dataSourceId: string): Promise<void> {
  await queryOne(
    trx,
    `select id from data_sources where ${ofTenant} and id = :dataSourceId for no key update`,
    { ...tenantOf(trx), dataSourceId },
  );
}

/** Adds the next version of a source's recipes, which is to be locked. */
export async function insertRecipe(trx: TenantTrx, recipe: NewRecipe): Promise<MappingRecipe> {
  const { columns, options, ...rest } = recipe;
  return queryOne<MappingRecipe>(
    trx,
    `insert into mapping_recipes (client_account_id, engagement_id, data_source_id, header_fingerprint, version,
       format_id, columns, options, created_from_import, created_by)
     select :clientAccountId, :engagementId, :dataSourceId, :headerFingerprint,
       coalesce((select max(version) from mapping_recipes where ${ofTenant}
         and data_source_id = :dataSourceId), 0) + 1,
       :formatId, :columns, :options, :createdFromImport, :createdBy
     returning *`,
    { ...tenantOf(trx), ...rest, columns: toJson(columns), options: toJson(options) },
  );
}

export async function findRecipe(trx: TenantTrx, id: string): Promise<MappingRecipe | undefined> {
  return queryFirst<MappingRecipe>(trx, `select * from mapping_recipes where ${ofTenant} and id = :id`, {
    ...tenantOf(trx),
    id,
  });
}

/** Recipes of all sources, the newest first, retired ones included. */
export async function listRecipes(
  trx: TenantTrx,
  page: { readonly before?: { readonly createdAt: Date; readonly id: string }; readonly limit: number },
): Promise<MappingRecipe[]> {
  return queryRows<MappingRecipe>(
    trx,
    `select * from mapping_recipes where ${ofTenant} and (:createdAt::timestamptz is null
       or (date_trunc('milliseconds', created_at), id) < (:createdAt::timestamptz, :id::uuid))
     order by date_trunc('milliseconds', created_at) desc, id desc limit :limit`,
    { ...tenantOf(trx), createdAt: page.before?.createdAt, id: page.before?.id, limit: page.limit },
  );
}

/** Takes a recipe out of use. Undefined when it is unknown or was retired before. */
export async function retireRecipe(
  trx: TenantTrx,
  id: string,
  retiredBy: string | null,
): Promise<MappingRecipe | undefined> {
  return queryFirst<MappingRecipe>(
    trx,
    `update mapping_recipes set retired_at = clock_timestamp(), retired_by = :retiredBy
     where ${ofTenant} and id = :id and retired_at is null returning *`,
    { ...tenantOf(trx), id, retiredBy },
  );
}

/** Approves the columns of an import that a recipe has decided, and notes the recipe. What a person decided stays. */
export async function approveByRecipe(
  trx: TenantTrx,
  importId: string,
  recipe: { readonly id: string; readonly approvals: readonly RecipeApproval[] },
): Promise<void> {
  await execute(
    trx,
    `with applied as (
       update import_field_mappings m set status = 'approved', decided_by = a."approvedBy",
         decided_at = a."approvedAt", updated_at = clock_timestamp()
       from jsonb_to_recordset(:approvals::jsonb) as a("sourceColumn" text, "approvedBy" uuid,
         "approvedAt" timestamptz)
       where m.client_account_id = :clientAccountId and m.engagement_id = :engagementId
         and m.import_id = :importId and m.source_column = a."sourceColumn" and m.status = 'pending')
     update data_imports set recipe_id = :recipeId, updated_at = clock_timestamp()
     where ${ofTenant} and id = :importId`,
    { ...tenantOf(trx), importId, recipeId: recipe.id, approvals: toJson(recipe.approvals) },
  );
}

/** How the columns of an import stand under the recipe that was applied to it. */
export interface RecipeUse {
  readonly importId: string;
  readonly recipeId: string;
  readonly version: number;
  /** Columns as approved. */
  readonly applied: number;
  /** Columns for a person to look at, decided by now or not. */
  readonly toReview: number;
}

/** The recipes that were applied to the imports of a flow, undone ones left out. */
export async function listRecipeUses(trx: TenantTrx, flowId: string): Promise<RecipeUse[]> {
  return queryRows<RecipeUse>(
    trx,
    `select i.id as import_id, r.id as recipe_id, r.version,
       count(*) filter (where m.reasons @> '[{"code": "recipe.applied"}]')::integer as applied,
       count(*) filter (where not m.reasons @> '[{"code": "recipe.applied"}]')::integer as to_review
     from data_imports i
     join mapping_recipes r on r.client_account_id = i.client_account_id
       and r.engagement_id = i.engagement_id and r.id = i.recipe_id
     join import_field_mappings m on m.client_account_id = i.client_account_id
       and m.engagement_id = i.engagement_id and m.import_id = i.id
     where i.client_account_id = :clientAccountId and i.engagement_id = :engagementId and i.flow_id = :flowId
       and i.undone_at is null
     group by i.id, i.position, r.id, r.version order by i.position`,
    { ...tenantOf(trx), flowId },
  );
}

/**
 * Whether an import needs no person: every column is as a recipe has it, approved by people, and no other import of
 * the flow waits for its approval.
 */
export async function isWhollyByRecipe(
  trx: TenantTrx,
  { flowId, importId }: { readonly flowId: string; readonly importId: string },
): Promise<boolean> {
  const { whole } = await queryOne<{ whole: boolean }>(
    trx,
    `select i.recipe_id is not null and not exists (
         select from import_field_mappings m
         where m.client_account_id = i.client_account_id and m.engagement_id = i.engagement_id
           and m.import_id = i.id and (m.status = 'pending' or m.decided_by is null))
       and not exists (
         select from phase_runs r
         join data_imports o on o.client_account_id = r.client_account_id
           and o.engagement_id = r.engagement_id and o.id = r.import_id and o.undone_at is null
         where r.client_account_id = i.client_account_id and r.engagement_id = i.engagement_id
           and r.flow_id = :flowId and r.import_id <> i.id and r.phase = 'field_mapping'
           and r.scenario_id is null and r.status <> 'superseded' and r.published_at is null
           and r.position_detail @> '{"suggested": true}') as whole
     from data_imports i where i.client_account_id = :clientAccountId
       and i.engagement_id = :engagementId and i.id = :importId`,
    { ...tenantOf(trx), flowId, importId },
  );
  return whole;
}
