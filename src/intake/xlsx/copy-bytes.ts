/** Shorter texts are copied faster byte by byte than by a call into native code. */
const shortBytes = 40;

/** Copies bytes to `place` of `target`, which must be large enough; gives the place behind them. */
export function copyBytes(
  source: Buffer,
  { from, to }: { readonly from: number; readonly to: number },
  target: Buffer,
  place: number,
): number {
  const length = to - from;
  if (length > shortBytes) source.copy(target, place, from, to);
  // Inside both buffers by the caller's word, hence the non-null assertion.
  else for (let at = 0; at < length; at += 1) target[place + at] = source[from + at]!;
  return place + length;
}
