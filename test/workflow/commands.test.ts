import { DomainError } from '../../src/domain/errors';
import { type Phase, phases } from '../../src/domain/flow/phases';
import {
  type TestFlow,
  WorkflowHarness,
  asking,
  testLimits,
  untilOpened,
  untilRunning,
  untilStatus,
} from '../support/workflow-harness';

let harness: WorkflowHarness;
beforeAll(async () => {
  harness = await WorkflowHarness.start();
});
afterAll(async () => harness.stop());

async function heldIn(phase: Phase): Promise<TestFlow> {
  const rows = harness.plan();
  rows.held.add(phase);
  const flow = await harness.start(rows);
  await untilRunning(flow, phase);
  return flow;
}

async function atGate(gate: 'import' | 'profile_decisions' | 'mapping_approval' | 'preview_approval') {
  const rows = harness.plan({
    ...(gate === 'import' && { import: null }),
    ...(gate === 'mapping_approval' && asking),
  });
  if (gate !== 'import' && gate !== 'mapping_approval') rows.blocking.add(gate);
  const flow = await harness.start(rows);
  await (gate === 'import' ? untilOpened(flow) : untilStatus(flow, 'waiting_for_approval'));
  return flow;
}

const gatesToTry = ['import', 'profile_decisions', 'mapping_approval', 'preview_approval'] as const;

test.each(phases)('a pause during %s stops that phase, and a resume goes on with it', async (phase) => {
  const flow = await heldIn(phase);
  await harness.command(flow, 'pause');
  await untilStatus(flow, 'paused');
  flow.rows.held.clear();

  await harness.command(flow, 'resume');

  expect((await flow.handle.result()).status).toBe('completed');
  expect(flow.rows.trail.filter((entry) => entry.split(' ')[0] === phase)).toHaveLength(2);
});

test.each(phases)('a cancel during %s ends the flow as cancelled', async (phase) => {
  const flow = await heldIn(phase);

  await harness.command(flow, 'cancel');

  expect((await flow.handle.result()).status).toBe('cancelled');
  expect(flow.rows).toMatchObject({ status: 'cancelled', closedReason: 'requested' });
});

test.each(gatesToTry)('a cancel at the gate %s ends the flow as cancelled', async (gate) => {
  const flow = await atGate(gate);

  await harness.command(flow, 'cancel');

  expect((await flow.handle.result()).status).toBe('cancelled');
  expect(flow.rows.status).toBe('cancelled');
});

test('a pause at a gate is resumed at the same gate', async () => {
  const flow = await atGate('mapping_approval');
  await harness.command(flow, 'pause');
  await untilStatus(flow, 'paused');

  await harness.command(flow, 'resume');
  await untilStatus(flow, 'waiting_for_approval');
  await harness.command(flow, 'decide');

  expect((await flow.handle.result()).status).toBe('completed');
});

test('a paused flow can be cancelled', async () => {
  const flow = await heldIn('data_cleansing');
  await harness.command(flow, 'pause');
  await untilStatus(flow, 'paused');

  await harness.command(flow, 'cancel');

  expect((await flow.handle.result()).status).toBe('cancelled');
});

test('a pause that comes between two phases holds the flow before the next one', async () => {
  const flow = await heldIn('data_validation');
  flow.rows.held.clear();
  flow.rows.held.add('field_mapping');
  await harness.command(flow, 'pause');
  await untilStatus(flow, 'paused');

  expect(flow.rows.imports[0]?.published).not.toContain('field_mapping');
  flow.rows.held.clear();
  await harness.command(flow, 'resume');
  expect((await flow.handle.result()).status).toBe('completed');
});

test('a phase that never looks at the commands is cancelled after the time of a heartbeat', async () => {
  const rows = harness.plan({ limits: { ...testLimits, heartbeatMs: 1_500 } });
  rows.deaf.add('dependency_analysis');
  const flow = await harness.start(rows);
  await untilRunning(flow, 'dependency_analysis');

  await harness.command(flow, 'cancel');

  expect((await flow.handle.result()).status).toBe('cancelled');
});

test.each(phases)('a Temporal cancel request during %s equals the cancel command', async (phase) => {
  const flow = await heldIn(phase);

  await flow.handle.cancel();

  expect((await flow.handle.result()).status).toBe('cancelled');
  expect(flow.rows).toMatchObject({ status: 'cancelled', closedReason: 'requested' });
});

test.each(gatesToTry)('a Temporal cancel request at the gate %s equals the cancel command', async (gate) => {
  const flow = await atGate(gate);

  await flow.handle.cancel();

  expect((await flow.handle.result()).status).toBe('cancelled');
});

test('a Temporal cancel request while failed or paused equals the cancel command', async () => {
  const failed = harness.plan();
  failed.faults.set('data_import', [new DomainError('IMP_005')]);
  const [first, second] = [await harness.start(failed), await heldIn('data_cleansing')];
  await harness.command(second, 'pause');
  await Promise.all([untilStatus(first, 'failed'), untilStatus(second, 'paused')]);

  await Promise.all([first.handle.cancel(), second.handle.cancel()]);

  expect((await first.handle.result()).status).toBe('cancelled');
  expect((await second.handle.result()).status).toBe('cancelled');
});

test('a phase that hears no command ends at once by a Temporal cancel request', async () => {
  const rows = harness.plan();
  rows.deaf.add('dependency_analysis');
  const flow = await harness.start(rows);
  await untilRunning(flow, 'dependency_analysis');

  await flow.handle.cancel();

  expect((await flow.handle.result()).status).toBe('cancelled');
});

test('a Temporal cancel request that comes with the start still leaves closed rows', async () => {
  const flow = await harness.start();

  await flow.handle.cancel();

  expect((await flow.handle.result()).status).toBe('cancelled');
  expect(flow.rows.status).toBe('cancelled');
});
