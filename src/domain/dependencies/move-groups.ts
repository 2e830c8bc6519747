import { UnionFind } from '../inventory/union-find';
import type { DependencyType } from '../lists';
import { strongSets } from './cycles';
import { at, createGraph } from './graph';
import type { Ends } from './graph';
import { compositionReason, groupName } from './group-names';
import { markPlatforms } from './hardness';
import type { PlannedAsset } from './planned-asset';
import { sharedServices } from './shared-services';
import type { SharedServiceOptions } from './shared-services';
import type { Edge, MoveGroup, MoveGroupKind } from './types';

export interface MoveGroupOptions extends SharedServiceOptions {
  /** Cycles of more assets than this stay several groups; their crossing edges are reported as cuts. */
  readonly maxCycleMembers?: number;
  /** Cycles of more groups than this stay several groups. */
  readonly maxCycleGroups?: number;
}

export interface Grouping {
  readonly groups: readonly MoveGroup[];
  /** Group of each asset. */
  readonly groupOf: Int32Array;
  /** The edges with the hardness that holds once platforms and shared services stand apart. Same order as given. */
  readonly edges: readonly Edge[];
}

const defaultMaxCycleMembers = 250;
const defaultMaxCycleGroups = 12;
/** A copy of data or membership orders nothing, so it closes no cycle. */
const orderless: ReadonlySet<DependencyType> = new Set(['replicates_to', 'member_of']);

interface Estate {
  readonly assets: readonly PlannedAsset[];
  readonly platforms: Uint8Array;
  readonly shared: readonly (string | null)[];
}

function isPlatformEdge(estate: Estate, edge: Ends): boolean {
  return estate.platforms[edge.from] === 1 || estate.platforms[edge.to] === 1;
}

/** Shared services and the things around them are held together by nothing that a move would break. */
function standsApart(estate: Estate, edge: Ends): boolean {
  return (estate.shared[edge.from] === null) !== (estate.shared[edge.to] === null);
}

function soften(estate: Estate, edges: readonly Edge[]): Edge[] {
  return edges.map((edge) => {
    if (edge.hardness === 'soft') return edge;
    const free = isPlatformEdge(estate, edge) || standsApart(estate, edge);
    return free ? { ...edge, hardness: 'soft' } : edge;
  });
}

/** What has no owner but a shared host (a database nobody claims) is part of that shared service. */
function adoptOrphans(estate: Estate, edges: readonly Edge[]): (string | null)[] {
  const hard = edges.filter((edge) => edge.hardness === 'hard');
  const owned = new Uint8Array(estate.assets.length);
  for (const { to } of hard) owned[to] = 1;
  const shared = [...estate.shared];
  for (const { from, to } of hard) {
    if (owned[from] === 1 || estate.assets[from]?.assetType !== 'database') continue;
    const host = estate.shared[to] === null ? undefined : estate.assets[to];
    if (host !== undefined) shared[from] ??= `runs on shared ${host.name}`;
  }
  return shared;
}

interface Merged {
  readonly sets: UnionFind;
  /** By root: the cycle was merged. */
  readonly cyclic: ReadonlySet<number>;
}

function mergeCycles(
  estate: Estate,
  edges: readonly Edge[],
  sets: UnionFind,
  options: MoveGroupOptions,
): Merged {
  const { setOf, count } = sets.numbered();
  const sizes = new Int32Array(count);
  for (const set of setOf) sizes[set] = at(sizes, set) + 1;
  const links: Ends[] = [];
  for (const edge of edges) {
    if (orderless.has(edge.type) || isPlatformEdge(estate, edge) || standsApart(estate, edge)) continue;
    const from = at(setOf, edge.from);
    const to = at(setOf, edge.to);
    if (from !== to) links.push({ from, to });
  }
  const strong = strongSets(createGraph(count, links));
  return uniteStrong(setOf, sizes, strong, { sets, options });
}

