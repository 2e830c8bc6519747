/** Spreadsheet programs run cells that begin like this, full-width signs included (OWASP, CSV injection). */
const running = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
/** Numbers, dates and phone numbers say what they are: `-5`, `+49 (0)30 123-45`, `-1.5e3`, `+12,5 %`. */
const plainNumber = /^[+-]?[\d .,()/-]+(?:[eE][+-]?\d+)?\s?%?$/;

/** Whether a spreadsheet program would run the text behind any leading apostrophes. */
function isRunning(text: string): boolean {
  const first = text.search(/[^']/);
  if (first < 0) return false;
  const core = first === 0 ? text : text.slice(first);
  return running.test(core) && !plainNumber.test(core);
}

/**
 * The text as a cell that spreadsheet programs only show: what they would run gets an apostrophe in front. Text that
 * looks like a guarded one gets another, so that `unguardCell` always finds what was there.
 */
export function guardCell(text: string): string {
  return isRunning(text) ? `'${text}` : text;
}

/** Undoes what `guardCell` did, and nothing else. */
export function unguardCell(cell: string): string {
  return cell.startsWith("'") && isRunning(cell) ? cell.slice(1) : cell;
}
