import { group } from './text';

/** How the cells of a column write fractions. */
export type DecimalMark = '.' | ',';

/** What the separators of one numeral say about the decimal mark of its column. */
export type NumeralEvidence = 'none' | 'dot' | 'comma' | 'ambiguous_dot' | 'ambiguous_comma';

/** A numeral under both readings of its separators; they differ only when the evidence is ambiguous. */
export interface Numeral {
  readonly dot: number;
  readonly comma: number;
  readonly evidence: NumeralEvidence;
}

/** A number in a cell with the word after it (`vCPU`, `GB`, `%`), empty when there is none. */
export interface NumberReading {
  readonly value: number;
  /** `~80`, `ca. 80`, `> 80`: the cell says that it is not exact. */
  readonly approximate: boolean;
  readonly word: string;
  readonly evidence: NumeralEvidence;
}

const signs = '[-+\\u2212\\u2013]?';
const digits = "(?:\\d[\\d.,'\\u2019 \\u00A0\\u202F\\u2009_]*\\d|\\d|[.,]\\d+)";
const approximations =
  '(?:[~≈±<>≤≥]=?|(?:ca|circa|approx|approximately|about|around|etwa|rund|env|environ|aprox|unos|cerca de|mas de|more than|less than|up to|max|min)\\b\\.?)';
const currency =
  '(?:[kKmM]?[€$£¥]|R\\$|US\\$|[kKmM]?(?:EUR|USD|GBP|CHF|JPY|SEK|NOK|DKK|PLN|BRL|CAD|AUD|INR|MXN)\\b)';
const cell = new RegExp(
  `^(${approximations})?\\s*(${signs})\\s*(${currency})?\\s*(${digits})(e[-+]?\\d{1,3})?\\s*([a-zA-Zµ%‰€$£¥°#(\\[+].*)?$`,
  'iu',
);
/** No number with its unit is longer; bounds the work on hostile cells. */
const longestNumber = 80;
const blanks = /['\u2019 \u00A0\u202F\u2009_]/g;
/** One separator before three digits: thousands, or a fraction of three digits. */
const couldGroup = /^[1-9]\d{0,2}[.,]\d{3}$/;
const groupedByBlanks = /^\d{1,3}(?:['\u2019 \u00A0\u202F\u2009_]\d{3})+(?:[.,]\d+)?$/u;

/** Reads digits with separators, without sign or unit; null when they are no number (`1.2.3`, `12,34,5`). */
export function readNumeral(body: string): Numeral | null {
  let text = body;
  if (blanks.test(text)) {
    blanks.lastIndex = 0;
    if (!groupedByBlanks.test(text)) {
      return null;
    }
    text = text.replace(blanks, '');
  }
  const dot = text.indexOf('.');
  const comma = text.indexOf(',');
  if (dot === -1 && comma === -1) {
    return same(Number(text), 'none');
  }
  if (dot !== -1 && comma !== -1) {
    return readMixed(text);
  }
  return readSingle(text, dot === -1 ? ',' : '.');
}

function same(value: number, evidence: NumeralEvidence): Numeral | null {
  return Number.isFinite(value) ? { dot: value, comma: value, evidence } : null;
}

/** Both separators occur: the last one marks the fraction. */
function readMixed(text: string): Numeral | null {
  const decimal: DecimalMark = text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ',';
  const grouping = decimal === '.' ? ',' : '.';
  const [whole = '', fraction = '', ...more] = text.split(decimal);
  if (more.length > 0 || !isGrouped(whole, grouping)) {
    return null;
  }
  return same(Number(`${whole.split(grouping).join('')}.${fraction}`), decimal === '.' ? 'dot' : 'comma');
}

function readSingle(text: string, separator: DecimalMark): Numeral | null {
  const parts = text.split(separator);
  const joined = Number(parts.join(''));
  if (parts.length > 2) {
    return isGrouped(text, separator) ? same(joined, separator === '.' ? 'comma' : 'dot') : null;
  }
  const decimal = Number(parts.join('.'));
  if (!couldGroup.test(text)) {
    return same(decimal, separator === '.' ? 'dot' : 'comma');
  }
  return separator === '.'
    ? { dot: decimal, comma: joined, evidence: 'ambiguous_dot' }
    : { dot: joined, comma: decimal, evidence: 'ambiguous_comma' };
}

/** Groups of three, or the Indian way of two and a last one of three. */
function isGrouped(text: string, separator: string): boolean {
  const parts = text.split(separator);
  const last = parts.at(-1) ?? '';
  const first = parts[0] ?? '';
  if (parts.length === 1) {
    return first.length > 0;
  }
  const middle = parts.slice(1, -1);
  const equal = middle.every((part) => part.length === 3);
  const indian = middle.every((part) => part.length === 2) && first.length <= 2;
  return first.length >= 1 && first.length <= 3 && last.length === 3 && (equal || indian);
}

export interface CellNumber {
  readonly numeral: Numeral;
  readonly factor: number;
  readonly approximate: boolean;
  readonly word: string;
}

/** Splits a cell into number and unit word; null when it is no single number. */
export function splitNumber(text: string): CellNumber | null {
  const match = text.length > longestNumber ? null : cell.exec(text);
  const numeral = match === null ? null : readNumeral(group(match, 4));
  if (match === null || numeral === null) {
    return null;
  }
  const word = group(match, 6).trim();
  const factor = (isMinus(match[2]) ? -1 : 1) * Number(`1${group(match, 5)}`);
  if (/\d/.test(word) || !Number.isFinite(factor)) {
    return null;
  }
  const approximate = match[1] !== undefined || word === '+';
  return { numeral, factor, approximate, word: word === '+' ? '' : word };
}

function isMinus(sign: string | undefined): boolean {
  return sign === '-' || sign === '\u2212' || sign === '\u2013';
}

/**
 * The number in a cell under the column's decimal mark. Separators that can be read in one way only are read
 * that way whatever the mark. NaN, Infinity, hexadecimal, ranges and dates give null.
 */
export function readNumber(text: string, mark: DecimalMark = '.'): NumberReading | null {
  const found = splitNumber(text);
  if (found === null) {
    return null;
  }
  const plain = mark === '.' ? found.numeral.dot : found.numeral.comma;
  const value = plain * found.factor;
  if (!Number.isFinite(value)) {
    return null;
  }
  return { value, approximate: found.approximate, word: found.word, evidence: found.numeral.evidence };
}

/** Counts of what a column's numerals say about its decimal mark. */
export interface DecimalEvidence {
  dot: number;
  comma: number;
  ambiguousDot: number;
  ambiguousComma: number;
}

/**
 * The decimal mark of a column. Where every separator could be either, it groups thousands (`8,192` and `1.200`
 * beside `350`): a column of fractions of exactly three digits, none of them below one, is the rarer case.
 */
export function decideDecimalMark(evidence: DecimalEvidence): DecimalMark {
  if (evidence.dot !== evidence.comma) {
    return evidence.dot > evidence.comma ? '.' : ',';
  }
  return evidence.ambiguousDot > evidence.ambiguousComma ? ',' : '.';
}
