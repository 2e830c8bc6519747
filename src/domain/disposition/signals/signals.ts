import { type SignalDefinition, signalDefinitions } from './definitions';

export type SignalName = keyof typeof signalDefinitions;

export type SignalValue<Name extends SignalName> =
  | Extract<keyof (typeof signalDefinitions)[Name]['values'], string>
  | 'unknown';

/** What an asset is, as far as rules tell assets apart. */
export const assetKinds = [
  'server',
  'hypervisor',
  'hypervisor_cluster',
  'application',
  'database',
  'container',
  'equipment',
] as const;
export type AssetKind = (typeof assetKinds)[number];

export type Signals = { readonly [Name in SignalName]: SignalValue<Name> };

/** Words of the records behind a signal, for people. */
export type SignalEvidence = { readonly [Name in SignalName]?: string };

// Object.keys widens to string; the literal above has no other keys.
export const signalNames = Object.keys(signalDefinitions) as readonly SignalName[];

/** Whether a signal can say anything about this kind of asset. */
export function signalApplies(name: SignalName, kind: AssetKind): boolean {
  const { reach } = signalDefinitions[name];
  if (reach === 'all') return true;
  if (kind === 'equipment') return false;
  return reach === 'platform' || kind === 'application';
}

/** A signal and its value in words, such as `code quality: poor`. */
export function describeSignal(name: SignalName, value: string): string {
  const { label, values }: SignalDefinition = signalDefinitions[name];
  return `${label}: ${values[value] ?? 'not known'}`;
}
