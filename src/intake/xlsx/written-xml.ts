/** Longest text of a cell: https://support.microsoft.com/office/excel-specifications-and-limits. */
const maxCellCharacters = 32_767;
const cutMark = '…';

// Characters that XML 1.0 cannot hold, and the carriage return, which its readers would turn into a line feed.
// oxlint-disable-next-line no-control-regex -- control characters are what is escaped
const unwritablePattern = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
/** Text that would be read as such an escape. */
const escapeLikePattern = /_(?=x[0-9a-f]{4}_)/giu;
const markupPattern = /[&<>"]/gu;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeUnit = (character: string): string =>
  `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/** Text as it stands in attributes and between tags. */
export function escapeMarkup(text: string): string {
  return text.replaceAll(markupPattern, (character) => entities[character] ?? character);
}

/** Text of a cell as XML: what XML cannot hold is written as `_xHHHH_`, too long a text is cut and ends with `…`. */
export function escapeCellText(text: string): string {
  const whole = text.length > maxCellCharacters ? text.slice(0, maxCellCharacters - 1) + cutMark : text;
  return escapeMarkup(
    whole.replaceAll(escapeLikePattern, '_x005F_').replaceAll(unwritablePattern, escapeUnit),
  );
}

/** Letters of a column, from 0: `A`, `XFD`. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(0x41 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
