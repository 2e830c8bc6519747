import { SharedKeys } from '../../domain/inventory/shared-keys';

const idBytes = 16;
const firstAssets = 1 << 12;
const hashesPerAsset = 3;

/** Assets with the hashes of their names, on flat arrays: about 30 bytes an asset. */
export class AssetHashes {
  private ids = Buffer.alloc(firstAssets * idBytes);
  private ends = new Uint32Array(firstAssets);
  private hashes = new Uint32Array(firstAssets * hashesPerAsset);
  private size = 0;
  private used = 0;

  /** `id` is a UUID. */
  add(id: string, hashes: readonly number[]): void {
    if (hashes.length === 0) return;
    this.makeRoom(hashes.length);
    this.ids.write(id.replaceAll('-', ''), this.size * idBytes, 'hex');
    for (const hash of hashes) {
      this.hashes[this.used] = hash;
      this.used += 1;
    }
    this.ends[this.size] = this.used;
    this.size += 1;
  }

  /** The ids of the assets that share a hash with another, maybe with some that do not. */
  sharedIds(): string[] {
    const shared = new SharedKeys(this.used);
    for (let at = 0; at < this.used; at += 1) shared.add(this.hashes[at] as number); // within what is used
    const ids = new Set<string>();
    let from = 0;
    for (let asset = 0; asset < this.size; asset += 1) {
      const end = this.ends[asset] as number; // within the size
      if (this.hashes.subarray(from, end).some((hash) => shared.isShared(hash))) ids.add(this.idAt(asset));
      from = end;
    }
    return [...ids];
  }

  private idAt(asset: number): string {
    const hex = this.ids.toString('hex', asset * idBytes, (asset + 1) * idBytes);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  private makeRoom(more: number): void {
    if (this.size === this.ends.length) {
      this.ids = Buffer.concat([this.ids, Buffer.alloc(this.ids.length)]);
      const ends = new Uint32Array(this.ends.length * 2);
      ends.set(this.ends);
      this.ends = ends;
    }
    if (this.used + more <= this.hashes.length) return;
    const hashes = new Uint32Array(this.hashes.length * 2 + more);
    hashes.set(this.hashes);
    this.hashes = hashes;
  }
}
