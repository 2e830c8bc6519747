import type { AttributeName } from './types';

export type CriticalCategory = 'infrastructure' | 'application' | 'business' | 'technical_debt';

/** A fact that a 6R decision needs, and the attributes that state it. */
export interface CriticalAttribute {
  readonly name: string;
  readonly category: CriticalCategory;
  /** Counts towards readiness. */
  readonly required: boolean;
  readonly satisfiedBy: readonly AttributeName[];
  /** Whether one of them is enough, or all are needed. */
  readonly rule: 'any' | 'all';
}

function critical(
  category: CriticalCategory,
  name: string,
  satisfiedBy: readonly AttributeName[],
  options: { required?: boolean; rule?: 'any' | 'all' } = {},
): CriticalAttribute {
  return { name, category, required: options.required ?? false, satisfiedBy, rule: options.rule ?? 'any' };
}

const needed = { required: true };

export const criticalAttributes: readonly CriticalAttribute[] = [
  critical('infrastructure', 'operating_system_version', ['operating_system', 'os_version'], needed),
  critical('infrastructure', 'cpu_memory_storage_specs', ['cpu_cores', 'memory_gb', 'storage_gb'], {
    required: true,
    rule: 'all',
  }),
  critical('infrastructure', 'network_configuration', ['ip_address', 'fqdn', 'mac_address']),
  critical('infrastructure', 'virtualization_platform', ['virtualization_platform']),
  critical('infrastructure', 'performance_baseline', [
    'cpu_utilization_percent',
    'memory_utilization_percent',
    'disk_iops',
    'network_throughput_mbps',
  ]),
  critical(
    'infrastructure',
    'availability_requirements',
    ['availability_requirement', 'rto_minutes', 'rpo_minutes'],
    needed,
  ),
  critical('application', 'technology_stack', ['technology_stack'], needed),
  critical('application', 'architecture_pattern', ['architecture_pattern'], needed),
  critical('application', 'integration_dependencies', ['depends_on', 'dependency_target'], needed),
  critical('application', 'data_volume_characteristics', ['data_volume', 'database_size_gb']),
  critical('application', 'user_load_patterns', ['user_load', 'users_count']),
  critical('application', 'business_logic_complexity', ['business_logic_complexity'], needed),
  critical('application', 'configuration_complexity', ['configuration_complexity']),
  critical('application', 'security_compliance_requirements', ['data_classification', 'pii'], needed),
  critical('business', 'business_criticality_score', ['business_criticality'], needed),
  critical('business', 'change_tolerance', ['change_tolerance']),
  critical('business', 'compliance_constraints', ['compliance_scope'], needed),
  critical('business', 'stakeholder_impact', ['business_owner', 'technical_owner', 'department'], needed),
  critical('technical_debt', 'code_quality_metrics', ['code_quality']),
  critical('technical_debt', 'security_vulnerabilities', ['security_vulnerabilities'], needed),
  critical(
    'technical_debt',
    'eol_technology_assessment',
    ['end_of_life_date', 'operating_system', 'technology_stack'],
    needed,
  ),
  critical('technical_debt', 'documentation_quality', ['documentation_quality']),
];

export type CriticalCoverage = 'covered' | 'partial' | 'missing';
export type ReadinessLevel = 'low' | 'moderate' | 'good';

export interface CriticalAttributeStatus {
  readonly name: string;
  readonly category: CriticalCategory;
  readonly required: boolean;
  readonly coverage: CriticalCoverage;
  /** Share of rows, 0 to 1, in which the fact is stated. */
  readonly share: number;
  readonly mappedTo: readonly AttributeName[];
}

export interface CriticalAttributeReport {
  readonly total: number;
  readonly covered: number;
  readonly partial: number;
  readonly missing: number;
  readonly requiredTotal: number;
  readonly requiredCovered: number;
  /** Required and covered ÷ required × 100, one decimal. */
  readonly readinessPercent: number;
  readonly readiness: ReadinessLevel;
  readonly attributes: readonly CriticalAttributeStatus[];
}

/** A fact is covered when it is stated in at least half of the rows. */
const coveredShare = 0.5;

function shareOf(attribute: CriticalAttribute, shares: ReadonlyMap<AttributeName, number>): number {
  const stated = attribute.satisfiedBy.map((name) => shares.get(name) ?? 0);
  return attribute.rule === 'all' ? Math.min(...stated) : Math.max(...stated);
}

function coverageOf(share: number, mapped: number): CriticalCoverage {
  if (share >= coveredShare) return 'covered';
  return mapped > 0 ? 'partial' : 'missing';
}

function readinessLevel(percent: number): ReadinessLevel {
  if (percent < 50) return 'low';
  return percent < 75 ? 'moderate' : 'good';
}

/**
 * How many of the facts that a 6R decision needs the mapped columns state.
 * `nonEmptyShares` holds the share (0 to 1) of rows with a value per target; a mapped target without a share
 * counts as full.
 */
export function criticalAttributeReport(
  mappedTargets: Iterable<AttributeName>,
  nonEmptyShares: Readonly<Partial<Record<AttributeName, number>>> = {},
): CriticalAttributeReport {
  const shares = new Map([...mappedTargets].map((name) => [name, nonEmptyShares[name] ?? 1]));
  const statuses = criticalAttributes.map((attribute): CriticalAttributeStatus => {
    const mappedTo = attribute.satisfiedBy.filter((name) => shares.has(name));
    const share = shareOf(attribute, shares);
    const { name, category, required } = attribute;
    return { name, category, required, share, mappedTo, coverage: coverageOf(share, mappedTo.length) };
  });
  const count = (coverage: CriticalCoverage) => statuses.filter((one) => one.coverage === coverage).length;
  const required = statuses.filter((one) => one.required);
  const requiredCovered = required.filter((one) => one.coverage === 'covered').length;
  const readinessPercent = Math.round((requiredCovered / required.length) * 1000) / 10;
  return {
    total: statuses.length,
    covered: count('covered'),
    partial: count('partial'),
    missing: count('missing'),
    requiredTotal: required.length,
    requiredCovered,
    readinessPercent,
    readiness: readinessLevel(readinessPercent),
    attributes: statuses,
  };
}
