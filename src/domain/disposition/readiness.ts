import type { AttributeName } from '../attributes/types';
import { levelOf, numberOf, textOf } from './fact-values';
import { type AssetSignals, readSignals } from './signals/read';
import type { SignalName, Signals } from './signals/signals';
import type { DispositionFacts, LifecycleAssessment } from './types';

/** Something that keeps an asset from moving, with the attribute whose cell says so. */
export interface ReadinessFinding {
  readonly code: string;
  /** A blocker stops the move; a warning needs work beside it. */
  readonly weight: 'blocker' | 'warning';
  readonly attribute: AttributeName;
  /** The value of that attribute, `''` when the finding is that there is none. */
  readonly value: string;
  readonly reason: string;
  readonly action: string;
}

export interface Readiness {
  readonly status: 'ready' | 'ready_with_conditions' | 'not_ready' | 'unknown';
  readonly findings: readonly ReadinessFinding[];
}

type Finding = Omit<ReadinessFinding, 'value'>;

interface SignalCheck extends Finding {
  readonly signal: SignalName;
  readonly values: readonly string[];
}

const signalChecks: readonly SignalCheck[] = [
  {
    code: 'mainframe',
    weight: 'blocker',
    attribute: 'operating_system',
    signal: 'system',
    values: ['mainframe'],
    reason: 'A mainframe has no counterpart in a cloud',
    action: 'Keep it, or plan a programme of its own',
  },
  {
    code: 'midrange',
    weight: 'blocker',
    attribute: 'operating_system',
    signal: 'system',
    values: ['midrange'],
    reason: 'IBM i does not run on cloud servers',
    action: 'Keep it, or use a provider of Power servers',
  },
  {
    code: 'other_processor',
    weight: 'blocker',
    attribute: 'operating_system',
    signal: 'system',
    values: ['unix'],
    reason: 'Its UNIX needs processors that clouds do not offer',
    action: 'Port it to Linux first',
  },
  {
    code: 'appliance',
    weight: 'blocker',
    attribute: 'model',
    signal: 'system',
    values: ['appliance'],
    reason: 'An appliance is bound to its hardware or image',
    action: 'Ask the vendor for a cloud edition',
  },
  {
    code: 'bound',
    weight: 'blocker',
    attribute: 'compliance_scope',
    signal: 'regulation',
    values: ['bound'],
    reason: 'Rules keep it where it is',
    action: 'Clear it with compliance, or keep it',
  },
  {
    code: 'latency',
    weight: 'blocker',
    attribute: 'network_zone',
    signal: 'latency',
    values: ['bound'],
    reason: 'It has to be close to machines or users on the site',
    action: 'Measure the latency that it stands',
  },
  {
    code: 'out_of_scope',
    weight: 'blocker',
    attribute: 'migration_scope',
    signal: 'scope',
    values: ['out'],
    reason: 'It is out of the scope of the migration',
    action: 'Leave it out of the waves',
  },
  {
    code: 'powered_off',
    weight: 'warning',
    attribute: 'power_state',
    signal: 'power',
    values: ['off'],
    reason: 'It is powered off and cannot be replicated',
    action: 'Retire it, or start it before the move',
  },
  {
    code: 'physical',
    weight: 'warning',
    attribute: 'virtualization_platform',
    signal: 'platform',
    values: ['physical'],
    reason: 'A physical machine has to become a virtual one',
    action: 'Plan the conversion and a test run',
  },
  {
    code: 'judged_not_ready',
    weight: 'warning',
    attribute: 'cloud_readiness',
    signal: 'readiness',
    values: ['not_ready'],
    reason: 'Another tool judged it as not ready',
    action: 'Read the reasons that the tool gives',
  },
];

/** Without these nothing can be sized or ordered. */
const neededAttributes: readonly (readonly [AttributeName, string])[] = [
  ['operating_system', 'Its operating system is not known'],
  ['cpu_cores', 'Its cores are not known'],
  ['memory_gb', 'Its memory is not known'],
  ['storage_gb', 'Its storage is not known'],
];

