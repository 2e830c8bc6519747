import type { AttributeValues } from '../../attributes/types';
import type { LifecycleStatus } from '../../lists';
import { numberOf, textOf, textOfAll } from '../fact-values';
import { findLegacyTechnologies } from '../legacy-technology';
import type { LifecycleAssessment, LifecycleComponent } from '../types';
import type { Reading } from './business-signals';
import type { SignalValue } from './signals';
import {
  architectureWords,
  hardwareWords,
  hostingWords,
  managedEngineWords,
  ownHostingWords,
  platformWords,
  systemWords,
  valueInWords,
  vmwareCloudWords,
} from './words';

/** Mean and peak load, in percent, below which a machine does nothing of its own. */
const idleMean = 3;
const idlePeak = 10;
const busyMean = 60;

export function readPower(values: AttributeValues): Reading<'power'> | null {
  const text = textOf(values, 'power_state').toLowerCase();
  if (text === '') return null;
  return { value: /off|suspend|stopped|halted|deallocated/.test(text) ? 'off' : 'on', evidence: text };
}

export function readStandby(values: AttributeValues): Reading<'standby'> | null {
  const text = textOfAll(values, ['status', 'environment', 'server_role']);
  return /\b(?:standby|stand[- ]by|disaster[_ ]recovery|dr|failover|passive)\b/i.test(text)
    ? { value: 'yes', evidence: text }
    : null;
}

export function readLoad(values: AttributeValues): Reading<'load'> | null {
  const mean = numberOf(values, 'cpu_utilization_percent');
  const peak = numberOf(values, 'cpu_utilization_peak_percent');
  if (mean === null) return null;
  const evidence = `${mean} %${peak === null ? '' : `, at most ${peak} %`}`;
  if (mean < idleMean && (peak === null || peak < idlePeak)) return { value: 'idle', evidence };
  return { value: mean >= busyMean ? 'busy' : 'normal', evidence };
}

export function readArchitecture(values: AttributeValues): Reading<'architecture'> | null {
  const pattern = textOf(values, 'architecture_pattern');
  const stated = valueInWords(architectureWords, pattern);
  if (stated !== null) return { value: stated, evidence: pattern };
  const stack = textOfAll(values, ['technology_stack', 'application_type']);
  const built = valueInWords(architectureWords, stack);
  return built === null ? null : { value: built, evidence: stack };
}

export function readTechnology(values: AttributeValues): Reading<'technology'> | null {
  const legacy = findLegacyTechnologies(values);
  if (legacy.length > 0) {
    return { value: 'legacy', evidence: legacy.map(({ name }) => name).join(', ') };
  }
  const stack = textOf(values, 'technology_stack');
  return stack === '' ? null : { value: 'current', evidence: stack };
}

/** Where it runs. `subtype` is the asset's own; a member of an application has none. */
export function readPlatform(values: AttributeValues, subtype: string | null): Reading<'platform'> | null {
  const hosting = textOf(values, 'hosting_model');
  if (!ownHostingWords.test(hosting) && valueInWords(hostingWords, hosting) !== null) {
    return { value: 'cloud', evidence: hosting };
  }
  const stated = textOf(values, 'virtualization_platform');
  const platform = valueInWords(platformWords, stated);
  if (platform !== null) return { value: platform, evidence: stated };
  const hardware = textOfAll(values, ['model', 'manufacturer', 'operating_system']);
  const kind = valueInWords(hardwareWords, hardware);
  if (kind !== null) return { value: kind, evidence: hardware };
  return readPlatformOfSubtype(values, subtype);
}

function readPlatformOfSubtype(values: AttributeValues, subtype: string | null): Reading<'platform'> | null {
  if (subtype === 'virtual_machine' || textOf(values, 'hypervisor_host') !== '') {
    return { value: 'other_virtual', evidence: subtype ?? textOf(values, 'hypervisor_host') };
  }
  return subtype === 'physical' ? { value: 'physical', evidence: subtype } : null;
}

export function readSystem(values: AttributeValues, subtype: string | null): Reading<'system'> | null {
  const text = textOfAll(values, ['operating_system', 'model']);
  if (subtype === 'mainframe' || subtype === 'appliance') return { value: subtype, evidence: subtype };
  const system = valueInWords(systemWords, text);
  if (system !== null) return { value: system, evidence: textOf(values, 'operating_system') || text };
  const stack = textOf(values, 'technology_stack');
  const stated = valueInWords(systemWords, stack);
  return stated === 'mainframe' || stated === 'midrange' ? { value: stated, evidence: stack } : null;
}

export function readEngine(values: AttributeValues): Reading<'engine'> | null {
  const engine = textOf(values, 'database_engine');
  if (engine === '') return null;
  return { value: managedEngineWords.test(engine) ? 'managed' : 'special', evidence: engine };
}

export function readTarget(values: AttributeValues): Reading<'target'> | null {
  const text = textOfAll(values, ['tags', 'cloud_readiness', 'description']);
  const word = vmwareCloudWords.exec(text)?.[0];
  return word === undefined ? null : { value: 'vmware_cloud', evidence: word };
}

type Support = Exclude<LifecycleStatus, 'unknown'>;
const worstFirst: readonly Support[] = ['expired', 'extended_only', 'soon', 'supported'];

/** The worst status among the components of one kind; what is unknown beside a known one changes nothing. */
export function readSupport(
  lifecycle: readonly LifecycleAssessment[],
  component: LifecycleComponent,
): { readonly value: SignalValue<'systemSupport'>; readonly evidence: string } | null {
  const ofKind = lifecycle.filter((assessment) => assessment.component === component);
  for (const status of worstFirst) {
    const reasons = ofKind.filter((assessment) => assessment.status === status).map(({ reason }) => reason);
    const first = reasons.toSorted()[0];
    if (first !== undefined) return { value: status, evidence: first };
  }
  return null;
}
