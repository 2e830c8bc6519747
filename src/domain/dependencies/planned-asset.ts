import type { AssetType } from '../lists';

/** What planning must know of an asset. */
export interface PlannedAsset {
  readonly name: string;
  readonly assetType: AssetType;
  readonly subtype: string | null;
  /** What a machine does, such as `domain_controller`; null or absent when not known. */
  readonly serverRole?: string | null;
}
