import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type {
  BackgroundTask,
  TaskEnd,
  TaskRecorder,
} from '../../src/activities/interceptors/task-interceptor';
import { DomainError } from '../../src/domain/errors';
import { WorkflowHarness, untilRunning } from '../support/workflow-harness';
import { eventually } from '../support/eventually';

interface Note {
  readonly task: BackgroundTask;
  readonly end?: TaskEnd;
}

const notes: Note[] = [];
let beats = 0;
const recorder: TaskRecorder = {
  started: async (task) => void notes.push({ task }),
  heartbeat: async () => void (beats += 1),
  finished: async (task, end) => void notes.push({ task, end }),
};

let harness: WorkflowHarness;
beforeAll(async () => {
  harness = await WorkflowHarness.start(recorder);
});
afterAll(async () => harness.stop());

const notesOf = (flowId: string, activityType: string) =>
  notes.filter(({ task }) => task.flowId === flowId && task.activityType === activityType);

test('each attempt of an activity is noted at its start and its end, with tenant and flow', async () => {
  const rows = harness.plan();
  rows.faults.set('data_import', [new Error('connection refused')]);
  const flow = await harness.start(rows);
  await flow.handle.result();

  const { clientAccountId, engagementId, flowId } = flow.input;
  const found = notesOf(flowId, 'importData');

  expect(found.map(({ task, end }) => [task.attempt, end?.state ?? 'active'])).toEqual([
    [1, 'active'],
    [1, 'failed'],
    [2, 'active'],
    [2, 'completed'],
  ]);
  expect(found[0]?.task.tenant).toEqual({ clientAccountId, engagementId });
  expect(new Set(found.map(({ task }) => task.taskId)).size).toBe(2);
});

test('a cancelled attempt is noted as cancelled', async () => {
  const rows = harness.plan();
  rows.deaf.add('dependency_analysis');
  const flow = await harness.start(rows);
  await untilRunning(flow, 'dependency_analysis');

  await flow.handle.cancel();
  await flow.handle.result();

  await eventually(() => {
    const ends = notesOf(flow.input.flowId, 'analyseDependencies').map(({ end }) => end?.state);
    expect(ends).toEqual([undefined, 'cancelled']);
  });
});

test('a long attempt is noted as alive now and then', async () => {
  const rows = harness.plan();
  rows.held.add('asset_inventory');
  const flow = await harness.start(rows);
  const before = beats;

  await eventually(() => expect(beats).toBeGreaterThan(before));

  rows.held.clear();
  await flow.handle.result();
});

test('a recorder that always fails does not disturb a flow, nor hide its errors', async () => {
  const fail = async () => Promise.reject(new Error('no table'));
  const blind = await WorkflowHarness.start({ started: fail, heartbeat: fail, finished: fail });
  const rows = blind.plan();
  rows.faults.set('data_cleansing', [new DomainError('IMP_004')]);
  const flow = await blind.start(rows);
  await eventually(() => expect(rows.failure?.code).toBe('IMP_004'));

  await blind.command(flow, 'retry');

  expect((await flow.handle.result()).status).toBe('completed');
  await blind.stop();
});

test('a domain error tells Temporal its code, its public details and that a retry is useless', async () => {
  const rows = harness.plan();
  rows.faults.set('data_import', [new DomainError('IMP_002', { rows: 6_000_000 })]);
  const flow = await harness.start(rows);
  await eventually(() => expect(rows.status).toBe('failed'));

  const history = await flow.handle.fetchHistory();

  const failed = history.events?.find((event) => event.activityTaskFailedEventAttributes);
  expect(failed?.activityTaskFailedEventAttributes).toMatchObject({
    failure: {
      message: 'The import holds more rows than allowed',
      applicationFailureInfo: { type: 'IMP_002', nonRetryable: true },
    },
  });
  expect(historyToJSON(history)).toContain(Buffer.from('{"rows":6000000}').toString('base64'));
  await harness.command(flow, 'cancel');
  await flow.handle.result();
});
