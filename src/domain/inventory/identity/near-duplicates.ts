import { compareFacts, type DuplicateSubject, type FactsVerdict, serialOf } from './duplicate-facts';
import { hashOf, nameShape, type NameShape, spellingHashes } from '../classification/name-shape';
import { SharedKeys } from './shared-keys';
import { type NameLikeness, nameLikeness } from './spelling';

/** Two assets that may be one; people decide. */
export interface NearDuplicate {
  readonly one: number;
  readonly two: number;
  /** 0.85 to 1. */
  readonly score: number;
  readonly reasons: readonly string[];
}

/** Pairs below this are not proposed. */
export const lowestDuplicateScore = 0.85;
/** A name or serial that more assets have is no sign of a double: models, chassis, series. */
const mostSharers = 4;
/** Assets of one key that are compared with each other. */
const widestBlock = 24;
/** Words that stand for each other in so many pairs are two words, not slips of one. */
const systematic = 3;

/** What the search for pairs looks at; `serial` is the serial number without separators. */
export type NamedSubject = Pick<DuplicateSubject, 'name' | 'assetType'> & { readonly serial: string | null };

/** Two assets whose names are alike; what else is known of them decides. */
export interface AlikePair {
  readonly one: number;
  readonly two: number;
  readonly likeness: NameLikeness | { readonly by: 'serial' };
}

/** Hashes of which two assets that may be one share at least one. */
export function duplicateHashes(subject: NamedSubject): number[] {
  return hashesOf({ ...subject, shape: nameShape(subject.name, subject.assetType) });
}

function hashesOf({ assetType, serial, shape }: Shaped): number[] {
  const hashes = shape === null ? [] : spellingHashes(shape, assetType);
  if (serial !== null) hashes.push(hashOf(serial, hashOf(assetType, 1)));
  return hashes;
}

/** Names have about so many hashes. */
export const usualHashes = 6;

/** Pairs with names alike or one serial number, each once. Work grows with the number of pairs, not with its square. */
export function alikePairs(subjects: readonly NamedSubject[]): AlikePair[] {
  const shaped = subjects.map((one): Shaped => ({ ...one, shape: nameShape(one.name, one.assetType) }));
  const sharers = serialSharers(subjects);
  const found = new Map<string, AlikePair>();
  for (const block of blocksOf(shaped)) {
    const members = block.slice(0, widestBlock);
    members.forEach((one, at) => {
      for (const two of members.slice(at + 1)) addPair(found, shaped, { one, two, sharers });
    });
  }
  return withoutSeries(
    [...found.values()],
    shaped.map(({ shape }) => shape),
  );
}

function addPair(
  found: Map<string, AlikePair>,
  shaped: readonly Shaped[],
  { one, two, sharers }: { one: number; two: number; sharers: ReadonlyMap<string, number> },
): void {
  const id = `${String(one)}-${String(two)}`;
  const first = shaped[one];
  const second = shaped[two];
  if (first === undefined || second === undefined || found.has(id)) return;
  const likeness = likenessOf(first, second, sharers);
  if (likeness !== null) found.set(id, { one, two, likeness });
}

/** Groups of assets that share a hash. */
function blocksOf(shaped: readonly Shaped[]): (readonly number[])[] {
  const shared = new SharedKeys(shaped.length * usualHashes);
  for (const one of shaped) for (const hash of hashesOf(one)) shared.add(hash);
  const blocks = new Map<number, number[]>();
  shaped.forEach((one, index) => {
    for (const hash of hashesOf(one)) {
      if (!shared.isShared(hash)) continue;
      const block = blocks.get(hash);
      if (block === undefined) blocks.set(hash, [index]);
      else if (block.at(-1) !== index) block.push(index);
    }
  });
  return [...blocks.values()].filter(({ length }) => length > 1);
}

/** How many assets have each serial number. */
function serialSharers(subjects: readonly NamedSubject[]): ReadonlyMap<string, number> {
  const sharers = new Map<string, number>();
  for (const { serial } of subjects) if (serial !== null) sharers.set(serial, (sharers.get(serial) ?? 0) + 1);
  return sharers;
}

/** A subject with the shape of its name. */
interface Shaped extends NamedSubject {
  readonly shape: NameShape | null;
}

function likenessOf(
  one: Shaped,
  two: Shaped,
  sharers: ReadonlyMap<string, number>,
): AlikePair['likeness'] | null {
  // Equal names are one asset already, or were found to be two.
  if (one.assetType !== two.assetType || one.name.trim().toLowerCase() === two.name.trim().toLowerCase())
    return null;
  const isApplication = one.assetType === 'application';
  const byName = one.shape && two.shape ? nameLikeness(one.shape, two.shape, isApplication) : null;
  return (
    byName ?? (haveRareSerial(one, two, sharers) && !isSeries(one.shape, two.shape) ? { by: 'serial' } : null)
  );
}

