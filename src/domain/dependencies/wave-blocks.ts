import { UnionFind } from '../inventory/union-find';
import { withoutBackEdges } from './cycles';
import { at, createGraph } from './graph';
import type { Ends } from './graph';
import type { Edge, MoveGroup } from './types';
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

/** An edge between two groups, by group. */
export interface GroupEdge extends Ends {
  readonly edge: Edge;
}

/** The edges that cross groups which move; platforms neither move nor hold anything back. */
export function crossingEdges(groups: readonly MoveGroup[], edges: readonly Edge[]): GroupEdge[] {
  const groupOf = groupsOfAssets(groups);
  const moving = groups.map((group) => group.kind !== 'platform');
  const crossing: GroupEdge[] = [];
  for (const edge of edges) {
    const from = groupOf[edge.from] ?? -1;
    const to = groupOf[edge.to] ?? -1;
    if (from !== to && moving[from] === true && moving[to] === true) crossing.push({ from, to, edge });
  }
  return crossing;
}

function joinBlocks(size: number, crossing: readonly GroupEdge[], options: WaveOptions): UnionFind {
  const sets = new UnionFind(size);
  for (const { from, to, edge } of crossing) if (edge.hardness === 'hard') sets.union(from, to);
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
function needsOf(count: number, links: readonly Ends[]): number[][] {
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

/** What must be placed before what: dependencies and the order that people ask for. */
function linksBetween(
  crossing: readonly GroupEdge[],
  blockOf: Int32Array,
  groups: readonly MoveGroup[],
  options: WaveOptions,
): Ends[] {
  // A shared service moves first, whatever it talks to; copies of data order nothing.
  const ordering: Ends[] = crossing.filter(
    ({ from, edge }) => groups[from]?.isSharedService !== true && edge.type !== 'replicates_to',
  );
  const asked = (options.constraints ?? []).flatMap((constraint): Ends[] =>
    constraint.kind === 'before' ? [{ from: constraint.other, to: constraint.group }] : [],
  );
  return [...ordering, ...asked]
    .map(({ from, to }) => ({ from: at(blockOf, from), to: at(blockOf, to) }))
    .filter(({ from, to }) => from !== to);
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

/** Joins groups that hard edges or people tie together, and says what each block needs before it. */
export function createBlocks(
  groups: readonly MoveGroup[],
  crossing: readonly GroupEdge[],
  options: WaveOptions,
): Blocks {
  const { setOf, count } = joinBlocks(groups.length, crossing, options).numbered();
  const members: number[][] = Array.from({ length: count }, () => []);
  setOf.forEach((block, group) => members[block]?.push(group));
  const needs = needsOf(count, linksBetween(crossing, setOf, groups, options));
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
