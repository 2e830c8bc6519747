import type { AssetType } from '../lists';
import { textSimilarity } from './similarity';
import { foldText } from './words';

/** What is compared when doubles are looked for. */
export interface DuplicateSubject {
  readonly name: string;
  readonly assetType: AssetType;
  readonly operatingSystem: string | null;
  readonly environment: string | null;
  /** UUID or serial; two assets that both have one are known to differ. */
  readonly strongId: string | null;
}

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
/** Neighbours compared in each block; blocks are sorted by name, so likely pairs stand close. */
const window = 12;
const edgeLength = 4;

interface Prepared {
  readonly index: number;
  readonly letters: string;
  readonly digits: string;
  readonly squeezed: string;
}

const leadingZeros = /(^|\D)0+(?=\d)/g;
const anyDigits = /\d+/g;

/** Letters and numbers of a name apart: names that differ in a number are different machines of one kind. */
function prepare(subject: DuplicateSubject, index: number): Prepared {
  const folded = foldText(subject.name.replace(hostDomain, '')).replace(leadingZeros, '$1');
  const letters = folded.replaceAll(anyDigits, '').replaceAll(' ', '');
  const digits = (folded.match(anyDigits) ?? []).join('-');
  return { index, letters, digits, squeezed: folded.replaceAll(' ', '') };
}

const hostDomain = /(?<=^[\w-]+)\.[\w.-]+$/;

function blocksOf(subjects: readonly DuplicateSubject[]): Map<string, Prepared[]> {
  const blocks = new Map<string, Prepared[]>();
  const add = (key: string, prepared: Prepared) => {
    const block = blocks.get(key);
    if (block === undefined) blocks.set(key, [prepared]);
    else block.push(prepared);
  };
  subjects.forEach((subject, index) => {
    const prepared = prepare(subject, index);
    if (prepared.letters.length < 3) return;
    // One edit leaves the beginning or the end of a name as it was.
    add(`<${subject.assetType}|${prepared.digits}|${prepared.letters.slice(0, edgeLength)}`, prepared);
    add(`>${subject.assetType}|${prepared.digits}|${prepared.letters.slice(-edgeLength)}`, prepared);
  });
  return blocks;
}

function byLetters(one: Prepared, two: Prepared): number {
  if (one.letters === two.letters) return one.index - two.index;
  return one.letters < two.letters ? -1 : 1;
}

/** What is not known speaks neither for nor against. */
const unknownAgreement = 0.75;

/** 1 equal, 0 different, between them when one of the two is not known. */
function agreement(one: string | null, two: string | null): number {
  if (one === null || two === null || one === 'unknown' || two === 'unknown') return unknownAgreement;
  return foldText(one) === foldText(two) ? 1 : 0;
}

/** How well the facts beside the names agree, 0 to 1; null when they speak against one asset. */
function factsAgreement(
  one: DuplicateSubject,
  two: DuplicateSubject,
): { system: number; environment: number } | null {
  if (one.strongId !== null && two.strongId !== null && one.strongId !== two.strongId) return null;
  const system = agreement(one.operatingSystem, two.operatingSystem);
  const environment = agreement(one.environment, two.environment);
  return system === 0 || environment === 0 ? null : { system, environment };
}

function compare(
  one: DuplicateSubject,
  two: DuplicateSubject,
  names: readonly [Prepared, Prepared],
): NearDuplicate | null {
  const [first, second] = names;
  const facts = factsAgreement(one, two);
  if (facts === null) return null;
  const name = first.squeezed === second.squeezed ? 1 : textSimilarity(first.letters, second.letters);
  const score = Math.round((0.8 * name + 0.1 * facts.system + 0.1 * facts.environment) * 100) / 100;
  if (name < lowestDuplicateScore || score < lowestDuplicateScore) return null;
  const reasons = [
    name === 1 ? 'names equal up to spelling' : `names alike (${String(Math.round(name * 100))} %)`,
  ];
  if (facts.system === 1) reasons.push('same operating system');
  if (facts.environment === 1) reasons.push('same environment');
  return {
    one: Math.min(first.index, second.index),
    two: Math.max(first.index, second.index),
    score,
    reasons,
  };
}

/** Pairs of assets of one class with names alike, same operating system and environment: proposed, never merged. */
export function nearDuplicates(subjects: readonly DuplicateSubject[]): NearDuplicate[] {
  const found = new Map<string, NearDuplicate>();
  for (const block of blocksOf(subjects).values()) {
    if (block.length < 2) continue;
    block.sort(byLetters);
    for (const [at, first] of block.entries()) {
      for (const second of block.slice(at + 1, at + 1 + window)) addPair(found, subjects, first, second);
    }
  }
  return [...found.values()].toSorted(
    (one, two) => two.score - one.score || one.one - two.one || one.two - two.two,
  );
}

function addPair(
  found: Map<string, NearDuplicate>,
  subjects: readonly DuplicateSubject[],
  first: Prepared,
  second: Prepared,
): void {
  const one = subjects[first.index];
  const two = subjects[second.index];
  if (one === undefined || two === undefined) return;
  const pair = compare(one, two, [first, second]);
  if (pair !== null) found.set(`${String(pair.one)}-${String(pair.two)}`, pair);
}
