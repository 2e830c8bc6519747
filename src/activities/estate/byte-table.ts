import { Integers, longer } from '../../domain/dependencies/growing';

const firstPageBytes = 1 << 12;
const pageBytes = 1 << 20;
const firstSlots = 1 << 12;
const fullest = 0.5;
const empty = -1;

/** FNV-1a with a final mix, 32 bits. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/** Pieces of bytes in pages that never move, so that growing copies nothing. A piece is told by its number. */
export class BytePool {
  private readonly pages: Buffer[] = [];
  private readonly pageOf = new Integers();
  private readonly startOf = new Integers();
  private readonly endOf = new Integers();
  private used = 0;
  private room = -1;

  get size(): number {
    return this.endOf.length;
  }

  add(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (this.used + length > this.room) this.turn(length);
    const page = this.page(this.pages.length - 1);
    page.set(bytes.subarray(start, end), this.used);
    this.pageOf.push(this.pages.length - 1);
    this.startOf.push(this.used);
    this.used += length;
    this.endOf.push(this.used);
    return this.endOf.length - 1;
  }

  /** Shows the page of a piece with where the piece begins and ends in it. */
  read<Result>(piece: number, show: (page: Buffer, start: number, end: number) => Result): Result {
    return show(this.page(this.pageOf.at(piece)), this.startOf.at(piece), this.endOf.at(piece));
  }

  /** A piece as UTF-8 text. */
  text(piece: number): string {
    return this.page(this.pageOf.at(piece)).toString('utf8', this.startOf.at(piece), this.endOf.at(piece));
  }

  equals(piece: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.startOf.at(piece);
    if (this.endOf.at(piece) - from !== end - start) return false;
    const page = this.page(this.pageOf.at(piece));
    const shift = from - start;
    for (let at = start; at < end; at += 1) if (bytes[at] !== page[at + shift]) return false;
    return true;
  }

  private turn(length: number): void {
    const usual = Math.min(pageBytes, firstPageBytes * 2 ** this.pages.length);
    this.room = Math.max(usual, length);
    this.pages.push(Buffer.allocUnsafeSlow(this.room));
    this.used = 0;
  }

  private page(number: number): Buffer {
    return this.pages[number] as Buffer; // pages are numbered by this class
  }
}

/**
 * Numbers different pieces of bytes from 0 on, each once: some 20 bytes a piece beside its own. Where texts would be
 * made, hashed and collected for every row, rows alike are told by their bytes.
 */
export class ByteTable {
  readonly pool = new BytePool();
  private slots = new Int32Array(firstSlots).fill(empty);
  private readonly hashes = new Integers();

  get size(): number {
    return this.hashes.length;
  }

  /** The number of a piece; it equals the size before when the piece is new. */
  numberOf(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashBytes(bytes, start, end) | 0;
    let slot = hash & (this.slots.length - 1);
    for (;;) {
      const known = this.slots[slot] as number; // slots are within the array
      if (known === empty) break;
      if (this.hashes.at(known) === hash && this.pool.equals(known, bytes, start, end)) return known;
      slot = (slot + 1) & (this.slots.length - 1);
    }
    this.slots[slot] = this.hashes.length;
    this.hashes.push(hash);
    if (this.hashes.length > this.slots.length * fullest) this.grow();
    return this.pool.add(bytes, start, end);
  }

  /** The number of a text. */
  numberOfText(text: string): number {
    const bytes = Buffer.from(text, 'utf8');
    return this.numberOf(bytes, 0, bytes.length);
  }

  text(number: number): string {
    return this.pool.text(number);
  }

  private grow(): void {
    const slots = longer(this.slots).fill(empty);
    const mask = slots.length - 1;
    for (let number = 0; number < this.hashes.length; number += 1) {
      let slot = this.hashes.at(number) & mask;
      while (slots[slot] !== empty) slot = (slot + 1) & mask;
      slots[slot] = number;
    }
    this.slots = slots;
  }
}
