import { partsOf, textOf } from '../attribute-text';
import { readHostName } from './host-names';
import { UnionFind } from './union-find';
import type { IdentityKey, SourceRecord } from '../types';
import { foldText } from '../classification/words';

const retiredWords =
  /\b(?:retired|retire|decommissioned|decommission|decom|disposed|disposal|scrapped|in stock|stock|absent|stolen|end of life|removed|archived|ausser betrieb|stillgelegt|mis au rebut|hors service|retirado|desativado)\b/;

/** Whether a record says that its machine is out of service. */
export function isRetired(record: SourceRecord): boolean {
  const status = textOf(record.values, 'status');
  return status !== undefined && retiredWords.test(foldText(status));
}

/** What tells one machine from another within one export: the host, else the name. */
export function labelOf(record: SourceRecord): string | null {
  const { values } = record;
  const text = textOf(values, 'hostname') ?? textOf(values, 'fqdn') ?? textOf(values, 'name');
  if (text === undefined) return null;
  return readHostName(text)?.host ?? foldText(text);
}

/** Whether one source lists two records as two entries of its own. */
export function distinctEntries(one: SourceRecord, two: SourceRecord): boolean {
  if (one.sourceId !== two.sourceId) return false;
  const first = textOf(one.values, 'external_id');
  const second = textOf(two.values, 'external_id');
  return first !== undefined && second !== undefined && first.toLowerCase() !== second.toLowerCase();
}

function sameExport(one: SourceRecord, two: SourceRecord): boolean {
  return one.importId === two.importId && one.rowNumber !== two.rowNumber;
}

function known(record: SourceRecord, name: 'environment'): string | null {
  const text = textOf(record.values, name);
  return text === undefined || text === 'unknown' ? null : text;
}

/** Whether two records share a network address; null when one has none. */
export function shareAddress(one: SourceRecord, two: SourceRecord): boolean | null {
  const first = partsOf(one.values, 'ip_address');
  const second = partsOf(two.values, 'ip_address');
  if (first.length === 0 || second.length === 0) return null;
  return first.some((address) => second.includes(address));
}

/** A live record and an entry of the same source that is out of service: a twin, not the same machine. */
export function isRetiredTwin(one: SourceRecord, two: SourceRecord): boolean {
  if (isRetired(one) === isRetired(two)) return false;
  return distinctEntries(one, two) || (sameExport(one, two) && shareAddress(one, two) === false);
}

/** Two entries of one source in different environments with different addresses only share their name. */
export function areNamesakes(one: SourceRecord, two: SourceRecord): boolean {
  if (!distinctEntries(one, two) || shareAddress(one, two) !== false) return false;
  const first = known(one, 'environment');
  const second = known(two, 'environment');
  return first !== null && second !== null && first !== second;
}

type Ids = string | readonly string[] | null;

function idsInclude(ids: Ids, id: string): boolean {
  return ids !== null && (typeof ids === 'string' ? ids === id : ids.includes(id));
}

function listed(ids: Ids): readonly string[] {
  if (ids === null) return [];
  return typeof ids === 'string' ? [ids] : ids;
}

/** Sets of records with the strong identifiers (UUID, serial) that each set holds. */
export class IdentifiedSets {
  private readonly sets: UnionFind;
  private readonly uuids: Ids[];
  private readonly serials: Ids[];

  constructor(size: number) {
    this.sets = new UnionFind(size);
    this.uuids = Array.from({ length: size }, () => null);
    this.serials = Array.from({ length: size }, () => null);
  }

  identify(record: number, key: IdentityKey): void {
    if (key.kind === 'uuid') this.uuids[record] = key.value;
    if (key.kind === 'serial') this.serials[record] = key.value;
  }

  find(record: number): number {
    return this.sets.find(record);
  }

  isIdentified(root: number): boolean {
    return this.uuids[root] !== null || this.serials[root] !== null;
  }

  /** A text that names the set by its strongest identifier, for a stable order. */
  signature(root: number): string {
    const ids = [...listed(this.uuids[root] ?? null), ...listed(this.serials[root] ?? null)];
    return ids.toSorted()[0] ?? '';
  }

  /** Whether two sets hold different machines: both have a UUID, or both a serial, and none in common. */
  clash(one: number, two: number): boolean {
    const common = this.compare(this.uuids, one, two);
    if (common !== null) return !common;
    return this.compare(this.serials, one, two) === false;
  }

  union(one: number, two: number): void {
    const first = this.sets.find(one);
    const second = this.sets.find(two);
    if (first === second) return;
    const root = this.sets.union(first, second);
    this.uuids[root] = this.merged(this.uuids, first, second);
    this.serials[root] = this.merged(this.serials, first, second);
  }

  numbered(): { readonly setOf: Int32Array; readonly count: number } {
    return this.sets.numbered();
  }

  private compare(ids: readonly Ids[], one: number, two: number): boolean | null {
    const first = ids[one] ?? null;
    const second = ids[two] ?? null;
    if (first === null || second === null) return null;
    return listed(first).some((id) => idsInclude(second, id));
  }

  private merged(ids: readonly Ids[], one: number, two: number): Ids {
    const first = ids[one] ?? null;
    const second = ids[two] ?? null;
    if (first === null) return second;
    if (second === null) return first;
    const all = [...new Set([...listed(first), ...listed(second)])].toSorted();
    return all.length === 1 ? (all[0] ?? null) : all;
  }
}
