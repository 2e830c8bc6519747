import { randomUUID } from 'node:crypto';
import { WorkflowFailedError } from '@temporalio/client';
import { flowViewQuery } from '../../src/workflows/messages';
import {
  WorkflowHarness,
  asking,
  phasesOf,
  testLimits,
  untilRunning,
  untilStatus,
} from '../support/workflow-harness';
import { eventually } from '../support/eventually';

let harness: WorkflowHarness;
beforeAll(async () => {
  harness = await WorkflowHarness.start();
});
afterAll(async () => harness.stop());

const seven = [
  'data_import first',
  'data_validation first',
  'field_mapping first',
  'data_cleansing first',
  'asset_inventory',
  'dependency_analysis',
  'tech_debt_assessment',
];

test('a long history goes on as new runs between phases, and every phase runs once', async () => {
  const flow = await harness.start(harness.plan({ limits: { ...testLimits, eventsPerRun: 20 } }));

  const outcome = await flow.handle.result();

  expect(outcome.status).toBe('completed');
  expect(flow.rows.runIds.length).toBeGreaterThan(2);
  expect(phasesOf(flow.rows)).toEqual(seven);
  const { searchAttributes, memo } = await flow.handle.describe();
  expect(searchAttributes).toMatchObject({ ClientAccountId: [flow.input.clientAccountId] });
  expect(memo).toEqual({ fingerprint: 'fingerprint' });
});

test('a command heard shortly before a new run is obeyed by it', async () => {
  const rows = harness.plan({ ...asking, limits: { ...testLimits, eventsPerRun: 20 } });
  rows.held.add('data_validation');
  const flow = await harness.start(rows);
  await untilRunning(flow, 'data_validation');
  await harness.command(flow, 'pause');
  await untilStatus(flow, 'paused');
  rows.held.clear();
  await harness.command(flow, 'resume');
  await untilStatus(flow, 'waiting_for_approval');

  await harness.command(flow, 'decide');

  expect((await flow.handle.result()).status).toBe('completed');
  expect(phasesOf(rows)).toEqual(seven);
});

test('a run that is started again goes on from the first unpublished phase', async () => {
  const rows = harness.plan();
  rows.held.add('asset_inventory');
  const first = await harness.start(rows);
  await untilRunning(first, 'asset_inventory');
  await first.handle.terminate('lost');
  rows.held.clear();

  const second = await harness.start(rows);

  expect((await second.handle.result()).status).toBe('completed');
  expect(rows.runIds).toHaveLength(2);
  expect(phasesOf(rows)).toEqual(seven);
});

test('a run that is started again at an open gate reads a decision whose signal was lost', async () => {
  const rows = harness.plan(asking);
  const first = await harness.start(rows);
  await untilStatus(first, 'waiting_for_approval');
  await first.handle.terminate('lost');
  rows.accept('decide', randomUUID());

  const second = await harness.start(rows);

  expect((await second.handle.result()).status).toBe('completed');
});

test('a run that is started again while paused stays paused until the resume', async () => {
  const rows = harness.plan();
  rows.held.add('data_cleansing');
  const first = await harness.start(rows);
  await untilRunning(first, 'data_cleansing');
  await harness.command(first, 'pause');
  await untilStatus(first, 'paused');
  await first.handle.terminate('lost');
  rows.held.clear();

  const second = await harness.start(rows);
  await eventually(async () => expect((await second.handle.query(flowViewQuery)).status).toBe('paused'));
  await harness.command(second, 'resume');

  expect((await second.handle.result()).status).toBe('completed');
});

test('a run of a flow that is closed already ends at once and touches nothing', async () => {
  const flow = await harness.start();
  await flow.handle.result();
  const trail = [...flow.rows.trail];

  const again = await harness.start(flow.rows);

  expect((await again.handle.result()).status).toBe('completed');
  expect(flow.rows.trail).toEqual(trail);
});

test('a start with another fingerprint fails and leaves the rows alone', async () => {
  const flow = await harness.start();
  await flow.handle.result();
  const trail = [...flow.rows.trail];

  const handle = await harness.client.workflow.start('discoveryFlow', {
    args: [{ ...flow.input, fingerprint: 'other' }],
    taskQueue: harness.taskQueue,
    workflowId: flow.handle.workflowId,
  });

  await expect(handle.result()).rejects.toThrow(WorkflowFailedError);
  expect(flow.rows.trail).toEqual(trail);
});

test('a worker that stops in the middle of a phase leaves it to the next worker', async () => {
  const rows = harness.plan();
  rows.held.add('field_mapping');
  const flow = await harness.start(rows);
  await untilRunning(flow, 'field_mapping');
  const stopped = harness.stopWorker();
  rows.held.clear();
  await stopped;

  await harness.startWorker();

  expect((await flow.handle.result()).status).toBe('completed');
});
