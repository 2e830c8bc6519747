import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { systemActor } from '../../src/db/accounts/audit';
import { setFlowStatus } from '../../src/db/flows/flow-status';
import { inTenant } from '../../src/db/connection/tenant';
import { verifyDatabase } from '../../src/db/checks/verify';
import type { Tenant } from '../../src/domain/flow/messages';
import { addTenant, asSuperuser, createTestDatabase, type TestDatabase } from '../support/database';
import { addFlow } from '../support/flow-rows';

let database: TestDatabase;
let tenant: Tenant;
let flowId: string;
let importId: string;

beforeEach(async () => {
  database = await createTestDatabase();
  tenant = await addTenant(database);
  ({ flowId, importId } = await addFlow(database, tenant));
});

afterEach(async () => {
  await database.drop();
});

const broken = async (): Promise<Record<string, number>> => {
  const { rules } = await verifyDatabase(database.pools);
  return Object.fromEntries(rules.filter(({ count }) => count > 0).map(({ rule, count }) => [rule, count]));
};

/** Writes past constraints between tables, as a defect would. `:t` stands for both columns of the tenant. */
const damage = (...statements: string[]) =>
  asSuperuser(database, async (query) => {
    await query('set session_replication_role = replica');
    const owner = `'${tenant.clientAccountId}', '${tenant.engagementId}'`;
    for (const sql of statements) await query(sql.replaceAll(':t', owner));
  });

const owner = 'client_account_id, engagement_id';

/** A run of a phase, published when it is completed. */
const run = (id: string, phase: string, changes: { importId?: string | null; counts?: string } = {}) =>
  `insert into phase_runs (${owner}, id, flow_id, phase, import_id, status, published_at, rows_in, passed)
   values (:t, '${id}', '${flowId}', '${phase}', ${changes.importId === null ? 'null' : `'${importId}'`},
     'completed', now(), ${changes.counts ?? '0, 0'})`;

const anAsset = (id: string, mergedInto: string | null = null) =>
  `insert into assets (${owner}, id, name, asset_type, merged_into)
   values (:t, '${id}', 'web-1', 'server', ${mergedInto === null ? 'null' : `'${mergedInto}'`})`;

const id = randomUUID();
const other = randomUUID();

test('nothing is broken in a sound database', async () => {
  await inTenant(database.pools.app, tenant, async (trx) => {
    await setFlowStatus(trx, flowId, { status: 'running' }, systemActor);
    await setFlowStatus(trx, flowId, { status: 'waiting_for_approval' }, systemActor);
    await setFlowStatus(trx, flowId, { status: 'paused' }, systemActor);
    await setFlowStatus(trx, flowId, { status: 'waiting_for_approval' }, systemActor);
  });

  expect(await broken()).toEqual({});
});

test('a master flow without its child is found', async () => {
  await damage(`delete from discovery_flows where master_flow_id = '${flowId}'`);

  expect(await broken()).toEqual({ master_without_child: 1 });
});

test('completed flows that are still active elsewhere are found', async () => {
  await damage(`update discovery_flows set status = 'running' where master_flow_id = '${flowId}'`);

  expect(await broken()).toEqual({ child_disagrees: 1 });
});

test('a change of status that the audit log does not tell is found', async () => {
  await damage(
    `update master_flows set flow_status = 'running' where flow_id = '${flowId}'`,
    `update discovery_flows set status = 'running' where master_flow_id = '${flowId}'`,
  );

  expect(await broken()).toEqual({ status_without_audit: 1 });
});

test('a status between two told ones that the audit log lacks is found', async () => {
  await inTenant(database.pools.app, tenant, async (trx) => {
    for (const status of ['running', 'waiting_for_approval', 'running'] as const)
      await setFlowStatus(trx, flowId, { status }, systemActor);
  });
  await damage(`delete from audit.audit_log where action = 'flow.waiting_for_approval'`);

  expect(await broken()).toEqual({ status_without_audit: 1 });
});

test('a flow that was marked completed without results is found', async () => {
  await inTenant(database.pools.app, tenant, async (trx) => {
    await setFlowStatus(trx, flowId, { status: 'running' }, systemActor);
    await setFlowStatus(trx, flowId, { status: 'completed' }, systemActor);
  });
  await damage(
    `update discovery_flows set data_import_completed = true where master_flow_id = '${flowId}'`,
    `update data_imports set total_records = 2, accepted_records = 2 where id = '${importId}'`,
  );

  expect(await broken()).toEqual({
    completed_without_phase: 7,
    phase_marked_without_result: 1,
    records_unaccounted: 1,
  });
});

test('an import whose records are not as many as it says is found', async () => {
  await damage(
    run(id, 'data_import'),
    `insert into flow_results (${owner}, phase_run_id, flow_id, phase, import_id)
     values (:t, '${id}', '${flowId}', 'data_import', '${importId}')`,
    `update data_imports set total_records = 1, accepted_records = 1 where id = '${importId}'`,
  );

  expect(await broken()).toEqual({ import_not_counted: 1 });
});

