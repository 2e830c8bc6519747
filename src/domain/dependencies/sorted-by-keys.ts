/** A key of each item by its number, from 0 to below `size`. */
export interface SortKey {
  readonly keys: Int32Array;
  readonly size: number;
}

/** Items by several keys, the last one first: stable counting sorts, O(items + sizes). */
export function sortedByKeys(items: Int32Array, keys: readonly SortKey[]): Int32Array {
  return keys.reduce((order, key) => sortedByKey(order, key), items);
}

function sortedByKey(items: Int32Array, { keys, size }: SortKey): Int32Array {
  const next = new Int32Array(size + 1);
  // The numbers of items are places of their keys, and keys are below the size.
  for (const item of items) {
    const key = (keys[item] as number) + 1;
    next[key] = (next[key] as number) + 1;
  }
  for (let key = 0; key < size; key += 1) next[key + 1] = (next[key + 1] as number) + (next[key] as number);
  const sorted = new Int32Array(items.length);
  for (const item of items) {
    const key = keys[item] as number;
    const place = next[key] as number;
    sorted[place] = item;
    next[key] = place + 1;
  }
  return sorted;
}
