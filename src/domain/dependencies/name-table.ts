const noEntry = -1;
const firstEntries = 1 << 12;

const seed = 0x811c9dc5;
const prime = 0x01000193;

function mixed(hash: number): number {
  const half = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (half ^ (half >>> 13)) >>> 0;
}

/** FNV-1a over UTF-16 units with a final mix, 32 bits. */
function hashText(text: string): number {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), prime);
  return mixed(hash);
}

const dot = 0x2e;
/** Each byte in lower case; 0 for bytes that no plain name has. */
const plainBytes = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return /^[!#-[\]-~]$/.test(character) ? character.toLowerCase().charCodeAt(0) : 0;
});

/**
 * Hashes of a name that is written in visible ASCII, in lower case: of the whole and of what stands before its first
 * dot. The texts need not be made for it. Undefined for other names, and for those with quotes, backslashes or a dot
 * at the end.
 */
export function plainHashes(
  bytes: Uint8Array,
  start: number,
  end: number,
): { readonly whole: number; readonly host: number } | undefined {
  let hash = seed;
  let host: number | undefined;
  for (let at = start; at < end; at += 1) {
    const byte = plainBytes[bytes[at] as number] as number; // there is an entry for each byte
    if (byte === 0) return undefined;
    if (byte === dot) host ??= mixed(hash);
    hash = Math.imul(hash ^ byte, prime);
  }
  if (start === end || bytes[end - 1] === dot) return undefined;
  const whole = mixed(hash);
  return { whole, host: host ?? whole };
}

/**
 * Owners of names by the hashes of the names, on typed arrays: 12 bytes a name, where a map would hold each name as a
 * text of its own. Hashes of different names may be equal, so whoever asks checks the owners.
 */
export class NameTable {
  private readonly heads: Int32Array;
  private hashes = new Uint32Array(firstEntries);
  private owners = new Int32Array(firstEntries);
  private nexts = new Int32Array(firstEntries);
  private size = 0;

  /** `expected` is about how many names will be added. */
  constructor(expected: number) {
    this.heads = new Int32Array(2 ** Math.ceil(Math.log2(expected + 2))).fill(noEntry);
  }

  /** Adds an owner of a name; owners come in ascending order. The empty name is none. */
  add(name: string, owner: number): void {
    if (name !== '') this.addHash(hashText(name), owner);
  }

  /** Adds an owner by the hash of a name (see `plainHashes`). */
  addHash(hash: number, owner: number): void {
    if (this.size === this.owners.length) this.grow();
    const slot = hash & (this.heads.length - 1);
    const head = this.heads[slot] as number; // slots are within the array
    // An asset often has one name twice, as name and as host name.
    if (head !== noEntry && this.owners[head] === owner && this.hashes[head] === hash) return;
    this.hashes[this.size] = hash;
    this.owners[this.size] = owner;
    this.nexts[this.size] = head;
    this.heads[slot] = this.size;
    this.size += 1;
  }

  /** The owners that have a name by `hasName`, each once, ascending. */
  ownersOf(name: string, hasName: (owner: number) => boolean): readonly number[] {
    const found: number[] = [];
    const hash = hashText(name);
    let entry = this.heads[hash & (this.heads.length - 1)] as number; // slots are within the array
    for (; entry !== noEntry; entry = this.nexts[entry] as number) {
      const owner = this.owners[entry] as number; // entries are numbered by this class
      if (this.hashes[entry] === hash && found.at(-1) !== owner && hasName(owner)) found.push(owner);
    }
    return found.reverse();
  }

  private grow(): void {
    const length = this.owners.length * 2;
    const [hashes, owners, nexts] = [new Uint32Array(length), new Int32Array(length), new Int32Array(length)];
    hashes.set(this.hashes);
    owners.set(this.owners);
    nexts.set(this.nexts);
    this.hashes = hashes;
    this.owners = owners;
    this.nexts = nexts;
  }
}
