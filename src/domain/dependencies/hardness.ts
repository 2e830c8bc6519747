import type { DependencyType, Hardness } from '../lists';
import { at } from './graph';
import type { PlannedAsset } from './planned-asset';

const platformSubtypes: ReadonlySet<string> = new Set([
  'server/hypervisor',
  'cluster/virtualization_cluster',
  'storage/array',
  'storage/san',
  'storage/san_switch',
  'storage/datastore',
  'storage/tape',
]);
const platformTypes: ReadonlySet<string> = new Set(['network', 'facility', 'end_user_device', 'security']);

/** Whether an asset is equipment that stays behind: what runs on it moves, it is given up afterwards. */
export function isPlatform(asset: PlannedAsset): boolean {
  return (
    platformTypes.has(asset.assetType) || platformSubtypes.has(`${asset.assetType}/${asset.subtype ?? ''}`)
  );
}

interface TypedEnds {
  readonly from: number;
  readonly to: number;
  readonly type: DependencyType;
}

/** Failover clusters have at most 64 nodes by specification and rarely more than this; larger ones are platforms. */
const widestServiceCluster = 12;

function isMachine(asset: PlannedAsset | undefined): boolean {
  return asset?.assetType === 'server';
}

/**
 * Marks platform assets (1), also those that only their edges tell: servers that host other servers, clusters that
 * have hypervisors or very many members.
 */
export function markPlatforms(assets: readonly PlannedAsset[], edges: readonly TypedEnds[]): Uint8Array {
  const marks = Uint8Array.from(assets, (asset) => (isPlatform(asset) ? 1 : 0));
  for (const { from, to, type } of edges) {
    if (type === 'hosted_on' && isMachine(assets[from]) && isMachine(assets[to])) marks[to] = 1;
  }
  markClusters(marks, assets, edges);
  return marks;
}

function markClusters(marks: Uint8Array, assets: readonly PlannedAsset[], edges: readonly TypedEnds[]): void {
  const members = new Int32Array(assets.length);
  for (const { from, to, type } of edges) {
    if (type !== 'member_of' || assets[to]?.assetType !== 'cluster') continue;
    members[to] = at(members, to) + 1;
    if (marks[from] === 1 || at(members, to) > widestServiceCluster) marks[to] = 1;
  }
}

/** An application must move together with its own database; other uses of a service may cross sites for a while. */
function isOwnDatabase(type: DependencyType, from: PlannedAsset, to: PlannedAsset): boolean {
  const uses = type === 'uses' || type === 'depends_on';
  return uses && from.assetType === 'application' && to.assetType === 'database';
}

/** Whether two assets must move together. What leaves a platform is free of it. */
export function edgeHardness(type: DependencyType, from: PlannedAsset, to: PlannedAsset): Hardness {
  if (isPlatform(from) || isPlatform(to)) return 'soft';
  if (type === 'runs_on' || type === 'hosted_on' || type === 'member_of') return 'hard';
  return isOwnDatabase(type, from, to) ? 'hard' : 'soft';
}
