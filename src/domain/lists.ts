/**
 * The closed lists of the product. Each list exists once, here or in `domain/flow`; migrations repeat them
 * literally in CHECK constraints and a test compares the two.
 */

export const assetTypes = [
  'server',
  'application',
  'database',
  'network',
  'load_balancer',
  'storage',
  'security',
  'container',
  'cluster',
  'end_user_device',
  'facility',
  'component',
  'other',
] as const;
export type AssetType = (typeof assetTypes)[number];

export const environments = [
  'production',
  'staging',
  'test',
  'qa',
  'uat',
  'development',
  'disaster_recovery',
  'sandbox',
  'unknown',
] as const;
export type Environment = (typeof environments)[number];

export const criticalities = ['critical', 'high', 'medium', 'low'] as const;
export type Criticality = (typeof criticalities)[number];

export const migrationScopes = ['in', 'out', 'deferred'] as const;
export type MigrationScope = (typeof migrationScopes)[number];

export const dependencyTypes = [
  'runs_on',
  'hosted_on',
  'depends_on',
  'connects_to',
  'uses',
  'member_of',
  'replicates_to',
] as const;
export type DependencyType = (typeof dependencyTypes)[number];

export const hardnesses = ['hard', 'soft'] as const;
export type Hardness = (typeof hardnesses)[number];

export const dependencyOrigins = ['column', 'relation_file', 'network_flow', 'inferred', 'person'] as const;
export type DependencyOrigin = (typeof dependencyOrigins)[number];

/** The eight outcomes of a 6R decision. `replace` and `rewrite` on input mean `repurchase`. */
export const dispositions = [
  'rehost',
  'relocate',
  'replatform',
  'refactor',
  'rearchitect',
  'repurchase',
  'retire',
  'retain',
] as const;
export type Disposition = (typeof dispositions)[number];

/** Lifecycle of a product version on the day of the assessment; `unknown` is never treated as fine. */
export const lifecycleStatuses = ['expired', 'extended_only', 'soon', 'supported', 'unknown'] as const;
export type LifecycleStatus = (typeof lifecycleStatuses)[number];

/** Where a record of an import ends. Asset rows: the first four; relation rows: linked, unresolved. */
export const ledgerStates = [
  'created',
  'updated',
  'merged',
  'unchanged',
  'linked',
  'unresolved',
  'skipped',
  'rejected',
] as const;
export type LedgerState = (typeof ledgerStates)[number];

export const importStatuses = ['pending', 'processing', 'completed', 'failed'] as const;
export type ImportStatus = (typeof importStatuses)[number];

export const mappingStatuses = ['pending', 'approved', 'rejected'] as const;
export type MappingStatus = (typeof mappingStatuses)[number];

/** `ai` is the contract's word for "suggested by the engine". */
export const mappingTypes = ['ai', 'manual', 'learned'] as const;
export type MappingType = (typeof mappingTypes)[number];

/** How several columns feed one attribute. */
export const mappingCombinations = ['first', 'list', 'sum', 'product'] as const;
export type MappingCombination = (typeof mappingCombinations)[number];

export const fieldDataTypes = ['string', 'number', 'boolean', 'date'] as const;
export type FieldDataType = (typeof fieldDataTypes)[number];

/** What the rows of a table are. Only `inventory` rows become assets; relations and flows feed dependencies. */
export const tableKinds = [
  'inventory',
  'relations',
  'network_flows',
  'performance',
  'dictionary',
  'people',
  'register',
  'unknown',
] as const;
export type TableKind = (typeof tableKinds)[number];

export const findingSeverities = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type FindingSeverity = (typeof findingSeverities)[number];

/** What a person may decide about a column whose profile blocks the flow. */
export const profileActions = ['split', 'truncate', 'skip', 'keep', 'first_value'] as const;
export type ProfileAction = (typeof profileActions)[number];

export const conflictKinds = [
  'identity_clash',
  'attribute_disagreement',
  'class_change',
  'near_duplicate',
] as const;
export type ConflictKind = (typeof conflictKinds)[number];

export const conflictStatuses = ['open', 'resolved', 'dismissed'] as const;
export type ConflictStatus = (typeof conflictStatuses)[number];

export const conflictActions = [
  'keep_existing',
  'replace_with_new',
  'merge',
  'keep_separate',
  'create_both_with_dependency',
] as const;
export type ConflictAction = (typeof conflictActions)[number];

/** Kinds of identity keys, in the order in which they are trusted. An IP address is never one. */
export const identityKeyKinds = ['uuid', 'serial', 'external_id', 'fqdn', 'hostname', 'mac', 'name'] as const;
export type IdentityKeyKind = (typeof identityKeyKinds)[number];

export const sourceCoverages = ['full', 'partial'] as const;
export type SourceCoverage = (typeof sourceCoverages)[number];

export const roles = ['platform_admin', 'client_admin', 'engagement_manager', 'analyst', 'viewer'] as const;
export type Role = (typeof roles)[number];

export const userStatuses = ['pending_approval', 'active', 'disabled'] as const;
export type UserStatus = (typeof userStatuses)[number];

export const healthStatuses = ['healthy', 'degraded', 'unhealthy'] as const;
export type HealthStatus = (typeof healthStatuses)[number];

export const backgroundTaskStates = ['active', 'completed', 'failed', 'cancelled'] as const;
export type BackgroundTaskState = (typeof backgroundTaskStates)[number];

export const securityEventTypes = [
  'TENANT_VIOLATION',
  'CONTEXT_MISSING',
  'UNAUTHENTICATED',
  'PERMISSION_DENIED',
  'GLOBAL_QUERY',
] as const;
export type SecurityEventType = (typeof securityEventTypes)[number];

/** What changes an estate outside an open flow. */
export const estateChangeKinds = ['undo_import', 'correct_import', 'project'] as const;
export type EstateChangeKind = (typeof estateChangeKinds)[number];

export const estateChangeStatuses = ['pending', 'running', 'completed', 'failed'] as const;
export type EstateChangeStatus = (typeof estateChangeStatuses)[number];

/** What becomes of an import with rejected records: the others go on, or none does. */
export const importPolicies = ['partial', 'all_or_nothing'] as const;
export type ImportPolicy = (typeof importPolicies)[number];
