import { randomUUID } from 'node:crypto';
import { estateWorkflowId } from '../../src/domain/flow/ids';
import type { EstateChangeInput } from '../../src/domain/flow/messages';
import { WorkflowHarness, testLimits } from '../support/workflow-harness';

let harness: WorkflowHarness;
beforeAll(async () => {
  harness = await WorkflowHarness.start();
});
afterAll(async () => harness.stop());

test('an undone import is detached before the estate is projected again', async () => {
  const tenant = { clientAccountId: randomUUID(), engagementId: randomUUID() };
  const changeId = randomUUID();
  const input: EstateChangeInput = {
    ...tenant,
    changeId,
    userId: randomUUID(),
    change: { kind: 'undo_import', flowId: randomUUID(), importId: 'first' },
    limits: testLimits,
  };

  const outcome = await harness.client.workflow.execute('estateChange', {
    args: [input],
    taskQueue: harness.taskQueue,
    workflowId: estateWorkflowId(tenant, changeId),
  });

  expect(outcome).toEqual({ changeId, rowsOut: 6 });
  expect(harness.store.estateTrail).toEqual([
    'undo first',
    'asset_inventory',
    'dependency_analysis',
    'tech_debt_assessment',
  ]);
});

test('a round of the reconciler answers what it healed', async () => {
  const report = await harness.client.workflow.execute('reconcile', {
    args: [],
    taskQueue: harness.taskQueue,
    workflowId: `reconcile-${randomUUID()}`,
  });

  expect(report).toEqual({ healed: 1, unhealed: 0 });
});
