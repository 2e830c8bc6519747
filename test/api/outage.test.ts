import { randomUUID } from 'node:crypto';
import { type AddressInfo, connect, createServer } from 'node:net';
import { estateFile } from '../support/api-flows';
import { aForm, startTestApi, type TestApi } from '../support/api-server';
import { asSuperuser } from '../support/database';
import { addFlow } from '../support/flow-rows';
import { temporalAddress } from '../support/servers';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ commandWaitMs: 50, environment: { TEMPORAL_ADDRESS: '127.0.0.1:1' } });
});

afterAll(async () => {
  await api.close();
});

test('without Temporal a start is refused, can be repeated, and leaves no flow', async () => {
  const options = () => ({
    body: aForm(estateFile),
    headers: { 'idempotency-key': 'a-key-of-this-test' },
  });

  const first = await api.call('/data-import/store-import', options());
  const second = await api.call('/data-import/store-import', options());

  for (const { status, body, headers } of [first, second]) {
    expect(status).toBe(503);
    expect(body.error.code).toBe('RES_001');
    expect(headers.get('retry-after')).not.toBeNull();
  }
  const flows = await asSuperuser(api.database, (query) => query('select from master_flows'));
  expect(flows).toHaveLength(0);
});

test('without Temporal a command is kept and answered 202', async () => {
  const { flowId } = await addFlow(api.database, api.tenant);

  const { status, body } = await api.call(`/unified-discovery/flows/${flowId}/pause`, { method: 'POST' });

  expect(status).toBe(202);
  expect(body).toMatchObject({ status: 'paused', detailed_status: 'initialized', result: { done: false } });
  const commands = await asSuperuser(api.database, (query) => query('select type from flow_commands'));
  expect(commands).toEqual([{ type: 'pause' }]);
});

test('without Temporal the service is degraded, still ready to show results, and unknown flows are not found', async () => {
  const health = await api.call('/health', { key: null, tenant: null });
  const unknown = await api.call(`/unified-discovery/flows/${randomUUID()}/status`);

  expect(health.status).toBe(200);
  expect(health.body).toMatchObject({
    status: 'degraded',
    parts: { temporal: 'unhealthy', database: 'healthy' },
  });
  expect(unknown.status).toBe(404);
  expect(unknown.body.error).toMatchObject({
    code: 'FLOW_002',
    message: 'The requested flow was not found',
    suggestion: 'Please check the flow ID and try again',
  });
});

test('without a worker a start is answered 202, again with the same key, and its status can be read', async () => {
  const idle = await startTestApi({ startWaitMs: 100 });
  const headers = { 'idempotency-key': randomUUID() };

  const started = await idle.call('/unified-discovery/flows/initialize', { json: {}, headers });
  const again = await idle.call('/unified-discovery/flows/initialize', { json: {}, headers });
  const status = await idle.call(`/unified-discovery/flows/${started.body.flow_id}/status`);

  expect([started.status, again.status]).toEqual([202, 202]);
  expect(again.body.flow_id).toBe(started.body.flow_id);
  expect(started.headers.get('location')).toBe(`/api/v1/master-flows/${started.body.flow_id}`);
  expect(status.status).toBe(200);
  expect(status.body).toMatchObject({ flow_id: started.body.flow_id, status: 'initialized', row_version: 0 });
  await idle.close();
});

test('a server that starts before Temporal reaches it later', async () => {
  const [host, port] = temporalAddress().split(':');
  const forwarder = createServer((socket) => {
    const upstream = connect(Number(port), host);
    socket.pipe(upstream).pipe(socket);
    for (const end of [socket, upstream])
      end.on('error', () => [socket, upstream].forEach((one) => one.destroy()));
  });
  await new Promise<void>((resolve) => forwarder.listen(0, '127.0.0.1', resolve));
  const { port: free } = forwarder.address() as AddressInfo; // a server that listens on a port
  await new Promise((resolve) => forwarder.close(resolve));
  const early = await startTestApi({
    startWaitMs: 0,
    environment: { TEMPORAL_ADDRESS: `127.0.0.1:${free}` },
  });

  const before = await early.call('/unified-discovery/flows/initialize', { json: {} });
  await new Promise<void>((resolve) => forwarder.listen(free, '127.0.0.1', resolve));
  const after = await early.call('/unified-discovery/flows/initialize', { json: {} });

  expect(before.status).toBe(503);
  expect(after.status).toBe(202);
  await early.close();
  forwarder.close();
});
