/** Disjoint sets over 0 … size−1, on one typed array. The root of a set is its smallest member. */
export class UnionFind {
  private readonly parents: Int32Array;

  constructor(readonly size: number) {
    this.parents = new Int32Array(size);
    for (let at = 0; at < size; at += 1) this.parents[at] = at;
  }

  find(item: number): number {
    let at = item;
    // The array is as long as the set, so every index read here exists.
    while (this.parents[at] !== at) {
      const grandparent = this.parents[this.parents[at] as number] as number;
      this.parents[at] = grandparent;
      at = grandparent;
    }
    return at;
  }

  /** Joins two sets and answers the root of the whole. */
  union(one: number, two: number): number {
    const first = this.find(one);
    const second = this.find(two);
    const root = Math.min(first, second);
    this.parents[Math.max(first, second)] = root;
    return root;
  }

  /** Numbers the sets from 0 in the order of their smallest members. */
  numbered(): { readonly setOf: Int32Array; readonly count: number } {
    const setOf = new Int32Array(this.size);
    let count = 0;
    for (let at = 0; at < this.size; at += 1) {
      const root = this.find(at);
      if (root === at) {
        setOf[at] = count;
        count += 1;
      } else {
        setOf[at] = setOf[root] as number;
      }
    }
    return { setOf, count };
  }
}
