/** Edits (insert, delete, replace, swap of neighbours) that turn one text into another. O(length × length). */
export function editDistance(one: string, two: string): number {
  let before = new Int32Array(two.length + 1);
  let last = Int32Array.from({ length: two.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const now = new Int32Array(two.length + 1);
    now[0] = row;
    for (let column = 1; column <= two.length; column += 1) {
      now[column] = cheapest(one, two, { row, column }, [before, last, now]);
    }
    before = last;
    last = now;
  }
  return last[two.length] ?? 0;
}

function cheapest(
  one: string,
  two: string,
  cell: { readonly row: number; readonly column: number },
  rows: readonly [before: Int32Array, last: Int32Array, now: Int32Array],
): number {
  const { row, column } = cell;
  const [before, last, now] = rows;
  const changed = one[row - 1] === two[column - 1] ? 0 : 1;
  const plain = Math.min(
    (last[column] ?? 0) + 1,
    (now[column - 1] ?? 0) + 1,
    (last[column - 1] ?? 0) + changed,
  );
  const swaps = row > 1 && column > 1 && one[row - 1] === two[column - 2] && one[row - 2] === two[column - 1];
  return swaps ? Math.min(plain, (before[column - 2] ?? 0) + 1) : plain;
}
