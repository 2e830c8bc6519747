import { attributeDefinition } from '../../attributes/registry';
import type { AttributeCategory, AttributeName } from '../../attributes/types';
import { plainTarget } from '../evidence/column-evidence';
import type { ColumnEvidence } from '../evidence/column-evidence';
import { valueWords } from '../evidence/value-words';

/** What the rows of an inventory are about. */
export type TableSubject = 'machines' | 'applications' | 'databases';

const machineFacts: ReadonlySet<AttributeName> = new Set([
  'hostname',
  'fqdn',
  'ip_address',
  'mac_address',
  'uuid',
  'serial_number',
  'cpu_cores',
  'memory_gb',
  'storage_gb',
  'operating_system',
  'os_version',
  'power_state',
  'hypervisor_host',
  'cluster',
  'model',
  'rack',
]);
const applicationFacts: ReadonlySet<AttributeName> = new Set([
  'application_name',
  'application_type',
  'application_version',
  'vendor',
  'technology_stack',
  'architecture_pattern',
  'users_count',
  'lifecycle_stage',
  'business_criticality',
  'business_owner',
  'rto_minutes',
  'rpo_minutes',
  'annual_cost',
  'data_classification',
  'compliance_scope',
  'pii',
  'migration_strategy',
  'hosting_model',
]);
const databaseFacts: ReadonlySet<AttributeName> = new Set([
  'database_engine',
  'database_version',
  'database_size_gb',
]);

/** The targets that headers name plainly, once each. */
export function plainTargets(columns: readonly ColumnEvidence[]): ReadonlySet<AttributeName> {
  const targets = columns.map(plainTarget).filter((target) => target !== null);
  return new Set(targets);
}

/** How many of the targets are facts of a machine. */
export function countMachineFacts(targets: ReadonlySet<AttributeName>): number {
  return [...targets].filter((target) => machineFacts.has(target)).length;
}

/** How many of the targets are facts of an application. */
export function countApplicationFacts(targets: ReadonlySet<AttributeName>): number {
  return [...targets].filter((target) => applicationFacts.has(target)).length;
}

const databaseProduct = valueWords.database_engine;

/** A column of database names beside one of database products, whatever their headers may mean elsewhere. */
export function namesDatabases(columns: readonly ColumnEvidence[]): ColumnEvidence | null {
  const named = columns.find(({ header }) => header.words.join(' ') === 'database');
  if (named === undefined || databaseProduct === undefined) return null;
  const isApart = columns.some(
    (other) =>
      other !== named &&
      other.matches.some((match) => match.target === 'database_engine') &&
      other.values.lexiconShare(databaseProduct) > 0.6,
  );
  return isApart ? named : null;
}

/** What the rows are about, by the headers that are plain. */
export function tableSubject(targets: ReadonlySet<AttributeName>): TableSubject {
  const machines = countMachineFacts(targets);
  const applications = countApplicationFacts(targets);
  const databases = [...targets].filter((target) => databaseFacts.has(target)).length;
  if (databases >= 2 && machines <= 3 && applications <= databases + 2) return 'databases';
  return applications > machines ? 'applications' : 'machines';
}

const categoryWeights: Readonly<Record<TableSubject, Partial<Record<AttributeCategory, number>>>> = {
  machines: { hardware: 0.6, placement: 0.2, life: 0.2, application: -0.5, assessment: -0.6 },
  applications: {
    application: 0.6,
    business: 0.4,
    migration: 0.4,
    assessment: 0.4,
    hardware: -0.9,
    load: -0.6,
  },
  databases: { application: -0.3, hardware: -0.5, load: -0.4 },
};
const targetWeights: Readonly<Record<TableSubject, { readonly [name in AttributeName]?: number }>> = {
  machines: { depends_on: -0.8, manufacturer: 0.3, vendor: -0.6 },
  applications: {
    asset_type: -0.3,
    last_seen: -2.2,
    hostname: -1.2,
    depends_on: 0.9,
    manufacturer: -1,
    model: -1.2,
    vendor: 0.4,
    location: -0.2,
    server_role: -0.8,
  },
  databases: {
    hypervisor_host: -3,
    database_engine: 1,
    database_version: 1.8,
    database_size_gb: 1.8,
    hostname: 0.3,
    name: 0.8,
  },
};

/** How well a target suits the rows, as log odds for headers that may mean several things. */
export function subjectWeight(subject: TableSubject, target: AttributeName): number {
  const byCategory = categoryWeights[subject][attributeDefinition(target).category] ?? 0;
  return byCategory + (targetWeights[subject][target] ?? 0);
}
