import { workbookRefusal } from './workbook-refusal';

/** The entities that XML itself defines (https://www.w3.org/TR/xml/#sec-predefined-ent). */
const predefined: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const entityPattern = /&([^;&\s]{0,32});?/gu;
/** ISO/IEC 29500-1, 22.9.2.19 (ST_Xstring): UTF-16 code units that XML cannot hold. */
const escapePattern = /_x([0-9a-f]{4})_/giu;

function characterOf(name: string, part: string): string {
  const known = predefined.get(name);
  if (known !== undefined) return known;
  const isHexadecimal = name.startsWith('#x');
  const digits = name.slice(isHexadecimal ? 2 : 1);
  const isNumber = name.startsWith('#') && (isHexadecimal ? /^[\da-f]+$/iu : /^\d+$/u).test(digits);
  const code = isNumber ? Number.parseInt(digits, isHexadecimal ? 16 : 10) : Number.NaN;
  // Entities of a document type are never resolved.
  if (Number.isNaN(code) || code > 0x10ffff) throw workbookRefusal('document_type', part);
  return String.fromCodePoint(code);
}

/** Text of XML with its character and entity references resolved and its line ends as line feeds. */
export function resolveReferences(text: string, part: string): string {
  const lines = text.includes('\r') ? text.replaceAll(/\r\n?/gu, '\n') : text;
  if (!lines.includes('&')) return lines;
  return lines.replaceAll(entityPattern, (_, name: string) => characterOf(name, part));
}

/** Resolves the escapes `_xHHHH_` that spreadsheets write for characters that XML does not allow. */
export function resolveEscapes(text: string): string {
  if (!text.includes('_x') && !text.includes('_X')) return text;
  return text.replaceAll(escapePattern, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
