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

/** What was read of a server or database that belongs to an application. */
interface MemberReadings {
  readonly status: AnyReading;
  readonly power: AnyReading;
  readonly load: AnyReading;
  readonly value: AnyReading;
  readonly technology: AnyReading;
  readonly platform: AnyReading;
  readonly system: AnyReading;
  readonly engine: AnyReading;
  readonly regulation: AnyReading;
  readonly latency: AnyReading;
  readonly target: AnyReading;
}

const knownMembers = new WeakMap<AttributeValues, MemberReadings>();

/** Applications share members, and members alike have the same values: each is read once. */
function readMember(values: AttributeValues): MemberReadings {
  const known = knownMembers.get(values);
  if (known !== undefined) return known;
  const readings = {
    status: business.readStatus(values),
    power: technical.readPower(values),
    load: technical.readLoad(values),
    value: business.readValue(values),
    technology: technical.readTechnology(values),
    platform: technical.readPlatform(values, null),
    system: technical.readSystem(values, null),
    engine: technical.readEngine(values),
    regulation: business.readRegulation(values),
    latency: business.readLatency(values),
    target: technical.readTarget(values),
  };
  knownMembers.set(values, readings);
  return readings;
}

type Members = readonly MemberReadings[];
type MemberSignal = keyof MemberReadings;

/** Whether all members that say anything say the same; an application is off only when each machine is. */
function agreed(members: Members, name: MemberSignal): AnyReading {
  const readings = members.map((member) => member[name]);
  const [example = null] = readings;
  return readings.every((reading) => reading !== null && reading.value === example?.value) ? example : null;
}

/** The member value that is hardest to move, in this order, with the first of its texts. */
function first(members: Members, name: MemberSignal, order: readonly string[]): AnyReading {
  let best: AnyReading = null;
  let bestRank = order.length;
  for (const member of members) {
    const reading = member[name];
    const rank = reading === null ? -1 : order.indexOf(reading.value);
    if (reading === null || rank === -1 || rank > bestRank) continue;
    if (rank === bestRank && best !== null && best.evidence <= reading.evidence) continue;
    best = reading;
    bestRank = rank;
  }
  return best;
}

const agreedOrFirst = (members: Members, name: MemberSignal, order: readonly string[]): AnyReading =>
  agreed(members, name) ?? first(members, name, order);

const hardestSystem = ['mainframe', 'midrange', 'unix', 'appliance', 'commodity'];

function readCoupling(facts: DispositionFacts): { value: SignalValue<'coupling'>; evidence: string } | null {
  if (!facts.dependenciesKnown) return null;
  const { dependents } = facts;
  return {
    value: dependents === 0 ? 'none' : dependents < 6 ? 'some' : 'many',
    evidence: `${dependents} assets depend on it`,
  };
}

/** What a signal is read from. */
interface Sight {
  readonly facts: DispositionFacts;
  readonly values: AttributeValues;
  readonly subtype: string | null;
  readonly lifecycle: DispositionFacts['lifecycle'];
  readonly kind: AssetKind;
  readonly members: Members;
}

type Readers = { readonly [Name in SignalName]: (sight: Sight) => AnyReading };

const readers: Readers = {
  statement: ({ values }) => business.readStatement(values),
  scope: ({ values }) => business.readScope(values),
  status: ({ values, members }) =>
    business.readStatus(values) ?? agreedOrFirst(members, 'status', ['active']),
  stage: ({ values }) => business.readStage(values),
  mark: ({ values }) => business.readMark(values),
  power: ({ values, members }) => technical.readPower(values) ?? agreedOrFirst(members, 'power', ['on']),
  standby: ({ values }) => technical.readStandby(values),
  usage: ({ values }) => business.readUsage(values),
  load: ({ values, members }) =>
    technical.readLoad(values) ?? agreedOrFirst(members, 'load', ['busy', 'normal']),
  coupling: ({ facts }) => readCoupling(facts),
  value: ({ values, members }) => business.readValue(values) ?? first(members, 'value', criticalities),
  origin: ({ values, kind }) => business.readOrigin(values, kind),
  saas: ({ values }) => business.readSaas(values),
  commodity: ({ values, kind }) => business.readCommodity(values, kind),
  architecture: ({ values }) => technical.readArchitecture(values),
  technology: ({ values, members }) =>
    technical.readTechnology(values) ?? first(members, 'technology', ['legacy', 'current']),
  platform: ({ values, members, subtype }) =>
    technical.readPlatform(values, subtype) ?? agreed(members, 'platform'),
  system: ({ values, members, subtype }) =>
    technical.readSystem(values, subtype) ?? first(members, 'system', hardestSystem),
  systemSupport: ({ lifecycle }) =>
    technical.readSupport(lifecycle, 'operating_system') ?? technical.readSupport(lifecycle, 'asset'),
  databaseSupport: ({ lifecycle }) => technical.readSupport(lifecycle, 'database'),
  runtimeSupport: ({ lifecycle }) => technical.readSupport(lifecycle, 'runtime'),
  engine: ({ values, members }) =>
    technical.readEngine(values) ?? first(members, 'engine', ['special', 'managed']),
  regulation: ({ values, members }) =>
    business.readRegulation(values) ?? first(members, 'regulation', ['bound', 'regulated', 'free']),
  latency: ({ values, members }) => business.readLatency(values) ?? first(members, 'latency', ['bound']),
  target: ({ values, members }) => technical.readTarget(values) ?? first(members, 'target', ['vmware_cloud']),
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
  const { values, subtype, lifecycle } = facts;
  const sight = { facts, values, subtype, lifecycle, kind, members: facts.members.map(readMember) };
  const signals: Partial<Record<SignalName, string>> = {};
  const evidence: Partial<Record<SignalName, string>> = {};
  for (const name of readerNames) {
    const found = readers[name](sight);
    signals[name] = found?.value ?? 'unknown';
    if (found) evidence[name] = found.evidence;
  }
  // Every name was set above, by a reader whose values are those of its signal.
  return { kind, signals: signals as { [Name in SignalName]: SignalValue<Name> }, evidence };
}
