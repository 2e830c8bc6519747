import type { AttributeName } from '../../attributes/types';
import type { ColumnValues } from './column-values';
import { noEvidence, stated } from './evidence';
import type { ValueEvidence } from './evidence';

/** Values of a sort that no attribute, or only few, can hold, whatever the header says. */
interface ForeignSort {
  readonly code: string;
  readonly text: string;
  readonly is: (value: string) => boolean;
  readonly allowed: ReadonlySet<AttributeName>;
}

const anyText: readonly AttributeName[] = ['description', 'tags', 'custom_attributes'];

function sort(
  code: string,
  text: string,
  is: (value: string) => boolean,
  allowed: readonly AttributeName[],
): ForeignSort {
  return { code: `value.${code}`, text, is, allowed: new Set([...anyText, ...allowed]) };
}

const filePath =
  /^(?:[a-z]:\\|\\\\[\w.-]+\\|\/(?:etc|var|opt|usr|home|mnt|vol|vmfs|data|u\d+)\/|\[[\w -]+\] \S+\/)/i;
const instanceSize =
  /^(?:(?:db|cache)\.)?[a-z]\w{0,5}(?:-\w+)?\.(?:nano|micro|small|medium|large|metal|\d*xlarge)$|^(?:standard|basic)_[a-z]+\d+\w*$|^[a-z]\d[a-z]?-(?:standard|highmem|highcpu|micro|small|medium)(?:-\d+)?$/i;
const processorFamily =
  /^(?:x86(?:[_-]64)?|x64|amd64|arm64|aarch64|i[3-6]86|sparc(?:v9)?|ppc64(?:le)?|ia64|32|64|(?:32|64)[ -]?bits?)$|^(?:linux|windows|aix|solaris|hp-ux)?[ /]*(?:x86|x64|amd64|aarch64|sparc|ppc64)\S*(?:[ /].*)?$/i;
const distinguishedName = /^(?:cn|ou|dc)=[^,]+,(?:cn|ou|dc|o)=/i;
const flowDirection =
  /^(?:(?:uni|bi)-?directional|in(?:bound|put|coming|gress)|out(?:bound|put|going)|egress)$/i;
const cron = /^(?:\d{1,2}:\d{2})$/;
const networkRange = /^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$/;

const sorts: readonly ForeignSort[] = [
  sort('file_paths', 'The values are paths of files', (value) => filePath.test(value), []),
  sort('instance_sizes', 'The values are sizes of cloud instances', (value) => instanceSize.test(value), [
    'model',
  ]),
  sort('architectures', 'The values are processor architectures', (value) => processorFamily.test(value), [
    'cpu_cores',
    'memory_gb',
    'storage_gb',
    'storage_used_gb',
    'database_size_gb',
    'users_count',
    'external_id',
    'port',
    'connection_count',
    'disk_iops',
    'disk_throughput_mbps',
    'network_throughput_mbps',
    'rto_minutes',
    'rpo_minutes',
    'cpu_utilization_percent',
    'cpu_utilization_peak_percent',
    'memory_utilization_percent',
    'memory_utilization_peak_percent',
    'annual_cost',
    'monthly_cost',
    'estimated_cloud_cost',
    'migration_priority',
    'migration_wave',
    'rack',
    'security_vulnerabilities',
  ]),
  sort('directory_names', 'The values are names in a directory', (value) => distinguishedName.test(value), [
    'business_owner',
    'technical_owner',
    'external_id',
  ]),
  sort('clock_times', 'The values are times of day', (value) => cron.test(value), [
    'change_tolerance',
    'rto_minutes',
    'rpo_minutes',
    'availability_requirement',
  ]),
  sort('directions', 'The values are directions of a flow', (value) => flowDirection.test(value), [
    'dependency_type',
  ]),
  sort('network_ranges', 'The values are ranges of addresses', (value) => networkRange.test(value), [
    'ip_address',
    'network_zone',
    'dependency_source',
    'dependency_target',
  ]),
];

/** What the values of a column are, by its values; several targets ask for it. */
const known = new WeakMap<ColumnValues, ForeignSort | null>();

function sortOf(values: ColumnValues): ForeignSort | null {
  const held = known.get(values);
  if (held !== undefined) return held;
  const found = sorts.find(({ is }) => values.writtenShare(is) > 0.6) ?? null;
  known.set(values, found);
  return found;
}

/** Weighs values that belong to no attribute, or to few others, against a target. */
export function foreignValues(target: AttributeName, values: ColumnValues): ValueEvidence {
  const found = sortOf(values);
  return found === null || found.allowed.has(target) ? noEvidence : stated(found.code, -4, found.text);
}
