import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { estateWorkflowId } from '../../src/domain/flow/ids';
import type { EstateChangeInput } from '../../src/domain/flow/messages';
import { estatePhases } from '../../src/domain/flow/phases';
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

describe('a change with a row', () => {
  const tenant = { clientAccountId: randomUUID(), engagementId: randomUUID() };
  const corrected = {
    kind: 'correct_import',
    flowId: randomUUID(),
    importId: 'first',
    objectId: 'file',
  } as const;

  beforeEach(() => {
    harness.store.estateTrail.length = 0;
  });

  const run = (change: EstateChangeInput['change']): Promise<unknown> => {
    const changeId = randomUUID();
    const input = { ...tenant, changeId, userId: randomUUID(), change, limits: testLimits, hasRow: true };
    return harness.client.workflow.execute('estateChange', {
      args: [input],
      taskQueue: harness.taskQueue,
      workflowId: estateWorkflowId(tenant, changeId),
    });
  };

  test('is marked as begun and ended', async () => {
    await run({ kind: 'project' });

    expect(harness.store.estateTrail).toEqual(['begin', ...estatePhases, 'end']);
  });

  test('that fails for good says so in its row', async () => {
    harness.store.estateFaults.push(ApplicationFailure.nonRetryable('The import was not found', 'IMP_003'));

    await expect(run({ kind: 'project' })).rejects.toThrow('Workflow execution failed');

    expect(harness.store.estateTrail).toEqual(['begin', 'fail IMP_003']);
  });

  test('waits for a flow that is in the middle of something, then projects and counts', async () => {
    harness.store.corrections.push({ status: 'later' }, { status: 'applied' });

    await run(corrected);

    expect(harness.store.estateTrail).toEqual(['begin', ...estatePhases, 'count', 'end']);
  });

  test.each(['taken', 'nothing'] as const)('that answers %s leaves the estate as it is', async (status) => {
    harness.store.corrections.push({ status });

    await run(corrected);

    expect(harness.store.estateTrail).toEqual(['begin', 'end']);
  });

  test('ends well when the flow that it tells is gone', async () => {
    harness.store.corrections.push({ status: 'retry', commandId: randomUUID() });

    await run(corrected);

    expect(harness.store.estateTrail).toEqual(['begin', 'end']);
  });
});

test('a round of the reconciler answers what it healed', async () => {
  const report = await harness.client.workflow.execute('reconcile', {
    args: [],
    taskQueue: harness.taskQueue,
    workflowId: `reconcile-${randomUUID()}`,
  });

  expect(report).toEqual({ healed: 1, unhealed: 0 });
});
