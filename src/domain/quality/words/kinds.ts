import { normaliseAddress } from '../values/addresses';
import { booleanWords } from '../values/booleans';
import type { CellScanner } from '../profile/cell-scanner';
import { readDate } from '../values/dates';
import {
  assetTypeReader,
  criticalityReader,
  dispositionReader,
  environmentReader,
  powerStateReader,
  statusReader,
} from './enumerations';
import { normaliseMac } from '../values/mac';
import { type CellNumber, splitNumber } from '../values/numbers';
import { looksLikePerson } from '../values/people';
import { isFoldedPlaceholder, isPlaceholder } from '../values/placeholders';
import { isEmail } from '../profile/pii';
import { mentionsOperatingSystem, mentionsProduct } from './product-mentions';
import { foldText } from '../values/text';
import { type ValueKind, valueKinds } from '../types';
import { readUnit } from '../values/units';
import { normaliseUuid } from '../values/uuids';

/** Kinds as a bit set: the bit of a kind is its position in `valueKinds`. */
export type KindSet = number;

// Object.fromEntries loses the key type; every kind is a key because the list is mapped whole.
const bits = Object.fromEntries(valueKinds.map((kind, index) => [kind, 1 << index])) as Record<
  ValueKind,
  number
>;

export function hasKind(set: KindSet, kind: ValueKind): boolean {
  return (set & bits[kind]) !== 0;
}

export function kindBit(kind: ValueKind): KindSet {
  return bits[kind];
}

const wordKinds = new Map<string, KindSet>();
for (const [kind, words] of [
  ['boolean', booleanWords()],
  ['environment', environmentReader.words],
  ['criticality', criticalityReader.words],
  ['status', statusReader.words],
  ['power_state', powerStateReader.words],
  ['disposition', dispositionReader.words],
  ['asset_class', assetTypeReader.words],
] as const) {
  for (const word of words) {
    wordKinds.set(word, (wordKinds.get(word) ?? 0) | bits[kind]);
  }
}

const version =
  /^v?\d{1,5}(?:\.\d{1,6}){1,4}(?:[-. ]?(?:r|sp|u|p|b|build|rc|patch|hf|update)?[-. ]?\d{0,6}|[-.][\w.-]{1,40})$/i;
const moneyMark = /[€$£¥]|\b(?:eur|usd|gbp|chf|jpy|sek|nok|dkk|pln|brl|cad|aud|inr|mxn)\b|\bk€|^r\$|\bkr\b/i;
const url = /^(?:[a-z][a-z0-9+.-]{1,10}:\/\/|www\.)\S+$/i;
/** Looked for in texts with digits only. */
const serial = /^[A-Z0-9][A-Z0-9/-]{4,38}[A-Z0-9]$/;
const vmwareSerial = /^VMware-[0-9a-f]{2}[ -]/i;
const uuidShape = /^[{]?[0-9a-f]{8}-?[0-9a-f]{4}/i;
const fqdnShape = /^(?:[\p{L}\p{N}_][\p{L}\p{N}_-]{0,62}\.)+\p{L}[\p{L}\p{N}-]{0,60}\p{L}\.?$/u;
const plainIpv4 = /^(?:25[0-5]|2[0-4]\d|[01]?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|[01]?\d?\d)){3}$/;
const hostShape = /^[\p{L}\p{N}_][\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_]$/u;
const classWord = /^cmdb_ci/i;
const longestWord = 60;

/** The facts of one cell that the profiler adds up. */
export interface CellKinds {
  readonly kinds: KindSet;
  readonly number: CellNumber | null;
}

/** The folded words of a cell that may stand in a list of words; empty for codes and long texts. */
export function foldedWord(text: string, scanner: CellScanner): string {
  return text.length <= longestWord && scanner.digits <= 2 ? foldText(text) : '';
}

/** Whether a cell is a spelling of nothing. */
export function saysNothing(text: string, folded: string, scanner: CellScanner): boolean {
  return scanner.letters + scanner.digits === 0 ? isPlaceholder(text) : isFoldedPlaceholder(folded);
}

const neverPersonal = bits.ip | bits.mac | bits.uuid | bits.fqdn | bits.url | bits.date | bits.size;

/** Whether a cell may hold personal data besides names. */
export function mayHoldPii(kinds: KindSet, scanner: CellScanner): boolean {
  return scanner.ats > 0 || (scanner.digits >= 7 && (kinds & neverPersonal) === 0);
}

/** The kinds of a trimmed cell that says something. The scanner must hold the counts of this very text. */
export function detectKinds(text: string, folded: string, scanner: CellScanner): CellKinds {
  let kinds = wordKinds.get(folded) ?? 0;
  let number: CellNumber | null = null;
  if (scanner.digits > 0) {
    kinds |= codeKinds(text, scanner);
    number = mayBeNumber(text, kinds) ? splitNumber(text) : null;
    kinds |= number === null ? 0 : numberKinds(number, text);
  } else if (scanner.colons > 1) {
    kinds |= addressKinds(text);
  }
  if (scanner.letters > 0) {
    kinds |= letterKinds(text, scanner);
  }
  return { kinds: withText(kinds, scanner), number };
}

