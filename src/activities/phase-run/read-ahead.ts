/**
 * The items of a source; the next one is fetched while the consumer works on the present one. A failure of the
 * source is thrown after the items before it. Leaving early waits for the item under way and closes the source.
 */
export async function* readAhead<Item>(
  source: AsyncGenerator<Item, void, undefined>,
): AsyncGenerator<Item, void, undefined> {
  let next = source.next();
  try {
    for (;;) {
      const result = await next;
      if (result.done === true) return;
      next = source.next();
      next.catch(() => undefined); // awaited in the next turn; until then nobody listens
      yield result.value;
    }
  } finally {
    await next.catch(() => undefined); // its failure was thrown above, or the consumer has failed before
    await source.return();
  }
}
