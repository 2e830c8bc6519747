import { at } from './graph';
import type { Graph } from './graph';

/** Strongly connected sets of a graph. Set numbers are in reverse topological order: what is needed comes first. */
export interface StrongSets {
  readonly setOf: Int32Array;
  readonly count: number;
  readonly sizes: Int32Array;
}

const unseen = -1;

/** The state of Tarjan's algorithm, on typed arrays so that 100k nodes deep paths need no call stack. */
class Tarjan {
  readonly setOf: Int32Array;
  count = 0;
  private readonly order: Int32Array;
  private readonly low: Int32Array;
  private readonly open: Int32Array;
  private openTop = 0;
  private readonly path: Int32Array;
  private pathTop = 0;
  private readonly cursor: Int32Array;
  private clock = 0;

  constructor(private readonly graph: Graph) {
    const { size } = graph;
    this.setOf = new Int32Array(size).fill(unseen);
    this.order = new Int32Array(size).fill(unseen);
    this.low = new Int32Array(size);
    this.open = new Int32Array(size);
    this.path = new Int32Array(size);
    this.cursor = graph.offsets.slice(0, size);
  }

  run(): void {
    for (let node = 0; node < this.graph.size; node += 1) {
      if (at(this.order, node) === unseen) this.visitFrom(node);
    }
  }

  private visitFrom(start: number): void {
    this.enter(start);
    while (this.pathTop > 0) {
      const node = at(this.path, this.pathTop - 1);
      const slot = at(this.cursor, node);
      if (slot < at(this.graph.offsets, node + 1)) {
        this.cursor[node] = slot + 1;
        this.follow(node, at(this.graph.targets, slot));
      } else {
        this.leave(node);
      }
    }
  }

  private enter(node: number): void {
    this.order[node] = this.clock;
    this.low[node] = this.clock;
    this.clock += 1;
    this.open[this.openTop] = node;
    this.openTop += 1;
    this.path[this.pathTop] = node;
    this.pathTop += 1;
  }

  private follow(node: number, target: number): void {
    if (at(this.order, target) === unseen) this.enter(target);
    else if (at(this.setOf, target) === unseen) this.lower(node, at(this.order, target));
  }

  private leave(node: number): void {
    this.pathTop -= 1;
    if (this.pathTop > 0) this.lower(at(this.path, this.pathTop - 1), at(this.low, node));
    if (at(this.low, node) !== at(this.order, node)) return;
    let member = unseen;
    while (member !== node) {
      this.openTop -= 1;
      member = at(this.open, this.openTop);
      this.setOf[member] = this.count;
    }
    this.count += 1;
  }

  private lower(node: number, value: number): void {
    if (value < at(this.low, node)) this.low[node] = value;
  }
}

/** Strongly connected sets by Tarjan's algorithm without recursion. O(nodes + edges). */
export function strongSets(graph: Graph): StrongSets {
  const tarjan = new Tarjan(graph);
  tarjan.run();
  const sizes = new Int32Array(tarjan.count);
  for (const set of tarjan.setOf) sizes[set] = at(sizes, set) + 1;
  return { setOf: tarjan.setOf, count: tarjan.count, sizes };
}

const fresh = 0;
const onPath = 1;
const finished = 2;

/**
 * The edges of a graph without those that close a circle, as 1 per slot: what is left has no cycle. Circles are
 * broken where a walk from the smallest node comes back, so equal graphs are broken equally. O(nodes + edges).
 */
export function withoutBackEdges(graph: Graph): Uint8Array {
  const walk = new Walk(graph);
  for (let start = 0; start < graph.size; start += 1) walk.from(start);
  return walk.kept;
}

/** A depth-first walk that marks the edges which do not lead back onto its own path. */
class Walk {
  readonly kept: Uint8Array;
  private readonly state: Uint8Array;
  private readonly cursor: Int32Array;
  private readonly path: Int32Array;
  private top = -1;

  constructor(private readonly graph: Graph) {
    this.kept = new Uint8Array(graph.targets.length);
    this.state = new Uint8Array(graph.size);
    this.cursor = graph.offsets.slice(0, graph.size);
    this.path = new Int32Array(graph.size);
  }

  from(start: number): void {
    if (this.state[start] !== fresh) return;
    this.enter(start);
    while (this.top >= 0) {
      const node = at(this.path, this.top);
      const slot = at(this.cursor, node);
      if (slot < at(this.graph.offsets, node + 1)) this.follow(node, slot);
      else this.leave(node);
    }
  }

  private follow(node: number, slot: number): void {
    this.cursor[node] = slot + 1;
    const target = at(this.graph.targets, slot);
    if (this.state[target] !== onPath) this.kept[slot] = 1;
    if (this.state[target] === fresh) this.enter(target);
  }

  private enter(node: number): void {
    this.top += 1;
    this.path[this.top] = node;
    this.state[node] = onPath;
  }

  private leave(node: number): void {
    this.state[node] = finished;
    this.top -= 1;
  }
}
