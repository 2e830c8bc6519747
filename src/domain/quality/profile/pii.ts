import { looksLikePerson } from '../values/people';
import type { PiiKind } from '../types';

const email = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/u;
const wholeEmail = /^(?:mailto:)?[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u;
const phone =
  /(?<![\w.])(?:\+\d{1,3}[\s./-]?(?:\(?\d{1,5}\)?[\s./-]?){2,5}\d{2,}|\(\d{2,5}\)\s?\d{3,4}[\s-]?\d{3,5}|\d{3}-\d{3}-\d{4}|0\d{2,4}[/ ]\d{3,}(?:[\s-]\d{2,})*)(?![\w.])/;
const card = /(?<![\w.-])(?:[3-6]\d{3})(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?![\w.-])/;
const iban = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![\p{L}\p{N}])/u;
const socialSecurity = /(?<![\w-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/;
const spanishId = /(?<!\w)[XYZ\d]\d{7}-?[A-HJ-NP-TV-Z](?!\w)/i;
const brazilianId = /(?<![\w.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\w)/;
const frenchId = /(?<!\w)[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?!\w)/;

/** Whether a cell is one e-mail address. */
export function isEmail(text: string): boolean {
  return text.length <= 320 && text.includes('@') && wholeEmail.test(text);
}

/** The check digit of payment card numbers (ISO/IEC 7812-1, Luhn). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** The check digits of an IBAN (ISO 13616, remainder 1 modulo 97). */
export function isIban(text: string): boolean {
  const compact = text.replace(/\s/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact)) {
    return false;
  }
  let remainder = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const code = character.charCodeAt(0);
    const value = code >= 65 ? code - 55 : code - 48;
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  return digits.length >= 13 && digits.length <= 19 && !/^(\d)\1+$/.test(digits) && passesLuhn(digits);
}

/** Letters of Spanish identity numbers by remainder modulo 23. */
const spanishLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';

function isSpanishId(text: string): boolean {
  const compact = text.replace('-', '').toUpperCase();
  const digits = compact.slice(0, -1).replace('X', '0').replace('Y', '1').replace('Z', '2');
  return spanishLetters[Number(digits) % 23] === compact.at(-1);
}

function isBrazilianId(text: string): boolean {
  const digits = text.replace(/\D/g, '').split('').map(Number);
  const check = (length: number): boolean => {
    const sum = digits
      .slice(0, length)
      .reduce((total, digit, index) => total + digit * (length + 1 - index), 0);
    return ((sum * 10) % 11) % 10 === digits[length];
  };
  return new Set(digits).size > 1 && check(9) && check(10);
}

function isFrenchId(text: string): boolean {
  const compact = text.replace(/\s/g, '').toUpperCase().replace('2A', '19').replace('2B', '18');
  return 97 - (Number(compact.slice(0, 13)) % 97) === Number(compact.slice(13));
}

/** Characters of a cell that are searched. */
const searched = 2000;

interface Detector {
  readonly kind: PiiKind;
  readonly pattern: RegExp;
  /** Fewest digits of a text in which the pattern is found. */
  readonly digits: number;
  readonly proves: (text: string) => boolean;
}

const always = (): boolean => true;
const detectors: readonly Detector[] = [
  { kind: 'email', pattern: email, digits: 0, proves: always },
  { kind: 'iban', pattern: iban, digits: 2, proves: isIban },
  { kind: 'credit_card', pattern: card, digits: 13, proves: isCard },
  { kind: 'national_id', pattern: socialSecurity, digits: 9, proves: always },
  { kind: 'national_id', pattern: brazilianId, digits: 11, proves: isBrazilianId },
  { kind: 'national_id', pattern: spanishId, digits: 7, proves: isSpanishId },
  { kind: 'national_id', pattern: frenchId, digits: 14, proves: isFrenchId },
  { kind: 'phone', pattern: phone, digits: 5, proves: always },
];

const detectorsWithoutEmail = detectors.filter(({ kind }) => kind !== 'email');

function digitsIn(text: string): number {
  let digits = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 48 && code <= 57) digits += 1;
  }
  return digits;
}

/** The kinds of personal data in a cell, names apart, proved by check digits where the kind has them. */
export function findPii(cell: string): readonly PiiKind[] {
  const text = cell.slice(0, searched);
  const kinds: PiiKind[] = [];
  const applicable = text.includes('@') ? detectors : detectorsWithoutEmail;
  const found = digitsIn(text);
  for (const { kind, pattern, digits, proves } of applicable) {
    if (found < digits) continue;
    const match = pattern.exec(text);
    const proved = match !== null && proves(match[0]);
    // Groups of digits inside an account or card number look like a telephone number.
    if (proved && (kind !== 'phone' || kinds.every((other) => other === 'email'))) {
      kinds.push(kind);
    }
  }
  return kinds;
}

/**
 * A sample with its personal data of the given kinds made unreadable: `j…@c…`, digits as `•` but the last two,
 * names as initials. Text around it stays.
 */
export function maskSample(text: string, kinds: readonly PiiKind[]): string {
  let masked = text;
  for (const { kind, pattern, proves } of detectors) {
    if (kinds.includes(kind)) {
      const everywhere = new RegExp(pattern.source, `${pattern.flags}g`);
      masked = masked.replace(everywhere, (found) => (proves(found) ? maskFound(kind, found) : found));
    }
  }
  const isName = kinds.includes('person_name') && masked === text && looksLikePerson(text.trim());
  return isName ? text.replace(/(\p{L})[\p{L}'’]*/gu, '$1…') : masked;
}

function maskFound(kind: PiiKind, found: string): string {
  if (kind === 'email') {
    const [local = '', domain = ''] = found.split('@');
    return `${local.slice(0, 1)}…@${domain.slice(0, 1)}…`;
  }
  const visible = found.length - 2;
  return found.slice(0, visible).replace(/[\p{L}\p{N}]/gu, '•') + found.slice(visible);
}
