import type { AttributeValues } from '../../attributes/types';
import { type AssetType, criticalities } from '../../lists';
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

/** The member value that is hardest to move, in this order, with the first of its texts. */
function first(readings: readonly AnyReading[], order: readonly string[]): AnyReading {
  let best: AnyReading = null;
  let bestRank = order.length;
  for (const reading of readings) {
    const rank = reading === null ? -1 : order.indexOf(reading.value);
    if (reading === null || rank === -1 || rank > bestRank) continue;
    if (rank === bestRank && best !== null && best.evidence <= reading.evidence) continue;
    best = reading;
    bestRank = rank;
  }
  return best;
}

type Members = readonly AttributeValues[];

/** Reads each of the members. Applications share them, and members alike have the same values: each is read once. */
function ofMembers(read: (values: AttributeValues) => AnyReading): (members: Members) => AnyReading[] {
  const known = new WeakMap<AttributeValues, { readonly reading: AnyReading }>();
  return (members) =>
    members.map((member) => {
      const found = known.get(member);
      if (found !== undefined) return found.reading;
      const reading = read(member);
      known.set(member, { reading });
      return reading;
    });
}

const memberReadings = {
  status: ofMembers(business.readStatus),
  power: ofMembers(technical.readPower),
  load: ofMembers(technical.readLoad),
  value: ofMembers(business.readValue),
  technology: ofMembers(technical.readTechnology),
  platform: ofMembers((member) => technical.readPlatform(member, null)),
  system: ofMembers((member) => technical.readSystem(member, null)),
  engine: ofMembers(technical.readEngine),
  regulation: ofMembers(business.readRegulation),
  latency: ofMembers(business.readLatency),
  target: ofMembers(technical.readTarget),
};

const hardestSystem = ['mainframe', 'midrange', 'unix', 'appliance', 'commodity'];

function readPlatform({ values, members, subtype }: DispositionFacts): AnyReading {
  return technical.readPlatform(values, subtype) ?? agreed(memberReadings.platform(members));
}

function readPower({ values, members }: DispositionFacts): AnyReading {
  return technical.readPower(values) ?? agreedOrFirst(memberReadings.power(members), ['on']);
}

function readLoad({ values, members }: DispositionFacts): AnyReading {
  return technical.readLoad(values) ?? agreedOrFirst(memberReadings.load(members), ['busy', 'normal']);
}

function readStatus({ values, members }: DispositionFacts): AnyReading {
  return business.readStatus(values) ?? agreedOrFirst(memberReadings.status(members), ['active']);
}

function agreedOrFirst(readings: readonly AnyReading[], order: readonly string[]): AnyReading {
  return agreed(readings) ?? first(readings, order);
}

function readCoupling(facts: DispositionFacts): { value: SignalValue<'coupling'>; evidence: string } | null {
  if (!facts.dependenciesKnown) return null;
  const { dependents } = facts;
  return {
    value: dependents === 0 ? 'none' : dependents < 6 ? 'some' : 'many',
    evidence: `${dependents} assets depend on it`,
  };
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
  value: ({ values, members }) =>
    business.readValue(values) ?? first(memberReadings.value(members), criticalities),
  origin: ({ values }, kind) => business.readOrigin(values, kind),
  saas: ({ values }) => business.readSaas(values),
  commodity: ({ values }, kind) => business.readCommodity(values, kind),
  architecture: ({ values }) => technical.readArchitecture(values),
  technology: ({ values, members }) =>
    technical.readTechnology(values) ?? first(memberReadings.technology(members), ['legacy', 'current']),
  platform: readPlatform,
  system: ({ values, members, subtype }) =>
    technical.readSystem(values, subtype) ?? first(memberReadings.system(members), hardestSystem),
  systemSupport: ({ lifecycle }) =>
    technical.readSupport(lifecycle, 'operating_system') ?? technical.readSupport(lifecycle, 'asset'),
  databaseSupport: ({ lifecycle }) => technical.readSupport(lifecycle, 'database'),
  runtimeSupport: ({ lifecycle }) => technical.readSupport(lifecycle, 'runtime'),
  engine: ({ values, members }) =>
    technical.readEngine(values) ?? first(memberReadings.engine(members), ['special', 'managed']),
  regulation: ({ values, members }) =>
    business.readRegulation(values) ??
    first(memberReadings.regulation(members), ['bound', 'regulated', 'free']),
  latency: ({ values, members }) =>
    business.readLatency(values) ?? first(memberReadings.latency(members), ['bound']),
  target: ({ values, members }) =>
    technical.readTarget(values) ?? first(memberReadings.target(members), ['vmware_cloud']),
  readiness: ({ values }) => business.readReadiness(values),
  logic: ({ values }) => business.readLogic(values),
  code: ({ values }) => business.readCode(values),
  tolerance: ({ values }) => business.readTolerance(values),
};

// Object.keys widens to string; the table has the signals' names and no others.
const readerNames = Object.keys(readers) as readonly SignalName[];

/** The same signals for an asset with other ties, which differs in nothing else. */
export function withTies(read: AssetSignals, facts: DispositionFacts): AssetSignals {
  const coupling = readCoupling(facts);
  if (coupling === null) return read;
  const { value, evidence } = coupling;
  return {
    ...read,
    signals: { ...read.signals, coupling: value },
    evidence: { ...read.evidence, coupling: evidence },
  };
}

/** Reduces what is known of an asset to signals. The order of members and of attributes plays no part. */
export function readSignals(facts: DispositionFacts): AssetSignals {
  const kind = kindOf(facts);
  const signals: Partial<Record<SignalName, string>> = {};
  const evidence: Partial<Record<SignalName, string>> = {};
  for (const name of readerNames) {
    const found = readers[name](facts, kind);
    signals[name] = found?.value ?? 'unknown';
    if (found) evidence[name] = found.evidence;
  }
  // Every name was set above, by a reader whose values are those of its signal.
  return { kind, signals: signals as { [Name in SignalName]: SignalValue<Name> }, evidence };
}
