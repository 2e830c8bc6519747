import { readFileSync } from 'node:fs';
import path from 'node:path';
import { verifyDatabase } from '../../src/db/checks/verify';
import { phases } from '../../src/domain/flow/phases';
import { addTenant, asSuperuser } from '../support/database';
import { dump } from '../support/dump';
import { estateFile } from '../support/estate-file';
import { FlowDriver } from '../support/flow-driver';
import { TestStack } from '../support/stack';

let stack: TestStack;
let flows: FlowDriver;

beforeAll(async () => {
  stack = await TestStack.create();
  flows = new FlowDriver(stack);
  await stack.start('worker');
}, 120_000);

afterAll(async () => {
  await stack.stop();
});

const sample = (name: string) => readFileSync(path.resolve(__dirname, '../fixtures/samples', name));

test('a file goes through all seven phases with automatic approval, and every rule of the database holds', async () => {
  const flowId = await flows.start({ content: sample('servicenow-cmdb_ci_server.csv') });

  const row = await flows.untilStatus(flowId, 'completed');

  expect(row).toMatchObject({ progressPercentage: 100, recordsTotal: 20, techDebtAssessmentCompleted: true });
  const published = await asSuperuser(stack.database, (query) =>
    query('select phase from flow_results where flow_id = $1 order by published_at', [flowId]),
  );
  expect(published.map(({ phase }) => phase)).toEqual(phases);
  const { rules } = await verifyDatabase(stack.database.pools);
  expect(rules.filter(({ count }) => count > 0)).toEqual([]);
});

test('no phase is completed without having read records and written results', async () => {
  const tenant = await addTenant(stack.database);
  const flowId = await flows.start({ content: estateFile(25), tenant });

  await flows.untilStatus(flowId, 'completed', { tenant });

  const runs = await asSuperuser(stack.database, (query) =>
    query('select phase, rows_out::integer as written from phase_runs where flow_id = $1', [flowId]),
  );
  expect(runs).toHaveLength(phases.length);
  expect(runs.filter(({ written }) => written === 0)).toEqual([]);
});

test('a flow that asks waits for its approval, and goes on from it to its end', async () => {
  const flowId = await flows.start({ content: sample('rvtools4-vInfo.csv'), approval: 'ask' });

  const waiting = await flows.untilStatus(flowId, 'waiting_for_approval');
  await flows.approve(flowId);
  const row = await flows.untilStatus(flowId, 'completed');

  expect(waiting).toMatchObject({ waitingFor: 'mapping_approval', fieldMappingCompleted: false });
  expect(row).toMatchObject({ fieldMappingCompleted: true, waitingFor: null });
});

test('two tenants with the same file get equal results, and neither sees the other', async () => {
  const other = await addTenant(stack.database);
  const content = sample('azure-migrate-import.csv');
  const ours = await addTenant(stack.database);

  const first = await flows.start({ content, tenant: ours });
  const second = await flows.start({ content, tenant: other });

  await flows.untilStatus(first, 'completed', { tenant: ours });
  await flows.untilStatus(second, 'completed', { tenant: other });
  expect(await dump(stack.database, ours)).toEqual(await dump(stack.database, other));
  expect(await flows.status(first, other)).toBeUndefined();
});
