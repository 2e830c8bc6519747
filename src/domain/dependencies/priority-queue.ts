/** A binary heap of numbers; `before` says which of two comes out first. */
export class PriorityQueue {
  private readonly items: number[] = [];

  constructor(private readonly before: (one: number, two: number) => boolean) {}

  get size(): number {
    return this.items.length;
  }

  push(item: number): void {
    let hole = this.items.length;
    this.items.push(item);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = this.items[parent];
      if (above === undefined || !this.before(item, above)) break;
      this.items[hole] = above;
      hole = parent;
    }
    this.items[hole] = item;
  }

  pop(): number | undefined {
    const first = this.items[0];
    const last = this.items.pop();
    if (first === undefined || last === undefined || this.items.length === 0) return first;
    this.sink(last);
    return first;
  }

  private sink(item: number): void {
    let hole = 0;
    for (;;) {
      const child = this.firstChild(hole);
      const value = this.items[child];
      if (value === undefined || !this.before(value, item)) break;
      this.items[hole] = value;
      hole = child;
    }
    this.items[hole] = item;
  }

  private firstChild(hole: number): number {
    const left = 2 * hole + 1;
    const one = this.items[left];
    const two = this.items[left + 1];
    return one !== undefined && two !== undefined && this.before(two, one) ? left + 1 : left;
  }
}
