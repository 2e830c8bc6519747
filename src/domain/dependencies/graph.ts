import type { EndColumns } from './types';

/** Directed edges as compressed rows: the targets of node n are `targets[offsets[n]]` up to `offsets[n + 1]`. */
export interface Graph {
  readonly size: number;
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
}

/** Builds a graph of nodes 0 … size−1 by counting sort. O(size + edges). */
export function createGraph(size: number, { from, to }: EndColumns): Graph {
  const offsets = new Int32Array(size + 1);
  for (const node of from) offsets[node + 1] = at(offsets, node + 1) + 1;
  for (let node = 0; node < size; node += 1) offsets[node + 1] = at(offsets, node + 1) + at(offsets, node);
  const next = offsets.slice(0, size);
  const targets = new Int32Array(to.length);
  for (let edge = 0; edge < from.length; edge += 1) {
    const node = at(from, edge);
    const slot = at(next, node);
    targets[slot] = at(to, edge);
    next[node] = slot + 1;
  }
  return { size, offsets, targets };
}

/** Reads a typed array at an index that is known to exist. */
export function at(array: Int32Array, index: number): number {
  return array[index] as number; // callers stay below the length
}
