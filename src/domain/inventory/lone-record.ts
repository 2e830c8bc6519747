import { attributeDefinition } from '../attributes/registry';
import { attributeNames } from '../attributes/types';
import type { AttributeName, AttributeValue, AttributeValues } from '../attributes/types';
import type { AssetType } from '../lists';
import { textOf } from './attribute-text';
import { resolveName } from './naming';
import type { SourceRecord } from './types';

/** An asset whose values are those of its only record. */
export interface LoneAsset {
  readonly name: string;
  readonly assetType: AssetType;
  readonly subtype: string | null;
  readonly confidence: number;
  /** The role that its class or name tells, where the record has none. */
  readonly role: string | null;
}

const isMultiple: ReadonlyMap<string, boolean> = new Map(
  attributeNames.map((name) => [name, attributeDefinition(name).multiple]),
);

/**
 * What `survive` makes of one record without overrides, when every value of the record survives as it is; undefined
 * when one would not, or when only its row could name the asset.
 */
export function loneAsset(record: SourceRecord): LoneAsset | undefined {
  const { values, classification, details } = record;
  if (details !== undefined || !survivesWhole(values)) return undefined;
  const { assetType, subtype, confidence, serverRole } = classification;
  const name = resolveName(values, assetType) ?? textOf(values, 'application_name');
  if (name === undefined) return undefined;
  const role = values.server_role === undefined ? (serverRole ?? null) : null;
  return { name, assetType, subtype, confidence, role };
}

function survivesWhole(values: AttributeValues): boolean {
  for (const name in values) {
    const multiple = isMultiple.get(name);
    // The keys of attribute values are attribute names by type; for-in widens them.
    const value = values[name as AttributeName];
    if (multiple === undefined || value === undefined || !isWhole(value, multiple)) return false;
  }
  return true;
}

/** Whether a value says something, and a list each thing once. */
function isWhole(value: AttributeValue, multiple: boolean): boolean {
  if (typeof value === 'string') return !multiple && value.trim() !== '';
  if (typeof value !== 'object') return !multiple;
  if (value.length === 1) return isTrimmed(value[0] ?? '');
  const seen = new Set<string>();
  for (const part of value) {
    if (!isTrimmed(part)) return false;
    seen.add(part.toLowerCase());
  }
  return value.length > 0 && seen.size === value.length;
}

function isTrimmed(text: string): boolean {
  return text !== '' && text.trim() === text;
}
