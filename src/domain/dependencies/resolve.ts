import type { AttributeName, AttributeValues } from '../attributes/types';
import { partsOf, textOf } from '../inventory/attribute-text';
import { applicationKey } from '../inventory/identity/identity';
import { readHostName } from '../inventory/identity/host-names';
import type { AssetType, DependencyType } from '../lists';
import { isSpecialWord } from '../inventory/classification/special-words';
import { NameTable } from './name-table';

/** An asset as references may name it. */
export interface ReferenceAsset {
  readonly name: string;
  readonly assetType: AssetType;
  readonly values: AttributeValues;
  /** Assets that were merged into this one: their names still name it, unless a living asset has them. */
  readonly formerly?: readonly ReferenceAsset[];
}

/** What is known about the record that refers. */
export interface ReferenceContext {
  /** Index of the asset that refers, when known. */
  readonly from?: number;
  readonly environment?: string;
  /** Classes that the reference should name; they decide between namesakes only. */
  readonly preferredTypes?: ReadonlySet<AssetType>;
}

export const unresolvedReasons = ['not_found', 'ambiguous', 'self', 'special_word'] as const;
export type UnresolvedReason = (typeof unresolvedReasons)[number];

export type Resolution = { readonly assetIndex: number } | { readonly unresolved: UnresolvedReason };

/** Assets by their places, in a list or made when they are asked for. */
export interface ReferenceAssets {
  readonly length: number;
  at(place: number): ReferenceAsset | undefined;
  /**
   * Adds the hashes of all names of an asset without making it, also of names that it does not have: what is found is
   * checked. Answers false when its names must be read as texts.
   */
  addNames?(place: number, tables: NameTables): boolean;
}

/** The tables that plain names go to. */
export type NameTables = Pick<ReferenceIndex, 'ids' | 'names' | 'hosts' | 'addresses'>;

/** Names of all assets of an estate. */
export interface ReferenceIndex {
  readonly assets: ReferenceAssets;
  readonly ids: NameTable;
  readonly names: NameTable;
  /** Bare host names of assets whose own names carry a domain, or the reverse. */
  readonly hosts: NameTable;
  readonly addresses: NameTable;
  readonly applications: NameTable;
  /** Names of the assets that were merged into others. */
  readonly former: NameTable;
  /** Owners of names that very many have, so that they are checked once. */
  readonly crowds: Map<string, readonly number[]>;
}

/** Names with more owners than this are remembered once they were asked for. */
const crowd = 8;

const idAttributes: readonly AttributeName[] = ['external_id', 'asset_tag', 'serial_number', 'uuid'];
const hostAttributes: readonly AttributeName[] = ['hostname', 'fqdn'];
const blanks = /\s+/g;

function keyOf(text: string): string {
  const lower = text.trim().toLowerCase();
  const spaced = lower.includes(' ') || lower.includes('\t') ? lower.replace(blanks, ' ') : lower;
  return spaced.endsWith('.') ? spaced.slice(0, -1) : spaced;
}

/** Classes whose host name is that of the machine below them, not their own. */
const softwareTypes: ReadonlySet<AssetType> = new Set(['application', 'database', 'component', 'container']);

type NameKind = 'ids' | 'names' | 'hosts' | 'addresses' | 'applications' | 'former';
type Take = (kind: NameKind, name: string) => void;

function eachHost(text: string, take: Take): void {
  const host = readHostName(text);
  if (host !== null) take('hosts', host.host);
}

/** Gives all names of an asset, some of them more than once. */
function eachName(asset: ReferenceAsset, take: Take): void {
  const { values } = asset;
  for (const attribute of idAttributes) {
    const id = textOf(values, attribute);
    if (id !== undefined) take('ids', keyOf(id));
  }
  if (asset.formerly !== undefined) {
    for (const one of asset.formerly) eachName(one, (_kind, name) => take('former', name));
  }
  take('names', keyOf(asset.name));
  if (asset.assetType === 'application') take('applications', applicationKey(asset.name));
  if (softwareTypes.has(asset.assetType)) return;
  eachHostName(asset, take);
  for (const address of partsOf(values, 'ip_address')) take('addresses', keyOf(address));
}

/** The name of a machine, its host name and its FQDN often say one thing, which is read once. */
function eachHostName({ name, values }: ReferenceAsset, take: Take): void {
  eachHost(name, take);
  for (const attribute of hostAttributes) {
    const host = textOf(values, attribute);
    if (host === undefined || host === name) continue;
    take('names', keyOf(host));
    const isLonger = host.startsWith(name) && host[name.length] === '.' && !name.includes('.');
    if (!isLonger) eachHost(host, take);
  }
}

