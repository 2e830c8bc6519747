/** How a command speaks: one JSON document or lines for people on stdout, progress on stderr. */
export interface Output {
  readonly json: boolean;
  /** The result: with `--json` the document, else the lines. */
  readonly result: (document: unknown, lines: () => readonly string[]) => void;
  readonly progress: (line: string) => void;
}

export function createOutput(options: { readonly json: boolean }): Output {
  return {
    json: options.json,
    result: (document, lines) => {
      const text = options.json ? JSON.stringify(document) : lines().join('\n');
      process.stdout.write(`${text}\n`);
    },
    progress: (line) => {
      process.stderr.write(`${line}\n`);
    },
  };
}

/** Rows as aligned columns; cells longer than `maxWidth` are cut with an ellipsis. */
export function table(
  headers: readonly string[],
  rows: readonly (readonly (string | number | null | undefined)[])[],
  maxWidth = 48,
): string[] {
  const cells = [headers, ...rows].map((row) => row.map((cell) => shorten(printable(cell), maxWidth)));
  const widths = headers.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = cells;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)];
}

/** Cells come from files: control and direction characters must not reach a terminal. */
export function printable(cell: string | number | null | undefined): string {
  return String(cell ?? '').replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ');
}

function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
