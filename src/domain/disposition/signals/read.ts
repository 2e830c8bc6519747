import type { AttributeValues } from '../../attributes/types';
import type { AssetType } from '../../lists';
import { textOf, textOfAll } from '../fact-values';
import type { DispositionFacts } from '../types';
import * as business from './business-signals';
import type { AssetKind, SignalEvidence, SignalName, Signals, SignalValue } from './signals';
import * as technical from './technical-signals';

type AnyReading = { readonly value: string; readonly evidence: string } | null;

export interface AssetSignals {
  readonly kind: AssetKind;
  readonly signals: Signals;
  readonly evidence: SignalEvidence;
}

const vmwareWords = /\b(?:vmware|vsphere|esxi?|vcenter|vcf)\b/i;

const equipment = (): AssetKind => 'equipment';

const kindOfType: Readonly<Record<AssetType, (facts: DispositionFacts) => AssetKind>> = {
  server: ({ subtype, values }) =>
    subtype === 'hypervisor' || isHypervisorSystem(values) ? 'hypervisor' : 'server',
  cluster: (facts) => (isHypervisorCluster(facts) ? 'hypervisor_cluster' : 'server'),
  application: () => 'application',
  database: () => 'database',
  container: () => 'container',
  component: ({ values }) => kindOfUntyped(values),
  other: ({ values }) => kindOfUntyped(values),
  network: equipment,
  load_balancer: equipment,
  storage: equipment,
  security: equipment,
  end_user_device: equipment,
  facility: equipment,
};

/** What the asset is to the rules. Something of no known type that states software is judged like a server. */
export function kindOf(facts: DispositionFacts): AssetKind {
  return kindOfType[facts.assetType](facts);
}

function kindOfUntyped(values: AttributeValues): AssetKind {
  if (textOfAll(values, ['technology_stack', 'application_type']) !== '') return 'application';
  return textOf(values, 'operating_system') === '' ? 'equipment' : 'server';
}

function isHypervisorCluster({ subtype, values }: DispositionFacts): boolean {
  const text = textOfAll(values, ['virtualization_platform', 'operating_system', 'model', 'name']);
  return subtype === 'hypervisor' || vmwareWords.test(text);
}

function isHypervisorSystem(values: AttributeValues): boolean {
  return /\b(?:esxi?|vmware esxi?|hyper-v server|xenserver|proxmox|ahv)\b/i.test(
    textOf(values, 'operating_system'),
  );
}

/** Whether all members that say anything say the same; an application is off only when each machine is. */
function agreed(readings: readonly AnyReading[]): AnyReading {
  const said = readings.filter((reading) => reading !== null);
  const [example] = said;
  if (!example || said.some(({ value }) => value !== example.value)) return null;
  return said.length === readings.length ? example : null;
}

/** The member value that is hardest to move, in this order. */
function first(readings: readonly AnyReading[], order: readonly string[]): AnyReading {
  for (const value of order) {
    const found = readings.filter((reading) => reading?.value === value);
    const [example] = found.toSorted((left, right) =>
      (left?.evidence ?? '') < (right?.evidence ?? '') ? -1 : 1,
    );
    if (example) return example;
  }
  return null;
}

const hardestSystem = ['mainframe', 'midrange', 'unix', 'appliance', 'commodity'];

function readPlatform({ values, members, subtype }: DispositionFacts): AnyReading {
  return (
    technical.readPlatform(values, subtype) ??
    agreed(members.map((member) => technical.readPlatform(member, null)))
  );
}

function readPower({ values, members }: DispositionFacts): AnyReading {
  const own = technical.readPower(values);
  if (own) return own;
  const readings = members.map((member) => technical.readPower(member));
  return agreed(readings) ?? first(readings, ['on']);
}

function readLoad({ values, members }: DispositionFacts): AnyReading {
  const own = technical.readLoad(values);
  if (own) return own;
  const readings = members.map((member) => technical.readLoad(member));
  return agreed(readings) ?? first(readings, ['busy', 'normal']);
}

