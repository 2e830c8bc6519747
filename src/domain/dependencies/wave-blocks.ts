import { UnionFind } from '../inventory/identity/union-find';
import { withoutBackEdges } from './cycles';
import { dependencyTypes } from '../lists';
import { at, createGraph } from './graph';
import { Integers } from './growing';
import type { EdgeColumns, EndColumns, MoveGroup } from './types';
import type { WaveOptions } from './wave-options';

/** Groups that move in one wave whatever happens, with all that decides when. */
export interface Block {
  readonly groups: readonly number[];
  readonly assets: number;
  readonly isShared: boolean;
  /** Small goes first. */
  readonly priority: number;
  readonly name: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** Blocks that must be placed first. */
  readonly needs: readonly number[];
}

export interface Blocks {
  readonly blocks: readonly Block[];
  readonly blockOf: Int32Array;
}

/** Group of each asset, −1 for assets of no group. */
export function groupsOfAssets(groups: readonly MoveGroup[]): Int32Array {
  let size = 0;
  for (const group of groups) for (const member of group.members) size = Math.max(size, member + 1);
  const groupOf = new Int32Array(size).fill(-1);
  groups.forEach((group, index) => {
    for (const member of group.members) groupOf[member] = index;
  });
  return groupOf;
}

/** Edges between groups, from group to group. */
export interface CrossingEdges extends EndColumns {
  /** Places in the columns of edges. */
  readonly edges: Int32Array;
}

/** The edges that cross groups which move; platforms neither move nor hold anything back. */
export function crossingEdges(groups: readonly MoveGroup[], { from, to }: EndColumns): CrossingEdges {
  const groupOf = groupsOfAssets(groups);
  const moving = Uint8Array.from(groups, ({ kind }) => Number(kind !== 'platform'));
  const [sources, targets, edges] = [new Integers(), new Integers(), new Integers()];
  for (let edge = 0; edge < from.length; edge += 1) {
    const source = groupOf[at(from, edge)] ?? -1;
    const target = groupOf[at(to, edge)] ?? -1;
    if (source === target || moving[source] !== 1 || moving[target] !== 1) continue;
    sources.push(source);
    targets.push(target);
    edges.push(edge);
  }
  return { from: sources.all(), to: targets.all(), edges: edges.all() };
}

function joinBlocks(
  size: number,
  crossing: CrossingEdges,
  { hard }: EdgeColumns,
  options: WaveOptions,
): UnionFind {
  const sets = new UnionFind(size);
  crossing.edges.forEach((edge, place) => {
    if (hard[edge] === 1) sets.union(at(crossing.from, place), at(crossing.to, place));
  });
  for (const constraint of options.constraints ?? []) {
    if (constraint.kind !== 'together') continue;
    for (const group of constraint.groups) sets.union(constraint.groups[0] ?? group, group);
  }
  return sets;
}

function priorityOf(members: readonly number[], assets: number, options: WaveOptions): number {
  const risk = Math.max(...members.map((group) => options.risk?.[group] ?? 0.5));
  const readiness = Math.min(...members.map((group) => options.readiness?.[group] ?? 0.5));
  return 2 * risk + (1 - readiness) + Math.min(1, Math.log2(1 + assets) / 10);
}

/** Dependencies between blocks; a circle is broken at one edge, so that the rest of it still has an order. */
function needsOf(count: number, links: EndColumns): number[][] {
  const graph = createGraph(count, links);
  const kept = withoutBackEdges(graph);
  return Array.from({ length: count }, (_, block) => {
    const needs = new Set<number>();
    for (let slot = at(graph.offsets, block); slot < at(graph.offsets, block + 1); slot += 1) {
      if (kept[slot] === 1) needs.add(at(graph.targets, slot));
    }
    return [...needs];
  });
}

const replicates = dependencyTypes.indexOf('replicates_to');

/** What must be placed before what: dependencies and the order that people ask for. */
function linksBetween(
  { crossing, edges, groups }: Crossed,
  blockOf: Int32Array,
  options: WaveOptions,
): EndColumns {
  const [from, to] = [new Integers(), new Integers()];
  const add = (source: number, target: number): void => {
    const [first, second] = [at(blockOf, source), at(blockOf, target)];
    if (first === second) return;
    from.push(first);
    to.push(second);
  };
  crossing.edges.forEach((edge, place) => {
    const source = at(crossing.from, place);
    // A shared service moves first, whatever it talks to; copies of data order nothing.
    const isFree = groups[source]?.isSharedService === true || edges.types[edge] === replicates;
    if (!isFree) add(source, at(crossing.to, place));
  });
  for (const constraint of options.constraints ?? []) {
    if (constraint.kind === 'before') add(constraint.other, constraint.group);
  }
  return { from: from.all(), to: to.all() };
}

interface Bounds {
  readonly notBefore: readonly number[];
  readonly notAfter: readonly number[];
}

/** Waves are counted one by one, so nobody waits for a wave beyond this. */
const latestWave = 500;

function boundsOf(blockOf: Int32Array, count: number, options: WaveOptions): Bounds {
  const notBefore = Array.from({ length: count }, () => 1);
  const notAfter = Array.from({ length: count }, () => Number.POSITIVE_INFINITY);
  for (const constraint of options.constraints ?? []) {
    if (constraint.kind !== 'not_before' && constraint.kind !== 'not_after') continue;
    const block = at(blockOf, constraint.group);
    const wave = Math.min(latestWave, Math.max(1, constraint.wave));
    if (constraint.kind === 'not_before') notBefore[block] = Math.max(notBefore[block] ?? 1, wave);
    else notAfter[block] = Math.min(notAfter[block] ?? wave, wave);
  }
  return { notBefore, notAfter };
}

/** Groups with the edges between assets and those of them that cross groups. */
export interface Crossed {
  readonly groups: readonly MoveGroup[];
  readonly edges: EdgeColumns;
  readonly crossing: CrossingEdges;
}

/** Joins groups that hard edges or people tie together, and says what each block needs before it. */
export function createBlocks(crossed: Crossed, options: WaveOptions): Blocks {
  const { groups, edges, crossing } = crossed;
  const { setOf, count } = joinBlocks(groups.length, crossing, edges, options).numbered();
  const members: number[][] = Array.from({ length: count }, () => []);
  setOf.forEach((block, group) => members[block]?.push(group));
  const needs = needsOf(count, linksBetween(crossed, setOf, options));
  const bounds = boundsOf(setOf, count, options);
  const blocks = members.map((list, block): Block => {
    const assets = list.reduce((sum, group) => sum + (groups[group]?.members.length ?? 0), 0);
    return {
      groups: list,
      assets,
      isShared: list.every((group) => groups[group]?.isSharedService === true),
      priority: priorityOf(list, assets, options),
      name: groups[list[0] ?? 0]?.name ?? '',
      notBefore: bounds.notBefore[block] ?? 1,
      notAfter: bounds.notAfter[block] ?? Number.POSITIVE_INFINITY,
      needs: needs[block] ?? [],
    };
  });
  return { blocks, blockOf: setOf };
}
