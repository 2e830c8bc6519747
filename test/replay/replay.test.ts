import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { DefaultLogger, Runtime, Worker, makeTelemetryFilterString } from '@temporalio/worker';
import { type ReplayCode, replayHistories, replayWorkflow } from '../../src/cli/replay';
import { workflowBundle } from '../support/workflow-bundle';

const folder = path.join(__dirname, 'histories');
const exporters = ['temporal', 'tctl'] as const;

let code: ReplayCode;
let brokenCode: ReplayCode;
beforeAll(async () => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } },
  });
  code = { workflowBundle: await workflowBundle() };
  brokenCode = { workflowBundle: await workflowBundle('test/replay/broken-workflow.ts') };
});

function recorded(exporter: string): string[] {
  return readdirSync(path.join(folder, exporter)).map((name) => path.join(folder, exporter, name));
}

function historyOf(eventId: string, eventType: string): string {
  const attributes = '"workflowExecutionStartedEventAttributes":{"workflowType":{"name":"discoveryFlow"}}';
  return `{"events":[{"eventId":${eventId},"eventType":${eventType},${attributes}}]}`;
}

function scratchFile(name: string, text: string): string {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'surveyor-replay-')), name);
  writeFileSync(file, text);
  return file;
}

test.each(exporters)('every recorded history exported with %s replays', async (exporter) => {
  const files = recorded(exporter);

  const verdicts = await replayHistories(files, code);

  expect(files.length).toBeGreaterThanOrEqual(30);
  expect(verdicts.filter(({ replayed }) => !replayed)).toEqual([]);
});

test('tctl exports replay in the bare SDK as well, which knows nothing of their lost flags', async () => {
  const histories = recorded('tctl').map((file) => ({
    workflowId: path.basename(file),
    history: JSON.parse(readFileSync(file, 'utf8')) as unknown,
  }));
  const failed: string[] = [];

  for await (const { workflowId, error } of Worker.runReplayHistories(code, histories))
    if (error) failed.push(`${workflowId}: ${error.message}`);

  expect(failed).toEqual([]);
});

test('both exporters have a file for the same runs', () => {
  const [temporal, tctl] = exporters.map((exporter) => readdirSync(path.join(folder, exporter)));

  expect(tctl).toEqual(temporal);
});

test.each(exporters)(
  'a workflow that changed incompatibly fails with the event named: %s',
  async (exporter) => {
    const files = recorded(exporter).filter((file) => !file.includes('reconcile'));

    const verdicts = await replayHistories(files, brokenCode);

    expect(verdicts.filter(({ replayed }) => replayed)).toEqual([]);
    for (const { message } of verdicts)
      expect(message).toMatch(/differs from the history at event \d+ \(\w+\): /);
  },
);

test('a tctl export with workflow updates is explained in one sentence', async () => {
  const [verdict] = await replayHistories([path.join(__dirname, 'special/update-events.tctl.json')], code);

  expect(verdict).toMatchObject({ replayed: false, workflowType: 'discoveryFlow', events: 10 });
  expect(verdict?.message).toContain(
    'Event 8 (type 41) has lost its content: tctl does not know workflow updates',
  );
});

test.each([
  ['text.json', 'Progress:\n  ID  Time', 'not JSON'],
  ['list.json', '[]', 'no list of events'],
  ['empty.json', '{"events":[]}', 'no list of events'],
  ['half.json', '{"events":[{"eventId":"9","eventType":"TimerFired"}]}', 'does not begin with the start'],
  ['young.json', historyOf('"1"', '"WorkflowExecutionStarted"'), 'no workflow task'],
  ['gap.json', historyOf('"2"', '"WorkflowExecutionStarted"'), 'event 1 is missing'],
])('the file %s is refused with its reason', async (name, text, reason) => {
  const [verdict] = await replayHistories([scratchFile(name, text)], code);

  expect(verdict?.replayed).toBe(false);
  expect(verdict?.message).toContain(reason);
});

test('a missing file does not stop the others', async () => {
  const [good] = recorded('temporal');

  const verdicts = await replayHistories(['/nowhere/history.json', good ?? ''], code);

  expect(verdicts.map(({ replayed }) => replayed)).toEqual([false, true]);
});

test('a history fetched from the server replays like an exported one', async () => {
  const file = path.join(folder, 'temporal', 'two-imports.json');
  const history = historyFromJSON(await import(file));
  const client = { getHandle: () => ({ fetchHistory: async () => history }) };

  const verdict = await replayWorkflow(client, 'discovery/a/b/c', { code });

  expect(verdict).toMatchObject({ source: 'discovery/a/b/c', replayed: true, workflowType: 'discoveryFlow' });
});