function readStatus({ values, members }: DispositionFacts): AnyReading {
  const own = business.readStatus(values);
  if (own) return own;
  const readings = members.map((member) => business.readStatus(member));
  return agreed(readings) ?? first(readings, ['active']);
}

function readCoupling(facts: DispositionFacts): AnyReading {
  if (!facts.dependenciesKnown) return null;
  const { dependents } = facts;
  return {
    value: dependents === 0 ? 'none' : dependents < 6 ? 'some' : 'many',
    evidence: `${dependents} assets depend on it`,
  };
}

function readWithMembers(
  facts: DispositionFacts,
  read: (values: AttributeValues) => AnyReading,
  order: readonly string[],
): AnyReading {
  return read(facts.values) ?? first(facts.members.map(read), order);
}

type Readers = { readonly [Name in SignalName]: (facts: DispositionFacts, kind: AssetKind) => AnyReading };

const readers: Readers = {
  statement: ({ values }) => business.readStatement(values),
  scope: ({ values }) => business.readScope(values),
  status: readStatus,
  stage: ({ values }) => business.readStage(values),
  mark: ({ values }) => business.readMark(values),
  power: readPower,
  standby: ({ values }) => technical.readStandby(values),
  usage: ({ values }) => business.readUsage(values),
  load: readLoad,
  coupling: readCoupling,
  value: (facts) => readWithMembers(facts, business.readValue, ['critical', 'high', 'medium', 'low']),
  origin: ({ values }, kind) => business.readOrigin(values, kind),
  saas: ({ values }) => business.readSaas(values),
  commodity: ({ values }, kind) => business.readCommodity(values, kind),
  architecture: ({ values }) => technical.readArchitecture(values),
  technology: (facts) => readWithMembers(facts, technical.readTechnology, ['legacy', 'current']),
  platform: readPlatform,
  system: (facts) =>
    technical.readSystem(facts.values, facts.subtype) ??
    first(
      facts.members.map((member) => technical.readSystem(member, null)),
      hardestSystem,
    ),
  systemSupport: ({ lifecycle }) =>
    technical.readSupport(lifecycle, 'operating_system') ?? technical.readSupport(lifecycle, 'asset'),
  databaseSupport: ({ lifecycle }) => technical.readSupport(lifecycle, 'database'),
  runtimeSupport: ({ lifecycle }) => technical.readSupport(lifecycle, 'runtime'),
  engine: (facts) => readWithMembers(facts, technical.readEngine, ['special', 'managed']),
  regulation: (facts) => readWithMembers(facts, business.readRegulation, ['bound', 'regulated', 'free']),
  latency: (facts) => readWithMembers(facts, business.readLatency, ['bound']),
  target: (facts) => readWithMembers(facts, technical.readTarget, ['vmware_cloud']),
  readiness: ({ values }) => business.readReadiness(values),
  logic: ({ values }) => business.readLogic(values),
  code: ({ values }) => business.readCode(values),
  tolerance: ({ values }) => business.readTolerance(values),
};

/** Reduces what is known of an asset to signals. The order of members and of attributes plays no part. */
export function readSignals(facts: DispositionFacts): AssetSignals {
  const kind = kindOf(facts);
  const signals: Partial<Record<SignalName, string>> = {};
  const evidence: Partial<Record<SignalName, string>> = {};
  // Object.keys widens to string; the table has the signals' names and no others.
  for (const name of Object.keys(readers) as SignalName[]) {
    const found = readers[name](facts, kind);
    signals[name] = found?.value ?? 'unknown';
    if (found) evidence[name] = found.evidence;
  }
  // Every name was set above, by a reader whose values are those of its signal.
  return { kind, signals: signals as { [Name in SignalName]: SignalValue<Name> }, evidence };
}
