import { verifyDatabase } from '../../src/db/checks/verify';
import { addTenant } from '../support/database';
import { dump } from '../support/dump';
import { estateFile } from '../support/estate-file';
import { FlowDriver } from '../support/flow-driver';
import { type PrivatePostgres, startPrivatePostgres } from '../support/private-postgres';
import { TestStack } from '../support/stack';

let postgres: PrivatePostgres;
let stack: TestStack;
let flows: FlowDriver;

beforeAll(async () => {
  postgres = await startPrivatePostgres();
  stack = await TestStack.create({ database: postgres.database });
  flows = new FlowDriver(stack);
  await stack.start('worker');
}, 180_000);

afterAll(async () => {
  await stack.stop();
});

test('a flow whose database crashes ends as one whose database does not', async () => {
  const content = estateFile(600);
  const tenant = await addTenant(stack.database);
  await flows.untilStatus(await flows.start({ content }), 'completed', { withinMs: 90_000 });

  const flowId = await flows.start({ content, tenant });
  await flows.untilPhase(flowId, 'data_cleansing', tenant);
  await postgres.crash();
  await flows.untilStatus(flowId, 'completed', { tenant, withinMs: 90_000 });

  expect(await dump(stack.database, tenant)).toEqual(await dump(stack.database, stack.tenant));
  const { rules } = await verifyDatabase(stack.database.pools);
  expect(rules.filter(({ count }) => count > 0)).toEqual([]);
}, 240_000);
