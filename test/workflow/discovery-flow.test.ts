import {
  WorkflowHarness,
  asking,
  phasesOf,
  testLimits,
  untilOpened,
  untilRunning,
  untilStatus,
  untilVersion,
} from '../support/workflow-harness';
import { eventually } from '../support/eventually';
import { flowViewQuery } from '../../src/workflows/messages';

let harness: WorkflowHarness;
beforeAll(async () => {
  harness = await WorkflowHarness.start();
});
afterAll(async () => harness.stop());

const preparation = (importId: string) =>
  ['data_import', 'data_validation', 'field_mapping'].map((phase) => `${phase} ${importId}`);
const estatePhases = ['asset_inventory', 'dependency_analysis', 'tech_debt_assessment'];
const allPhases = [...preparation('first'), 'data_cleansing first', ...estatePhases];

test('an automatically approved flow takes its seven phases in order and completes', async () => {
  const flow = await harness.start();

  const outcome = await flow.handle.result();

  expect(outcome).toEqual({ flowId: flow.input.flowId, status: 'completed' });
  expect(phasesOf(flow.rows)).toEqual(allPhases);
  expect(flow.rows.status).toBe('completed');
});

test('a flow that asks waits for the approval of its mappings', async () => {
  const flow = await harness.start(harness.plan(asking));
  await untilStatus(flow, 'waiting_for_approval');

  await harness.command(flow, 'decide');

  expect((await flow.handle.result()).status).toBe('completed');
  expect(phasesOf(flow.rows)).toEqual(allPhases);
});

test('a plain flow with an approval needs at most 80 history events', async () => {
  const flow = await harness.start(harness.plan(asking));
  await untilStatus(flow, 'waiting_for_approval');
  await eventually(async () => expect((await flow.handle.query(flowViewQuery)).waitingFor).not.toBeNull());
  await harness.command(flow, 'decide');
  await flow.handle.result();

  const { historyLength } = await flow.handle.describe();

  expect(historyLength).toBeLessThanOrEqual(80);
});

test('the search attributes of a closed flow name its tenant, last phase and status', async () => {
  const flow = await harness.start();
  await flow.handle.result();

  const { searchAttributes } = await flow.handle.describe();

  expect(searchAttributes).toMatchObject({
    ClientAccountId: [flow.input.clientAccountId],
    EngagementId: [flow.input.engagementId],
    FlowPhase: ['tech_debt_assessment'],
    FlowStatus: ['completed'],
  });
});

test('the query flowView tells the gate that a flow waits at', async () => {
  const flow = await harness.start(harness.plan(asking));
  await untilStatus(flow, 'waiting_for_approval');

  const view = await eventually(async () => {
    const answer = await flow.handle.query(flowViewQuery);
    expect(answer.waitingFor).toBe('mapping_approval');
    return answer;
  });

  expect(view).toEqual({
    flowId: flow.input.flowId,
    status: 'waiting_for_approval',
    phase: 'field_mapping',
    importId: 'first',
    waitingFor: 'mapping_approval',
    pendingSignals: 0,
  });
  await harness.command(flow, 'decide');
  await flow.handle.result();
});

test('a flow without a file waits for its first one', async () => {
  const flow = await harness.start(harness.plan({ import: null }));
  await untilOpened(flow);

  await harness.command(flow, 'add_import', 'late');

  expect((await flow.handle.result()).status).toBe('completed');
  expect(phasesOf(flow.rows)).toEqual([...preparation('late'), 'data_cleansing late', ...estatePhases]);
});

test('a flow that never gets a file is cancelled as expired', async () => {
  const limits = { ...testLimits, expiryMs: 200 };
  const flow = await harness.start(harness.plan({ import: null, limits }));

  const outcome = await flow.handle.result();

  expect(outcome.status).toBe('cancelled');
  expect(flow.rows.closedReason).toBe('expired');
});

test('a file that arrives at the approval is prepared first and approved together with the others', async () => {
  const flow = await harness.start(harness.plan(asking));
  await untilStatus(flow, 'waiting_for_approval');

  await harness.command(flow, 'add_import', 'second');
  await untilVersion(flow, 'mapping_approval', 2);
  await harness.command(flow, 'decide');

  expect((await flow.handle.result()).status).toBe('completed');
  expect(phasesOf(flow.rows)).toEqual([
    ...preparation('first'),
    ...preparation('second'),
    'data_cleansing first',
    'data_cleansing second',
    ...estatePhases,
  ]);
});

test('a file that is accepted during the cleansing gets an approval of its own', async () => {
  const rows = harness.plan(asking);
  rows.held.add('data_cleansing');
  const flow = await harness.start(rows);
  await untilStatus(flow, 'waiting_for_approval');
  await harness.command(flow, 'decide');
  await untilRunning(flow, 'data_cleansing');

  await harness.command(flow, 'add_import', 'second');
  rows.held.clear();
  await untilStatus(flow, 'waiting_for_approval');
  await harness.command(flow, 'decide');

  expect((await flow.handle.result()).status).toBe('completed');
  expect(phasesOf(rows)).toEqual([
    ...preparation('first'),
    'data_cleansing first',
    ...preparation('second'),
    'data_cleansing second',
    ...estatePhases,
  ]);
});

test('a rerun at the approval suggests again under a raised version', async () => {
  const flow = await harness.start(harness.plan(asking));
  await untilStatus(flow, 'waiting_for_approval');

  await harness.command(flow, 'rerun');
  await untilVersion(flow, 'mapping_approval', 2);
  await harness.command(flow, 'decide');

  expect((await flow.handle.result()).status).toBe('completed');
  expect(flow.rows.trail.filter((entry) => entry === 'field_mapping first')).toHaveLength(2);
});

test.each(['profile_decisions', 'conflict_resolution', 'preview_approval'] as const)(
  'the gate %s holds the flow until it is decided, then its phase runs again',
  async (gate) => {
    const rows = harness.plan();
    rows.blocking.add(gate);
    const flow = await harness.start(rows);
    await untilStatus(flow, 'waiting_for_approval');
    expect(rows.waitingFor).toBe(gate);

    await harness.command(flow, 'decide');

    expect((await flow.handle.result()).status).toBe('completed');
    expect(phasesOf(rows)).toEqual(allPhases);
  },
);
