import type { AttributeName, AttributeValue, AttributeValues } from '../attributes/types';
import { memoised } from '../inventory/memo';
import type { AssetType } from '../lists';
import { fieldsOfJson } from './json-fields';
import { textOfValue } from './fact-values';
import { findLegacyTechnologies } from './legacy-technology';
import { namesProduct } from './read-components';
import {
  commodityWords,
  hardwareWords,
  latencyWords,
  statedLatencyWords,
  systemWords,
  unusedStatement,
  unusedWords,
  valueInWords,
  vmwareCloudWords,
} from './signals/words';

/** How much of an attribute the assessment looks at. */
type Look = 'whole' | 'presence' | 'zero' | 'words' | 'hardware' | 'name' | 'product';

const whole: readonly AttributeName[] = [
  'operating_system',
  'os_version',
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
  ['model', 'hardware'],
  ['manufacturer', 'hardware'],
  ['name', 'name'],
  ['application_name', 'product'],
];

/** The attributes that the assessment reads at all. */
export const assessedAttributes: readonly AttributeName[] = looks.map(([name]) => name);

/** Whether fields tell something; remembered by their JSON. The lines are a text of their own: no page stays with it. */
function remembered(
  tells: (one: string, two: string, three: string) => boolean,
): (one: string | undefined, two?: string, three?: string) => boolean {
  const answerTo = memoised((lines) => {
    const [one = '', two = '', three = ''] = lines.split('\n').map(textOf);
    return tells(one, two, three) ? 'yes' : 'no';
  });
  return (one = '', two = '', three = '') => answerTo(`${one}\n${two}\n${three}`) === 'yes';
}

const tellingWords = [unusedWords, unusedStatement, latencyWords, statedLatencyWords, vmwareCloudWords];
const holdsWords = remembered((text) => tellingWords.some((words) => words.test(text)));
const isProduct = remembered((name, version) => {
  const text = `${name} ${version}`;
  return namesProduct(text) || commodityWords.test(text);
});
const namesSystem = (text: string): boolean =>
  valueInWords(systemWords, text) !== null || findLegacyTechnologies({ model: text }).length > 0;
/** Model and maker count where they name a system, or tell a platform or an appliance together with the system. */
const tellsHardware = remembered((model, maker, system) => {
  if (namesSystem(model) || namesSystem(maker)) return true;
  const text = `${model}; ${maker}; ${system}`;
  return valueInWords(hardwareWords, text) !== null || valueInWords(systemWords, text) === 'appliance';
});

const places: ReadonlyMap<string, number> = new Map(looks.map(([name], place) => [name, place]));
const placeOf = (name: AttributeName): number => places.get(name) ?? -1;
const versionPlace = placeOf('application_version');
const [modelPlace, makerPlace, systemPlace] = [
  placeOf('model'),
  placeOf('manufacturer'),
  placeOf('operating_system'),
];
const lookOf = looks.map(([, look]) => look);

/** JSON of the values by the places of `looks`; undefined where there is none. */
type Fields = readonly (string | undefined)[];

/** What an asset is beside its values. */
export interface AssessedKind {
  readonly assetType: AssetType;
  readonly subtype: string | null;
}

/**
 * What an assessment looks at of the values of an asset, which are given as JSON: serial numbers, addresses, names and
 * descriptions in which no rule finds a word are left out, and what an amount is where only its presence counts. Assets
 * of one kind with equal keys have equal assessments; see `assessedValues`.
 */
export function assessedKey(json: string, kind: AssessedKind): string {
  const fields = fieldsOfJson(json, places);
  let key = '';
  for (let place = 0; place < lookOf.length; place += 1) {
    const field = fields[place];
    if (field === undefined) continue;
    const look = lookOf[place] ?? 'whole';
    const left = look === 'whole' ? field : leavers[look](field, fields, kind);
    if (left !== null) key += `${place}=${left}\n`;
  }
  return key;
}

/** The values of which an `assessedKey` tells. Every rule says the same of them as of the whole values. */
export function assessedValues(key: string): AttributeValues {
  const values: { [name in AttributeName]?: AttributeValue } = {};
  // JSON writes the ends of lines in texts as escapes.
  for (const line of key.split('\n')) {
    if (line === '') continue;
    const end = line.indexOf('=');
    const [name] = looks[Number(line.slice(0, end))] as (typeof looks)[number]; // keys name places of `looks`
    values[name] = valueOf(line.slice(end + 1));
  }
  return values;
}

function valueOf(field: string): AttributeValue {
  return JSON.parse(field) as AttributeValue; // projections write attribute values
}

function textOf(field: string): string {
  return field === '' ? '' : textOfValue(valueOf(field));
}

type Leaver = (field: string, fields: Fields, kind: AssessedKind) => string | null;

const leavers: Readonly<Record<Exclude<Look, 'whole'>, Leaver>> = {
  presence: (field) => present(field),
  zero: (field) => (isZero(field) ? field : present(field)),
  words: (field) => (holdsWords(field) ? field : null),
  hardware: (field, fields, kind) => (isTelling(fields, kind) ? field : null),
  name: (field, _, { assetType }) => {
    // Names are hardly ever the same twice.
    const text = field.includes('\\') || !field.startsWith('"') ? textOf(field) : field;
    const isRead = unusedWords.test(text) || (assetType === 'application' && commodityWords.test(text));
    return isRead ? field : null;
  },
  product: (field, fields) => (isProduct(field, fields[versionPlace]) ? field : null),
};

/** What says nothing counts as missing for some rules, so it stays apart from what says something. */
function present(field: string): string {
  if (field.startsWith('[')) return field === '[]' ? field : '["known"]';
  return field === '""' || field === '"unknown"' ? field : '"known"';
}

function isZero(field: string): boolean {
  return !/^[1-9]/.test(field) && field !== '""' && Number(valueOf(field)) === 0;
}

function isTelling(fields: Fields, { assetType, subtype }: AssessedKind): boolean {
  if (assetType === 'application' || subtype === 'appliance') return true;
  return tellsHardware(fields[modelPlace], fields[makerPlace], fields[systemPlace]);
}
