/** Shorter texts are copied faster byte by byte than by a call into native code. */
const shortBytes = 40;

/** The bytes `from` … `to` of a buffer. It is set anew for each copy, since there are millions of them. */
export class ByteRange {
  source: Buffer = Buffer.alloc(0);
  from = 0;
  to = 0;

  set(source: Buffer, from: number, to: number): this {
    this.source = source;
    this.from = from;
    this.to = to;
    return this;
  }

  /** Copies them to `place` of `target`, which must be large enough; gives the place behind them. */
  copy(target: Buffer, place: number): number {
    const { source, from } = this;
    const length = this.to - from;
    if (length > shortBytes) source.copy(target, place, from, this.to);
    // Inside both buffers by the caller's word, hence the non-null assertion.
    else for (let at = 0; at < length; at += 1) target[place + at] = source[from + at]!;
    return place + length;
  }
}
