import { randomUUID } from 'node:crypto';
import { flowViewQuery } from '../../src/workflows/messages';
import {
  type TestFlow,
  WorkflowHarness,
  asking,
  untilRunning,
  untilStatus,
} from '../support/workflow-harness';
import { eventually } from '../support/eventually';

let harness: WorkflowHarness;
beforeAll(async () => {
  harness = await WorkflowHarness.start();
});
afterAll(async () => harness.stop());

async function heldFlow(): Promise<TestFlow> {
  const rows = harness.plan(asking);
  rows.held.add('data_validation');
  const flow = await harness.start(rows);
  await untilRunning(flow, 'data_validation');
  return flow;
}

async function approve(flow: TestFlow): Promise<string> {
  flow.rows.held.clear();
  await untilStatus(flow, 'waiting_for_approval');
  await harness.command(flow, 'decide');
  return (await flow.handle.result()).status;
}

test('the same pause signal sent five times pauses once', async () => {
  const flow = await heldFlow();
  const commandId = randomUUID();
  flow.rows.accept('pause', commandId);
  await Promise.all([1, 2, 3, 4, 5].map(() => flow.handle.signal('pause', { commandId })));
  await untilStatus(flow, 'paused');

  await harness.command(flow, 'resume');

  expect(await approve(flow)).toBe('completed');
  expect(flow.rows.trail.filter((entry) => entry === '= paused')).toHaveLength(1);
});

test('a late copy of an old pause does not pause again', async () => {
  const flow = await heldFlow();
  const commandId = randomUUID();
  flow.rows.accept('pause', commandId);
  await flow.handle.signal('pause', { commandId });
  await untilStatus(flow, 'paused');
  await harness.command(flow, 'resume');
  await untilRunning(flow, 'data_validation', 2);

  await flow.handle.signal('pause', { commandId });

  expect(await approve(flow)).toBe('completed');
  expect(flow.rows.trail.filter((entry) => entry === '= paused')).toHaveLength(1);
});

test('resume that overtakes its pause leaves the rows in charge', async () => {
  const flow = await heldFlow();
  const [pauseId, resumeId] = [randomUUID(), randomUUID()];
  flow.rows.accept('pause', pauseId);

  await flow.handle.signal('resume', { commandId: resumeId });
  await flow.handle.signal('pause', { commandId: pauseId });
  await untilStatus(flow, 'paused');
  await harness.command(flow, 'resume');

  expect(await approve(flow)).toBe('completed');
});

test('a decision that is signalled before its gate opens is ignored, and the true one still counts', async () => {
  const flow = await heldFlow();

  await flow.handle.signal('decide', { commandId: randomUUID() });

  expect(await approve(flow)).toBe('completed');
});

test('a decision recorded before the gate is reached in the workflow settles it at once', async () => {
  const rows = harness.plan(asking);
  const flow = await harness.start(rows);
  await untilStatus(flow, 'waiting_for_approval');
  const commandId = randomUUID();
  rows.accept('decide', commandId);

  await Promise.all([
    flow.handle.signal('decide', { commandId }),
    flow.handle.signal('decide', { commandId }),
  ]);

  expect((await flow.handle.result()).status).toBe('completed');
});

test('signals that arrive with the start of the flow are harmless', async () => {
  const rows = harness.plan(asking);
  const flow = await harness.start(rows);
  await Promise.all([
    flow.handle.signal('resume', { commandId: randomUUID() }),
    flow.handle.signal('retry'),
    flow.handle.signal('decide'),
    flow.handle.signal('rerun', { commandId: randomUUID() }),
  ]);

  expect(await approve(flow)).toBe('completed');
});

test('an operator pauses and resumes without a command id', async () => {
  const flow = await heldFlow();
  await harness.operatorSignal(flow, 'pause');
  await untilStatus(flow, 'paused');

  await harness.operatorSignal(flow, 'resume', {});

  expect(await approve(flow)).toBe('completed');
  expect(flow.rows.commands.map(({ type }) => type)).toEqual(['pause', 'resume', 'decide']);
});

test('an operator approves the open gate without a command id', async () => {
  const flow = await harness.start(harness.plan(asking));
  await untilStatus(flow, 'waiting_for_approval');

  await harness.operatorSignal(flow, 'decide');

  expect((await flow.handle.result()).status).toBe('completed');
});

test('an operator cancels without a command id', async () => {
  const flow = await heldFlow();

  await harness.operatorSignal(flow, 'cancel');

  expect((await flow.handle.result()).status).toBe('cancelled');
});

test.each([[null], ['now'], [42], [['pause']], [{ commandId: 7 }], [{ gate: 'garden' }]])(
  'an operator pause with the argument %j is still a pause',
  async (argument) => {
    const flow = await heldFlow();

    await harness.operatorSignal(flow, 'pause', argument);
    await untilStatus(flow, 'paused');

    await harness.command(flow, 'resume');
    expect(await approve(flow)).toBe('completed');
  },
);

test('a signal that the transition table refuses changes nothing', async () => {
  const flow = await heldFlow();

  await harness.operatorSignal(flow, 'retry');
  await harness.operatorSignal(flow, 'resume');
  await harness.operatorSignal(flow, 'add_import');

  expect(await approve(flow)).toBe('completed');
  expect(flow.rows.commands.map(({ type }) => type)).toEqual(['decide']);
});

test('a signal of an unknown name does not disturb the flow', async () => {
  const flow = await heldFlow();

  await flow.handle.signal('hurry', { commandId: randomUUID() });

  expect(await approve(flow)).toBe('completed');
});

test('the query answers while nothing is decided', async () => {
  const flow = await heldFlow();

  const view = await eventually(async () => flow.handle.query(flowViewQuery));

  expect(view).toMatchObject({ status: 'running', phase: 'data_validation', waitingFor: null });
  expect(await approve(flow)).toBe('completed');
});
