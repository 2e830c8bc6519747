import { randomUUID } from 'node:crypto';
import { estateFile, startFlow, untilStatus } from '../support/api-flows';
import { type CallOptions } from '../support/api-server';
import { eventually } from '../support/eventually';
import { asSuperuser } from '../support/database';
import { useApiWithWorker } from '../support/use-api';

const api = useApiWithWorker();

const command = (flowId: string, word: string, options: CallOptions = {}) =>
  api.call(`/unified-discovery/flows/${flowId}/${word}`, { method: 'POST', ...options });

async function waiting(): Promise<{ flowId: string; version: number }> {
  const { flowId } = await startFlow(api);
  const { gate_version: version } = await untilStatus(api, flowId, 'waiting_for_approval');
  return { flowId, version };
}

test('a flow is paused, stays paused, and goes on where it was', async () => {
  const { flowId } = await waiting();

  const paused = await command(flowId, 'pause');
  const again = await command(flowId, 'pause');
  const master = await api.call(`/master-flows/${flowId}`);
  const resumed = await api.call(`/master-flows/${flowId}/resume`, { method: 'POST' });

  expect(paused.status).toBe(200);
  expect(paused.body).toMatchObject({
    success: true,
    flow_id: flowId,
    status: 'paused',
    detailed_status: 'paused',
    result: { done: true },
  });
  expect(again.status).toBe(200);
  expect(master.body).toMatchObject({ flow_status: 'paused', detailed_status: 'paused' });
  expect(resumed.status).toBe(200);
  expect(resumed.body).toMatchObject({ success: true, new_status: 'in_progress' });
  await untilStatus(api, flowId, 'waiting_for_approval');
});

test('a flow that waits is active, under the words of each route', async () => {
  const { flowId } = await waiting();

  const status = await api.call(`/unified-discovery/flows/${flowId}/status`);
  const active = await api.call('/unified-discovery/flows/active');
  const masters = await api.call('/master-flows/active?limit=100');

  expect(status.body).toMatchObject({ status: 'paused', waiting_for: 'mapping_approval' });
  expect(active.body.flows).toContainEqual(expect.objectContaining({ flow_id: flowId, status: 'active' }));
  expect(active.body.count).toBe(active.body.flows.length);
  expect(masters.body.flows).toContainEqual(
    expect.objectContaining({
      flow_id: flowId,
      flow_status: 'active',
      detailed_status: 'waiting_for_approval',
    }),
  );
});

test('a command that the status does not allow is refused with both states', async () => {
  const { flowId } = await waiting();

  const resume = await command(flowId, 'resume', { json: {} });
  const retry = await command(flowId, 'retry', { json: {} });

  for (const { status, body } of [resume, retry]) {
    expect(status).toBe(409);
    expect(body.error).toMatchObject({
      code: 'FLOW_003',
      details: { current_state: 'waiting_for_approval', target_state: 'running' },
    });
  }
});

test('a decision names the version that it was made on', async () => {
  const { flowId, version } = await waiting();

  const missing = await command(flowId, 'approve', { json: {} });
  const stale = await command(flowId, 'approve', { json: { version: version + 1 } });
  const odd = await command(flowId, 'approve', { json: {}, headers: { 'if-match': 'newest' } });
  const other = await command(flowId, 'approve', { json: { gate: 'import', version } });
  const decided = await command(flowId, 'approve', { json: {}, headers: { 'if-match': `"${version}"` } });

  expect([missing.status, missing.body.error.code]).toEqual([428, 'FLOW_010']);
  expect([stale.status, stale.body.error.code]).toEqual([409, 'FLOW_009']);
  expect([odd.status, odd.body.error.code]).toEqual([400, 'VAL_001']);
  expect([other.status, other.body.error.code]).toEqual([409, 'FLOW_009']);
  expect([decided.status, decided.body.status]).toEqual([200, 'running']);
  await untilStatus(api, flowId, 'completed');
});

test('of decisions at the same time exactly one wins', async () => {
  const { flowId, version } = await waiting();

  const answers = await Promise.all(
    Array.from({ length: 6 }, () => command(flowId, 'approve', { json: { version } })),
  );

  const won = answers.filter(({ status }) => status === 200 || status === 202);
  expect(won).toHaveLength(1);
  for (const { status } of answers.filter((answer) => !won.includes(answer))) expect(status).toBe(409);
  await untilStatus(api, flowId, 'completed');
  const runs = await asSuperuser(api.database, (query) =>
    query(`select phase from phase_runs where flow_id = $1 and phase = 'data_cleansing'`, [flowId]),
  );
  expect(runs).toHaveLength(1);
});

test('resume with the approval of a user decides the gate', async () => {
  const { flowId, version } = await waiting();

  const resumed = await command(flowId, 'resume', {
    json: { phase_input: { user_approval: true }, version },
  });

  expect(resumed.status).toBe(200);
  await untilStatus(api, flowId, 'completed');
});

