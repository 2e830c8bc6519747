/** One line of the bench's table: ours against an anchor measured in the same run. */
export interface BenchRow {
  readonly row: string;
  readonly ours: string;
  readonly anchor: string;
  /** Null where there is nothing to compare with. */
  readonly ratio: number | null;
  readonly bar: string;
  /** Null: told, not judged. */
  readonly passed: boolean | null;
  /** CPU of the measured process, without that of the servers; null where it is not told. */
  readonly cpuSeconds: number | null;
  readonly peakMegabytes: number | null;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export const seconds = (value: number): string => `${value.toFixed(2)} s`;
export const milliseconds = (value: number): string => `${value.toFixed(1)} ms`;

/** The rows as an aligned table. */
export function renderRows(rows: readonly BenchRow[]): string {
  const head = ['row', 'ours', 'anchor', 'ratio', 'bar', 'verdict', 'CPU s', 'peak RSS MB'];
  const body = rows.map((row) => [
    row.row,
    row.ours,
    row.anchor,
    row.ratio === null ? '' : row.ratio.toFixed(2),
    row.bar,
    verdict(row.passed),
    row.cpuSeconds?.toFixed(2) ?? '',
    row.peakMegabytes === null ? '' : String(Math.round(row.peakMegabytes)),
  ]);
  const lines = [head, ...body];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function verdict(passed: boolean | null): string {
  if (passed === null) return '';
  return passed ? 'pass' : 'FAIL';
}
