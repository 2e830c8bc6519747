import type { IdentityKeyKind } from '../../lists';
import { IdentifiedSets, labelOf } from './cluster-facts';
import { identityKeys } from './identity';
import { KeyIndex } from './key-groups';
import type { KeyGroup } from './key-groups';
import type { IdentityKey, SourceRecord } from '../types';
import { WeakJoin } from './weak-join';
import type { ClusterConflict } from './weak-join';

export type { ClusterConflict } from './weak-join';

export interface Clustering {
  /** Number of the cluster of each record; clusters are numbered by their first record. */
  readonly clusterOf: Int32Array;
  readonly count: number;
  readonly conflicts: readonly ClusterConflict[];
  /** Keys that several different machines of one export carry, so that they identify none. */
  readonly sharedKeys: readonly KeyGroup[];
}

/** What people decided about records, as pairs of indices. */
export interface ClusterDecisions {
  readonly together?: readonly (readonly [number, number])[];
  readonly apart?: readonly (readonly [number, number])[];
  /** Keys of each record where they are known already. */
  readonly keys?: readonly (readonly IdentityKey[])[];
}

const strongKinds: readonly IdentityKeyKind[] = ['uuid', 'serial'];

/** A key that one export gives to different hosts (a chassis serial, a cloned UUID) identifies none of them. */
function isShared(group: KeyGroup, records: readonly SourceRecord[]): boolean {
  const labels = new Map<string, string>();
  for (const at of group.records) {
    const record = records[at];
    const label = record === undefined ? null : labelOf(record);
    if (record === undefined || label === null) continue;
    const other = labels.get(record.importId);
    if (other !== undefined && other !== label) return true;
    labels.set(record.importId, label);
  }
  return false;
}

function textOfKey(key: IdentityKey): string {
  return `${key.kind}:${key.value}`;
}

/** Groups of a kind that identify a machine; the others go to `refused`. */
function identifyingGroups(
  index: KeyIndex,
  kind: IdentityKeyKind,
  records: readonly SourceRecord[],
  refused: KeyGroup[],
): KeyGroup[] {
  return index.shared(kind).filter((group) => {
    const shared = isShared(group, records);
    if (shared) refused.push(group);
    return !shared;
  });
}

function identifySets(
  sets: IdentifiedSets,
  keys: readonly (readonly IdentityKey[])[],
  refused: readonly KeyGroup[],
): void {
  const refusedKeys = new Set(refused.map((group) => textOfKey(group.key)));
  keys.forEach((ofRecord, record) => {
    for (const key of ofRecord) {
      if (refusedKeys.size === 0 || !refusedKeys.has(textOfKey(key))) sets.identify(record, key);
    }
  });
}

function joinStrong(group: KeyGroup, sets: IdentifiedSets, join: WeakJoin): void {
  const [first, ...rest] = group.records;
  if (first === undefined) return;
  for (const record of rest) if (!join.isDecidedApart(first, record)) sets.union(first, record);
}

function joinHosts(index: KeyIndex, join: WeakJoin): void {
  for (const group of index.shared('fqdn')) join.join(group);
  for (const group of index.bareHosts()) {
    join.join(group);
    if (group.others.length > 0) join.joinByAddress(group, group.others);
  }
}

/**
 * Which records speak of the same asset: equal keys in the order of trust, closed transitively. Records that only a
 * weak key joins stay apart, with a conflict, when their UUIDs or serials differ. The order of records is no matter.
 */
export function clusterRecords(
  records: readonly SourceRecord[],
  decisions: ClusterDecisions = {},
): Clustering {
  const keys =
    decisions.keys ?? records.map((record) => identityKeys(record.values, record.classification, record));
  const index = new KeyIndex(keys);
  const sets = new IdentifiedSets(records.length);
  const join = new WeakJoin(records, sets, decisions.apart ?? []);
  const sharedKeys: KeyGroup[] = [];
  const strong = strongKinds.flatMap((kind) => identifyingGroups(index, kind, records, sharedKeys));
  identifySets(sets, keys, sharedKeys);
  for (const [one, two] of decisions.together ?? []) sets.union(one, two);
  for (const group of strong) joinStrong(group, sets, join);
  for (const group of identifyingGroups(index, 'external_id', records, sharedKeys)) join.join(group);
  joinHosts(index, join);
  for (const group of identifyingGroups(index, 'mac', records, sharedKeys)) join.join(group);
  for (const group of index.shared('name')) join.join(group);
  const { setOf, count } = sets.numbered();
  return { clusterOf: setOf, count, conflicts: join.conflicts, sharedKeys };
}
