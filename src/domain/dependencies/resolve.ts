import type { AttributeName, AttributeValues } from '../attributes/types';
import { partsOf, textOf } from '../inventory/attribute-text';
import { applicationKey } from '../inventory/identity';
import { readHostName } from '../inventory/host-names';
import type { AssetType, DependencyType } from '../lists';
import { isSpecialWord } from '../inventory/special-words';

/** An asset as references may name it. */
export interface ReferenceAsset {
  readonly name: string;
  readonly assetType: AssetType;
  readonly values: AttributeValues;
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

type Members = number | number[];

/** Names of all assets of an estate, in the order in which they are trusted. */
export interface ReferenceIndex {
  readonly assets: readonly ReferenceAsset[];
  readonly tiers: readonly ReadonlyMap<string, Members>[];
  /** Bare host names of assets whose own names carry a domain, or the reverse. */
  readonly hosts: ReadonlyMap<string, Members>;
  readonly addresses: ReadonlyMap<string, Members>;
  readonly applications: ReadonlyMap<string, Members>;
}

const idAttributes: readonly AttributeName[] = ['external_id', 'asset_tag', 'serial_number', 'uuid'];
const hostAttributes: readonly AttributeName[] = ['hostname', 'fqdn'];
const blanks = /\s+/g;

function keyOf(text: string): string {
  const lower = text.trim().toLowerCase();
  const spaced = lower.includes(' ') || lower.includes('\t') ? lower.replace(blanks, ' ') : lower;
  return spaced.endsWith('.') ? spaced.slice(0, -1) : spaced;
}

function add(map: Map<string, Members>, key: string, index: number): void {
  if (key === '') return;
  const members = map.get(key);
  if (members === undefined) map.set(key, index);
  else if (typeof members === 'number') {
    if (members !== index) map.set(key, [members, index]);
  } else if (members.at(-1) !== index) members.push(index);
}

/** Classes whose host name is that of the machine below them, not their own. */
const softwareTypes: ReadonlySet<AssetType> = new Set(['application', 'database', 'component', 'container']);

interface Builder {
  readonly ids: Map<string, Members>;
  readonly names: Map<string, Members>;
  readonly hosts: Map<string, Members>;
  readonly addresses: Map<string, Members>;
  readonly applications: Map<string, Members>;
}

function addHost(builder: Builder, text: string, index: number): void {
  const host = readHostName(text);
  if (host !== null) add(builder.hosts, host.host, index);
}

function addAsset(builder: Builder, asset: ReferenceAsset, index: number): void {
  const { values } = asset;
  for (const attribute of idAttributes) {
    const id = textOf(values, attribute);
    if (id !== undefined) add(builder.ids, keyOf(id), index);
  }
  add(builder.names, keyOf(asset.name), index);
  if (asset.assetType === 'application') add(builder.applications, applicationKey(asset.name), index);
  if (softwareTypes.has(asset.assetType)) return;
  addHost(builder, asset.name, index);
  for (const attribute of hostAttributes) {
    const host = textOf(values, attribute);
    if (host === undefined) continue;
    add(builder.names, keyOf(host), index);
    addHost(builder, host, index);
  }
  for (const address of partsOf(values, 'ip_address')) add(builder.addresses, keyOf(address), index);
}

/** Makes the names of all assets findable. O(assets). */
export function createReferenceIndex(assets: readonly ReferenceAsset[]): ReferenceIndex {
  const builder: Builder = {
    ids: new Map(),
    names: new Map(),
    hosts: new Map(),
    addresses: new Map(),
    applications: new Map(),
  };
  assets.forEach((asset, index) => {
    addAsset(builder, asset, index);
  });
  return {
    assets,
    tiers: [builder.ids, builder.names],
    hosts: builder.hosts,
    addresses: builder.addresses,
    applications: builder.applications,
  };
}

function asList(members: Members | undefined): readonly number[] {
  if (members === undefined) return [];
  return typeof members === 'number' ? [members] : members;
}

/** Hosts with the name of the reference; where both carry a domain, the domains must agree. */
function hostCandidates(index: ReferenceIndex, reference: string): readonly number[] {
  const wanted = readHostName(reference);
  if (wanted === null) return [];
  return asList(index.hosts.get(wanted.host)).filter((at) => {
    if (wanted.domain === null) return true;
    const own = domainOf(index.assets[at]);
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

/** The candidates of the first kind of name that the reference matches. */
function candidates(index: ReferenceIndex, reference: string): readonly number[] {
  const key = keyOf(reference);
  for (const tier of index.tiers) {
    const found = asList(tier.get(key));
    if (found.length > 0) return found;
  }
  const hosts = hostCandidates(index, key);
  if (hosts.length > 0) return hosts;
  const addresses = asList(index.addresses.get(key));
  if (addresses.length > 0) return addresses;
  const applications = asList(index.applications.get(applicationKey(reference)));
  if (applications.length > 0 || !decorations.test(reference)) return applications;
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
      : found.filter((at) => preferredTypes.has(index.assets[at]?.assetType ?? 'other'));
  const pool = byType.length === 0 ? found : byType;
  if (pool.length === 1 || environment === undefined || environment === 'unknown') return pool;
  const near = pool.filter((at) => textOf(index.assets[at]?.values ?? {}, 'environment') === environment);
  return near.length === 1 ? near : pool;
}

/**
 * The asset that a text names, by id, name, host name, FQDN, address, then application name, whatever its case and
 * domain. Namesakes are told apart by class and environment only when that leaves one; otherwise it is `ambiguous`.
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
