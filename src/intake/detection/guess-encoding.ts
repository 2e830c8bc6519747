import { isAscii, isUtf8 } from 'node:buffer';

import { encodingEvidence, withoutCutSequence } from './encoding';
import type { Encoding } from '../types';

export interface EncodingGuess {
  readonly encoding: Encoding;
  readonly hasBom: boolean;
  readonly warnings: readonly string[];
}

/** Bytes that are looked at for NUL patterns. */
const patternBytes = 64 * 1024;

function countNuls(sample: Buffer): { even: number; odd: number } {
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample.length; at += 1) {
    if (sample[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  return { even, odd };
}

/** UTF-16 without a mark: delimiters, digits and Latin letters have a NUL in every second byte. */
function utf16ByPattern(sample: Buffer): 'utf-16le' | 'utf-16be' | null {
  const head = sample.subarray(0, patternBytes);
  const pairs = Math.floor(head.length / 2);
  if (pairs < 2) return null;
  const { even, odd } = countNuls(head);
  if (odd > pairs * 0.4 && even < pairs * 0.05) return 'utf-16le';
  if (even > pairs * 0.4 && odd < pairs * 0.05) return 'utf-16be';
  return null;
}

const kana = /[\u3041-\u30ff]/u;
const hangul = /[\uac00-\ud7a3]/u;
const han = /\p{Script=Han}/u;

/** East Asian encodings in the order in which they are tried, with a script that must turn up. */
const eastAsian: readonly { readonly encoding: Encoding; readonly script: RegExp }[] = [
  { encoding: 'shift_jis', script: kana },
  { encoding: 'euc-jp', script: kana },
  { encoding: 'euc-kr', script: hangul },
  { encoding: 'gb18030', script: han },
  { encoding: 'big5', script: han },
];

function eastAsianEncoding(sample: Buffer): Encoding | null {
  for (const { encoding, script } of eastAsian) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: true });
      if (script.test(text)) return encoding;
    } catch {
      // Not valid in this encoding: the next one is tried.
    }
  }
  return null;
}

/** Cyrillic words are runs of letters above 0xBF; words in Latin letters hold one or two of them. */
function isCyrillic(sample: Buffer): boolean {
  const text = sample.toString('latin1');
  const inRuns = (text.match(/[\u00c0-\u00ff\u00a8\u00b8]{4,}/gu) ?? []).join('').length;
  const all = (text.match(/[\u0080-\u00ff]/gu) ?? []).length;
  return inRuns * 2 > all;
}

function singleByteGuess(sample: Buffer): EncodingGuess {
  const { multibyte, plausible, implausible } = encodingEvidence(sample);
  if (multibyte >= plausible && multibyte > 0) {
    return { encoding: 'utf-8', hasBom: false, warnings: ['Some characters are not valid UTF-8'] };
  }
  if (isCyrillic(sample)) return uncertain('windows-1251');
  const asian = implausible >= 4 ? eastAsianEncoding(sample) : null;
  if (asian !== null) return uncertain(asian);
  if (plausible > implausible) return uncertain('windows-1252');
  return { encoding: 'utf-8', hasBom: false, warnings: ['Some characters are not valid UTF-8'] };
}

function uncertain(encoding: Encoding): EncodingGuess {
  const warning = `The file is not UTF-8 and was read as ${encoding}; check names with special characters`;
  return { encoding, hasBom: false, warnings: [warning] };
}

const byteOrderMarks: readonly { readonly encoding: Encoding; readonly mark: Buffer }[] = [
  { encoding: 'utf-8', mark: Buffer.from([0xef, 0xbb, 0xbf]) },
  { encoding: 'utf-16le', mark: Buffer.from([0xff, 0xfe]) },
  { encoding: 'utf-16be', mark: Buffer.from([0xfe, 0xff]) },
];

/** Tells the encoding from the first bytes of a file that is meant to be text. */
export function guessEncoding(sample: Buffer): EncodingGuess {
  const marked = byteOrderMarks.find(({ mark }) => sample.subarray(0, mark.length).equals(mark));
  if (marked !== undefined) return { encoding: marked.encoding, hasBom: true, warnings: [] };
  const wide = utf16ByPattern(sample);
  if (wide !== null) {
    const warnings = [`The file has no byte order mark and was read as ${wide}`];
    return { encoding: wide, hasBom: false, warnings };
  }
  const whole = withoutCutSequence(sample);
  if (isAscii(whole) || isUtf8(whole)) return { encoding: 'utf-8', hasBom: false, warnings: [] };
  return singleByteGuess(whole);
}

/** Letters, digits, spaces and marks of tables in EBCDIC (code page 1047), which hardly any other text is made of. */
const ebcdicBytes: ReadonlySet<number> = new Set(
  [
    [0x40, 0x40],
    [0x4b, 0x4b],
    [0x4d, 0x4e],
    [0x5c, 0x5e],
    [0x60, 0x61],
    [0x6b, 0x6d],
    [0x7a, 0x7f],
    [0x81, 0x89],
    [0x91, 0x99],
    [0xa2, 0xa9],
    [0xc1, 0xc9],
    [0xd1, 0xd9],
    [0xe2, 0xe9],
    [0xf0, 0xf9],
  ].flatMap(([first = 0, last = 0]) => Array.from({ length: last - first + 1 }, (_, step) => first + step)),
);
/** Line ends of EBCDIC. */
const ebcdicLines: ReadonlySet<number> = new Set([0x0d, 0x15, 0x25]);

/** Whether bytes are a text of a mainframe: lines of EBCDIC, without the spaces and letters of other encodings. */
export function isEbcdic(sample: Buffer): boolean {
  const head = sample.subarray(0, patternBytes);
  let known = 0;
  let lines = 0;
  let high = 0;
  for (const byte of head) {
    if (ebcdicBytes.has(byte)) known += 1;
    else if (ebcdicLines.has(byte)) lines += 1;
    if (byte >= 0x80) high += 1;
  }
  return lines > 0 && high * 2 > head.length && (known + lines) * 100 >= head.length * 97;
}

/** Whether a text is NULs for a good part, as one that is read in a wrong encoding is. */
export function isMostlyNul(text: string): boolean {
  return (text.split('\0').length - 1) * 10 > text.length;
}

/** Whether decoded text is no text at all: NUL or other control characters beyond what a bad cell explains. */
export function isBinaryText(text: string): boolean {
  const nuls = text.split('\0').length - 1;
  if (nuls > text.length * 0.1 || (nuls >= 16 && nuls > text.length * 0.01)) return true;
  // oxlint-disable-next-line no-control-regex -- control characters are what is counted
  const controls = (text.match(/[\u0001-\u0008\u000e-\u001a\u001c-\u001f]/gu) ?? []).length;
  return controls > text.length * 0.2 || (controls >= 64 && controls > text.length * 0.03);
}
