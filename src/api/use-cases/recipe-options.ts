import { findReadingOptions, type MappingRecipe } from '../../db/imports/mapping-recipes';
import { inTenant } from '../../db/connection/tenant';
import type { RouteInput } from '../route';
import { readingChoices } from '../schemas/reading-choices';
import type { ApiServices } from '../services';

type Settings = Readonly<Record<string, unknown>>;

/** What is remembered of the source that a request names. */
export interface RememberedOptions {
  /** The settings of the request with the reading options of the recipe. */
  readonly settings: Settings;
  readonly recipe: Pick<MappingRecipe, 'id' | 'columns'>;
}

/**
 * The reading options of a source's recipe, when the request names the source and says itself nothing of how the file
 * is to be read; undefined when there are none.
 */
export async function rememberedOptions(
  services: Pick<ApiServices, 'app'>,
  { tenant }: Pick<RouteInput, 'tenant'>,
  asked: Settings,
): Promise<RememberedOptions | undefined> {
  const { source_name: source } = asked;
  if (typeof source !== 'string') return undefined;
  const { hint, sheets } = readingChoices(asked);
  if (sheets !== undefined || Object.keys(hint).length > 0) return undefined;
  const recipe = await inTenant(services.app, tenant, (trx) => findReadingOptions(trx, source));
  if (recipe === undefined || Object.keys(recipe.options.chosen).length === 0) return undefined;
  return { settings: { ...asked, ...recipe.options.chosen, options_of_recipe: recipe.id }, recipe };
}
