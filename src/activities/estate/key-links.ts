const firstSlots = 1 << 14;
const fullest = 0.7;
const emptySlot = -1;

/**
 * The first record that had each key, by the hash of the key only. Two keys with equal hashes count as one: records
 * are then looked at together though they share nothing, which costs a moment and changes no result.
 */
class FirstOwners {
  private hashes = new Uint32Array(firstSlots);
  private owners = new Int32Array(firstSlots).fill(emptySlot);
  private used = 0;

  /** The record that had the key before; `record` itself when it is the first. */
  claim(hash: number, record: number): number {
    if (this.used >= this.owners.length * fullest) this.grow();
    const slot = this.slotOf(hash);
    const owner = this.owners[slot] as number; // slots are within the array
    if (owner !== emptySlot) return owner;
    this.hashes[slot] = hash;
    this.owners[slot] = record;
    this.used += 1;
    return record;
  }

  private slotOf(hash: number): number {
    const mask = this.owners.length - 1;
    let slot = hash & mask;
    while (this.owners[slot] !== emptySlot && this.hashes[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { hashes, owners } = this;
    this.hashes = new Uint32Array(hashes.length * 2);
    this.owners = new Int32Array(owners.length * 2).fill(emptySlot);
    for (let slot = 0; slot < owners.length; slot += 1) {
      const owner = owners[slot] as number; // slots are within the array
      if (owner === emptySlot) continue;
      const to = this.slotOf(hashes[slot] as number);
      this.hashes[to] = hashes[slot] as number;
      this.owners[to] = owner;
    }
  }
}

/** FNV-1a over UTF-16 units with a final mix, 32 bits. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const firstRecords = 1 << 14;

/** What is known of a record, as bits. */
const touched = 1;
const grouped = 2;
const settled = 4;

/** Records grouped by what they may share, on typed arrays: about 30 bytes a record and 12 a key. */
export class KeyLinks {
  private runs = new Int32Array(firstRecords);
  private rows = new Int32Array(firstRecords);
  private parents = new Int32Array(firstRecords);
  private flags = new Uint8Array(firstRecords);
  private readonly keys = new FirstOwners();
  size = 0;

  /** Adds a record and answers its number. */
  add(run: number, rowNumber: number, isTouched: boolean): number {
    if (this.size === this.runs.length) this.grow();
    const record = this.size;
    this.runs[record] = run;
    this.rows[record] = rowNumber;
    this.parents[record] = record;
    this.flags[record] = isTouched ? touched : 0;
    this.size += 1;
    return record;
  }

  /** Says that a record has a key: it belongs with every other record that has it. */
  link(record: number, key: string): void {
    const other = this.keys.claim(hashText(key), record);
    if (other !== record) this.unite(other, record);
  }

  /** Says that nothing is left to do for a record as long as it belongs with no other. */
  settle(record: number): void {
    this.flags[record] = (this.flags[record] as number) | settled; // records are numbered by this class
  }

  /** Whether that was said of a record. */
  isSettled(record: number): boolean {
    return ((this.flags[record] as number) & settled) !== 0; // records are numbered by this class
  }

  /** Whether a record belongs with no other so far. */
  isAlone(record: number): boolean {
    return ((this.flags[record] as number) & grouped) === 0; // records are numbered by this class
  }

  /** Groups that hold a touched record, in the order of their first records, without those that are settled. */
  touchedGroups(): TouchedGroups {
    const { size, flags } = this;
    const touchedRoot = new Uint8Array(size);
    for (let record = 0; record < size; record += 1) {
      const known = flags[record] as number; // records are numbered by this class
      const isDone = (known & (settled | grouped)) === settled;
      if ((known & touched) !== 0 && !isDone) touchedRoot[this.find(record)] = 1;
    }
    const counts = new Int32Array(size);
    let records = 0;
    for (let record = 0; record < size; record += 1) {
      const root = this.find(record);
      if (touchedRoot[root] === 0) continue;
      counts[root] = (counts[root] as number) + 1;
      records += 1;
    }
    return this.ordered(touchedRoot, counts, records);
  }

  runOf(record: number): number {
    return this.runs[record] as number; // records are numbered by this class
  }

  rowOf(record: number): number {
    return this.rows[record] as number; // records are numbered by this class
  }

  private ordered(touchedRoot: Uint8Array, counts: Int32Array, records: number): TouchedGroups {
    // The root of a group is its smallest record, so counting up the records meets the roots in group order.
    const order = new Int32Array(records);
    const starts: number[] = [];
    let next = 0;
    for (let record = 0; record < this.size; record += 1) {
      if (touchedRoot[record] === 0 || this.find(record) !== record) continue;
      starts.push(next);
      const count = counts[record] as number;
      counts[record] = next;
      next += count;
    }
    for (let record = 0; record < this.size; record += 1) {
      const root = this.find(record);
      if (touchedRoot[root] === 0) continue;
      const slot = counts[root] as number;
      order[slot] = record;
      counts[root] = slot + 1;
    }
    return { order, starts: Int32Array.from(starts) };
  }

  private find(record: number): number {
    let at = record;
    while (this.parents[at] !== at) {
      const up = this.parents[this.parents[at] as number] as number; // every parent is a record
      this.parents[at] = up;
      at = up;
    }
    return at;
  }

  private unite(one: number, two: number): void {
    for (const record of [one, two]) this.flags[record] = (this.flags[record] as number) | grouped;
    const first = this.find(one);
    const second = this.find(two);
    this.parents[Math.max(first, second)] = Math.min(first, second);
  }

  private grow(): void {
    const double = (from: Int32Array): Int32Array<ArrayBuffer> => {
      const to = new Int32Array(from.length * 2);
      to.set(from);
      return to;
    };
    this.runs = double(this.runs);
    this.rows = double(this.rows);
    this.parents = double(this.parents);
    const flags = new Uint8Array(this.flags.length * 2);
    flags.set(this.flags);
    this.flags = flags;
  }
}

export interface TouchedGroups {
  /** Numbers of the records, group after group. */
  readonly order: Int32Array;
  /** Where in `order` each group begins. */
  readonly starts: Int32Array;
}

/** Whole groups of about `limit` records from a place in the order on; larger only when one group is. */
export function nextGroups(groups: TouchedGroups, from: number, limit: number): Int32Array {
  const { order, starts } = groups;
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) <= from + limit) low = middle + 1;
    else high = middle;
  }
  const last = starts[low - 1] ?? 0;
  const fits = order.length - from <= limit;
  const end = fits ? order.length : last > from ? last : (starts[low] ?? order.length);
  return order.subarray(from, end);
}
