import { UnionFind } from '../inventory/union-find';

/** Directed edges as compressed rows: the targets of node n are `targets[offsets[n]]` up to `offsets[n + 1]`. */
export interface Graph {
  readonly size: number;
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  /** Index of each entry in the list of edges that the graph was made of. */
  readonly edges: Int32Array;
}

/** The two ends of an edge as node numbers. */
export interface Ends {
  readonly from: number;
  readonly to: number;
}

/** Builds a graph of nodes 0 … size−1 by counting sort. O(size + edges). */
export function createGraph(size: number, edges: readonly Ends[]): Graph {
  const offsets = new Int32Array(size + 1);
  for (const { from } of edges) offsets[from + 1] = at(offsets, from + 1) + 1;
  for (let node = 0; node < size; node += 1) offsets[node + 1] = at(offsets, node + 1) + at(offsets, node);
  const next = offsets.slice(0, size);
  const targets = new Int32Array(edges.length);
  const origins = new Int32Array(edges.length);
  edges.forEach(({ from, to }, edge) => {
    const slot = at(next, from);
    targets[slot] = to;
    origins[slot] = edge;
    next[from] = slot + 1;
  });
  return { size, offsets, targets, edges: origins };
}

/** Reads a typed array at an index that is known to exist. */
export function at(array: Int32Array, index: number): number {
  return array[index] as number; // callers stay below the length
}

/** Sets of nodes that edges of any direction connect, numbered by their smallest node. */
export function components(
  size: number,
  edges: readonly Ends[],
): { readonly setOf: Int32Array; readonly count: number } {
  const sets = new UnionFind(size);
  for (const { from, to } of edges) sets.union(from, to);
  return sets.numbered();
}

/** Number of edges that start and that end at each node. */
export function degrees(
  size: number,
  edges: readonly Ends[],
): { readonly outgoing: Int32Array; readonly incoming: Int32Array } {
  const outgoing = new Int32Array(size);
  const incoming = new Int32Array(size);
  for (const { from, to } of edges) {
    outgoing[from] = at(outgoing, from) + 1;
    incoming[to] = at(incoming, to) + 1;
  }
  return { outgoing, incoming };
}
