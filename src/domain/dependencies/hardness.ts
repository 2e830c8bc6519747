import { type DependencyType, dependencyTypes, type Hardness } from '../lists';
import { at } from './graph';
import type { AssetShape, PlannedAssets } from './planned-asset';
import type { EdgeColumns } from './types';

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
export function isPlatform(asset: AssetShape): boolean {
  return (
    platformTypes.has(asset.assetType) || platformSubtypes.has(`${asset.assetType}/${asset.subtype ?? ''}`)
  );
}

/** Failover clusters have at most 64 nodes by specification and rarely more than this; larger ones are platforms. */
const widestServiceCluster = 12;
const hostedOn = dependencyTypes.indexOf('hosted_on');
const memberOf = dependencyTypes.indexOf('member_of');

/**
 * Marks platform assets (1), also those that only their edges tell: servers that host other servers, clusters that
 * have hypervisors or very many members.
 */
export function markPlatforms(assets: PlannedAssets, edges: EdgeColumns): Uint8Array {
  const { from, to, types } = edges;
  const marks = new Uint8Array(assets.length);
  const known = new Map<AssetShape, number>();
  for (let place = 0; place < assets.length; place += 1) marks[place] = markOf(assets.kind(place), known);
  for (let edge = 0; edge < types.length; edge += 1) {
    if (types[edge] !== hostedOn) continue;
    const host = at(to, edge);
    if (isMachine(assets.kind(at(from, edge))) && isMachine(assets.kind(host))) marks[host] = 1;
  }
  markClusters(marks, assets, edges);
  return marks;
}

function markOf(shape: AssetShape, known: Map<AssetShape, number>): number {
  const found = known.get(shape);
  if (found !== undefined) return found;
  const mark = Number(isPlatform(shape));
  known.set(shape, mark);
  return mark;
}

function isMachine({ assetType }: AssetShape): boolean {
  return assetType === 'server';
}

function markClusters(marks: Uint8Array, assets: PlannedAssets, { from, to, types }: EdgeColumns): void {
  const members = new Int32Array(assets.length);
  for (let edge = 0; edge < types.length; edge += 1) {
    const cluster = at(to, edge);
    if (types[edge] !== memberOf || assets.kind(cluster).assetType !== 'cluster') continue;
    members[cluster] = at(members, cluster) + 1;
    if (marks[at(from, edge)] === 1 || at(members, cluster) > widestServiceCluster) marks[cluster] = 1;
  }
}

/** An application must move together with its own database; other uses of a service may cross sites for a while. */
function isOwnDatabase(type: DependencyType, from: AssetShape, to: AssetShape): boolean {
  const uses = type === 'uses' || type === 'depends_on';
  return uses && from.assetType === 'application' && to.assetType === 'database';
}

/** Whether two assets must move together. What leaves a platform is free of it. */
export function edgeHardness(type: DependencyType, from: AssetShape, to: AssetShape): Hardness {
  if (isPlatform(from) || isPlatform(to)) return 'soft';
  if (type === 'runs_on' || type === 'hosted_on' || type === 'member_of') return 'hard';
  return isOwnDatabase(type, from, to) ? 'hard' : 'soft';
}
