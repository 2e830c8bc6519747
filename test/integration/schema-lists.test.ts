import * as phasesModule from '../../src/domain/flow/phases';
import * as statusModule from '../../src/domain/flow/status';
import * as lists from '../../src/domain/lists';
import { rejectionCodes } from '../../src/intake/types';
import { asSuperuser, createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
const listOfConstraint = new Map<string, readonly string[]>();

beforeAll(async () => {
  database = await createTestDatabase();
  const rows = await asSuperuser(database, (query) =>
    query(
      `select conname, pg_get_constraintdef(k.oid) as definition from pg_constraint k
       join pg_namespace n on n.oid = k.connamespace
       where contype = 'c' and n.nspname in ('public', 'audit') and conname like '%\\_known'`,
    ),
  );
  for (const row of rows) {
    const words = [...String(row['definition']).matchAll(/'([^']*)'::text/g)].map((match) => match[1] ?? '');
    listOfConstraint.set(String(row['conname']), words);
  }
});

afterAll(async () => {
  await database.drop();
});

const { flowStatuses, commandTypes } = statusModule;
const { phases, phaseRunStatuses, gates } = phasesModule;

/** The list of the domain behind each CHECK, or the words where only the database has them. */
const expected: Readonly<Record<string, readonly string[]>> = {
  users_status_known: lists.userStatuses,
  memberships_role_known: lists.roles,
  stored_objects_kind_known: ['upload', 'artefact'],
  stored_objects_state_known: ['pending', 'ready', 'deleted'],
  idempotency_keys_state_known: ['in_progress', 'done'],
  master_flows_type_known: ['discovery'],
  master_flows_status_known: flowStatuses,
  master_flows_paused_from_known: flowStatuses.filter(
    (from) => from !== 'paused' && statusModule.canTransition(from, 'paused'),
  ),
  master_flows_waiting_for_known: gates,
  master_flows_phase_known: phases,
  master_flows_reason_known: ['requested', 'expired', 'terminated'],
  discovery_flows_status_known: flowStatuses,
  discovery_flows_phase_known: phases,
  discovery_flows_learning_scope_known: ['engagement', 'client'],
  flow_commands_type_known: commandTypes,
  flow_commands_gate_known: gates,
  flow_commands_origin_known: ['api', 'operator', 'reconciler'],
  flow_commands_outcome_known: ['applied', 'superseded', 'rejected'],
  flow_commands_from_status_known: flowStatuses,
  flow_commands_target_status_known: flowStatuses,
  flow_gates_gate_known: gates,
  data_imports_status_known: lists.importStatuses,
  data_imports_container_known: ['csv', 'xlsx', 'json', 'ndjson'],
  data_imports_table_kind_known: lists.tableKinds,
  data_imports_coverage_known: lists.sourceCoverages,
  data_imports_as_of_origin_known: ['file', 'asked'],
  phase_runs_status_known: phaseRunStatuses,
  phase_runs_phase_known: phases,
  flow_results_phase_known: phases,
  background_tasks_state_known: lists.backgroundTaskStates,
  flow_errors_severity_known: lists.findingSeverities,
  flow_errors_phase_known: phases,
  cleansed_records_kind_known: ['inventory', 'relation', 'skipped'],
  data_quality_findings_severity_known: lists.findingSeverities,
  data_quality_findings_action_known: lists.profileActions,
  import_field_mappings_status_known: lists.mappingStatuses,
  import_field_mappings_type_known: lists.mappingTypes,
  assets_type_known: lists.assetTypes,
  assets_environment_known: lists.environments,
  assets_criticality_known: lists.criticalities,
  assets_scope_known: lists.migrationScopes,
  asset_identity_keys_kind_known: lists.identityKeyKinds,
  asset_changes_state_known: [...lists.ledgerStates.slice(0, 4), 'removed'],
  asset_merges_action_known: ['merge', 'keep_separate', 'split'],
  asset_conflicts_kind_known: lists.conflictKinds,
  asset_conflicts_status_known: lists.conflictStatuses,
  asset_conflicts_action_known: lists.conflictActions,
  asset_dependencies_type_known: lists.dependencyTypes,
  asset_dependencies_hardness_known: lists.hardnesses,
  asset_dependencies_origin_known: lists.dependencyOrigins,
  dependency_overrides_action_known: ['add', 'remove', 'accept_cut'],
  dependency_overrides_type_known: lists.dependencyTypes,
  dependency_overrides_hardness_known: lists.hardnesses,
  unresolved_references_type_known: lists.dependencyTypes,
  application_members_state_known: ['suggested', 'confirmed', 'rejected'],
  recommendations_strategy_known: lists.dispositions,
  recommendations_runner_up_known: lists.dispositions,
  disposition_overrides_strategy_known: lists.dispositions,
  estate_changes_kind_known: lists.estateChangeKinds,
  estate_changes_status_known: lists.estateChangeStatuses,
  security_violations_type_known: lists.securityEventTypes,
  security_violations_severity_known: lists.findingSeverities,
};

test.each(Object.entries(expected))('%s holds the words of the domain', (constraint, words) => {
  expect([...(listOfConstraint.get(constraint) ?? [])].sort()).toEqual([...words].sort());
});

test('every list in the schema is compared', () => {
  const compared = new Set([...Object.keys(expected), 'rejected_records_code_known']);

  expect([...listOfConstraint.keys()].filter((name) => !compared.has(name))).toEqual([]);
});

test('the columns of the ledger are its states', async () => {
  const rows = await asSuperuser(database, (query) =>
    query(
      `select column_name from information_schema.columns where table_name = 'phase_runs' and column_name = any ($1)`,
      [[...lists.ledgerStates]],
    ),
  );

  expect(rows).toHaveLength(lists.ledgerStates.length);
});

test('the reasons of rejected records are those of the intake', () => {
  expect(new Set(listOfConstraint.get('rejected_records_code_known'))).toEqual(new Set(rejectionCodes));
});

test('a child has one boolean for each phase', async () => {
  const rows = await asSuperuser(database, (query) =>
    query(
      `select column_name::text from information_schema.columns
       where table_name = 'discovery_flows' and column_name like '%\\_completed'`,
    ),
  );

  expect(new Set(rows.map((row) => row['column_name']))).toEqual(
    new Set(phases.map((phase) => `${phase}_completed`)),
  );
});
