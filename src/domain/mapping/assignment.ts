/** What each row gains from each column, all in one array: the gain of a row's column is at `row * columns + column`. */
export interface Gains {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** Gains of nothing, to be filled. */
export function noGains(rows: number, columns: number): Gains {
  return { rows, columns, values: new Float64Array(rows * columns) };
}

/**
 * The assignment of rows to columns with the largest sum of gains (Hungarian method, O(rows² × columns)).
 * A row whose best gain is not above zero stays alone. Returns the column of each row, -1 for none.
 */
export function assignRows(gains: Gains): number[] {
  const { rows, columns, values } = gains;
  const search = new Search(gains);
  for (let row = 1; row <= rows; row += 1) search.place(row);
  const result = Array.from({ length: rows }, () => -1);
  for (let column = 1; column <= columns; column += 1) {
    const row = search.rowOf(column);
    if (row > 0 && (values[(row - 1) * columns + column - 1] ?? 0) > 0) result[row - 1] = column - 1;
  }
  return result;
}

/** Shortest augmenting paths with potentials; rows and columns count from 1, 0 is the start of a path. */
class Search {
  private readonly rowPotential: Float64Array;
  private readonly columnPotential: Float64Array;
  private readonly matched: Int32Array;
  private readonly way: Int32Array;

  /** Real columns, then one for each row to stay alone in. */
  private readonly width: number;

  constructor(private readonly gains: Gains) {
    this.width = gains.columns + gains.rows;
    this.rowPotential = new Float64Array(gains.rows + 1);
    this.columnPotential = new Float64Array(this.width + 1);
    this.matched = new Int32Array(this.width + 1);
    this.way = new Int32Array(this.width + 1);
  }

  rowOf(column: number): number {
    return this.matched[column] ?? 0;
  }

  place(row: number): void {
    this.matched[0] = row;
    const shortest = new Float64Array(this.width + 1).fill(Number.POSITIVE_INFINITY);
    const used = new Uint8Array(this.width + 1);
    let column = 0;
    do {
      used[column] = 1;
      column = this.step(column, shortest, used);
    } while (this.rowOf(column) !== 0);
    while (column !== 0) {
      const before = this.way[column] ?? 0;
      this.matched[column] = this.rowOf(before);
      column = before;
    }
  }

  private reducedCost(row: number, column: number): number {
    const { columns, values } = this.gains;
    const gain = column > columns ? 0 : (values[(row - 1) * columns + column - 1] ?? 0);
    return -gain - (this.rowPotential[row] ?? 0) - (this.columnPotential[column] ?? 0);
  }

  /** Extends the path from a column; returns the next column. */
  private step(from: number, shortest: Float64Array, used: Uint8Array): number {
    const row = this.rowOf(from);
    let delta = Number.POSITIVE_INFINITY;
    let next = 0;
    for (let column = 1; column <= this.width; column += 1) {
      if (used[column] === 1) continue;
      const reduced = this.reducedCost(row, column);
      if (reduced < (shortest[column] ?? 0)) {
        shortest[column] = reduced;
        this.way[column] = from;
      }
      if ((shortest[column] ?? 0) < delta) {
        delta = shortest[column] ?? 0;
        next = column;
      }
    }
    this.shift(delta, shortest, used);
    return next;
  }

  private shift(delta: number, shortest: Float64Array, used: Uint8Array): void {
    for (let column = 0; column <= this.width; column += 1) {
      if (used[column] === 1) {
        const row = this.rowOf(column);
        this.rowPotential[row] = (this.rowPotential[row] ?? 0) + delta;
        this.columnPotential[column] = (this.columnPotential[column] ?? 0) - delta;
      } else {
        shortest[column] = (shortest[column] ?? 0) - delta;
      }
    }
  }
}
