import { attributeNames } from '../../attributes/types';
import type { AttributeName, AttributeValue } from '../../attributes/types';
import type { SurvivingAsset } from '../types';

/** One change of an asset. `name`, `asset_type` and `subtype` stand for the asset itself, others for its values. */
export interface AssetChange {
  readonly field: AttributeName | 'asset_name' | 'asset_class' | 'asset_subtype';
  readonly from: AttributeValue | null;
  readonly to: AttributeValue | null;
}

function same(one: AttributeValue | undefined, two: AttributeValue | undefined): boolean {
  if (one === two) return true;
  if (typeof one !== 'object' || typeof two !== 'object' || one.length !== two.length) return false;
  return one.every((part, at) => part === two[at]);
}

/** What changes when an asset becomes another; empty when nothing does. A missing side means created or deleted. */
export function difference(before: SurvivingAsset | null, after: SurvivingAsset | null): AssetChange[] {
  const changes: AssetChange[] = [];
  const add = (field: AssetChange['field'], from?: AttributeValue | null, to?: AttributeValue | null) => {
    if (!same(from ?? undefined, to ?? undefined))
      changes.push({ field, from: from ?? null, to: to ?? null });
  };
  add('asset_name', before?.name, after?.name);
  add('asset_class', before?.assetType, after?.assetType);
  add('asset_subtype', before?.subtype, after?.subtype);
  for (const name of attributeNames) add(name, before?.values[name], after?.values[name]);
  return changes;
}
