import type { AttributeName, AttributeValues } from '../../attributes/types';
import { hasValue } from '../attribute-text';

const hardwareFacts: readonly AttributeName[] = [
  'cpu_cores',
  'memory_gb',
  'uuid',
  'serial_number',
  'mac_address',
  'power_state',
  'hypervisor_host',
  'rack',
  'cpu_utilization_percent',
  'memory_utilization_percent',
];
const networkFacts: readonly AttributeName[] = ['hostname', 'fqdn', 'ip_address'];
const applicationFacts: readonly AttributeName[] = [
  'application_type',
  'application_version',
  'technology_stack',
  'architecture_pattern',
  'users_count',
  'lifecycle_stage',
  'has_saas_replacement',
  'code_quality',
  'business_logic_complexity',
  'vendor',
  'license',
  'user_load',
];
const businessFacts: readonly AttributeName[] = [
  'business_owner',
  'technical_owner',
  'department',
  'business_unit',
  'business_criticality',
  'annual_cost',
  'monthly_cost',
  'rto_minutes',
  'rpo_minutes',
  'data_classification',
  'depends_on',
];
const databaseFacts: readonly AttributeName[] = ['database_engine', 'database_version', 'database_size_gb'];

/** Whether a row speaks of a machine: it has hardware, an operating system, or a place in a network. */
export function hasMachineFacts(values: AttributeValues): boolean {
  return hasHardwareFacts(values) || networkFacts.some((name) => hasValue(values, name));
}

/** Whether a row has hardware figures or an operating system of its own. */
export function hasHardwareFacts(values: AttributeValues): boolean {
  return hasValue(values, 'operating_system') || hardwareFacts.some((name) => hasValue(values, name));
}

/** Whether a row has facts that only applications have. */
export function hasApplicationFacts(values: AttributeValues): boolean {
  return applicationFacts.some((name) => hasValue(values, name));
}

/** Whether people own it, pay for it or recover it: true of applications, and of machines too. */
export function hasBusinessFacts(values: AttributeValues): boolean {
  return businessFacts.some((name) => hasValue(values, name));
}

/** Whether a row names a database product, version or size. */
export function hasDatabaseFacts(values: AttributeValues): boolean {
  return databaseFacts.some((name) => hasValue(values, name));
}
