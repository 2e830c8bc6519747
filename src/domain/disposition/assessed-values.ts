import type { AttributeName, AttributeValue, AttributeValues } from '../attributes/types';
import { memoised } from '../inventory/memo';
import type { AssetType } from '../lists';
import { textOfValue } from './fact-values';
import { namesProduct } from './read-components';
import {
  latencyWords,
  statedLatencyWords,
  unusedStatement,
  unusedWords,
  vmwareCloudWords,
} from './signals/words';

/** How much of an attribute the assessment looks at. */
type Look = 'whole' | 'presence' | 'zero' | 'words' | 'name' | 'product';

const whole: readonly AttributeName[] = [
  'operating_system',
  'os_version',
  'model',
  'manufacturer',
  'vendor',
  'hypervisor_host',
  'virtualization_platform',
  'hosting_model',
  'power_state',
  'server_role',
  'network_zone',
  'environment',
  'status',
  'lifecycle_stage',
  'end_of_life_date',
  'business_criticality',
  'migration_scope',
  'migration_strategy',
  'migration_complexity',
  'cloud_readiness',
  'change_tolerance',
  'license',
  'security_vulnerabilities',
  'database_engine',
  'database_version',
  'technology_stack',
  'architecture_pattern',
  'application_type',
  'application_version',
  'availability_requirement',
  'compliance_scope',
  'data_classification',
  'cpu_utilization_percent',
  'cpu_utilization_peak_percent',
  'users_count',
  'user_load',
  'code_quality',
  'business_logic_complexity',
  'configuration_complexity',
  'has_saas_replacement',
];
const presence: readonly AttributeName[] = [
  'memory_gb',
  'storage_gb',
  'business_owner',
  'technical_owner',
  'department',
  'business_unit',
  'rto_minutes',
  'rpo_minutes',
  'dr_tier',
  'database_size_gb',
  'data_volume',
  'location',
  'datacenter',
];

const looks: readonly (readonly [AttributeName, Look])[] = [
  ...whole.map((name) => [name, 'whole'] as const),
  ...presence.map((name) => [name, 'presence'] as const),
  ['cpu_cores', 'zero'],
  ['tags', 'words'],
  ['description', 'words'],
  ['name', 'name'],
  ['application_name', 'product'],
];

/** The attributes that the assessment reads at all. */
export const assessedAttributes: readonly AttributeName[] = looks.map(([name]) => name);

const tellingWords = [unusedWords, unusedStatement, latencyWords, statedLatencyWords, vmwareCloudWords];
const holdsWords = memoised((text) => (tellingWords.some((words) => words.test(text)) ? text : ''));
const holdsProduct = memoised((text) => (namesProduct(text) ? text : ''));

/** Values of an asset without what no rule of the assessment looks at, so that many assets have the same. */
export interface AssessedValues {
  readonly values: AttributeValues;
  /** Equal for equal values. */
  readonly key: string;
}

/**
 * Leaves out of the values what cannot change the assessment: serial numbers, addresses, names and descriptions in
 * which no rule finds a word, what an amount is where only its presence counts. Every rule says the same of both.
 */
export function assessedValues(values: AttributeValues, assetType: AssetType): AssessedValues {
  const asset = { values, assetType };
  const kept: { [name in AttributeName]?: AttributeValue } = {};
  let key = '';
  for (let at = 0; at < looks.length; at += 1) {
    const [name, look] = looks[at] as (typeof looks)[number]; // `at` is below the length
    const value = values[name];
    if (value === undefined) continue;
    const left = leavers[look](value, asset);
    if (left === undefined) continue;
    kept[name] = left;
    key += `${at}=${typeof left === 'object' ? `[${left.join('\u0001')}` : String(left)}\n`;
  }
  return { values: kept, key };
}

type Leaver = (value: AttributeValue, asset: Asset) => AttributeValue | undefined;

interface Asset {
  readonly values: AttributeValues;
  readonly assetType: AssetType;
}

const leavers: Readonly<Record<Look, Leaver>> = {
  whole: (value) => value,
  presence: (value) => present(value),
  zero: (value) => (Number(value) === 0 && value !== '' ? value : present(value)),
  words: (value) => (holdsWords(textOfValue(value)) === '' ? undefined : value),
  name: (value, { assetType }) =>
    assetType === 'application' || unusedWords.test(textOfValue(value)) ? value : undefined,
  product: (value, { values, assetType }) =>
    assetType === 'application' || isProduct(value, values) ? value : undefined,
};

/** What says nothing counts as missing for some rules, so it stays apart from what says something. */
function present(value: AttributeValue): AttributeValue {
  if (typeof value === 'object') return value.length === 0 ? value : ['known'];
  return value === '' || value === 'unknown' ? value : 'known';
}

function isProduct(value: AttributeValue, values: AttributeValues): boolean {
  const version = values.application_version;
  const text = `${textOfValue(value)} ${version === undefined ? '' : textOfValue(version)}`;
  return holdsProduct(text) !== '';
}
