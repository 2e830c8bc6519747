import type { AttributeName, AttributeValues } from '../attributes/types';
import type { AssetType } from '../lists';
import { textOf } from './attribute-text';

/** Reason code of a record that names nothing. */
export const noNameReason = 'no_name';

const applicationSources: readonly AttributeName[] = ['name', 'application_name', 'external_id', 'uuid'];
const hostSources: readonly AttributeName[] = [
  'name',
  'hostname',
  'fqdn',
  'external_id',
  'asset_tag',
  'serial_number',
  'uuid',
];
const otherSources: readonly AttributeName[] = [
  'name',
  'hostname',
  'fqdn',
  'application_name',
  'external_id',
  'asset_tag',
  'serial_number',
  'uuid',
];
/** `assets.name` holds this many characters. */
const longestName = 255;

function sourcesFor(assetType: AssetType): readonly AttributeName[] {
  if (assetType === 'application') return applicationSources;
  return assetType === 'server' ? hostSources : otherSources;
}

/**
 * The name of an asset from the best attribute that has one. Undefined: the row names nothing and is rejected with
 * reason `no_name`. A host name never names an application, nor an application its server.
 */
export function resolveName(values: AttributeValues, assetType: AssetType): string | undefined {
  for (const source of sourcesFor(assetType)) {
    const text = textOf(values, source);
    if (text !== undefined) return text.slice(0, longestName);
  }
  return undefined;
}
