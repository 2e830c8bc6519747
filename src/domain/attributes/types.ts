import type { FieldDataType } from '../lists';

export const attributeCategories = [
  'identity',
  'placement',
  'hardware',
  'load',
  'application',
  'business',
  'migration',
  'assessment',
  'life',
  'relations',
  'other',
] as const;
export type AttributeCategory = (typeof attributeCategories)[number];

/**
 * Shape of a canonical value:
 * - `text`: string · `name`: string that names a thing · `list`: strings · `ip_list`, `mac_list`: normalised
 *   addresses · `integer`, `number` (in `unit`) · `percent`: 0 to 100 · `money` · `boolean` · `date`: YYYY-MM-DD ·
 *   the rest are closed lists.
 */
export const valueShapes = [
  'text',
  'name',
  'hostname',
  'fqdn',
  'uuid',
  'ip_list',
  'mac_list',
  'list',
  'integer',
  'number',
  'percent',
  'money',
  'boolean',
  'date',
  'asset_type',
  'environment',
  'criticality',
  'disposition',
  'scope',
  'status',
  'power_state',
  'person',
  'reference_list',
  'operating_system',
] as const;
export type ValueShape = (typeof valueShapes)[number];

export const units = ['gb', 'percent', 'minutes', 'mbps', 'iops', 'count', 'currency'] as const;
export type Unit = (typeof units)[number];

export type Language = 'en' | 'de' | 'fr' | 'es' | 'pt' | 'nl' | 'it' | 'nordic' | 'pl';

export interface AttributeDefinition {
  readonly name: AttributeName;
  readonly label: string;
  readonly description: string;
  readonly category: AttributeCategory;
  readonly shape: ValueShape;
  readonly dataType: FieldDataType;
  readonly unit: Unit | null;
  /** Whether an asset may have several values. */
  readonly multiple: boolean;
  /** Whether people decide on it, so that a disagreement of equal sources is a conflict. */
  readonly decisive: boolean;
}

export const attributeNames = [
  'name',
  'hostname',
  'fqdn',
  'external_id',
  'uuid',
  'serial_number',
  'asset_tag',
  'ip_address',
  'mac_address',
  'asset_type',
  'description',
  'environment',
  'location',
  'datacenter',
  'rack',
  'availability_zone',
  'network_zone',
  'manufacturer',
  'model',
  'cpu_cores',
  'memory_gb',
  'storage_gb',
  'storage_used_gb',
  'operating_system',
  'os_version',
  'virtualization_platform',
  'hypervisor_host',
  'cluster',
  'power_state',
  'server_role',
  'hosting_model',
  'cpu_utilization_percent',
  'cpu_utilization_peak_percent',
  'memory_utilization_percent',
  'memory_utilization_peak_percent',
  'disk_iops',
  'disk_throughput_mbps',
  'network_throughput_mbps',
  'application_name',
  'application_type',
  'application_version',
  'vendor',
  'technology_stack',
  'architecture_pattern',
  'license',
  'users_count',
  'lifecycle_stage',
  'database_engine',
  'database_version',
  'database_size_gb',
  'business_owner',
  'technical_owner',
  'department',
  'business_unit',
  'cost_center',
  'business_criticality',
  'annual_cost',
  'monthly_cost',
  'dr_tier',
  'rto_minutes',
  'rpo_minutes',
  'availability_requirement',
  'data_classification',
  'compliance_scope',
  'pii',
  'migration_scope',
  'migration_strategy',
  'migration_complexity',
  'migration_priority',
  'migration_wave',
  'cloud_readiness',
  'estimated_cloud_cost',
  'has_saas_replacement',
  'business_logic_complexity',
  'configuration_complexity',
  'change_tolerance',
  'data_volume',
  'user_load',
  'code_quality',
  'security_vulnerabilities',
  'documentation_quality',
  'status',
  'install_date',
  'end_of_life_date',
  'last_seen',
  'discovery_source',
  'depends_on',
  'dependency_source',
  'dependency_target',
  'dependency_type',
  'port',
  'protocol',
  'connection_count',
  'tags',
  'custom_attributes',
] as const;
export type AttributeName = (typeof attributeNames)[number];

/** A canonical value after cleansing; dates are `YYYY-MM-DD`, sizes GB, times minutes, money a number. */
export type AttributeValue = string | number | boolean | readonly string[];

/** The cleansed values of one record. An attribute without a value is absent. */
export type AttributeValues = { readonly [name in AttributeName]?: AttributeValue };

/**
 * Headers that stand for an attribute, separated by `;`. A `~` before a header marks it as ambiguous: it needs
 * support from the values or from the rest of the table.
 */
export type SynonymTable = { readonly [name in AttributeName]?: string };
