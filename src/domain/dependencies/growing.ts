/** An array of 32-bit integers that grows by doubling: 4 to 8 bytes an entry, nothing for the garbage collector. */
export class Integers {
  items: Int32Array;
  length = 0;

  constructor(expected = 1024) {
    this.items = new Int32Array(expected);
  }

  push(value: number): void {
    if (this.length === this.items.length) this.items = longer(this.items);
    this.items[this.length] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.items[index] as number; // callers stay below the length
  }

  set(index: number, value: number): void {
    this.items[index] = value;
  }

  /** The entries, without the room to grow. */
  all(): Int32Array {
    return this.items.subarray(0, this.length);
  }
}

/** A copy of twice the length. */
export function longer(array: Int32Array): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(Math.max(16, array.length * 2));
  copy.set(array);
  return copy;
}