function uniteStrong(
  setOf: Int32Array,
  sizes: Int32Array,
  strong: { readonly setOf: Int32Array; readonly count: number; readonly sizes: Int32Array },
  target: { readonly sets: UnionFind; readonly options: MoveGroupOptions },
): Merged {
  const { sets, options } = target;
  const members = new Int32Array(strong.count);
  sizes.forEach((size, set) => {
    const cycle = at(strong.setOf, set);
    members[cycle] = at(members, cycle) + size;
  });
  const first = new Int32Array(strong.count).fill(-1);
  setOf.forEach((set, asset) => {
    const cycle = at(strong.setOf, set);
    const groups = at(strong.sizes, cycle);
    const tooMany = groups > (options.maxCycleGroups ?? defaultMaxCycleGroups);
    if (groups < 2 || tooMany || at(members, cycle) > (options.maxCycleMembers ?? defaultMaxCycleMembers))
      return;
    if (at(first, cycle) === -1) first[cycle] = asset;
    else sets.union(at(first, cycle), asset);
  });
  const cyclic = new Set<number>();
  for (const asset of first) if (asset !== -1) cyclic.add(sets.find(asset));
  return { sets, cyclic };
}

/** Groups that hold assets which depend on each other in a circle. */
function groupsWithCycles(size: number, edges: readonly Edge[], setOf: Int32Array): ReadonlySet<number> {
  const links = edges.filter((edge) => !orderless.has(edge.type) && setOf[edge.from] === setOf[edge.to]);
  const strong = strongSets(createGraph(size, links));
  const groups = new Set<number>();
  setOf.forEach((group, asset) => {
    if (at(strong.sizes, at(strong.setOf, asset)) > 1) groups.add(group);
  });
  return groups;
}

function kindOf(estate: Estate, members: readonly number[]): MoveGroupKind {
  const [first = 0] = members;
  if (estate.platforms[first] === 1) return 'platform';
  if (estate.shared[first] !== null) return 'shared_service';
  return members.some((member) => estate.assets[member]?.assetType === 'application')
    ? 'application'
    : 'standalone';
}

function describe(estate: Estate, members: readonly number[], hasCycle: boolean): MoveGroup {
  const assets = members.flatMap((member) => estate.assets[member] ?? []);
  const kind = kindOf(estate, members);
  const reasons: string[] = [];
  if (kind === 'platform') reasons.push('stays until nothing runs on it, then it is given up');
  else reasons.push(compositionReason(assets));
  if (hasCycle) reasons.push('its parts depend on each other in a cycle');
  if (kind === 'shared_service') {
    const [reason] = members.flatMap((member) => estate.shared[member] ?? []);
    if (reason !== undefined) reasons.unshift(`shared service: ${reason}`);
  }
  const name = groupName(assets);
  return { name, members, reasons, isSharedService: kind === 'shared_service', hasCycle, kind };
}

/**
 * Groups of assets that must move together: applications with their servers, databases and clusters. Hard edges are
 * never cut; shared services and platforms stand apart; small cycles become one group. Every asset is in one group.
 */
export function createMoveGroups(
  assets: readonly PlannedAsset[],
  edges: readonly Edge[],
  options: MoveGroupOptions = {},
): Grouping {
  const platforms = markPlatforms(assets, edges);
  const moving = edges.filter((edge) => platforms[edge.from] !== 1 && platforms[edge.to] !== 1);
  const found: Estate = { assets, platforms, shared: sharedServices(assets, moving, options) };
  const estate: Estate = { ...found, shared: adoptOrphans(found, moving) };
  const softened = soften(estate, edges);
  const sets = new UnionFind(assets.length);
  for (const { from, to, hardness } of softened) if (hardness === 'hard') sets.union(from, to);
  const merged = mergeCycles(estate, softened, sets, options);
  const { setOf, count } = merged.sets.numbered();
  const members: number[][] = Array.from({ length: count }, () => []);
  setOf.forEach((group, asset) => members[group]?.push(asset));
  const circular = groupsWithCycles(assets.length, softened, setOf);
  const groups = members.map((list, group) =>
    describe(estate, list, circular.has(group) || merged.cyclic.has(merged.sets.find(list[0] ?? 0))),
  );
  return { groups, groupOf: setOf, edges: softened };
}
