import type { DecidedMember } from '../../db/estate/application-members';
import { Integers } from '../../domain/dependencies/growing';
import { sortedByKeys } from '../../domain/dependencies/sorted-by-keys';
import {
  applicationCandidates,
  type ApplicationMember,
  type ApplicationSubject,
  certain,
} from '../../domain/inventory/applications';
import { nameTokens } from '../../domain/inventory/classification/words';
import type { EstateAssets } from './estate-assets';

/** Why assets belong, or may belong, to an application. */
export interface MembershipEvidence {
  /** Code of the strongest evidence, or `person`. */
  readonly origin: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly text: string;
  readonly isCertain: boolean;
  readonly isDecided: boolean;
  /** Whether the decision names an asset that was merged, so that no row says it of the survivor. */
  readonly isMoved: boolean;
}

/** Which assets belong to which applications, all by their places: 12 bytes a membership. */
export class Memberships {
  private readonly applications = new Integers();
  private readonly members = new Integers();
  private readonly evidences = new Integers();
  readonly evidence: MembershipEvidence[] = [];

  get length(): number {
    return this.applications.length;
  }

  add(application: number, member: number, evidence: number): void {
    this.applications.push(application);
    this.members.push(member);
    this.evidences.push(evidence);
  }

  addEvidence(evidence: MembershipEvidence): number {
    return this.evidence.push(evidence) - 1;
  }

  applicationAt(place: number): number {
    return this.applications.at(place);
  }

  memberAt(place: number): number {
    return this.members.at(place);
  }

  /** Number of the evidence of a membership. */
  evidenceAt(place: number): number {
    return this.evidences.at(place);
  }
}

/** What cells, tags and names say about which assets make up which applications; the word of people stands before it. */
export function memberships(assets: EstateAssets, decided: readonly DecidedMember[]): Memberships {
  const said = new Map<number, DecidedMember>();
  for (const one of decided) {
    const application = assets.ids.placeOf(one.applicationId);
    const member = assets.ids.placeOf(one.memberId);
    if (application !== undefined && member !== undefined)
      said.set(application * assets.length + member, one);
  }
  const found = new Memberships();
  addSuggested(found, assets, said);
  addConfirmed(found, assets, said);
  return found;
}

type Said = ReadonlyMap<number, DecidedMember>;

function addSuggested(found: Memberships, assets: EstateAssets, said: Said): void {
  const { subjects, places } = subjectsOf(assets);
  const evidenceNumbers = new Map<string, number>();
  const numberOf = (member: ApplicationMember): number => {
    const evidence = evidenceOf(member);
    const key = `${evidence.origin} ${evidence.confidence} ${evidence.text}`;
    const known = evidenceNumbers.get(key);
    if (known !== undefined) return known;
    const made = found.addEvidence(evidence);
    evidenceNumbers.set(key, made);
    return made;
  };
  for (const { asset, members } of applicationCandidates(subjects)) {
    if (asset === null) continue;
    const [application = -1] = places(asset);
    const take = (evidence: number, place: number): void => {
      if (place === application || said.has(application * assets.length + place)) return;
      found.add(application, place, evidence);
    };
    for (const member of members) {
      const evidence = numberOf(member);
      for (const place of places(member.asset)) take(evidence, place);
    }
  }
}

function evidenceOf({ evidence, confidence }: ApplicationMember): MembershipEvidence {
  const strongest = evidence.reduce((best, one) => (one.weight > best.weight ? one : best));
  return {
    origin: strongest.code,
    confidence,
    text: evidence.map(({ text }) => text).join('; '),
    isCertain: strongest.weight >= certain,
    isDecided: false,
    isMoved: false,
  };
}

function addConfirmed(found: Memberships, assets: EstateAssets, said: Said): void {
  for (const [pair, { state, isMoved = false }] of said) {
    if (state !== 'confirmed') continue;
    const word = { origin: 'person', confidence: 1, text: 'a person confirmed it' };
    const evidence = found.addEvidence({ ...word, isCertain: true, isDecided: true, isMoved });
    found.add(Math.floor(pair / assets.length), pair % assets.length, evidence);
  }
}

interface Subjects {
  readonly subjects: readonly ApplicationSubject[];
  /** The assets that a subject stands for, ascending. */
  readonly places: (subject: number) => Int32Array;
}

/**
 * Each application, and the other assets by what they say: assets with the same cells and the same first token of
 * their names belong to the same applications for the same reasons, so one stands for all.
 */
function subjectsOf(assets: EstateAssets): Subjects {
  const subjects: ApplicationSubject[] = [];
  const subjectOf = new Int32Array(assets.length);
  const numbers = new Map<string, number>();
  for (let place = 0; place < assets.length; place += 1) {
    const { assetType } = assets.kind(place);
    const mention = assets.mentionsOf.at(place);
    const name = assets.nameOf(place);
    const key =
      assetType === 'application' ? undefined : `${assetType} ${mention} ${nameTokens(name)[0] ?? ''}`;
    const known = key === undefined ? undefined : numbers.get(key);
    subjectOf[place] = known ?? subjects.length;
    if (known !== undefined) continue;
    if (key !== undefined) numbers.set(key, subjects.length);
    subjects.push({ name, assetType, values: assets.mentions[mention] ?? {} });
  }
  return { subjects, places: membersOf(subjectOf, subjects.length) };
}

/** The items of each set, ascending. */
function membersOf(setOf: Int32Array, sets: number): (set: number) => Int32Array {
  const items = sortedByKeys(Int32Array.from(setOf.keys()), [{ keys: setOf, size: sets }]);
  const starts = new Int32Array(sets + 1);
  for (const set of setOf) starts[set + 1] = (starts[set + 1] as number) + 1; // sets are below their number
  for (let set = 0; set < sets; set += 1) {
    starts[set + 1] = (starts[set + 1] as number) + (starts[set] as number);
  }
  return (set) => items.subarray(starts[set], starts[set + 1]);
}
