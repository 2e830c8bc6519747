/** Rows of the distance table, kept between calls; headers are short. */
let rows: readonly [Uint16Array, Uint16Array, Uint16Array] = tableRows(64);

function tableRows(width: number): [Uint16Array, Uint16Array, Uint16Array] {
  return [new Uint16Array(width), new Uint16Array(width), new Uint16Array(width)];
}

/** Letters to change, add, drop or swap between two words; stops counting above `limit`. */
export function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  if (rows[0].length <= right.length) rows = tableRows(right.length * 2 + 1);
  let [beforeLast, last, current] = rows;
  for (let column = 0; column <= right.length; column += 1) last[column] = column;
  for (let row = 1; row <= left.length; row += 1) {
    if (fillRow({ left, right, row }, beforeLast, last, current) > limit) return limit + 1;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return at(last, right.length);
}

interface Place {
  readonly left: string;
  readonly right: string;
  readonly row: number;
}

/** Fills the row of one letter of the left word; returns its least distance. */
function fillRow(
  { left, right, row }: Place,
  beforeLast: Uint16Array,
  last: Uint16Array,
  current: Uint16Array,
): number {
  const letter = left.charCodeAt(row - 1);
  const before = left.charCodeAt(row - 2);
  current[0] = row;
  let least = row;
  for (let column = 1; column <= right.length; column += 1) {
    const other = right.charCodeAt(column - 1);
    let distance = at(last, column - 1) + (letter === other ? 0 : 1);
    distance = Math.min(distance, at(last, column) + 1, at(current, column - 1) + 1);
    const swapped = row > 1 && column > 1 && before === other && letter === right.charCodeAt(column - 2);
    if (swapped) distance = Math.min(distance, at(beforeLast, column - 2) + 1);
    current[column] = distance;
    if (distance < least) least = distance;
  }
  return least;
}

function at(row: Uint16Array, column: number): number {
  return row[column] ?? 0;
}
