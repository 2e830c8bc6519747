import type { AttributeName, AttributeValues } from '../attributes/types';
import type { AssetType } from '../lists';

/** Something that must be known of an asset; any of the groups satisfies it, and a group needs all its attributes. */
export interface CriticalFact {
  readonly label: string;
  readonly anyOf: readonly (readonly AttributeName[])[];
}

const owner: CriticalFact = {
  label: 'an owner',
  anyOf: [['business_owner'], ['technical_owner'], ['department'], ['business_unit']],
};
const criticality: CriticalFact = { label: 'business criticality', anyOf: [['business_criticality']] };
const environment: CriticalFact = { label: 'environment', anyOf: [['environment']] };
const operatingSystem: CriticalFact = {
  label: 'operating system and version',
  anyOf: [['operating_system'], ['os_version']],
};
const size: CriticalFact = {
  label: 'cores, memory and storage',
  anyOf: [['cpu_cores', 'memory_gb', 'storage_gb']],
};
const availability: CriticalFact = {
  label: 'availability requirement',
  anyOf: [['availability_requirement'], ['rto_minutes'], ['rpo_minutes'], ['dr_tier']],
};

const serverFacts: readonly CriticalFact[] = [operatingSystem, size, environment, criticality, owner];
const applicationFacts: readonly CriticalFact[] = [
  { label: 'technology stack', anyOf: [['technology_stack']] },
  { label: 'architecture', anyOf: [['architecture_pattern']] },
  { label: 'application type', anyOf: [['application_type']] },
  criticality,
  owner,
  availability,
  { label: 'compliance scope', anyOf: [['compliance_scope'], ['data_classification']] },
];
const databaseFacts: readonly CriticalFact[] = [
  { label: 'database engine and version', anyOf: [['database_engine', 'database_version']] },
  { label: 'database size', anyOf: [['database_size_gb'], ['storage_gb'], ['data_volume']] },
  environment,
  criticality,
  owner,
];
const otherFacts: readonly CriticalFact[] = [
  { label: 'manufacturer and model', anyOf: [['manufacturer'], ['model']] },
  { label: 'location', anyOf: [['location'], ['datacenter']] },
  owner,
];

const factsByType: Readonly<Record<AssetType, readonly CriticalFact[]>> = {
  server: serverFacts,
  cluster: serverFacts,
  container: serverFacts,
  application: applicationFacts,
  component: applicationFacts,
  database: databaseFacts,
  network: otherFacts,
  load_balancer: otherFacts,
  storage: otherFacts,
  security: otherFacts,
  end_user_device: otherFacts,
  facility: otherFacts,
  other: otherFacts,
};

/** What has to be known before an asset of this type can be decided on. */
export function criticalFacts(assetType: AssetType): readonly CriticalFact[] {
  return factsByType[assetType];
}

const isKnown = (values: AttributeValues, attribute: AttributeName): boolean => {
  const value = values[attribute];
  if (value === undefined) return false;
  return typeof value === 'object' ? value.length > 0 : value !== '' && value !== 'unknown';
};

/** The critical facts that the values do not tell. */
export function missingCriticalFacts(assetType: AssetType, values: AttributeValues): readonly CriticalFact[] {
  return criticalFacts(assetType).filter(
    (fact) => !fact.anyOf.some((group) => group.every((attribute) => isKnown(values, attribute))),
  );
}
