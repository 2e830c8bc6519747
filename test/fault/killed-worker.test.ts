import type { Tenant } from '../../src/domain/flow/messages';
import type { Phase } from '../../src/domain/flow/phases';
import { verifyDatabase } from '../../src/db/checks/verify';
import { addTenant } from '../support/database';
import { type Dump, dump } from '../support/dump';
import { estateFile } from '../support/estate-file';
import { FlowDriver } from '../support/flow-driver';
import { TestStack } from '../support/stack';

let stack: TestStack;
let flows: FlowDriver;
let undisturbed: Dump;
const content = estateFile(600);

beforeAll(async () => {
  stack = await TestStack.create();
  flows = new FlowDriver(stack);
  await stack.start('worker');
  await flows.untilStatus(await flows.start({ content }), 'completed');
  undisturbed = await dump(stack.database, stack.tenant);
}, 120_000);

afterAll(async () => {
  await stack.stop();
});

async function killIn(phase: Phase, tenant: Tenant): Promise<void> {
  const flowId = await flows.start({ content, tenant });
  await flows.untilPhase(flowId, phase, tenant);
  await stack.kill('worker');
  await stack.start('worker');
  await flows.untilStatus(flowId, 'completed', { tenant, withinMs: 90_000 });
}

test.each(['data_import', 'data_cleansing', 'asset_inventory'] as const)(
  'a worker that is killed in %s leaves what an undisturbed run leaves',
  async (phase) => {
    const tenant = await addTenant(stack.database);

    await killIn(phase, tenant);

    expect(await dump(stack.database, tenant)).toEqual(undisturbed);
    const { rules } = await verifyDatabase(stack.database.pools);
    expect(rules.filter(({ count }) => count > 0)).toEqual([]);
  },
  120_000,
);
