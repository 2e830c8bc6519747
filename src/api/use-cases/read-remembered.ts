import { DomainError } from '../../domain/errors';
import { sharesHeaders } from '../../domain/mapping/recipe';
import { openOptionsFor } from '../../intake/table-choices';
import { openUploadTable } from '../../intake/upload-content';
import { objectKey } from '../../objects/object-store';
import type { RouteInput } from '../route';
import { readingChoices } from '../schemas/reading-choices';
import type { ApiServices } from '../services';
import { readContent, type ReceivedTables, readTables } from './read-content';
import type { ReceivedFile } from './receive-file';
import type { RememberedOptions } from './recipe-options';

/**
 * The tables of an upload by the reading options that are remembered of its source; undefined when it cannot be read
 * with them, or not to the headers that were approved: its writing has changed.
 */
export async function readRemembered(
  services: ApiServices,
  input: RouteInput,
  file: ReceivedFile,
  remembered: RememberedOptions,
): Promise<ReceivedTables | undefined> {
  try {
    if (!(await hasKnownHeaders(services, input, file, remembered))) return undefined;
    return await readTables(services, input, file, readingChoices(remembered.settings));
  } catch (error) {
    if (error instanceof DomainError && error.httpStatus < 500) return undefined;
    throw error;
  }
}

async function hasKnownHeaders(
  services: ApiServices,
  { tenant }: RouteInput,
  file: ReceivedFile,
  { settings, recipe }: RememberedOptions,
): Promise<boolean> {
  const key = objectKey({ ...tenant, objectId: file.objectId });
  const bytes = services.objects.bytes(tenant, key, file.stored.size);
  const choices = readingChoices(settings);
  for (const table of (await readContent(services, bytes, file, choices)).tables) {
    const options = openOptionsFor(choices.hint, table.place);
    const { header } = await openUploadTable(bytes, table, services.settings.intake, options);
    if (sharesHeaders(recipe, header.columns)) return true;
  }
  return false;
}
