import { z } from 'zod';
import { Confidence, Count, CursorQuery, Timestamp, Uuid } from './common';

export const recipeParams = z.object({ recipe_id: Uuid });
export const RecipeQuery = CursorQuery;

const Summary = {
  id: Uuid,
  source_id: Uuid,
  /** Counts the recipes of the source, from 1. */
  version: z.int().min(1),
  header_fingerprint: z.string(),
  format_id: z.string().nullable(),
  column_count: Count,
  /** Null: the policy of a flow. */
  created_by: Uuid.nullable(),
  created_from_import: Uuid,
  created_at: Timestamp,
  retired_at: Timestamp.nullable(),
};

export const RecipeColumnView = z
  .object({
    source_field: z.string(),
    /** Null: approved to stay unmapped. */
    target_field: z.string().nullable(),
    confidence: Confidence,
    transformation: z.record(z.string(), z.unknown()),
    /** Null: the policy of a flow. */
    approved_by: Uuid.nullable(),
    approved_at: Timestamp,
  })
  .meta({ id: 'RecipeColumn' });

export const RecipeView = z
  .object({
    ...Summary,
    /** The recipe that is applied to the next file with these headers; null: none is, a person decides. */
    applied_next: z.object({ id: Uuid, version: z.int().min(1) }).nullable(),
    columns: z.array(RecipeColumnView),
    /** What a person chose for reading the file; applied to the next one when the request names the source. */
    options: z.record(z.string(), z.unknown()),
    /** What the file was read with. */
    read_with: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Recipe' });

export const RecipeList = z
  .object({
    recipes: z.array(z.object(Summary).meta({ id: 'RecipeSummary' })),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'RecipeList' });

/** The recipe that was applied to an import of a flow. */
export const RecipeUseView = z
  .object({
    import_id: Uuid,
    recipe_id: Uuid,
    version: z.int().min(1),
    /** Columns as approved. */
    applied: Count,
    /** Columns for a person to look at, decided by now or not. */
    to_review: Count,
  })
  .meta({ id: 'RecipeUse' });
