import type { AssetType } from '../lists';

/** What an asset is; one object may stand for all that are alike. */
export interface AssetShape {
  readonly assetType: AssetType;
  readonly subtype: string | null;
}

/** What planning must know of the assets of an estate, by their places. */
export interface PlannedAssets {
  readonly length: number;
  kind(place: number): AssetShape;
  nameOf(place: number): string;
  /** What a machine does, such as `domain_controller`; null when not known. */
  serverRoleOf(place: number): string | null;
}
