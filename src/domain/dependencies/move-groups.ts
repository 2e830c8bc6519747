import { UnionFind } from '../inventory/identity/union-find';
import { dependencyTypes } from '../lists';
import { strongSets } from './cycles';
import { at, createGraph } from './graph';
import { compositionReason, groupName } from './group-names';
import { Integers } from './growing';
import { markPlatforms } from './hardness';
import type { PlannedAssets } from './planned-asset';
import { sharedServices } from './shared-services';
import type { CountedEdges, SharedServiceOptions } from './shared-services';
import type { EdgeColumns, EndColumns, MoveGroup, MoveGroupKind } from './types';

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
  readonly edges: EdgeColumns;
}

const defaultMaxCycleMembers = 250;
const defaultMaxCycleGroups = 12;
/** A copy of data or membership orders nothing, so it closes no cycle. */
const orderless: ReadonlySet<number> = new Set(
  (['replicates_to', 'member_of'] as const).map((type) => dependencyTypes.indexOf(type)),
);

interface Estate {
  readonly assets: PlannedAssets;
  readonly platforms: Uint8Array;
  /** Why assets are shared services. */
  readonly shared: ReadonlyMap<number, string>;
}

/** 1 for the edges that no platform is an end of. */
function betweenMoving({ from, to }: EndColumns, platforms: Uint8Array): Uint8Array {
  return Uint8Array.from(from, (node, edge) =>
    platforms[node] !== 1 && platforms[at(to, edge)] !== 1 ? 1 : 0,
  );
}

/** Shared services and the things around them are held together by nothing that a move would break. */
function standsApart({ shared }: Estate, { from, to }: EndColumns, edge: number): boolean {
  return shared.has(at(from, edge)) !== shared.has(at(to, edge));
}

function soften(estate: Estate, edges: CountedEdges): Uint8Array {
  return edges.hard.map((hard, edge) =>
    hard === 1 && edges.counted[edge] === 1 && !standsApart(estate, edges, edge) ? 1 : 0,
  );
}

/** What has no owner but a shared host (a database nobody claims) is part of that shared service. */
function adoptOrphans({ assets, shared }: Estate, edges: CountedEdges): Map<number, string> {
  const { from, to, hard, counted } = edges;
  const owned = new Uint8Array(assets.length);
  const holds = (edge: number): boolean => hard[edge] === 1 && counted[edge] === 1;
  for (let edge = 0; edge < to.length; edge += 1) if (holds(edge)) owned[at(to, edge)] = 1;
  const adopted = new Map(shared);
  for (let edge = 0; edge < from.length; edge += 1) {
    const [orphan, host] = [at(from, edge), at(to, edge)];
    if (!holds(edge) || owned[orphan] === 1 || assets.kind(orphan).assetType !== 'database') continue;
    if (shared.has(host) && !adopted.has(orphan))
      adopted.set(orphan, `runs on shared ${assets.nameOf(host)}`);
  }
  return adopted;
}

interface Merged {
  readonly sets: UnionFind;
  /** By root: the cycle was merged. */
  readonly cyclic: ReadonlySet<number>;
}

function mergeCycles(
  estate: Estate,
  edges: CountedEdges,
  sets: UnionFind,
  options: MoveGroupOptions,
): Merged {
  const { setOf, count } = sets.numbered();
  const sizes = new Int32Array(count);
  for (const set of setOf) sizes[set] = at(sizes, set) + 1;
  const [sources, targets] = [new Integers(), new Integers()];
  for (let edge = 0; edge < edges.from.length; edge += 1) {
    const isFree = edges.counted[edge] === 0 || orderless.has(edges.types[edge] ?? 0);
    if (isFree || standsApart(estate, edges, edge)) continue;
    const source = at(setOf, at(edges.from, edge));
    const target = at(setOf, at(edges.to, edge));
    if (source === target) continue;
    sources.push(source);
    targets.push(target);
  }
  const strong = strongSets(createGraph(count, { from: sources.all(), to: targets.all() }));
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
function groupsWithCycles(size: number, edges: EdgeColumns, setOf: Int32Array): ReadonlySet<number> {
  const [sources, targets] = [new Integers(), new Integers()];
  for (let edge = 0; edge < edges.from.length; edge += 1) {
    const [source, target] = [at(edges.from, edge), at(edges.to, edge)];
    if (orderless.has(edges.types[edge] ?? 0) || setOf[source] !== setOf[target]) continue;
    sources.push(source);
    targets.push(target);
  }
  const strong = strongSets(createGraph(size, { from: sources.all(), to: targets.all() }));
  const groups = new Set<number>();
  setOf.forEach((group, asset) => {
    if (at(strong.sizes, at(strong.setOf, asset)) > 1) groups.add(group);
  });
  return groups;
}

function kindOf({ assets, platforms, shared }: Estate, members: readonly number[]): MoveGroupKind {
  const [first = 0] = members;
  if (platforms[first] === 1) return 'platform';
  if (shared.has(first)) return 'shared_service';
  return members.some((member) => assets.kind(member).assetType === 'application')
    ? 'application'
    : 'standalone';
}

function describe(estate: Estate, members: readonly number[], hasCycle: boolean): MoveGroup {
  const { assets, shared } = estate;
  const named = members.map((member) => ({
    name: assets.nameOf(member),
    assetType: assets.kind(member).assetType,
  }));
  const kind = kindOf(estate, members);
  const reasons: string[] = [];
  if (kind === 'platform') reasons.push('stays until nothing runs on it, then it is given up');
  else reasons.push(compositionReason(named));
  if (hasCycle) reasons.push('its parts depend on each other in a cycle');
  if (kind === 'shared_service') {
    const reason = shared.get(members.find((member) => shared.has(member)) ?? -1);
    if (reason !== undefined) reasons.unshift(`shared service: ${reason}`);
  }
  const name = groupName(named);
  return { name, members, reasons, isSharedService: kind === 'shared_service', hasCycle, kind };
}

/**
 * Groups of assets that must move together: applications with their servers, databases and clusters. Hard edges are
 * never cut; shared services and platforms stand apart; small cycles become one group. Every asset is in one group.
 */
export function createMoveGroups(
  assets: PlannedAssets,
  edges: EdgeColumns,
  options: MoveGroupOptions = {},
): Grouping {
  const platforms = markPlatforms(assets, edges);
  const moving = { ...edges, counted: betweenMoving(edges, platforms) };
  const found: Estate = { assets, platforms, shared: sharedServices(assets, moving, options) };
  const estate: Estate = { ...found, shared: adoptOrphans(found, moving) };
  const softened = { ...moving, hard: soften(estate, moving) };
  const { from, to, hard } = softened;
  const sets = new UnionFind(assets.length);
  for (let edge = 0; edge < hard.length; edge += 1)
    if (hard[edge] === 1) sets.union(at(from, edge), at(to, edge));
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
