const firstCapacity = 512 * 1024;

/** Joins what is left of some bytes with those that follow, in one buffer that is used again and again. */
export class JoinedBytes {
  private store: Buffer = Buffer.allocUnsafeSlow(firstCapacity);

  /** Both as one; what was given out before is overwritten. `rest` may be a part of that. */
  join(rest: Buffer, chunks: readonly Buffer[]): Buffer {
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, rest.length);
    const { store } = this;
    if (length > store.length) this.store = Buffer.allocUnsafeSlow(Math.max(store.length * 2, length));
    rest.copy(this.store);
    let used = rest.length;
    for (const chunk of chunks) used += chunk.copy(this.store, used);
    return this.store.subarray(0, used);
  }
}
