import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { listAuditEvents } from '../../src/db/accounts/audit';
import { inTenant } from '../../src/db/connection/tenant';
import { discoveryWorkflowId } from '../../src/domain/flow/ids';
import type { Tenant } from '../../src/domain/flow/messages';
import { addTenant } from '../support/database';
import { dump } from '../support/dump';
import { estateFile } from '../support/estate-file';
import { FlowDriver } from '../support/flow-driver';
import { temporalAddress, temporalBinary } from '../support/servers';
import { TestStack } from '../support/stack';

let stack: TestStack;
let flows: FlowDriver;
const content = estateFile(1_500);

beforeAll(async () => {
  stack = await TestStack.create();
  flows = new FlowDriver(stack);
  await stack.start('worker');
}, 120_000);

afterAll(async () => {
  await stack.stop();
});

/** Signals as an operator does, who knows nothing of command ids. */
async function operatorSignals(flowId: string, name: string, tenant: Tenant): Promise<void> {
  const id = discoveryWorkflowId({ ...tenant, flowId });
  const place = ['--address', temporalAddress(), '--workflow-id', id];
  await promisify(execFile)(temporalBinary(), ['workflow', 'signal', ...place, '--name', name]);
}

test('a running phase is paused within five seconds, and after resume the result is the same', async () => {
  const tenant = await addTenant(stack.database);
  const calm = await flows.start({ content });
  await flows.untilStatus(calm, 'completed', { withinMs: 90_000 });
  const flowId = await flows.start({ content, tenant });
  await flows.untilPhase(flowId, 'data_cleansing', tenant);

  const askedAt = Date.now();
  await flows.command(flowId, 'pause', tenant);
  await flows.untilStatus(flowId, 'paused', { tenant });
  const pausedAfterMs = Date.now() - askedAt;
  await flows.command(flowId, 'resume', tenant);
  await flows.untilStatus(flowId, 'completed', { tenant, withinMs: 90_000 });

  expect(pausedAfterMs).toBeLessThan(5_000);
  expect(await dump(stack.database, tenant)).toEqual(await dump(stack.database, stack.tenant));
}, 180_000);

test('signals of the temporal command pause, resume and approve a flow, and the audit log tells of them', async () => {
  const tenant = await addTenant(stack.database);
  const flowId = await flows.start({ content: estateFile(50), approval: 'ask', tenant });
  await flows.untilStatus(flowId, 'waiting_for_approval', { tenant });

  await operatorSignals(flowId, 'pause', tenant);
  await flows.untilStatus(flowId, 'paused', { tenant });
  await operatorSignals(flowId, 'resume', tenant);
  await flows.untilStatus(flowId, 'waiting_for_approval', { tenant });
  await operatorSignals(flowId, 'decide', tenant);
  await flows.untilStatus(flowId, 'completed', { tenant });

  const events = await inTenant(stack.database.pools.app, tenant, (trx) =>
    listAuditEvents(trx, { flowId, limit: 100 }),
  );
  const actions = events.map(({ action }) => action);
  expect(actions).toEqual(
    expect.arrayContaining(['flow.pause_requested', 'flow.paused', 'flow.resume_requested']),
  );
  expect(actions).toEqual(expect.arrayContaining(['flow.decide_requested', 'gate.mapping_approval_decided']));
}, 120_000);

test('a worker that is asked to stop ends well, and the next one finishes the flow', async () => {
  const tenant = await addTenant(stack.database);
  const flowId = await flows.start({ content, tenant });
  await flows.untilPhase(flowId, 'data_import', tenant);

  const exitCode = await stack.terminate('worker');
  await stack.start('worker');

  expect(exitCode).toBe(0);
  await flows.untilStatus(flowId, 'completed', { tenant, withinMs: 90_000 });
}, 120_000);
