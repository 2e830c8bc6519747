import type { PlannedAssets } from '../../src/domain/dependencies/planned-asset';
import type { EdgeColumns, EndColumns, MoveGroup } from '../../src/domain/dependencies/types';
import { type Crossed, crossingEdges } from '../../src/domain/dependencies/wave-blocks';
import { type AssetType, type DependencyType, dependencyTypes, type Hardness } from '../../src/domain/lists';

export interface TestAsset {
  readonly name: string;
  readonly assetType: AssetType;
  readonly subtype: string | null;
}

export interface TestEdge {
  readonly from: number;
  readonly to: number;
  readonly type: DependencyType;
  readonly hardness: Hardness;
  readonly weight: number;
}

/** Assets as planning takes them. */
export function assetColumns(assets: readonly TestAsset[]): PlannedAssets {
  const asset = (place: number): TestAsset => {
    const found = assets[place];
    if (found === undefined) throw new RangeError(`there is no asset ${place}`);
    return found;
  };
  return {
    length: assets.length,
    kind: asset,
    nameOf: (place) => asset(place).name,
    serverRoleOf: () => null,
  };
}

export function endColumns(edges: readonly Pick<TestEdge, 'from' | 'to'>[]): EndColumns {
  return {
    from: Int32Array.from(edges, ({ from }) => from),
    to: Int32Array.from(edges, ({ to }) => to),
  };
}

/** Edges as planning takes them. */
export function edgeColumns(edges: readonly TestEdge[]): EdgeColumns {
  return {
    ...endColumns(edges),
    types: Uint8Array.from(edges, ({ type }) => dependencyTypes.indexOf(type)),
    hard: Uint8Array.from(edges, ({ hardness }) => Number(hardness === 'hard')),
    weights: Float64Array.from(edges, ({ weight }) => weight),
  };
}

/** Groups with the edges that cross them. */
export function crossed(groups: readonly MoveGroup[], edges: EdgeColumns): Crossed {
  return { groups, edges, crossing: crossingEdges(groups, edges) };
}
