import type { AttributeValues } from '../attributes/types';
import { textOf } from '../inventory/attribute-text';
import { foldText } from '../inventory/classification/words';

/** Why a network flow says nothing about what an application needs. */
export const noiseReasons = [
  'management',
  'monitoring',
  'name_service',
  'time_service',
  'address_service',
  'updates',
  'broadcast',
  'few_connections',
  'no_target',
] as const;
export type NoiseReason = (typeof noiseReasons)[number];

/** Service ports of flows that every machine has (IANA service names; vendors' agents as documented). */
const noisePorts: ReadonlyMap<number, NoiseReason> = new Map([
  ...[22, 23, 3389, 5985, 5986, 5900, 5901, 5938, 623, 902, 10000].map(
    (port) => [port, 'management'] as const,
  ),
  ...[161, 162, 514, 6514, 1514, 10050, 10051, 5666, 5723, 1270, 9100, 8089, 9997, 199, 4118, 4120].map(
    (port) => [port, 'monitoring'] as const,
  ),
  ...[53, 5353, 5355, 137, 138].map((port) => [port, 'name_service'] as const),
  [123, 'time_service'],
  ...[67, 68, 546, 547].map((port) => [port, 'address_service'] as const),
  ...[8530, 8531, 10123, 2701].map((port) => [port, 'updates'] as const),
  ...[1900, 3702].map((port) => [port, 'broadcast'] as const),
]);

const silentTargets =
  /^(?:255\.255\.255\.255|0\.0\.0\.0|127\..*|::1?|22[4-9]\..*|23\d\..*|169\.254\..*|ff0.*:.*|.*\.255)$/i;
const noiseProtocols: ReadonlyMap<string, NoiseReason> = new Map([
  ['icmp', 'monitoring'],
  ['snmp', 'monitoring'],
  ['ntp', 'time_service'],
  ['dns', 'name_service'],
  ['dhcp', 'address_service'],
  ['arp', 'broadcast'],
  ['igmp', 'broadcast'],
  ['ssh', 'management'],
  ['rdp', 'management'],
  ['winrm', 'management'],
]);

/** Flows seen fewer times than this are left out when the file counts connections. */
export const fewestConnections = 5;

/** A port or a count as a number, null when there is none. */
export function numberOf(values: AttributeValues, name: 'port' | 'connection_count'): number | null {
  const text = textOf(values, name);
  const number = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}

/** Why flows to a target are noise, whatever they carry; null when they may show a dependency. */
export function targetNoise(target: string): NoiseReason | null {
  if (target === '') return 'no_target';
  return silentTargets.test(target) ? 'broadcast' : null;
}

export function portNoise(port: number | null): NoiseReason | null {
  return port === null ? null : (noisePorts.get(port) ?? null);
}

export function protocolNoise(protocol: string): NoiseReason | null {
  return noiseProtocols.get(foldText(protocol)) ?? null;
}

export function connectionNoise(connections: number | null): NoiseReason | null {
  return connections !== null && connections < fewestConnections ? 'few_connections' : null;
}

/** Why a row of network flows is noise, or null when it shows a dependency. LDAP and Kerberos stay: directories are shared services. */
export function flowNoise(values: AttributeValues): NoiseReason | null {
  return (
    targetNoise(textOf(values, 'dependency_target') ?? '') ??
    portNoise(numberOf(values, 'port')) ??
    protocolNoise(textOf(values, 'protocol') ?? '') ??
    connectionNoise(numberOf(values, 'connection_count'))
  );
}