function haveRareSerial(one: Shaped, two: Shaped, sharers: ReadonlyMap<string, number>): boolean {
  return one.serial !== null && one.serial === two.serial && (sharers.get(one.serial) ?? 0) <= 2;
}

/** `srv-01` and `srv-02`: names that differ in a number. */
function isSeries(one: NameShape | null, two: NameShape | null): boolean {
  return one !== null && two !== null && one.skeleton === two.skeleton && one.digits !== two.digits;
}

/** Leaves out names that many assets have, and words that stand for each other again and again. */
function withoutSeries(pairs: readonly AlikePair[], shapes: readonly (NameShape | null)[]): AlikePair[] {
  const sharers = new Map<string, Set<number>>();
  const words = new Map<string, number>();
  for (const { one, two, likeness } of pairs) {
    const key = signatureOf(likeness);
    if (key !== null) words.set(key, (words.get(key) ?? 0) + 1);
    if (likeness.by !== 'spelling') continue;
    const name = `${shapes[one]?.digits ?? ''}|${shapes[one]?.skeleton ?? ''}`;
    const known = sharers.get(name) ?? new Set();
    sharers.set(name, known.add(one).add(two));
  }
  return pairs.filter(({ one, likeness }) => {
    const key = signatureOf(likeness);
    if (key !== null) return (words.get(key) ?? 0) < systematic;
    const name = `${shapes[one]?.digits ?? ''}|${shapes[one]?.skeleton ?? ''}`;
    return (sharers.get(name)?.size ?? 0) <= mostSharers;
  });
}

function signatureOf(likeness: AlikePair['likeness']): string | null {
  return likeness.by === 'slip' ? likeness.words.toSorted().join('|') : null;
}

/** What a pair of names alike is worth in the light of all that is known; null when they are two assets. */
export function judgePair(
  pair: AlikePair,
  [one, two]: readonly [DuplicateSubject, DuplicateSubject],
): NearDuplicate | null {
  if (one.assetType !== two.assetType) return null;
  const facts = compareFacts(one, two);
  if (facts === null || !isBorneOut(pair, [one, two], facts)) return null;
  const { same, different } = facts;
  const worth = baseScores[pair.likeness.by] + 0.02 * same.length - 0.02 * different.length;
  const score = Math.round(Math.min(1, Math.max(lowestDuplicateScore, worth)) * 100) / 100;
  const reasons = [reasonOf(pair.likeness), ...same.map((name) => `same ${name.replaceAll('_', ' ')}`)];
  return { one: pair.one, two: pair.two, score, reasons };
}

const baseScores: Readonly<Record<AlikePair['likeness']['by'], number>> = {
  spelling: 0.92,
  slip: 0.88,
  serial: 0.9,
};
/** A slip in so long a word of an application's name needs nothing else beside it. */
const tellingLength = 8;

function isBorneOut(
  { likeness }: AlikePair,
  [one, two]: readonly [DuplicateSubject, DuplicateSubject],
  { same, different }: FactsVerdict,
): boolean {
  const isTied = same.includes('ip_address') || haveOneSerial(one, two);
  if (isTied) return likeness.by !== 'serial' || different.length <= same.length + 1;
  if (haveOtherDomains(one, two)) return false;
  if (likeness.by !== 'slip') return different.length <= same.length;
  const isTelling = one.assetType === 'application' && likeness.length >= tellingLength;
  return different.length === 0 && (same.length > 0 || isTelling);
}

function haveOneSerial(one: DuplicateSubject, two: DuplicateSubject): boolean {
  const serial = serialOf(one.values);
  return serial !== null && serial === serialOf(two.values);
}

function haveOtherDomains(one: DuplicateSubject, two: DuplicateSubject): boolean {
  const first = nameShape(one.name, one.assetType)?.domain ?? null;
  const second = nameShape(two.name, two.assetType)?.domain ?? null;
  if (first === null || second === null || first === second) return false;
  return !first.endsWith(`.${second}`) && !second.endsWith(`.${first}`);
}

function reasonOf(likeness: AlikePair['likeness']): string {
  switch (likeness.by) {
    case 'spelling':
      return 'names equal up to spelling';
    case 'slip':
      return `names equal up to one letter of "${likeness.words[0]}" and "${likeness.words[1]}"`;
    case 'serial':
      return 'same serial number, of makers that differ or are not told';
  }
}

/** Pairs of assets of one class that may be one: proposed with the evidence, never merged. Best first. */
export function nearDuplicates(subjects: readonly DuplicateSubject[]): NearDuplicate[] {
  const named = subjects.map(({ name, assetType, values }) => ({
    name,
    assetType,
    serial: serialOf(values),
  }));
  return alikePairs(named)
    .flatMap((pair) => {
      const one = subjects[pair.one];
      const two = subjects[pair.two];
      return one === undefined || two === undefined ? [] : (judgePair(pair, [one, two]) ?? []);
    })
    .toSorted((one, two) => two.score - one.score || one.one - two.one || one.two - two.two);
}
