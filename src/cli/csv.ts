/** Spreadsheet programs run cells that begin like this; a leading apostrophe keeps them text. */
const formula = /^[=+\-@\t\r＝＋－＠]/;
const number = /^[+-]?[\d .,()/-]+$/;

/** Rows as CSV (RFC 4180, with BOM for spreadsheet programs); the columns are all keys in order of appearance. */
export function toCsv(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => neutral(cellText(row[column]))))];
  return `\uFEFF${lines.map((line) => line.map(quote).join(',')).join('\r\n')}\r\n`;
}

/** A value as the text of one cell. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(cellText).join('; ');
  if (typeof value === 'object') return JSON.stringify(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function neutral(text: string): string {
  return formula.test(text) && !number.test(text) ? `'${text}` : text;
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
