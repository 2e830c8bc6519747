import { z } from 'zod';
import { insertAuditEvent } from '../../db/accounts/audit';
import {
  findRecipe,
  listCurrentRecipes,
  listRecipes,
  type MappingRecipe,
  retireRecipe,
} from '../../db/imports/mapping-recipes';
import { inTenant } from '../../db/connection/tenant';
import { auditActor } from '../audit-actor';
import { decodeCursor, encodeCursor } from '../cursor';
import { missingId } from '../foreign-ids';
import { presentRecipe, presentRecipeSummary } from '../presenters/recipe-view';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import { RecipeList, recipeParams, RecipeQuery, RecipeView } from '../schemas/recipes';
import type { ApiServices } from '../services';

const common = { scope: 'tenant', tag: 'recipes' } as const;
const Position = z.object({ createdAt: z.coerce.date(), id: z.guid() });
type Input = RouteInput<{ readonly recipe_id: string }>;

/** What was approved for the columns of a source, applied to its next file. */
export function recipeRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...common,
      method: 'get',
      path: '/recipes',
      summary: 'List the recipes of all sources, the newest first, retired ones included',
      permission: 'discovery.read',
      query: RecipeQuery,
      responses: { 200: RecipeList },
      handler: (input) => list(services, input),
    }),
    defineRoute({
      ...common,
      method: 'get',
      path: '/recipes/:recipe_id',
      summary: 'Show a recipe with its columns, who approved them and when',
      permission: 'discovery.read',
      params: recipeParams,
      responses: { 200: RecipeView },
      errors: ['RECIPE_001'],
      handler: (input) => show(services, input),
    }),
    defineRoute({
      ...common,
      method: 'delete',
      path: '/recipes/:recipe_id',
      summary:
        'Retire a recipe: it is kept and applied to no further file; the version before it counts again',
      permission: 'discovery.map',
      params: recipeParams,
      responses: { 200: RecipeView },
      errors: ['RECIPE_001'],
      handler: (input) => retire(services, input),
    }),
  ];
}

async function list(
  services: ApiServices,
  { tenant, query }: RouteInput<unknown, z.output<typeof RecipeQuery>>,
): Promise<RouteAnswer> {
  const { limit, cursor } = query;
  const before = decodeCursor(cursor, Position);
  const page = { ...(before && { before }), limit: limit + 1 };
  const rows = await inTenant(services.app, tenant, (trx) => listRecipes(trx, page));
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return ok({
    recipes: shown.map(presentRecipeSummary),
    next_cursor: last === undefined ? null : encodeCursor({ createdAt: last.createdAt, id: last.id }),
  });
}

async function show(services: ApiServices, input: Input): Promise<RouteAnswer> {
  const id = input.params.recipe_id;
  const row = await inTenant(services.app, input.tenant, (trx) => findRecipe(trx, id));
  return answer(services, input, row);
}

async function retire(services: ApiServices, input: Input): Promise<RouteAnswer> {
  const id = input.params.recipe_id;
  const row = await inTenant(services.app, input.tenant, async (trx) => {
    const retired = await retireRecipe(trx, id, input.actor.userId);
    if (retired === undefined) return findRecipe(trx, id);
    await insertAuditEvent(trx, auditActor(input), {
      action: 'recipe.retired',
      resourceType: 'mapping_recipe',
      resourceId: id,
      details: { dataSourceId: retired.dataSourceId, version: retired.version },
    });
    return retired;
  });
  return answer(services, input, row);
}

async function answer(
  services: ApiServices,
  input: Input,
  row: MappingRecipe | undefined,
): Promise<RouteAnswer> {
  const id = input.params.recipe_id;
  if (row !== undefined) return ok(presentRecipe(row, await currentOf(services, input, row)));
  throw await missingId(services, input, { kind: 'recipe', id, code: 'RECIPE_001' });
}

async function currentOf(
  services: ApiServices,
  { tenant }: Input,
  { dataSourceId, headerFingerprint }: MappingRecipe,
): Promise<MappingRecipe | undefined> {
  const current = await inTenant(services.app, tenant, (trx) => listCurrentRecipes(trx, dataSourceId));
  return current.find((recipe) => recipe.headerFingerprint === headerFingerprint);
}
