import type { ConflictKind } from '../../lists';
import { areNamesakes, distinctEntries, isRetired, isRetiredTwin, shareAddress } from './cluster-facts';
import type { IdentifiedSets } from './cluster-facts';
import type { KeyGroup } from './key-groups';
import type { IdentityKey, SourceRecord } from '../types';

/** Records that look like one asset but are kept apart until a person decides. */
export interface ClusterConflict {
  readonly kind: ConflictKind;
  readonly key: IdentityKey;
  /** One record of each side, ascending. */
  readonly records: readonly number[];
  readonly message: string;
}

/** Why two sets of records are not one asset, the gravest last. */
const dissents = ['none', 'decided', 'near_duplicate', 'identity_clash'] as const;
type Dissent = (typeof dissents)[number];

/** The records of a key that one set holds already. */
interface Side {
  readonly records: readonly number[];
  readonly first: number;
  readonly isIdentified: boolean;
  readonly isRetired: boolean;
  readonly signature: string;
}

/** Sides and records compared with each other per key; keys shared by more are no keys of a machine anyway. */
const widestComparison = 64;

/** Joins the records of weak keys (host names, hardware addresses, names) as far as no identifier speaks against it. */
export class WeakJoin {
  readonly conflicts: ClusterConflict[] = [];

  constructor(
    private readonly records: readonly SourceRecord[],
    private readonly sets: IdentifiedSets,
    private readonly apart: readonly (readonly [number, number])[],
  ) {}

  /** Joins the records of a key unless that would make one asset of two machines. */
  join(group: KeyGroup): void {
    const sides = this.sidesOf(group.records);
    if (sides.length < 2) return;
    const dissent = this.gravest(sides, group.key);
    if (dissent === 'none') this.unite(group.records);
    else this.joinCompatible(group, sides, dissent);
  }

  /** Bare names of hosts in several domains join the one whose address they have. */
  joinByAddress(group: KeyGroup, fqdns: readonly (readonly number[])[]): void {
    const joining = fqdns.map((): number[] => []);
    for (const record of group.records) {
      const sharing = fqdns.flatMap((members, at) =>
        members.some((other) => this.sharesAddress(record, other)) ? [at] : [],
      );
      if (sharing.length === 1) joining[sharing[0] ?? 0]?.push(record);
    }
    joining.forEach((records, at) => {
      if (records.length > 0) this.join({ key: group.key, records: [...records, ...(fqdns[at] ?? [])] });
    });
  }

  /** Whether people said that two records are different assets. */
  isDecidedApart(one: number, two: number): boolean {
    if (this.apart.length === 0) return false;
    const first = this.sets.find(one);
    const second = this.sets.find(two);
    return this.apart.some(([left, right]) => {
      const a = this.sets.find(left);
      const b = this.sets.find(right);
      return (a === first && b === second) || (a === second && b === first);
    });
  }

  private sidesOf(records: readonly number[]): Side[] {
    const byRoot = new Map<number, number[]>();
    for (const record of records) {
      const root = this.sets.find(record);
      const members = byRoot.get(root);
      if (members === undefined) byRoot.set(root, [record]);
      else members.push(record);
    }
    return byRoot.size < 2
      ? []
      : [...byRoot.values()].map((members) => this.sideOf(members)).toSorted(bySignature);
  }

  private sideOf(records: readonly number[]): Side {
    const members = records.map((at) => this.recordAt(at));
    const entries = members.map((one) => `${one.sourceId}|${one.importId}|${String(one.rowNumber)}`);
    const first = records[0] ?? 0;
    const root = this.sets.find(first);
    return {
      records,
      first,
      isIdentified: this.sets.isIdentified(root),
      isRetired: members.every(isRetired),
      signature: `${this.sets.signature(root)}|${entries.toSorted()[0] ?? ''}`,
    };
  }

  private gravest(sides: readonly Side[], key: IdentityKey): Dissent {
    let worst = 0;
    for (let one = 0; one < sides.length; one += 1) {
      for (const two of sides.slice(one + 1, one + widestComparison)) {
        worst = Math.max(worst, dissents.indexOf(this.dissent(sides[one] ?? two, two, key)));
        if (worst === dissents.length - 1) return 'identity_clash';
      }
    }
    return dissents[worst] ?? 'none';
  }

