import type { AssetType } from '../../lists';
import { type HostName, readHostName } from '../identity/host-names';
import { foldText } from './words';

/** What spellings of one name have in common. */
export interface NameShape {
  /** Its letters with `#` for each number, without separators. */
  readonly skeleton: string;
  /** Its numbers without leading zeros: names that differ in a number are different things of one kind. */
  readonly digits: string;
  /** The domain behind a host name, null when there is none. */
  readonly domain: string | null;
  readonly words: readonly ShapeWord[];
}

/** A run of letters of a name, by its place in the skeleton. */
export interface ShapeWord {
  readonly start: number;
  readonly text: string;
}

/** Words that a slip of a letter leaves recognisable; in shorter ones a letter is a code. */
export const longWord = 6;
const fewestLetters = 3;
const longestSkeleton = 80;
const mostVariants = 32;
const endsWithNumber = /(?:^|\.)\d+$/;
const leadingZeros = /^0+(?=\d)/;

/** Classes whose names are host names; elsewhere a dot is part of the name (`ASP.NET Portal`, `ERP.PROD`). */
const hostClasses: ReadonlySet<AssetType> = new Set([
  'server',
  'network',
  'load_balancer',
  'storage',
  'security',
  'end_user_device',
  'other',
]);

/** The shape of a name; null when too little of it is letters to compare spellings. */
export function nameShape(name: string, assetType: AssetType): NameShape | null {
  // A host name without a dot is itself, however it is read.
  const host = name.includes('.') && hostClasses.has(assetType) ? hostOf(name) : null;
  const words: ShapeWord[] = [];
  const numbers: string[] = [];
  let skeleton = '';
  for (const run of runsOf(host === null ? name : host.host)) {
    if (isNumber(run)) {
      numbers.push(run.replace(leadingZeros, ''));
      skeleton += '#';
    } else {
      words.push({ start: skeleton.length, text: run });
      skeleton += run;
    }
  }
  const letters = skeleton.length - numbers.length;
  if (letters < fewestLetters || skeleton.length > longestSkeleton) return null;
  return { skeleton, digits: numbers.join('-'), domain: host === null ? null : host.domain, words };
}

/** A host name; `crm.web.01` is none with a domain, as no domain ends with a number. */
function hostOf(name: string): HostName | null {
  const host = readHostName(name);
  return host?.domain && endsWithNumber.test(host.domain) ? null : host;
}

/** Letters and digits of a name apart, without what separates them. */
function runsOf(name: string): string[] {
  const folded = foldText(name);
  const found: string[] = [];
  let start = 0;
  for (let at = 1; at <= folded.length; at += 1) {
    if (at < folded.length && classAt(folded, at) === classAt(folded, at - 1)) continue;
    if (classAt(folded, start) !== separator) found.push(folded.slice(start, at));
    start = at;
  }
  return found;
}

const separator = 0;
const digit = 1;
const letter = 2;

function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 32) return separator;
  return code >= 48 && code <= 57 ? digit : letter;
}

function isNumber(run: string): boolean {
  return classAt(run, 0) === digit;
}

/**
 * Hashes, of 32 bits, of which spellings of one name share at least one: of the skeleton, and of what is left of it
 * without one letter inside of a long word. Names that differ by more than one letter share one by chance only.
 */
export function spellingHashes(shape: NameShape, assetType: AssetType): number[] {
  const { skeleton, digits, words } = shape;
  const seed = hashOf(digits, hashOf(assetType, 0));
  const { length } = skeleton;
  const before = prefixHashes(skeleton);
  const whole = before[length] as number; // one longer than the skeleton
  const hashes = [mix(whole, seed)];
  for (const { start, text } of words) {
    if (text.length < longWord) continue;
    // First letters are never slips; the last one may be the s of a plural.
    for (let at = start + 1; at < start + text.length && hashes.length < mostVariants; at += 1) {
      if (skeleton[at] === skeleton[at - 1]) continue;
      const shift = powers[length - 1 - at] as number; // skeletons are no longer than the powers
      const left = before[at] as number;
      const upTo = before[at + 1] as number;
      const right = (whole - Math.imul(upTo, shift)) | 0;
      hashes.push(mix((Math.imul(left, shift) + right) | 0, seed));
    }
  }
  return hashes;
}

/** The hash of a text, of 32 bits, begun from a seed. */
export function hashOf(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, base) + text.charCodeAt(at)) | 0;
  return mix(hash, text.length);
}

/** An odd base, so that no power of it loses bits. */
const base = 0x01000193;
const powers = new Int32Array(longestSkeleton + 1).fill(1);
for (let at = 1; at < powers.length; at += 1) powers[at] = Math.imul(powers[at - 1] as number, base);

function prefixHashes(text: string): Int32Array {
  const hashes = new Int32Array(text.length + 1);
  for (let at = 0; at < text.length; at += 1) {
    hashes[at + 1] = Math.imul(hashes[at] as number, base) + text.charCodeAt(at);
  }
  return hashes;
}

function mix(one: number, two: number): number {
  let hash = Math.imul(one ^ (one >>> 16), 0x85ebca6b) ^ Math.imul(two ^ (two >>> 15), 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The word that holds a place of the skeleton. */
export function wordAt(shape: NameShape, at: number): ShapeWord | undefined {
  return shape.words.find(({ start, text }) => at >= start && at < start + text.length);
}
