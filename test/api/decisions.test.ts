import { completeFlow, startFlow, untilStatus } from '../support/api-flows';
import { useApiWithWorker } from '../support/use-api';

const api = useApiWithWorker();

const tooLong = `Name,Notes\nweb01,${'x'.repeat(70_000)}\ndb01,short\n`;

test('a finding that blocks waits for a decision, on the version that was read', async () => {
  const { flowId, importId } = await startFlow(api, { content: tooLong });
  const flow = await untilStatus(api, flowId, 'waiting_for_approval');
  expect(flow.waiting_for).toBe('profile_decisions');
  const decisions = `/unified-discovery/flows/${flowId}/profile-decisions`;
  const shown = await api.call(decisions);
  const issues = await api.call(`/data-import/imports/${importId}/quality-issues?status=open`);
  const decision = { field_name: 'Notes', action: 'truncate', max_length: 100 };

  const without = await api.call(decisions, { json: { decisions: [decision] } });
  const stale = await api.call(decisions, { json: { decisions: [decision], version: 99 } });
  const decided = await api.call(decisions, { json: { decisions: [decision], version: shown.body.version } });

  expect(shown.body).toMatchObject({ waiting: true, blocking_open: 1, version: flow.gate_version });
  expect(issues.body.quality_issues).toContainEqual(
    expect.objectContaining({ field_name: 'Notes', blocking: true }),
  );
  expect([without.status, without.body.error.code]).toEqual([428, 'FLOW_010']);
  expect([stale.status, stale.body.error.code]).toEqual([409, 'FLOW_009']);
  expect(decided.status).toBe(200);
  expect(decided.body.blocking_open).toBe(0);
  const next = await untilStatus(api, flowId, 'waiting_for_approval');
  expect(next.waiting_for).toBe('mapping_approval');
});

test('approving the gate keeps what nobody decided as it is', async () => {
  const { flowId } = await startFlow(api, { content: tooLong });
  const flow = await untilStatus(api, flowId, 'waiting_for_approval');

  const approved = await api.call(`/unified-discovery/flows/${flowId}/approve`, {
    json: { gate: flow.waiting_for, version: flow.gate_version },
  });

  expect(approved.status).toBe(200);
  const { body } = await api.call(`/unified-discovery/flows/${flowId}/profile-decisions`);
  expect(body.findings).toContainEqual(expect.objectContaining({ field_name: 'Notes', action: 'keep' }));
});

test('sources that disagree raise a conflict, which is resolved once and by one of its values', async () => {
  const file = (environment: string) =>
    `Hostname,UUID,Environment\nsame01,4c4c4544-0042-3310-8051-b4c04f4d3132,${environment}\n`;
  await completeFlow(api, { content: file('Production'), filename: 'one.csv' });
  await completeFlow(api, { content: file('Test'), filename: 'two.csv' });

  const { body } = await api.call('/unified-discovery/conflicts?status=open');
  const conflict = body.conflicts.find(({ attribute }: { attribute: string }) => attribute === 'environment');
  const resolve = (resolution: object) =>
    api.call('/unified-discovery/conflicts', {
      json: { resolutions: [{ conflict_id: conflict.conflict_id, ...resolution }] },
    });
  const odd = await resolve({ resolution_action: 'replace_with_new', value: 'moon' });
  const misfit = await resolve({ resolution_action: 'merge' });
  const done = await resolve({ resolution_action: 'replace_with_new', value: 'production', reason: 'Seen' });
  const again = await resolve({ resolution_action: 'keep_existing' });

  expect(conflict).toMatchObject({ conflict_type: 'attribute_disagreement', status: 'open' });
  expect([odd.status, odd.body.error.code]).toEqual([422, 'ASSET_002']);
  expect(misfit.status).toBe(422);
  expect(done.body).toMatchObject({ resolved_count: 1, conflicts: [{ status: 'resolved' }] });
  expect([again.status, again.body.error.code]).toEqual([409, 'CONFLICT_002']);
  const asset = await api.call(`/unified-discovery/assets/${conflict.asset_id}`);
  expect(asset.body.environment).toBe('production');
});
