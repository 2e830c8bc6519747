/** Remembers results per distinct text; forgets all of them when `limit` is reached, so that it never grows without bound. */
export function memoised<T extends object | string | null>(
  compute: (text: string) => T,
  limit = 50_000,
): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = compute(text);
    if (known.size >= limit) known.clear();
    known.set(text, made);
    return made;
  };
}
