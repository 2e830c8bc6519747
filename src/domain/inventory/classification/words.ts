const accents = /[\u0300-\u036f]/g;
const nonWord = /[^\p{L}\p{N}]+/gu;
const plainAscii = /^[\x20-\x7e]*$/;

/** Lower case, without accents, every run of other characters as one blank. */
export function foldText(text: string): string {
  const plain = plainAscii.test(text)
    ? text
    : text.normalize('NFKD').replace(accents, '').replaceAll('ß', 'ss');
  return plain.toLowerCase().replace(nonWord, ' ').trim();
}

const other = 0;
const lower = 1;
const upper = 2;
const digit = 3;

function kindOf(code: number): number {
  if (code >= 48 && code <= 57) return digit;
  if (code >= 97 && code <= 122) return lower;
  if (code >= 65 && code <= 90) return upper;
  return code > 127 ? lower : other;
}

/** Whether a new token begins between two characters: `paymentDb`, `web01`, `01web`; not `Web`. */
function startsToken(before: number, now: number): boolean {
  if (before === now || before === other) return false;
  return !(before === upper && now === lower);
}

/**
 * Tokens of a name, lower case: split at separators, between letters and digits, and at camel humps.
 * `feedback01` is `feedback`, `01`: a token is never a part of a word.
 */
export function nameTokens(name: string): string[] {
  const tokens: string[] = [];
  let start = 0;
  let before = other;
  for (let at = 0; at < name.length; at += 1) {
    const now = kindOf(name.charCodeAt(at));
    if (now === other || startsToken(before, now)) {
      if (before !== other) tokens.push(name.slice(start, at).toLowerCase());
      start = now === other ? at + 1 : at;
    }
    before = now;
  }
  if (before !== other) tokens.push(name.slice(start).toLowerCase());
  return joinHumps(tokens);
}

/** Puts back single letters that camel splitting tore off, such as the `i` of `iSeries`. */
function joinHumps(tokens: string[]): string[] {
  const joined: string[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    const both = `${last}${token}`;
    if (last?.length === 1 && humpWords.has(both)) joined[joined.length - 1] = both;
    else joined.push(token);
  }
  return joined;
}

const humpWords: ReadonlySet<string> = new Set([
  'iseries',
  'pseries',
  'zseries',
  'vcenter',
  'vsphere',
  'vrops',
]);
