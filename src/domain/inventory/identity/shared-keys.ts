const fewestBits = 1 << 16;
const mostBits = 1 << 26;
/** So many bits for each key keep two keys from meeting by chance often. */
const bitsPerKey = 16;

/** Tells which keys were seen more than once, in memory that does not grow with them; it may say so of others too. */
export class SharedKeys {
  private readonly mask: number;
  private readonly once: Uint32Array;
  private readonly again: Uint32Array;

  /** @param expected about how many keys will come */
  constructor(expected: number) {
    let bits = fewestBits;
    while (bits < mostBits && bits < expected * bitsPerKey) bits *= 2;
    this.mask = bits - 1;
    this.once = new Uint32Array(bits >>> 5);
    this.again = new Uint32Array(bits >>> 5);
  }

  /** Takes the hash of a key, an unsigned number of 32 bits. */
  add(hash: number): void {
    const slot = (hash & this.mask) >>> 5;
    const bit = 1 << (hash & 31);
    const seen = this.once[slot] as number; // the mask keeps slots within the array
    if ((seen & bit) === 0) this.once[slot] = seen | bit;
    else this.again[slot] = (this.again[slot] as number) | bit;
  }

  isShared(hash: number): boolean {
    const slot = (hash & this.mask) >>> 5;
    return ((this.again[slot] as number) & (1 << (hash & 31))) !== 0;
  }
}
