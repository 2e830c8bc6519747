import { startTestApi, type TestApi } from '../support/api-server';
import { freePort } from '../../src/runtime/embedded/ports';
import { eventually } from '../support/eventually';

let api: TestApi;
let metricsUrl: string;
beforeAll(async () => {
  const port = await freePort();
  api = await startTestApi({ environment: { SURVEYOR_API_METRICS_PORT: String(port) } });
  metricsUrl = `http://127.0.0.1:${port}/metrics`;
});
afterAll(async () => {
  await api.close();
});

const metrics = async (): Promise<string> => (await fetch(metricsUrl)).text();

test('requests are counted by method, route template and status class, never by id', async () => {
  const id = crypto.randomUUID();
  await api.call('/unified-discovery/flows');
  await api.call(`/unified-discovery/flows/${id}/status`);
  await api.call(`/no/such/${id}`);

  const text = await metrics();

  const count = 'surveyor_http_request_duration_seconds_count';
  expect(text).toContain(`${count}{method="GET",route="/unified-discovery/flows",status_class="2xx"} 1`);
  expect(text).toContain(
    `${count}{method="GET",route="/unified-discovery/flows/:flow_id/status",status_class="4xx"} 1`,
  );
  expect(text).toContain(`${count}{method="GET",route="unmatched",status_class="4xx"} 1`);
  expect(text).not.toContain(id);
  expect(text).not.toContain(api.tenant.clientAccountId);
});

test('connections of each pool, event streams and uploads are told', async () => {
  const text = await metrics();

  for (const pool of ['app', 'auth', 'system']) {
    expect(text).toMatch(new RegExp(`surveyor_database_connections\\{pool="${pool}",state="used"\\} \\d`));
    expect(text).toMatch(new RegExp(`surveyor_database_waiting\\{pool="${pool}"\\} 0`));
  }
  expect(text).toContain('surveyor_event_subscribers 0');
  expect(text).toContain('surveyor_uploads_in_flight 0');
});

test('an upload counts while it is received', async () => {
  const body = new ReadableStream({
    start: async (sender) => {
      sender.enqueue(Buffer.from('name,os\n'));
      await eventually(async () => {
        if (!(await metrics()).includes('surveyor_uploads_in_flight 1'))
          throw new Error('No upload is counted');
      });
      sender.enqueue(Buffer.from('a,b\n'));
      sender.close();
    },
  });
  const { key } = api.caller;
  const tenant = api.tenant;

  const sent = await fetch(`${api.url}/api/v1/data-import/store-import`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'text/csv',
      'x-client-account-id': tenant.clientAccountId,
      'x-engagement-id': tenant.engagementId,
    },
    body,
    duplex: 'half',
  });

  expect(sent.status).toBeLessThan(300);
  expect(await metrics()).toContain('surveyor_uploads_in_flight 0');
});

test('the metrics are not served on the port of the API', async () => {
  const answer = await fetch(`${api.url}/metrics`);

  expect(answer.status).toBe(404);
});