  private dissent(one: Side, two: Side, key: IdentityKey): Dissent {
    if (this.isDecidedApart(one.first, two.first)) return 'decided';
    if (this.sets.clash(this.sets.find(one.first), this.sets.find(two.first))) return 'identity_clash';
    const isApplication = this.recordAt(one.first).classification.assetType === 'application';
    if (isApplication || key.kind === 'external_id') return 'none';
    const test = key.kind === 'name' ? distinctEntries : isTwinOrNamesake;
    return this.anyPair(one, two, test) ? 'near_duplicate' : 'none';
  }

  private anyPair(one: Side, two: Side, test: PairTest): boolean {
    const others = two.records.slice(0, widestComparison);
    return one.records
      .slice(0, widestComparison)
      .some((first) => others.some((second) => test(this.recordAt(first), this.recordAt(second))));
  }

  /** The sides that dissent stay apart; each other side goes to the one of them that it clearly belongs to. */
  private joinCompatible(group: KeyGroup, sides: readonly Side[], dissent: Dissent): void {
    const bins: Side[] = [];
    const compared = sides.slice(0, widestComparison);
    const disputed = new Set(
      sides.filter((side) =>
        compared.some((other) => other !== side && this.disagree(side, other, group.key)),
      ),
    );
    const anchors = sides.filter((side) => disputed.has(side) && (side.isIdentified || side.isRetired));
    for (const side of anchors) this.place(side, bins, group.key);
    for (const side of sides) if (!anchors.includes(side)) this.attach(side, bins, group.key);
    this.report(group, bins, dissent);
  }

  private disagree(one: Side, two: Side, key: IdentityKey): boolean {
    return this.dissent(one, two, key) !== 'none';
  }

  private place(side: Side, bins: Side[], key: IdentityKey): void {
    const at = bins.findIndex((bin) => !this.disagree(bin, side, key));
    this.intoBin(side, bins, at);
  }

  /** A record that tells nothing of itself belongs to the one machine in service, or to the one with its address. */
  private attach(side: Side, bins: Side[], key: IdentityKey): void {
    const open = bins.filter((bin) => !this.disagree(bin, side, key));
    const live = open.filter((bin) => !bin.isRetired);
    const sharing = live.filter((bin) =>
      this.anyPair(bin, side, (one, two) => shareAddress(one, two) === true),
    );
    const undecided = live.find((bin) => !bin.isIdentified);
    const chosen = [live, sharing].find((list) => list.length === 1)?.[0] ?? undecided;
    this.intoBin(side, bins, chosen === undefined ? -1 : bins.indexOf(chosen));
  }

  private intoBin(side: Side, bins: Side[], at: number): void {
    const bin = bins[at];
    if (bin === undefined) {
      bins.push(side);
      return;
    }
    const records = [...bin.records, ...side.records];
    this.unite(records);
    bins[at] = this.sideOf(records);
  }

  private unite(records: readonly number[]): void {
    const [first, ...rest] = records;
    if (first === undefined) return;
    for (const record of rest) this.sets.union(first, record);
  }

  private report(group: KeyGroup, bins: readonly Side[], dissent: Dissent): void {
    // Names that many things share ("HP LaserJet") are no sign of a double.
    if (group.key.kind === 'name' || bins.length < 2) return;
    if (dissent !== 'identity_clash' && dissent !== 'near_duplicate') return;
    const records = bins.map((bin) => Math.min(...bin.records)).toSorted((one, two) => one - two);
    const subject = `${group.key.kind} "${group.key.value}"`;
    const message =
      dissent === 'identity_clash'
        ? `${subject} stands on machines with different UUIDs or serial numbers`
        : `${subject} stands on ${String(bins.length)} entries: one machine listed twice, or a retired twin`;
    this.conflicts.push({ kind: dissent, key: group.key, records, message });
  }

  private sharesAddress(one: number, two: number): boolean {
    return shareAddress(this.recordAt(one), this.recordAt(two)) === true;
  }

  private recordAt(at: number): SourceRecord {
    // Indices come from the list of records itself.
    return this.records[at] as SourceRecord;
  }
}

type PairTest = (first: SourceRecord, second: SourceRecord) => boolean;

function isTwinOrNamesake(one: SourceRecord, two: SourceRecord): boolean {
  return isRetiredTwin(one, two) || areNamesakes(one, two);
}

function bySignature(one: Side, two: Side): number {
  if (one.signature === two.signature) return 0;
  return one.signature < two.signature ? -1 : 1;
}