function signalFindings(facts: DispositionFacts, signals: Signals): readonly ReadinessFinding[] {
  return signalChecks
    .filter(({ signal, values }) => values.includes(signals[signal]))
    .map(({ signal: _signal, values: _values, ...finding }) => ({
      ...finding,
      value: textOf(facts.values, finding.attribute),
    }));
}

function lifecycleFinding(assessment: LifecycleAssessment, facts: DispositionFacts): ReadinessFinding {
  const attribute = assessment.component === 'database' ? 'database_version' : 'operating_system';
  return {
    code: `${assessment.component}_${assessment.status}`,
    weight: assessment.status === 'expired' ? 'blocker' : 'warning',
    attribute,
    value: textOf(facts.values, attribute),
    reason: assessment.reason,
    action: 'Upgrade it before the move, or agree with the cloud on running it as it is',
  };
}

function lifecycleFindings(facts: DispositionFacts): readonly ReadinessFinding[] {
  return facts.lifecycle
    .filter(({ component }) => component === 'operating_system' || component === 'database')
    .filter(({ status }) => status === 'expired' || status === 'extended_only')
    .map((assessment) => lifecycleFinding(assessment, facts));
}

function missingFindings({ values }: DispositionFacts): readonly ReadinessFinding[] {
  return neededAttributes
    .filter(([attribute]) => values[attribute] === undefined)
    .map(([attribute, reason]) => ({
      code: `missing_${attribute}`,
      weight: 'warning' as const,
      attribute,
      value: '',
      reason,
      action: 'Import a source that knows it, or ask the owner',
    }));
}

function hardwareFindings({ values }: DispositionFacts): readonly ReadinessFinding[] {
  const findings: ReadinessFinding[] = [];
  const license = textOf(values, 'license');
  if (/\b(?:dongle|usb key|hardware key|node[- ]locked|mac[- ]bound|host id)\b/i.test(license)) {
    findings.push({
      code: 'bound_license',
      weight: 'blocker',
      attribute: 'license',
      value: license,
      reason: 'Its licence is bound to the hardware',
      action: 'Ask the vendor for a licence that can move',
    });
  }
  const system = textOf(values, 'operating_system');
  if (/\b(?:32[- ]?bit|x86(?!_64)|i[36]86)\b/i.test(system)) {
    findings.push({
      code: 'word_size',
      weight: 'blocker',
      attribute: 'operating_system',
      value: system,
      reason: 'Cloud servers do not run 32-bit systems',
      action: 'Move the application to a 64-bit system',
    });
  }
  const zeroCores = numberOf(values, 'cpu_cores') === 0;
  if (zeroCores) {
    findings.push({
      code: 'no_cores',
      weight: 'warning',
      attribute: 'cpu_cores',
      value: '0',
      reason: 'It is recorded with no cores',
      action: 'Check the size with its owner',
    });
  }
  if (levelOf(values, 'migration_complexity') === 'high') {
    findings.push({
      code: 'complex_move',
      weight: 'warning',
      attribute: 'migration_complexity',
      value: textOf(values, 'migration_complexity'),
      reason: 'Its move is judged as complex',
      action: 'Rehearse it before its wave',
    });
  }
  return findings;
}

function statusOf(findings: readonly ReadinessFinding[]): Readiness['status'] {
  if (findings.some(({ weight }) => weight === 'blocker')) return 'not_ready';
  // Without its operating system nobody can say that a server would run elsewhere.
  if (findings.some(({ code }) => code === 'missing_operating_system')) return 'unknown';
  return findings.length === 0 ? 'ready' : 'ready_with_conditions';
}

/** Whether a server can move as it is; every finding names the attribute whose source cell says so. */
export function assessReadiness(
  facts: DispositionFacts,
  { signals }: Pick<AssetSignals, 'signals'> = readSignals(facts),
): Readiness {
  const findings = [
    ...signalFindings(facts, signals),
    ...lifecycleFindings(facts),
    ...hardwareFindings(facts),
    ...missingFindings(facts),
  ].toSorted((left, right) => (left.weight === right.weight ? 0 : left.weight === 'blocker' ? -1 : 1));
  return { status: statusOf(findings), findings };
}
