/** Why a part of a cell is no address. */
export type AddressRefusal = 'symbolic' | 'masked' | 'unspecified' | 'loopback' | 'range' | 'invalid';

export interface AddressReading {
  /** IPv4 dotted, IPv6 as RFC 5952 writes it; without mask, port or zone; in order, each once. */
  readonly addresses: readonly string[];
  readonly refused: readonly { readonly text: string; readonly reason: AddressRefusal }[];
}

const ipv4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const ipv4Decorated = /^(\d{1,3}(?:\.\d{1,3}){3})(?:\/\d{1,3}(?:\.\d{1,3}){0,3}|:\d{1,5})?$/;
const ipv6Decorated =
  /^\[?([0-9a-f:]*:[0-9a-f:]*(?:\d{1,3}(?:\.\d{1,3}){3})?)(?:%[\w.-]+)?(?:\]?\/\d{1,3})?\]?(?::\d{1,5})?$/i;
const symbolic =
  /^(?:dhcp|static|dynamic|dynamisch|dynamique|auto|automatic|vip|nat|floating|localhost|pool|multiple|various|see .+)$/i;
const masked = /^[\dx*#?]{1,3}(?:\.[\dx*#?]{1,3}){3}$/i;
const range = /^\d{1,3}(?:\.\d{1,3}){3}\s*-\s*\d{1,3}(?:\.\d{1,3}){0,3}$/;

/** IPv6 with embedded IPv4, zone, mask and port; bounds the work on hostile cells. */
const longestAddress = 100;

/** The dotted form of an IPv4 address, null when a number is above 255. Padding zeros are dropped. */
export function normaliseIpv4(text: string): string | null {
  const match = ipv4.exec(text);
  if (match === null) {
    return null;
  }
  const numbers = [Number(match[1]), Number(match[2]), Number(match[3]), Number(match[4])];
  return numbers.every((number) => number <= 255) ? numbers.join('.') : null;
}

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const canonicalIpv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

/** The RFC 5952 form of an IPv6 address, null when it is none. */
export function normaliseIpv6(text: string): string | null {
  const words = expandIpv6(text.toLowerCase());
  return words === null ? null : compressIpv6(words);
}

function expandIpv6(text: string): readonly number[] | null {
  const halves = embedIpv4(text)?.split('::');
  if (halves === undefined || halves.length > 2) {
    return null;
  }
  const head = wordsOf(halves[0] ?? '');
  const tail = wordsOf(halves[1] ?? '');
  if (head === null || tail === null) {
    return null;
  }
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) {
    return null;
  }
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

/** `::ffff:10.0.0.1` with its last part as two words. */
function embedIpv4(text: string): string | null {
  if (!text.includes('.')) {
    return text;
  }
  const cut = text.lastIndexOf(':') + 1;
  const dotted = normaliseIpv4(text.slice(cut));
  if (dotted === null) {
    return null;
  }
  const [a = 0, b = 0, c = 0, d = 0] = dotted.split('.').map(Number);
  return `${text.slice(0, cut)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function wordsOf(half: string): readonly number[] | null {
  if (half === '') {
    return [];
  }
  const words = half.split(':');
  return words.every((word) => /^[0-9a-f]{1,4}$/.test(word)) ? words.map((word) => parseInt(word, 16)) : null;
}

function compressIpv6(words: readonly number[]): string {
  const [start, length] = longestZeroRun(words);
  const text = (part: readonly number[]): string => part.map((word) => word.toString(16)).join(':');
  return length < 2 ? text(words) : `${text(words.slice(0, start))}::${text(words.slice(start + length))}`;
}

function longestZeroRun(words: readonly number[]): readonly [number, number] {
  let best: readonly [number, number] = [0, 0];
  let start = -1;
  for (let index = 0; index <= words.length; index += 1) {
    if (words[index] === 0) {
      start = start === -1 ? index : start;
    } else {
      best = start !== -1 && index - start > best[1] ? [start, index - start] : best;
      start = -1;
    }
  }
  return best;
}

/** One address with or without mask, port or zone in its normal form; null when it is none. */
export function normaliseAddress(text: string): string | null {
  if (text.length > longestAddress || !/[.:]/.test(text)) {
    return null;
  }
  if (canonicalIpv4.test(text)) {
    return text;
  }
  const four = ipv4Decorated.exec(text);
  if (four !== null) {
    return normaliseIpv4(four[1] ?? '');
  }
  const six = ipv6Decorated.exec(text);
  return six === null ? null : normaliseIpv6(six[1] ?? '');
}

/**
 * The addresses of a cell (separated by blanks, commas, semicolons, bars, slashes, line breaks or `<br>`), and
 * what in it is none: `DHCP`, `10.1.x.x`, `0.0.0.0`, loopback, ranges, numbers above 255.
 */
export function readAddresses(text: string): AddressReading {
  if (canonicalIpv4.test(text) && refusalOf(text, text) === null) {
    return { addresses: [text], refused: [] };
  }
  const addresses = new Set<string>();
  const refused: { text: string; reason: AddressRefusal }[] = [];
  for (const part of splitAddresses(text)) {
    const address = normaliseAddress(part);
    const reason = refusalOf(part, address);
    if (address !== null && reason === null) {
      addresses.add(address);
    } else {
      refused.push({ text: part, reason: reason ?? 'invalid' });
    }
  }
  return { addresses: [...addresses], refused };
}

function splitAddresses(text: string): readonly string[] {
  const whole = text.length > longestAddress ? '' : text.trim();
  if (range.test(whole) || symbolic.test(whole)) {
    return [whole];
  }
  return text
    .replace(/<br\s*\/?>/gi, ';')
    .replace(/\([^()]{0,60}\)/g, ' ')
    .split(/[\s,;|"']+|\/(?=\d{1,3}\.\d|[0-9a-f]*:)/i)
    .map((part) => part.replace(/^(?:ipv?[46]?|v[46])[:=]/i, ''))
    .filter((part) => part !== '' && part !== '-' && part !== '/' && part !== '&');
}

function refusalOf(part: string, address: string | null): AddressRefusal | null {
  if (address === null) {
    return invalidReason(part);
  }
  if (address === '0.0.0.0' || address === '::' || address === '255.255.255.255') {
    return 'unspecified';
  }
  return address.startsWith('127.') || address === '::1' ? 'loopback' : null;
}

function invalidReason(part: string): AddressRefusal {
  if (part.length > longestAddress) {
    return 'invalid';
  }
  if (symbolic.test(part)) {
    return 'symbolic';
  }
  if (range.test(part)) {
    return 'range';
  }
  return masked.test(part) && /[x*#?]/i.test(part) ? 'masked' : 'invalid';
}