test('a result that points at nothing is found', async () => {
  await damage(
    `insert into flow_results (${owner}, phase_run_id, flow_id, phase, import_id)
     values (:t, '${id}', '${flowId}', 'data_validation', '${importId}')`,
  );

  expect(await broken()).toEqual({ result_without_run: 1 });
});

test('a published run whose ledger does not add up is found', async () => {
  await damage(
    run(id, 'asset_inventory', { importId: null, counts: '1, 1' }),
    'alter table phase_runs drop constraint phase_runs_every_record_counted',
    `update phase_runs set passed = 0 where id = '${id}'`,
  );

  expect(await broken()).toEqual({ run_ledger_open: 1 });
});

test('two open runs of one phase are found', async () => {
  const open = (runId: string) =>
    `insert into phase_runs (${owner}, id, flow_id, phase) values (:t, '${runId}', '${flowId}', 'asset_inventory')`;
  await damage('drop index phase_runs_one_open', open(id), open(other));

  expect(await broken()).toEqual({ several_open_runs: 1 });
});

test('derived rows of a run that does not exist are found', async () => {
  await damage(
    `insert into asset_changes (${owner}, phase_run_id, asset_id, state)
     values (:t, '${id}', '${other}', 'created'), (:t, '${id}', '${id}', 'created')`,
  );

  expect(await broken()).toEqual({ rows_without_run: 1 });
});

test('sources and keys of missing or merged assets, and sources without their record, are found', async () => {
  await damage(
    run(id, 'data_cleansing'),
    anAsset(other),
    anAsset(id, other),
    `insert into asset_sources (${owner}, phase_run_id, row_number, asset_id, import_id, rank)
     values (:t, '${id}', 1, '${id}', '${importId}', 1), (:t, '${id}', 2, '${other}', '${importId}', 1)`,
    `insert into cleansed_records (${owner}, phase_run_id, import_id, row_number, kind)
     values (:t, '${id}', '${importId}', 1, 'inventory')`,
    `insert into asset_identity_keys (${owner}, kind, value, asset_id)
     values (:t, 'hostname', 'web-1', '${id}'), (:t, 'fqdn', 'web-1.example', '${randomUUID()}'),
       (:t, 'name', 'web-1', '${other}')`,
  );

  expect(await broken()).toEqual({ identity_key_astray: 2, source_astray: 1, source_without_record: 1 });
});

test('dependencies, recommendations and pointers of the estate that lead nowhere are found', async () => {
  await damage(
    run(id, 'dependency_analysis', { importId: null }),
    run(other, 'tech_debt_assessment', { importId: null }),
    anAsset(id),
    `insert into estates (${owner}, dependency_run_id, assessment_run_id, inventory_run_id, plan_id)
     values (:t, '${id}', '${other}', '${randomUUID()}', '${randomUUID()}')`,
    `insert into asset_dependencies (${owner}, phase_run_id, source_asset_id, target_asset_id, type, hardness, origin)
     values (:t, '${id}', '${id}', '${other}', 'runs_on', 'hard', 'column')`,
    `insert into recommendations (${owner}, phase_run_id, asset_id, assessment_id, strategy, confidence)
     values (:t, '${other}', '${other}', '${id}', 'rehost', 1)`,
  );

  expect(await broken()).toEqual({
    dependency_without_end: 1,
    estate_pointer_astray: 2,
    recommendation_astray: 1,
    recommendation_unexplained: 1,
  });
});

test('an open flow whose upload was removed is found', async () => {
  await damage(`update stored_objects set state = 'deleted'`);

  expect(await broken()).toEqual({ import_without_upload: 1 });
});

test('the command prints every rule as JSON and fails when one is broken', async () => {
  await damage(`delete from discovery_flows where master_flow_id = '${flowId}'`);
  const environment = {
    ...process.env,
    SURVEYOR_HOME: `/tmp/surveyor-verify-${randomUUID()}`,
    SURVEYOR_APP_DATABASE_URL: database.urls.appUrl,
    SURVEYOR_SYSTEM_DATABASE_URL: database.urls.systemUrl,
  };
  const command = path.resolve(__dirname, '../../bin/surveyor');

  const failed = promisify(execFile)(process.execPath, [command, 'verify', '--json'], { env: environment });

  const outcome: unknown = await failed.catch((error: unknown) => error);
  expect(outcome).toMatchObject({ code: 1 });
  const { stdout } = outcome as { stdout: string }; // what execFile rejects with
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    tenants: 1,
    rules: expect.arrayContaining([
      expect.objectContaining({ rule: 'master_without_child', count: 1, examples: [flowId] }),
    ]),
  });
}, 120_000);
