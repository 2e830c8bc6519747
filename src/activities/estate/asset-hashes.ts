import { SharedKeys } from '../../domain/inventory/identity/shared-keys';

const firstAssets = 1 << 12;
const hashesPerAsset = 3;

/** Assets, by numbers, with the hashes of their names, on flat arrays: about 20 bytes an asset. */
export class AssetHashes {
  private assets = new Int32Array(firstAssets);
  private ends = new Uint32Array(firstAssets);
  private hashes = new Uint32Array(firstAssets * hashesPerAsset);
  private size = 0;
  private used = 0;

  add(asset: number, hashes: readonly number[]): void {
    if (hashes.length === 0) return;
    this.makeRoom(hashes.length);
    for (const hash of hashes) {
      this.hashes[this.used] = hash;
      this.used += 1;
    }
    this.assets[this.size] = asset;
    this.ends[this.size] = this.used;
    this.size += 1;
  }

  /** The assets that share a hash with another, maybe with some that do not. */
  sharing(): Set<number> {
    const shared = new SharedKeys(this.used);
    for (let at = 0; at < this.used; at += 1) shared.add(this.hashes[at] as number); // within what is used
    const assets = new Set<number>();
    let place = 0;
    for (let at = 0; at < this.used; at += 1) {
      while (at >= (this.ends[place] as number)) place += 1; // the last end is what is used
      if (shared.isShared(this.hashes[at] as number)) assets.add(this.assets[place] as number);
    }
    return assets;
  }

  private makeRoom(more: number): void {
    if (this.size === this.ends.length) {
      const assets = new Int32Array(this.size * 2);
      assets.set(this.assets);
      this.assets = assets;
      this.ends = wider(this.ends, this.size * 2);
    }
    if (this.used + more > this.hashes.length) this.hashes = wider(this.hashes, this.used * 2 + more);
  }
}

function wider(from: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(length);
  to.set(from);
  return to;
}
