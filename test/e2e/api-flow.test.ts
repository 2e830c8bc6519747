import { randomUUID } from 'node:crypto';
import { findDiscoveryFlow, findFlow } from '../../src/db/flows/flows';
import { inTenant } from '../../src/db/connection/tenant';
import { asSuperuser } from '../support/database';
import { estateFile } from '../support/estate-file';
import { eventually } from '../support/eventually';
import { HttpClient } from '../support/http-client';
import { TestStack } from '../support/stack';

let stack: TestStack;
let http: HttpClient;
const file = { name: 'servers.csv', content: estateFile(40) };
const auto = { approval: '{"mode":"auto"}' };

beforeAll(async () => {
  stack = await TestStack.create();
  await stack.start('api', 'worker');
  http = await HttpClient.create(stack);
}, 120_000);

afterAll(async () => {
  await stack.stop();
});

const status = async (flowId: unknown) =>
  (await http.get(`/unified-discovery/flows/${flowId}/status?include_details=true`)).body;

const untilStatus = (flowId: unknown, wanted: string) =>
  eventually(async () => {
    const body = await status(flowId);
    if (body['detailed_status'] !== wanted) throw new Error(JSON.stringify(body).slice(0, 500));
    return body;
  }, 45_000);

test('an uploaded file has master, child and import at once, and is an inventory in the end', async () => {
  const started = await http.upload(file, auto);
  const flowId = String(started.body['flow_id']);
  const rows = await inTenant(stack.database.pools.app, http.tenant, async (trx) => ({
    master: await findFlow(trx, flowId),
    child: await findDiscoveryFlow(trx, flowId),
  }));

  expect(started.status).toBe(201);
  expect(rows.child).toMatchObject({
    masterFlowId: flowId,
    dataImportId: started.body['data_import_id'],
    status: rows.master?.flowStatus,
  });
  expect(await untilStatus(flowId, 'completed')).toMatchObject({
    progress_percentage: 100,
    rows: { read: 40, accepted: 40, rejected: 0 },
  });
});

test('what a command answers is what a second connection reads', async () => {
  const { body } = await http.upload(file);
  const flowId = body['flow_id'];
  await untilStatus(flowId, 'waiting_for_approval');
  const stored = async () =>
    (
      await asSuperuser(stack.database, (query) =>
        query(
          `select m.flow_status as master, d.status as child, d.field_mapping_completed
           from master_flows m join discovery_flows d on d.master_flow_id = m.flow_id where m.flow_id = $1`,
          [flowId],
        ),
      )
    )[0];

  const paused = await http.post(`/unified-discovery/flows/${flowId}/pause`);
  const afterPause = await stored();
  const resumed = await http.post(`/unified-discovery/flows/${flowId}/resume`);
  const afterResume = await stored();
  const { gate_version: version } = await status(flowId);
  await http.post(`/unified-discovery/flows/${flowId}/approve`, { gate: 'mapping_approval', version });
  await untilStatus(flowId, 'completed');

  expect([paused.status, afterPause]).toEqual([
    200,
    { master: 'paused', child: 'paused', field_mapping_completed: false },
  ]);
  expect([resumed.status, afterResume]).toMatchObject([200, { master: 'waiting_for_approval' }]);
  expect(await stored()).toEqual({ master: 'completed', child: 'completed', field_mapping_completed: true });
});

test('a completed flow is in no list of active ones', async () => {
  const { body } = await http.upload(file, auto);
  await untilStatus(body['flow_id'], 'completed');

  const active = await http.get('/unified-discovery/flows/active');

  expect(JSON.stringify(active.body)).not.toContain(String(body['flow_id']));
});

test('an API that is killed before it answers has started one flow, and the same request finds it', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const lost = http.upload(file, auto, key).catch(() => undefined);
  const flows = () =>
    asSuperuser(stack.database, (query) =>
      query('select flow_id from master_flows where client_account_id = $1 order by created_at', [
        http.tenant.clientAccountId,
      ]),
    );
  const before = (await flows()).length;
  await eventually(async () => {
    if ((await flows()).length === before) throw new Error('Not started yet');
  });

  await stack.kill('api');
  await lost;
  await stack.start('api');
  const again = await eventually(async () => {
    const answer = await http.upload(file, auto, key);
    if (answer.status !== 201 && answer.status !== 202) throw new Error(JSON.stringify(answer.body));
    return answer;
  });

  const after = await flows();
  expect(after).toHaveLength(before + 1);
  expect(again.body['flow_id']).toBe(after.at(-1)?.['flow_id']);
  await untilStatus(again.body['flow_id'], 'completed');
}, 120_000);
