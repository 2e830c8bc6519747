import { applyRecipe } from '../../domain/mapping/apply-recipe';
import { formatIdOf } from '../../domain/mapping/formats/detail-rules';
import { chooseRecipe, isSameRecipe, recipeColumns } from '../../domain/mapping/recipe';
import type { MappingProposal } from '../../domain/mapping/types';
import type { ColumnProfile } from '../../domain/quality/types';
import { type Actor, insertAuditEvent } from '../../db/accounts/audit';
import { listColumnProfiles } from '../../db/imports/column-profiles';
import { type DataImport, findImport } from '../../db/imports/imports';
import {
  approveByRecipe,
  insertRecipe,
  listCurrentRecipes,
  lockRecipesOf,
  type MappingRecipe,
  type RecipeOptions,
} from '../../db/imports/mapping-recipes';
import { listMappings, upsertSuggestions } from '../../db/imports/mappings';
import type { TenantTrx } from '../../db/connection/tenant';

/** Settings of an import that say how its file is read. */
const readingSettings = [
  'encoding',
  'delimiter',
  'quote',
  'decimal_mark',
  'date_order',
  'header_line',
  'sheets',
  'tables',
] as const;

export interface SuggestedTable {
  readonly entry: DataImport;
  readonly dataSourceId: string;
  readonly columns: readonly ColumnProfile[];
  readonly proposal: MappingProposal;
}

/** Writes the suggestions for a table: what its source's recipe decides is approved, the rest waits. */
export async function writeSuggestions(trx: TenantTrx, table: SuggestedTable): Promise<MappingProposal> {
  const { entry, columns, proposal } = table;
  const recipe = await recipeFor(trx, table);
  if (recipe === undefined) {
    await upsertSuggestions(trx, entry.id, proposal.suggestions);
    return proposal;
  }
  const { suggestions, approvals } = applyRecipe(proposal.suggestions, columns, recipe);
  await upsertSuggestions(trx, entry.id, suggestions);
  await approveByRecipe(trx, entry.id, { id: recipe.id, approvals });
  return { ...proposal, suggestions };
}

async function recipeFor(trx: TenantTrx, table: SuggestedTable): Promise<MappingRecipe | undefined> {
  const { entry, columns, proposal, dataSourceId } = table;
  if (columns.length === 0 || entry.status === 'failed') return undefined;
  const recipes = await listCurrentRecipes(trx, dataSourceId);
  const chosen = chooseRecipe(recipes, {
    headerFingerprint: entry.headerFingerprint,
    formatId: formatIdOf(proposal),
    columns: columns.map(({ column }) => column),
  });
  return recipes.find(({ id }) => id === chosen?.id);
}

/**
 * Remembers the approved mappings of imports as recipes of their sources, a new version of each that differs. For the
 * transaction that seals the mappings; the actor without a user is the policy of the flow.
 */
export async function recordRecipes(
  trx: TenantTrx,
  importIds: readonly string[],
  actor: Actor,
): Promise<void> {
  const entries: (DataImport & { readonly dataSourceId: string })[] = [];
  for (const importId of importIds) {
    const entry = await findImport(trx, importId);
    if (entry === undefined || entry.dataSourceId === null || entry.status === 'failed') continue;
    entries.push({ ...entry, dataSourceId: entry.dataSourceId });
  }
  // One order for all who lock several sources.
  entries.sort((left, right) => (left.dataSourceId < right.dataSourceId ? -1 : 1));
  for (const entry of entries) await recordRecipe(trx, entry, actor);
}

async function recordRecipe(
  trx: TenantTrx,
  entry: DataImport & { readonly dataSourceId: string },
  actor: Actor,
): Promise<void> {
  const { id: createdFromImport, dataSourceId, headerFingerprint, formatId } = entry;
  if (headerFingerprint === null) return;
  const decided = await listMappings(trx, createdFromImport);
  const profiles = await listColumnProfiles(trx, createdFromImport);
  await lockRecipesOf(trx, dataSourceId);
  const current = await listCurrentRecipes(trx, dataSourceId);
  const before = current.find((recipe) => recipe.headerFingerprint === headerFingerprint);
  const columns = recipeColumns(decided, profiles, before?.columns ?? []);
  const options = optionsOf(entry);
  if (columns.length === 0) return;
  if (before !== undefined && isSameRecipe(before.columns, columns) && isSameReading(before, options)) return;
  const recipe = await insertRecipe(trx, {
    dataSourceId,
    headerFingerprint,
    formatId,
    columns,
    options,
    createdFromImport,
    createdBy: actor.userId,
  });
  await insertAuditEvent(trx, actor, {
    action: 'recipe.recorded',
    resourceType: 'mapping_recipe',
    resourceId: recipe.id,
    flowId: entry.flowId,
    details: { importId: createdFromImport, dataSourceId, version: recipe.version, columns: columns.length },
  });
}

function optionsOf({ processingConfig, encoding, delimiter, headerLine }: DataImport): RecipeOptions {
  const chosen = readingSettings.flatMap((name) => {
    const value = processingConfig[name];
    return value === undefined || value === null ? [] : [[name, value] as const];
  });
  return { chosen: Object.fromEntries(chosen), read: { encoding, delimiter, header_line: headerLine } };
}

/** What was chosen is compared; how a file happened to be written is no decision. */
function isSameReading({ options }: MappingRecipe, { chosen }: RecipeOptions): boolean {
  const words = (settings: RecipeOptions['chosen']): string =>
    JSON.stringify(readingSettings.map((name) => settings[name] ?? null));
  return words(options.chosen) === words(chosen);
}
