import type { AttributeValues } from '../../attributes/types';
import type { AssetType } from '../../lists';
import { partsOf, textOf } from '../attribute-text';
import { isJunkHost, readHostName, writeHostName } from './host-names';
import type { HostName } from './host-names';
import { identifyingMac, identifyingUuid, serialKey, serialMeaning } from './identity-values';
import type { Classification, IdentityKey } from '../types';
import { foldText } from '../classification/words';

export interface IdentitySource {
  readonly product: string | null;
  readonly sourceId: string;
}

/** Classes that are machines in a network: their host name is their own. A database's host name is its server's. */
const hostClasses: ReadonlySet<AssetType> = new Set([
  'server',
  'network',
  'load_balancer',
  'storage',
  'security',
  'end_user_device',
  'other',
]);
const hardwareClasses: ReadonlySet<AssetType> = new Set([...hostClasses, 'facility']);

/** Ids that are unique in the world: 32 hexadecimal digits, UUIDs, cloud resource names. */
const globalId =
  /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|arn:.+|\/subscriptions\/.+|i-[0-9a-f]{8,17}|projects\/.+)$/;

function externalIdKey(text: string, source: IdentitySource): IdentityKey {
  const id = text.trim().toLowerCase();
  const product = source.product?.toLowerCase() ?? 'unknown';
  const namespace = globalId.test(id) && source.product !== null ? product : `${product}/${source.sourceId}`;
  return { kind: 'external_id', value: `${namespace}:${id}` };
}

function hardwareKeys(values: AttributeValues): IdentityKey[] {
  const keys: IdentityKey[] = [];
  const uuidText = textOf(values, 'uuid');
  const uuid = uuidText === undefined ? null : identifyingUuid(uuidText);
  if (uuid !== null) keys.push({ kind: 'uuid', value: uuid });
  const serialText = textOf(values, 'serial_number');
  const serial = serialText === undefined ? null : serialMeaning(serialText);
  if (serial === null) return keys;
  if ('uuid' in serial) {
    if (uuid === null) keys.push({ kind: 'uuid', value: serial.uuid });
    return keys;
  }
  const value = serialKey(serial.serial, textOf(values, 'manufacturer'));
  if (value !== null) keys.push({ kind: 'serial', value });
  return keys;
}

/** The host of a record, from host name, FQDN, or a name that is shaped like a host's. */
function hostOf(values: AttributeValues): HostName | null {
  const hostname = readText(values, 'hostname');
  const fqdn = readText(values, 'fqdn');
  if (hostname === null) return fqdn ?? readText(values, 'name');
  if (hostname.domain !== null || fqdn === null) return hostname;
  return { host: hostname.host, domain: fqdn.domain };
}

function readText(values: AttributeValues, name: 'hostname' | 'fqdn' | 'name'): HostName | null {
  const text = textOf(values, name);
  return text === undefined ? null : readHostName(text);
}

function hostKeys(values: AttributeValues): IdentityKey[] {
  const host = hostOf(values);
  if (host === null) return [];
  const value = writeHostName(host);
  if (host.domain === null) return [{ kind: 'hostname', value }];
  // An alias that several machines answer to (`www.…` on web01) is not the name of this one.
  return [{ kind: 'fqdn', value }];
}

function macKeys(values: AttributeValues): IdentityKey[] {
  const keys: IdentityKey[] = [];
  for (const text of partsOf(values, 'mac_address')) {
    const mac = identifyingMac(text);
    if (mac !== null && !keys.some((key) => key.value === mac)) keys.push({ kind: 'mac', value: mac });
  }
  return keys;
}

/** Name of an application as people mean it: without case, punctuation and filler words. */
export function applicationKey(name: string): string {
  const folded = foldText(name);
  const bare = folded.replaceAll(
    /\b(?:the|application|app|system|anwendung|applikation|aplicacion|aplicacao)\b/g,
    '',
  );
  const squeezed = bare.replaceAll(' ', '');
  return squeezed === '' ? folded.replaceAll(' ', '') : squeezed;
}

const wholeIp = /^(?:\d{1,3}\.){3}\d{1,3}$|^[0-9a-f]*:[0-9a-f:]+$/i;

/** Names that say nothing beyond their own source: addresses, numbers, what installers and people type for want of a name. */
function isLocalName(name: string): boolean {
  return wholeIp.test(name) || isJunkHost(name) || /^\d+$/.test(name);
}

function nameKey(values: AttributeValues, assetType: AssetType, source: IdentitySource): IdentityKey[] {
  const isApplication = assetType === 'application';
  const name = textOf(values, 'name') ?? (isApplication ? textOf(values, 'application_name') : undefined);
  if (name === undefined) return [];
  if (isApplication) return [{ kind: 'name', value: `application|${applicationKey(name)}` }];
  const parts: string[] = [assetType, foldText(name)];
  if (isLocalName(name)) parts.push(source.sourceId, partsOf(values, 'ip_address')[0] ?? '');
  parts.push(placeOf(values, assetType));
  return [{ kind: 'name', value: parts.join('|') }];
}

function placeOf(values: AttributeValues, assetType: AssetType): string {
  if (hostClasses.has(assetType)) return '';
  const environment = textOf(values, 'environment');
  const host = textOf(values, 'hostname') ?? textOf(values, 'hypervisor_host') ?? '';
  return `${environment === 'unknown' ? '' : (environment ?? '')}|${readHostName(host)?.host ?? ''}`;
}

/**
 * Keys of a record's asset in the order in which they are trusted; the order differs by class. Shared values
 * (firmware's default UUIDs, VRRP addresses, `localhost`) and IP addresses give none.
 */
export function identityKeys(
  values: AttributeValues,
  classification: Pick<Classification, 'assetType'>,
  source: IdentitySource,
): IdentityKey[] {
  const { assetType } = classification;
  const keys: IdentityKey[] = hardwareClasses.has(assetType) ? hardwareKeys(values) : [];
  const externalId = textOf(values, 'external_id');
  if (externalId !== undefined) keys.push(externalIdKey(externalId, source));
  const hosts = hostClasses.has(assetType) ? hostKeys(values) : [];
  keys.push(...hosts);
  if (hardwareClasses.has(assetType)) keys.push(...macKeys(values));
  if (hosts.length === 0) keys.push(...nameKey(values, assetType, source));
  return keys;
}
