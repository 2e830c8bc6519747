import type { z } from 'zod';
import type { MappingRecipe, RecipeUse } from '../../db/imports/mapping-recipes';
import type { RecipeList, RecipeUseView, RecipeView } from '../schemas/recipes';
import { presentRule } from './column-rule';

type RecipeSummaryBody = z.output<typeof RecipeList>['recipes'][number];

export function presentRecipeSummary(recipe: MappingRecipe): RecipeSummaryBody {
  return {
    id: recipe.id,
    source_id: recipe.dataSourceId,
    version: recipe.version,
    header_fingerprint: recipe.headerFingerprint,
    format_id: recipe.formatId,
    column_count: recipe.columns.length,
    created_by: recipe.createdBy,
    created_from_import: recipe.createdFromImport,
    created_at: recipe.createdAt.toISOString(),
    retired_at: recipe.retiredAt?.toISOString() ?? null,
  };
}

/** `next`: the recipe of the same source and headers that counts now. */
export function presentRecipe(
  recipe: MappingRecipe,
  next: Pick<MappingRecipe, 'id' | 'version'> | undefined,
): z.output<typeof RecipeView> {
  return {
    ...presentRecipeSummary(recipe),
    applied_next: next === undefined ? null : { id: next.id, version: next.version },
    columns: recipe.columns.map(({ column, target, confidence, rule, approvedBy, approvedAt }) => ({
      source_field: column,
      target_field: target,
      confidence,
      transformation: presentRule(rule),
      approved_by: approvedBy,
      approved_at: approvedAt,
    })),
    options: { ...recipe.options.chosen },
    read_with: { ...recipe.options.read },
  };
}

export function presentRecipeUse(use: RecipeUse): z.output<typeof RecipeUseView> {
  const { importId: import_id, recipeId: recipe_id, version, applied, toReview: to_review } = use;
  return { import_id, recipe_id, version, applied, to_review };
}
