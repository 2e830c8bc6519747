import { DomainError } from '../../src/domain/errors';
import { phases } from '../../src/domain/flow/phases';
import { WorkflowHarness, testLimits, untilRunning, untilStatus } from '../support/workflow-harness';

let harness: WorkflowHarness;
beforeAll(async () => {
  harness = await WorkflowHarness.start();
});
afterAll(async () => harness.stop());

test.each(phases)(
  'a domain error in %s fails the flow, and a retry goes on with that phase',
  async (phase) => {
    const rows = harness.plan();
    rows.faults.set(phase, [new DomainError('IMP_004')]);
    const flow = await harness.start(rows);
    await untilStatus(flow, 'failed');

    await harness.command(flow, 'retry');

    expect((await flow.handle.result()).status).toBe('completed');
    expect(rows.failure).toEqual({ phase, code: 'IMP_004', message: 'The import holds no usable rows' });
  },
);

test('an infrastructure fault is tried again until it passes', async () => {
  const rows = harness.plan();
  rows.faults.set(
    'data_import',
    Array.from({ length: 6 }, () => new Error('connection refused')),
  );
  const flow = await harness.start(rows);

  const outcome = await flow.handle.result();

  expect(outcome.status).toBe('completed');
  expect(rows.failure).toBeNull();
});

test('a domain error that names an outage is tried again', async () => {
  const rows = harness.plan();
  rows.faults.set('asset_inventory', [new DomainError('ESTATE_001'), new DomainError('STORAGE_001')]);
  const flow = await harness.start(rows);

  expect((await flow.handle.result()).status).toBe('completed');
  expect(rows.failure).toBeNull();
});

test('a phase that fails for longer than its whole time fails the flow without telling its inner text', async () => {
  const rows = harness.plan({ limits: { ...testLimits, phaseTotalMs: 300 } });
  rows.faults.set(
    'data_cleansing',
    Array.from({ length: 1_000 }, () => new Error('password of db.internal is wrong')),
  );
  const flow = await harness.start(rows);
  await untilStatus(flow, 'failed');

  await harness.command(flow, 'cancel');

  expect((await flow.handle.result()).status).toBe('cancelled');
  expect(rows.failure?.code).toBe('FLOW_001');
  expect(rows.failure?.message).not.toContain('db.internal');
});

test('a failed flow that nobody retries is cancelled as expired', async () => {
  const rows = harness.plan({ limits: { ...testLimits, expiryMs: 200 } });
  rows.faults.set('data_import', [new DomainError('IMP_005')]);
  const flow = await harness.start(rows);

  const outcome = await flow.handle.result();

  expect(outcome.status).toBe('cancelled');
  expect(rows.closedReason).toBe('expired');
});

test('a flow that fails again after a retry can be retried again', async () => {
  const rows = harness.plan();
  rows.faults.set('field_mapping', [new DomainError('IMP_004'), new DomainError('IMP_004')]);
  const flow = await harness.start(rows);
  await untilStatus(flow, 'failed');
  await harness.command(flow, 'retry');
  await untilRunning(flow, 'field_mapping', 2);
  await untilStatus(flow, 'failed');

  await harness.command(flow, 'retry');

  expect((await flow.handle.result()).status).toBe('completed');
});

test('a phase that only fails and is tried again can be cancelled', async () => {
  const rows = harness.plan({
    limits: { ...testLimits, heartbeatMs: 1_000, retryInitialMs: 30_000, retryMaximumMs: 30_000 },
  });
  rows.faults.set('dependency_analysis', [new Error('out of memory')]);
  const flow = await harness.start(rows);
  await untilRunning(flow, 'dependency_analysis');

  await harness.command(flow, 'cancel');

  expect((await flow.handle.result()).status).toBe('cancelled');
});
