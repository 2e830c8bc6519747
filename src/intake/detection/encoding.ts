import { isUtf8 } from 'node:buffer';

import type { Detection, Encoding } from '../types';

/** What the bytes above 0x7F of a text that is meant to be ASCII-compatible speak for. */
export interface EncodingEvidence {
  /** Well-formed UTF-8 sequences of several bytes. */
  readonly multibyte: number;
  /** Other high bytes that make sense as Windows-1252 where they stand. */
  readonly plausible: number;
  readonly implausible: number;
}

const isAsciiLower = (byte: number): boolean => byte >= 0x61 && byte <= 0x7a;
const isAsciiLetter = (byte: number): boolean => isAsciiLower(byte | 0x20);
const isContinuation = (byte: number): boolean => byte >= 0x80 && byte <= 0xbf;

/** Letters among the high bytes of Windows-1252. */
const latinLetters = new Set<number>([0x8a, 0x8c, 0x8e, 0x9a, 0x9c, 0x9e, 0x9f]);
for (let byte = 0xc0; byte <= 0xff; byte += 1) {
  if (byte !== 0xd7 && byte !== 0xf7 && byte !== 0xff) latinLetters.add(byte);
}

/** Signs that inventories do hold: euro, dashes, curly quotes, no-break space, degree, micro and the like. */
const latinSigns = new Set<number>([
  0x80, 0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99, 0xa0, 0xa3, 0xa7, 0xa9, 0xaa, 0xab, 0xae, 0xb0,
  0xb1, 0xb2, 0xb3, 0xb4, 0xb5, 0xb7, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xd7, 0xf7,
]);
const openingMarks = new Set<number>([0xa1, 0xbf]);

function isLetterPlausible(byte: number, previous: number, next: number): boolean {
  const isUpper = byte <= 0xde;
  if (isUpper && isAsciiLower(previous)) return false;
  if (next === 0x28) return false;
  return (
    isAsciiLetter(previous) || isAsciiLetter(next) || latinLetters.has(previous) || latinLetters.has(next)
  );
}

function isPlausible(byte: number, previous: number, next: number): boolean {
  // A lead byte with a continuation byte behind it is broken or overlong UTF-8, hardly two letters.
  if (byte >= 0xc0 && isContinuation(next)) return false;
  if (isContinuation(byte) && previous >= 0xc0) return false;
  if (latinLetters.has(byte)) return isLetterPlausible(byte, previous, next);
  if (openingMarks.has(byte)) return isAsciiLetter(next);
  return latinSigns.has(byte);
}

/** Length of the well-formed UTF-8 sequence at `at`, or 0. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  let length = 2;
  if (lead >= 0xf0) length = 4;
  else if (lead >= 0xe0) length = 3;
  if (at + length > bytes.length) return 0;
  return isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

export function encodingEvidence(bytes: Uint8Array): EncodingEvidence {
  let multibyte = 0;
  let plausible = 0;
  let implausible = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      multibyte += 1;
      at += length - 1;
    } else if (isPlausible(byte, bytes[at - 1] ?? 0, bytes[at + 1] ?? 0)) plausible += 1;
    else implausible += 1;
  }
  return { multibyte, plausible, implausible };
}

/** Whether every high byte that is not UTF-8 makes sense as Windows-1252. */
export function looksLikeWindows1252(bytes: Uint8Array): boolean {
  const { plausible, implausible } = encodingEvidence(bytes);
  return plausible > 0 && implausible === 0;
}

/**
 * The characters of Windows-1252 at 0x80 to 0x9F (https://encoding.spec.whatwg.org/index-windows-1252.txt). Some
 * versions of Node decode them as control characters, hence our own table.
 */
const upperControls = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const controlPattern = /[\u0080-\u009f]/gu;

/** Windows-1252 as text. */
export function decodeWindows1252(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return text.replaceAll(controlPattern, (character) => upperControls.charAt(character.charCodeAt(0) - 0x80));
}

/** The same text in UTF-8. */
export function windows1252ToUtf8(bytes: Uint8Array): Buffer {
  return Buffer.from(decodeWindows1252(bytes), 'utf8');
}

/** The bytes without the UTF-8 sequence that a cut left unfinished at their end. */
export function withoutCutSequence(bytes: Buffer): Buffer {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    let length = 2;
    if (byte >= 0xf0) length = 4;
    else if (byte >= 0xe0) length = 3;
    return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}

/** Encodings in which bytes below 0x80 may be a part of a longer character; they are converted as a stream. */
export function isConvertedAsStream(encoding: Encoding): boolean {
  return encoding !== 'utf-8' && encoding !== 'windows-1252';
}

/** Decodes the beginning of a file; what is not valid becomes U+FFFD. */
export function decodeSample(sample: Buffer, detection: Pick<Detection, 'encoding'>): string {
  const { encoding } = detection;
  if (encoding === 'utf-8') {
    const whole = withoutCutSequence(sample);
    if (isUtf8(whole)) return new TextDecoder('utf-8').decode(whole);
    return looksLikeWindows1252(whole) ? decodeWindows1252(whole) : new TextDecoder('utf-8').decode(whole);
  }
  if (encoding === 'windows-1252') return decodeWindows1252(sample);
  const isWide = encoding === 'utf-16le' || encoding === 'utf-16be';
  const bytes = isWide ? sample.subarray(0, sample.length - (sample.length % 2)) : sample;
  return new TextDecoder(encoding).decode(bytes, { stream: true });
}