test('execute suggests the mappings again at their gate, and is refused where nothing can be done', async () => {
  const { flowId, version } = await waiting();

  const again = await command(flowId, 'execute', { json: { phase: 'field_mapping' } });
  const ahead = await command(flowId, 'execute', { json: { phase: 'tech_debt' } });
  const unknown = await command(flowId, 'execute', { json: { phase: 'dancing' } });

  expect([again.status, again.body.status]).toEqual([200, 'running']);
  expect([ahead.status, ahead.body.error.code]).toEqual([422, 'FLOW_006']);
  expect([unknown.status, unknown.body.error.code]).toEqual([400, 'VAL_001']);
  await eventually(async () => {
    const flow = await untilStatus(api, flowId, 'waiting_for_approval');
    expect(flow.gate_version).toBeGreaterThan(version);
  });
});

test('a flow without a file cannot be executed', async () => {
  const { body } = await api.call('/unified-discovery/flows/initialize', { json: {} });

  const refused = await command(body.flow_id, 'execute', { json: {} });

  expect([refused.status, refused.body.error.code]).toEqual([422, 'FLOW_006']);
});

test('a cancelled flow is closed for good', async () => {
  const { flowId } = await waiting();

  const cancelled = await command(flowId, 'cancel');
  await untilStatus(api, flowId, 'cancelled');
  const paused = await command(flowId, 'pause');

  expect(cancelled.body.status).toBe('cancelled');
  expect([paused.status, paused.body.error.code]).toEqual([409, 'FLOW_003']);
});

test('deleting an open flow cancels and archives it; it is gone from the lists and noted in the audit', async () => {
  const { flowId } = await waiting();

  const deleted = await api.call(`/unified-discovery/flows/${flowId}`, { method: 'DELETE' });

  expect(deleted.status).toBe(202);
  await eventually(async () => {
    const gone = await api.call(`/unified-discovery/flows/${flowId}/status`);
    expect([gone.status, gone.body.error.code]).toEqual([410, 'FLOW_007']);
  });
  const active = await api.call('/unified-discovery/flows/active');
  expect(active.text).not.toContain(flowId);
  const audit = await asSuperuser(api.database, (query) =>
    query('select action from audit.audit_log where flow_id = $1', [flowId]),
  );
  expect(audit.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['flow.cancel_requested', 'flow.cancelled', 'flow.archived']),
  );
  const master = await api.call(`/master-flows/${flowId}`);
  expect(master.body).toMatchObject({ flow_status: 'cancelled', detailed_status: 'archived' });
});

test('deleting a closed flow archives it at once, and once more changes nothing', async () => {
  const { flowId } = await startFlow(api, { mode: 'auto', content: estateFile });
  await untilStatus(api, flowId, 'completed');

  const first = await api.call(`/unified-discovery/flows/${flowId}`, { method: 'DELETE' });
  const second = await api.call(`/unified-discovery/flows/${flowId}`, { method: 'DELETE' });

  expect([first.status, first.body.status]).toEqual([200, 'archived']);
  expect([second.status, second.body.status]).toEqual([200, 'archived']);
});

test('twenty equal commands with one key are one command', async () => {
  const { flowId } = await waiting();
  const headers = { 'idempotency-key': randomUUID() };

  const answers = await Promise.all(Array.from({ length: 20 }, () => command(flowId, 'pause', { headers })));
  const repeated = await command(flowId, 'pause', { headers });

  expect(answers.every(({ status }) => [200, 202, 409].includes(status))).toBe(true);
  expect(repeated.status).toBe(200);
  const rows = await asSuperuser(api.database, (query) =>
    query(`select id from flow_commands where flow_id = $1 and type = 'pause'`, [flowId]),
  );
  expect(rows).toHaveLength(1);
});

test('the workflow itself tells where a flow stands', async () => {
  const { flowId } = await waiting();

  const live = await api.call(`/master-flows/${flowId}/live`);

  expect(live.status).toBe(200);
  expect(live.body).toMatchObject({
    flow_id: flowId,
    status: 'waiting_for_approval',
    phase: 'field_mapping',
    waiting_for: 'mapping_approval',
  });
});

test('a flow that failed says why, and is tried again or given up', async () => {
  const { flowId } = await startFlow(api, {
    mode: 'auto',
    content: [
      'Environment,CPU Cores,Memory GB,Operating System,IP Address',
      'Production,4,16,Windows Server 2019,10.0.0.1',
      'Test,2,8,RHEL 8,10.0.0.2',
      '',
    ].join('\n'),
  });
  const failed = await untilStatus(api, flowId, 'failed');

  const active = await api.call('/unified-discovery/flows/active');
  const retried = await command(flowId, 'retry', { json: {} });
  await untilStatus(api, flowId, 'failed');
  const summary = await api.call('/monitoring/errors/summary?hours=1');
  const cancelled = await command(flowId, 'cancel');

  expect(failed).toMatchObject({
    status: 'error',
    failure: { code: 'MAP_004', suggestion: expect.any(String) },
    phases: { field_mapping: { status: 'failed' } },
  });
  expect(active.body.flows).toContainEqual(expect.objectContaining({ flow_id: flowId, status: 'error' }));
  expect(retried.body).toMatchObject({ status: 'running', phase_retried: 'field_mapping' });
  expect(summary.body.error_types.MAP_004).toBeGreaterThanOrEqual(2);
  expect(summary.body.recent_errors[0]).toMatchObject({ code: 'MAP_004', flow_id: flowId });
  expect(cancelled.body.status).toBe('cancelled');
});
