import { identityKeyKinds } from '../../lists';
import type { IdentityKeyKind } from '../../lists';
import type { IdentityKey } from '../types';

/** Records that share one key, ascending. */
export interface KeyGroup {
  readonly key: IdentityKey;
  readonly records: readonly number[];
}

type Members = number | number[];

function append(groups: Map<string, Members>, value: string, record: number): void {
  const members = groups.get(value);
  if (members === undefined) groups.set(value, record);
  else if (typeof members === 'number') {
    if (members !== record) groups.set(value, [members, record]);
  } else if (members.at(-1) !== record) members.push(record);
}

/** All keys of many records, grouped by kind and value. */
export class KeyIndex {
  private readonly byKind = new Map<IdentityKeyKind, Map<string, Members>>(
    identityKeyKinds.map((kind) => [kind, new Map()]),
  );

  constructor(keys: readonly (readonly IdentityKey[])[]) {
    keys.forEach((ofRecord, record) => {
      for (const { kind, value } of ofRecord) append(this.groupsOf(kind), value, record);
    });
  }

  /** Groups of two or more records with the same key, in the order of the key's value. */
  shared(kind: IdentityKeyKind): KeyGroup[] {
    const groups: KeyGroup[] = [];
    for (const [value, members] of this.groupsOf(kind)) {
      if (typeof members !== 'number') groups.push({ key: { kind, value }, records: members });
    }
    return groups.toSorted(byValue);
  }

  /**
   * Groups of records whose host name has no domain, each with the records of the one FQDN of that host.
   * A host with several FQDNs stays alone, with those FQDNs, in the order of their values, as `others`.
   */
  bareHosts(): (KeyGroup & { readonly others: readonly (readonly number[])[] })[] {
    const bare = this.groupsOf('hostname');
    const fqdns = this.fqdnsOfHosts(bare);
    const groups: (KeyGroup & { readonly others: readonly (readonly number[])[] })[] = [];
    for (const [value, members] of bare) {
      const named = fqdns.get(value) ?? [];
      const own = asList(members);
      const records = named.length === 1 ? [...own, ...(named[0] ?? [])] : own;
      const others = named.length > 1 ? named : [];
      if (records.length > 1 || others.length > 0)
        groups.push({ key: { kind: 'hostname', value }, records, others });
    }
    return groups.toSorted(byValue);
  }

  private fqdnsOfHosts(bare: ReadonlyMap<string, Members>): Map<string, (readonly number[])[]> {
    const found = new Map<string, (readonly number[])[]>();
    const known = [...this.groupsOf('fqdn')].filter(([value]) => bare.has(hostOf(value)));
    for (const [value, members] of known.toSorted(([one], [two]) => (one < two ? -1 : 1))) {
      const host = hostOf(value);
      const list = found.get(host) ?? [];
      list.push(asList(members));
      found.set(host, list);
    }
    return found;
  }

  private groupsOf(kind: IdentityKeyKind): Map<string, Members> {
    const groups = this.byKind.get(kind);
    if (groups === undefined) throw new Error(`no groups for keys of kind ${kind}`);
    return groups;
  }
}

function asList(members: Members): readonly number[] {
  return typeof members === 'number' ? [members] : members;
}

function byValue(one: KeyGroup, two: KeyGroup): number {
  if (one.key.value === two.key.value) return 0;
  return one.key.value < two.key.value ? -1 : 1;
}

function hostOf(fqdn: string): string {
  return fqdn.slice(0, fqdn.indexOf('.'));
}
