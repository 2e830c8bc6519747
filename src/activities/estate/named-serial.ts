import { serialMeaning } from '../../domain/inventory/identity/identity-values';
import type { NamedAsset } from '../../db/estate/duplicate-subjects';

/** A named asset with its serial number as the search compares it. */
export function withSerial(asset: NamedAsset): NamedAsset {
  return asset.serial === null ? asset : { ...asset, serial: serialOf(asset.serial) };
}

/** A serial number stands as it was read, or as the last part of an identity key. */
function serialOf(serial: string): string | null {
  const meaning = serialMeaning(serial.slice(serial.lastIndexOf(':') + 1));
  return meaning !== null && 'serial' in meaning ? meaning.serial : null;
}