/** Makes the names of all assets findable. O(assets). */
export function createReferenceIndex(assets: ReferenceAssets): ReferenceIndex {
  const index: ReferenceIndex = {
    assets,
    ids: new NameTable(2 * assets.length),
    names: new NameTable(2 * assets.length),
    hosts: new NameTable(assets.length),
    addresses: new NameTable(assets.length),
    applications: new NameTable(assets.length >> 3),
    former: new NameTable(assets.length >> 3),
    crowds: new Map(),
  };
  let place = 0;
  const take: Take = (kind, name) => index[kind].add(name, place);
  for (; place < assets.length; place += 1) {
    if (assets.addNames?.(place, index) === true) continue;
    const asset = assets.at(place);
    if (asset !== undefined) eachName(asset, take);
  }
  return index;
}

/** The assets that have a name of a kind, in their order. */
function named(index: ReferenceIndex, kind: NameKind, name: string): readonly number[] {
  if (name === '') return [];
  const known = index.crowds.size === 0 ? undefined : index.crowds.get(`${kind} ${name}`);
  if (known !== undefined) return known;
  const owners = index[kind].ownersOf(name, (owner) => isNamed(index.assets.at(owner), kind, name));
  if (owners.length > crowd) index.crowds.set(`${kind} ${name}`, owners);
  return owners;
}

function isNamed(asset: ReferenceAsset | undefined, kind: NameKind, name: string): boolean {
  if (asset === undefined) return false;
  let isSo = false;
  eachName(asset, (ofKind, one) => {
    if (ofKind === kind && one === name) isSo = true;
  });
  return isSo;
}

/** Hosts with the name of the reference; where both carry a domain, the domains must agree. */
function hostCandidates(index: ReferenceIndex, reference: string): readonly number[] {
  const wanted = readHostName(reference);
  if (wanted === null) return [];
  return named(index, 'hosts', wanted.host).filter((at) => {
    if (wanted.domain === null) return true;
    const own = domainOf(index.assets.at(at));
    return own === null || own === wanted.domain;
  });
}

function domainOf(asset: ReferenceAsset | undefined): string | null {
  if (asset === undefined) return null;
  for (const text of [textOf(asset.values, 'fqdn'), textOf(asset.values, 'hostname'), asset.name]) {
    const domain = text === undefined ? null : (readHostName(text)?.domain ?? null);
    if (domain !== null) return domain;
  }
  return null;
}

const decorations = /\s*[([{][^)\]}]*[)\]}]\s*$/;

/** The candidates of the first kind of name that the reference matches, in the order in which the kinds are trusted. */
function candidates(index: ReferenceIndex, reference: string): readonly number[] {
  const key = keyOf(reference);
  for (const kind of ['ids', 'names'] as const) {
    const found = named(index, kind, key);
    if (found.length > 0) return found;
  }
  const hosts = hostCandidates(index, key);
  if (hosts.length > 0) return hosts;
  const addresses = named(index, 'addresses', key);
  if (addresses.length > 0) return addresses;
  const applications = named(index, 'applications', applicationKey(reference));
  if (applications.length > 0) return applications;
  const former = named(index, 'former', key);
  if (former.length > 0 || !decorations.test(reference)) return former;
  return candidates(index, reference.replace(decorations, ''));
}

function preferred(
  index: ReferenceIndex,
  found: readonly number[],
  context: ReferenceContext,
): readonly number[] {
  const { preferredTypes, environment } = context;
  const byType =
    preferredTypes === undefined
      ? found
      : found.filter((at) => preferredTypes.has(index.assets.at(at)?.assetType ?? 'other'));
  const pool = byType.length === 0 ? found : byType;
  if (pool.length === 1 || environment === undefined || environment === 'unknown') return pool;
  const near = pool.filter((at) => textOf(index.assets.at(at)?.values ?? {}, 'environment') === environment);
  return near.length === 1 ? near : pool;
}

/**
 * The asset that a text names, by id, name, host name, FQDN, address, application name, then by what was merged into it,
 * whatever its case and domain. Namesakes are told apart by class and environment only when that leaves one; otherwise it is `ambiguous`.
 */
export function resolve(
  index: ReferenceIndex,
  reference: string,
  context: ReferenceContext = {},
): Resolution {
  const found = candidates(index, reference);
  if (found.length === 0) {
    return { unresolved: isSpecialWord(reference) ? 'special_word' : 'not_found' };
  }
  const others = found.filter((at) => at !== context.from);
  if (others.length === 0) return { unresolved: 'self' };
  const [only, ...more] = preferred(index, others, context);
  if (only === undefined) return { unresolved: 'not_found' };
  return more.length === 0 ? { assetIndex: only } : { unresolved: 'ambiguous' };
}

const machines: ReadonlySet<AssetType> = new Set(['server', 'container', 'cluster', 'network', 'storage']);

/** Classes that the ends of a stated dependency should have; undefined where any class may stand. */
export function expectedTypes(
  type: DependencyType,
  end: 'source' | 'target',
): ReadonlySet<AssetType> | undefined {
  if (type === 'hosted_on' || type === 'runs_on') {
    return end === 'target' ? machines : type === 'runs_on' ? softwareTypes : undefined;
  }
  return type === 'member_of' && end === 'target' ? clusterTypes : undefined;
}

const clusterTypes: ReadonlySet<AssetType> = new Set(['cluster', 'application']);