const numberStart =
  /^[-+~≈<>≤≥±$€£¥(\d.,\u2212\u2013]|^(?:ca|circa|approx|about|around|etwa|rund|env|aprox|unos|up|max|min|mas|more|less|cerca|r\$|eur|usd|gbp|chf|k€)/i;

function mayBeNumber(text: string, kinds: KindSet): boolean {
  return text.length <= 40 && (kinds & (bits.ip | bits.mac | bits.uuid)) === 0 && numberStart.test(text);
}

/** What no format explains is text, and so is prose of several words. */
function withText(kinds: KindSet, scanner: CellScanner): KindSet {
  const prose = scanner.blanks >= 4 && scanner.letters > scanner.digits;
  return kinds === 0 || prose ? kinds | bits.text : kinds;
}

function numberKinds(found: CellNumber, text: string): KindSet {
  const { numeral, factor, word } = found;
  const whole = Number.isInteger(numeral.dot * factor) || Number.isInteger(numeral.comma * factor);
  const kinds = whole ? bits.number | bits.integer : bits.number;
  if (moneyMark.test(text)) {
    return kinds | bits.money;
  }
  return word === '' ? kinds : unitKinds(word, kinds);
}

function unitKinds(word: string, kinds: KindSet): KindSet {
  const unit = readUnit(word);
  if (word.startsWith('%') || unit?.family === 'percent') {
    return kinds | bits.percent;
  }
  if (unit?.family === 'size') {
    return kinds | bits.size;
  }
  return unit === null && word.length > 12 ? 0 : kinds;
}

/** Kinds that hold digits: addresses, dates, versions, identifiers. */
function codeKinds(text: string, scanner: CellScanner): KindSet {
  let kinds = 0;
  if (scanner.dots === 3 || scanner.colons > 1) {
    kinds |= addressKinds(text);
  }
  if ((kinds & bits.ip) === 0 && scanner.dots > 0 && text.length <= 48 && version.test(text)) {
    kinds |= bits.version;
  }
  if (couldBeDate(text, scanner) && isDateShaped(text)) {
    kinds |= bits.date;
  }
  return kinds | identifierKinds(text, scanner);
}

function isDateShaped(text: string): boolean {
  const read = readDate(text);
  return read !== null && (read.ambiguous || isPlausibleYear(read.date));
}

function isPlausibleYear(date: string | null): boolean {
  return date !== null && date >= '1970' && date < '2101';
}

/** Eight bare digits may be a packed day; other bare numbers are not taken for dates. */
function couldBeDate(text: string, scanner: CellScanner): boolean {
  if (text.length < 6 || text.length > 40 || scanner.digits < 3) {
    return false;
  }
  return scanner.digits < text.length || text.length === 8;
}

function addressKinds(text: string): KindSet {
  if (text.length > 64) {
    return 0;
  }
  if (plainIpv4.test(text)) {
    return bits.ip;
  }
  if (normaliseMac(text, false) !== null) {
    return bits.mac;
  }
  return normaliseAddress(text) === null ? 0 : bits.ip;
}

function identifierKinds(text: string, scanner: CellScanner): KindSet {
  let kinds = isMacShaped(text, scanner) && normaliseMac(text, false) !== null ? bits.mac : 0;
  if (scanner.digits >= 4 && uuidShape.test(text) && normaliseUuid(text) !== null) {
    kinds |= bits.uuid;
  }
  return isSerialShaped(text, scanner) ? kinds | bits.serial : kinds;
}

function isMacShaped(text: string, scanner: CellScanner): boolean {
  return text.length <= 17 && (scanner.dashes === 5 || scanner.dots === 2);
}

function isSerialShaped(text: string, scanner: CellScanner): boolean {
  if (scanner.lowerLetters === 0 && scanner.digits >= 2 && scanner.blanks === 0) {
    return serial.test(text);
  }
  return scanner.letters > 6 && vmwareSerial.test(text);
}

function letterKinds(text: string, scanner: CellScanner): KindSet {
  if (scanner.ats > 0 && isEmail(text)) {
    return bits.email;
  }
  if (scanner.slashes > 1 || text.startsWith('www.')) {
    return url.test(text) ? bits.url : phraseKinds(text, scanner);
  }
  return isOneWord(text, scanner) ? wordKindsOf(text, scanner) : phraseKinds(text, scanner);
}

function isOneWord(text: string, scanner: CellScanner): boolean {
  return scanner.blanks === 0 && text.length <= 253 && scanner.listMarks === 0;
}

/** `srv-oracle-01` is a machine and no product. */
function wordKindsOf(text: string, scanner: CellScanner): KindSet {
  const named = nameKinds(text, scanner);
  const onlyName = scanner.dashes > 1 || named === bits.fqdn;
  return onlyName ? named : named | phraseKinds(text, scanner);
}

/** One word without blanks: a fully qualified name, or a host when it carries a digit, dash or underscore. */
function nameKinds(text: string, scanner: CellScanner): KindSet {
  if (classWord.test(text)) {
    return bits.asset_class;
  }
  if (scanner.dots > 0) {
    return fqdnShape.test(text) ? bits.fqdn : 0;
  }
  return isNamed(text, scanner) ? bits.host : 0;
}

function isNamed(text: string, scanner: CellScanner): boolean {
  return (scanner.digits > 0 || scanner.dashes > 0 || text.includes('_')) && hostShape.test(text);
}

function phraseKinds(text: string, scanner: CellScanner): KindSet {
  if (text.length > 160) {
    return 0;
  }
  let kinds = mentionsOperatingSystem(text) ? bits.operating_system : 0;
  kinds |= mentionsProduct(text) ? bits.product : 0;
  const couldBeName = scanner.digits === 0 && scanner.blanks >= 1 && scanner.blanks <= 4;
  return couldBeName && looksLikePerson(text) ? kinds | bits.person : kinds;
}
