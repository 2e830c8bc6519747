import { defineCategory } from './define';

const application = defineCategory('application', {
  application_name: {
    label: 'Application',
    description: 'Application that the row is or serves',
    shape: 'name',
  },
  application_type: {
    label: 'Application type',
    description: 'Custom, package, SaaS, web, batch, …',
    shape: 'text',
  },
  application_version: {
    label: 'Application version',
    description: 'Version of the application',
    shape: 'text',
  },
  vendor: { label: 'Vendor', description: 'Supplier of the software', shape: 'name' },
  technology_stack: {
    label: 'Technology stack',
    description: 'Languages, frameworks and runtimes',
    shape: 'list',
  },
  architecture_pattern: {
    label: 'Architecture pattern',
    description: 'Monolith, client-server, n-tier, microservices, …',
    shape: 'text',
  },
  license: { label: 'License', description: 'Kind or name of the licence', shape: 'text' },
  users_count: { label: 'Users', description: 'Number of users', shape: 'integer', unit: 'count' },
  lifecycle_stage: {
    label: 'Lifecycle stage',
    description: 'Plan, build, operate, phase-out, …',
    shape: 'text',
  },
  database_engine: {
    label: 'Database',
    description: 'Database product, with version where known',
    shape: 'text',
  },
  database_version: {
    label: 'Database version',
    description: 'Version of the database product',
    shape: 'text',
  },
  database_size_gb: {
    label: 'Database size',
    description: 'Size of the database in GB',
    shape: 'number',
    unit: 'gb',
  },
});

const business = defineCategory('business', {
  business_owner: {
    label: 'Business owner',
    description: 'Person or team that answers for the use',
    shape: 'person',
    decisive: true,
  },
  technical_owner: {
    label: 'Technical owner',
    description: 'Person or team that runs it',
    shape: 'person',
    decisive: true,
  },
  department: { label: 'Department', description: 'Department that uses it', shape: 'name' },
  business_unit: {
    label: 'Business unit',
    description: 'Division, company or business service',
    shape: 'name',
  },
  cost_center: { label: 'Cost centre', description: 'Account that pays', shape: 'text' },
  business_criticality: {
    label: 'Business criticality',
    description: 'How much the business needs it',
    shape: 'criticality',
    decisive: true,
  },
  annual_cost: { label: 'Annual cost', description: 'Cost of a year', shape: 'money' },
  monthly_cost: { label: 'Monthly cost', description: 'Cost of a month', shape: 'money' },
  dr_tier: { label: 'DR tier', description: 'Class of disaster recovery', shape: 'text' },
  rto_minutes: {
    label: 'RTO',
    description: 'Recovery time objective in minutes',
    shape: 'number',
    unit: 'minutes',
  },
  rpo_minutes: {
    label: 'RPO',
    description: 'Recovery point objective in minutes',
    shape: 'number',
    unit: 'minutes',
  },
  availability_requirement: {
    label: 'Availability requirement',
    description: 'Agreed availability or service level',
    shape: 'text',
  },
  data_classification: {
    label: 'Data classification',
    description: 'Public, internal, confidential, …',
    shape: 'text',
    decisive: true,
  },
  compliance_scope: {
    label: 'Compliance scope',
    description: 'Rules that apply: PCI, SOX, HIPAA, GDPR, …',
    shape: 'list',
  },
  pii: {
    label: 'Personal data',
    description: 'Whether personal data is held',
    shape: 'boolean',
    decisive: true,
  },
});

const migration = defineCategory('migration', {
  migration_scope: {
    label: 'Migration scope',
    description: 'In, out or deferred',
    shape: 'scope',
    decisive: true,
  },
  migration_strategy: {
    label: 'Migration strategy',
    description: '6R disposition',
    shape: 'disposition',
    decisive: true,
  },
  migration_complexity: {
    label: 'Migration complexity',
    description: 'Expected difficulty of the move',
    shape: 'text',
  },
  migration_priority: { label: 'Migration priority', description: 'Rank of the move', shape: 'text' },
  migration_wave: { label: 'Migration wave', description: 'Wave or move group', shape: 'text' },
  cloud_readiness: {
    label: 'Cloud readiness',
    description: 'Readiness as another tool judged it',
    shape: 'text',
  },
  estimated_cloud_cost: {
    label: 'Estimated cloud cost',
    description: 'Expected cost in the cloud',
    shape: 'money',
  },
  has_saas_replacement: {
    label: 'SaaS replacement',
    description: 'Whether a SaaS product could replace it',
    shape: 'boolean',
  },
});

const assessment = defineCategory('assessment', {
  business_logic_complexity: {
    label: 'Business logic complexity',
    description: 'How intricate the rules are',
    shape: 'text',
  },
  configuration_complexity: {
    label: 'Configuration complexity',
    description: 'How intricate the set-up is',
    shape: 'text',
  },
  change_tolerance: {
    label: 'Change tolerance',
    description: 'Change windows and tolerance to change',
    shape: 'text',
  },
  data_volume: { label: 'Data volume', description: 'Amount and growth of data', shape: 'text' },
  user_load: { label: 'User load', description: 'Load pattern: concurrent users, requests', shape: 'text' },
  code_quality: {
    label: 'Code quality',
    description: 'Measured or judged quality of the code',
    shape: 'text',
  },
  security_vulnerabilities: {
    label: 'Security vulnerabilities',
    description: 'Known vulnerabilities',
    shape: 'text',
  },
  documentation_quality: {
    label: 'Documentation quality',
    description: 'State of the documentation',
    shape: 'text',
  },
});

const other = defineCategory('other', {
  tags: { label: 'Tags', description: 'Labels and key-value tags', shape: 'list' },
  custom_attributes: { label: 'Custom attributes', description: 'Kept under its own header', shape: 'text' },
});

/** Attributes of applications, their business and their migration. */
export const businessDefinitions = [...application, ...business, ...migration, ...assessment, ...other];
