import { z } from 'zod';
import type { ApiClient } from './api-client';
import type { ImportSummary } from './import-summary';
import { printable } from './output';

const Mappings = z.object({
  waiting: z.boolean(),
  to_review: z.int(),
  recipes: z.array(
    z.object({ import_id: z.string(), version: z.int(), applied: z.int(), to_review: z.int() }),
  ),
});

/** The recipes that were applied to the imports of a flow, and how many columns nobody has decided. */
export type RecipeSummary = z.output<typeof Mappings>;

export function readRecipeSummary(client: ApiClient, flowId: string): Promise<RecipeSummary> {
  return client.get(`/unified-discovery/flows/${encodeURIComponent(flowId)}/field-mappings`, Mappings);
}

/** What the recipes decided, as a part of the JSON document of a flow. */
export function recipeDocument({ to_review, recipes }: RecipeSummary): Record<string, unknown> {
  return { columns_to_review: to_review, recipes };
}

/** The same for people. */
export function recipeLines(
  { waiting, to_review: undecided, recipes }: RecipeSummary,
  imports: readonly Pick<ImportSummary, 'importId' | 'name'>[],
): string[] {
  const names = new Map(imports.map(({ importId, name }) => [importId, name]));
  const lines = recipes.map(({ import_id: id, version, applied, to_review: toReview }) => {
    const name = printable(names.get(id) ?? id);
    return `${name}: recipe version ${version} applied: ${applied} columns as approved, ${toReview} to look at`;
  });
  if (!waiting || recipes.length === 0) return lines;
  const asked = undecided === 0 ? 'No column needs a look' : `Columns that need a look: ${undecided}`;
  return [...lines, `${asked}; the flow waits for the approval`];
}
