import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { estateFile, startFlow, untilStatus } from '../support/api-flows';
import { aForm, startTestApi, type TestApi } from '../support/api-server';
import { startTestWorker, type TestWorker } from '../support/api-worker';
import { asSuperuser } from '../support/database';

let api: TestApi;
let worker: TestWorker;

beforeAll(async () => {
  api = await startTestApi({ environment: { SURVEYOR_MAX_UPLOAD_BYTES: '20000' } });
  worker = await startTestWorker(api);
});

afterAll(async () => {
  await worker.stop();
  await api.close();
});

const store = '/data-import/store-import';

function count(table: string, where = 'true'): Promise<number> {
  return asSuperuser(api.database, async (query) => {
    const [row] = await query(`select count(*)::integer as count from ${table} where ${where}`);
    return Number(row?.['count']);
  });
}

/** Files in the object storage of the tenant. */
function storedFiles(): string[] {
  const { clientAccountId, engagementId } = api.tenant;
  try {
    return readdirSync(path.join(api.config.objectsDir, clientAccountId, engagementId));
  } catch {
    return [];
  }
}

test.each([
  ['a form', () => ({ body: aForm(estateFile) })],
  ['a body of its own type', () => ({ body: estateFile, headers: { 'content-type': 'text/csv' } })],
  ['bytes', () => ({ body: estateFile, headers: { 'content-type': 'application/octet-stream' } })],
  [
    'records in JSON',
    () => ({
      json: { file_data: [{ Name: 'web01', OS: 'Windows Server 2019' }], metadata: { filename: 'x.json' } },
    }),
  ],
])('%s starts a flow', async (_name, options) => {
  const { status, body, headers } = await api.call(store, options());

  expect(status).toBe(201);
  expect(body).toMatchObject({
    success: true,
    flow_id: expect.any(String),
    import_flow_id: body.flow_id,
    data_import_id: expect.any(String),
    records_stored: expect.any(Number),
    progress_percentage: expect.any(Number),
    message: expect.any(String),
  });
  expect(headers.get('location')).toBe(`/api/v1/master-flows/${body.flow_id}`);
  const child = await api.call(`/master-flows/${body.flow_id}/discovery-flow`);
  expect(child.body).toMatchObject({ master_flow_id: body.flow_id, data_import_id: body.data_import_id });
  const flow = await api.call(`/master-flows/${body.flow_id}`);
  expect(flow.body.flow_name).toBe(`Discovery Import ${body.data_import_id}`);
});

test('a name, a category and settings of the file are kept', async () => {
  const { flowId, importId } = await startFlow(api, {
    fields: {
      flow_name: 'Berlin',
      import_category: 'cmdb_export',
      as_of: '2026-02-01',
      source_name: 'CMDB',
      coverage: 'full',
    },
  });

  const flow = await api.call(`/master-flows/${flowId}`);
  const entry = await api.call(`/data-import/imports/${importId}`);
  expect(flow.body.flow_name).toBe('Berlin');
  expect(entry.body).toMatchObject({
    filename: 'servers.csv',
    import_category: 'cmdb_export',
    as_of: '2026-02-01T00:00:00.000Z',
    coverage: 'full',
  });
  await untilStatus(api, flowId, 'waiting_for_approval');
  const sources = await api.call('/sources');
  expect(sources.body.sources).toContainEqual(expect.objectContaining({ name: 'CMDB' }));
});

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const boundary = 'multipart/form-data; boundary=x';
const part = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nName\r\nweb01\r\n';

test.each([
  ['an empty file', () => ({ body: aForm('') }), 400, 'UPLOAD_004'],
  ['blank lines', () => ({ body: aForm('\n\n\n') }), 400, 'UPLOAD_004'],
  ['a picture', () => ({ body: aForm(new Uint8Array(png), {}, 'a.csv') }), 415, 'UPLOAD_001'],
  ['a form without a file', () => ({ body: new URLSearchParams() }), 415, 'HTTP_415'],
  ['a file over the limit', () => ({ body: aForm(`Name\n${'x'.repeat(30_000)}\n`) }), 413, 'UPLOAD_002'],
  ['no records', () => ({ json: { file_data: [] } }), 400, 'UPLOAD_004'],
  ['no list of records', () => ({ json: { file_data: 'x' } }), 400, 'UPLOAD_009'],
  ['an unknown type', () => ({ body: 'x', headers: { 'content-type': 'image/png' } }), 415, 'HTTP_415'],
  [
    'a form without boundary',
    () => ({ body: part, headers: { 'content-type': 'multipart/form-data' } }),
    400,
    'UPLOAD_005',
  ],
  ['a truncated form', () => ({ body: part, headers: { 'content-type': boundary } }), 400, 'UPLOAD_005'],
  [
    'a form of fields only',
    () => ({
      body: `--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n`,
      headers: { 'content-type': boundary },
    }),
    400,
    'UPLOAD_005',
  ],
  [
    'a policy that is none',
    () => ({ body: aForm(estateFile, { approval: '{"mode":"never"}' }) }),
    422,
    'VAL_002',
  ],
  ['a flow id that is none', () => ({ body: aForm(estateFile, { flow_id: 'x' }) }), 422, 'VAL_002'],
  ['a flow that nobody has', () => ({ body: aForm(estateFile, { flow_id: randomUUID() }) }), 404, 'FLOW_002'],
])('%s is refused, and nothing is left of it', async (_name, options, status, code) => {
  const before = { files: storedFiles().length, flows: await count('master_flows') };

  const answer = await api.call(store, options());

  expect({ status: answer.status, code: answer.body?.error.code }).toEqual({ status, code });
  expect(storedFiles()).toHaveLength(before.files);
  expect(await count('master_flows')).toBe(before.flows);
  expect(await count('stored_objects', "state = 'pending'")).toBe(0);
});

test('an upload whose connection breaks leaves nothing behind', async () => {
  const before = storedFiles().length;

  await new Promise<void>((resolve) => {
    const { clientAccountId, engagementId } = api.tenant;
    const upload = request(`${api.url}/api/v1${store}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${api.caller.key}`,
        'x-client-account-id': clientAccountId,
        'x-engagement-id': engagementId,
        'content-type': 'text/csv',
        'content-length': '10000',
      },
    });
    upload.on('error', () => resolve());
    upload.write('Name\nweb01\n', () => setImmediate(() => upload.destroy(new Error('gone'))));
  });

  await api.call('/me');
  expect(storedFiles()).toHaveLength(before);
});

test('a dry run says what a file is and stores nothing', async () => {
  const before = storedFiles().length;

  const { status, body } = await api.call('/data-import/validate-upload', {
    body: aForm(estateFile, {}, 'dry-run.csv'),
  });

  expect(status).toBe(200);
  expect(body).toMatchObject({
    container: 'csv',
    encoding: 'utf-8',
    delimiter: ',',
    rows_read: 4,
    rows_rejected: 0,
  });
  expect(body.columns[0]).toMatchObject({ source_field: 'Name', target_field: 'name' });
  expect(body.file_status).not.toBe('rejected');
  expect(storedFiles()).toHaveLength(before);
  expect(await count('stored_objects', `filename = 'dry-run.csv'`)).toBe(0);
});

describe('Idempotency-Key', () => {
  const options = (key: string, content = estateFile) => ({
    body: aForm(content, { approval: '{"mode":"ask"}' }),
    headers: { 'idempotency-key': key },
  });

  test('twenty requests at once with one key make one flow', async () => {
    const key = randomUUID();
    const before = await count('master_flows');

    const answers = await Promise.all(Array.from({ length: 20 }, () => api.call(store, options(key))));

    const started = answers.filter(({ status }) => status === 201 || status === 202);
    const waiting = answers.filter(({ status }) => status === 409);
    expect(started.length + waiting.length).toBe(20);
    expect(started.length).toBeGreaterThan(0);
    for (const { body } of waiting) expect(body.error.code).toBe('VAL_005');
    expect(new Set(started.map(({ body }) => body.flow_id)).size).toBe(1);
    expect(await count('master_flows')).toBe(before + 1);
  });

  test('the same request gets the same answer, another one is refused', async () => {
    const key = randomUUID();
    const first = await api.call(store, options(key));

    const again = await api.call(store, options(key));
    const other = await api.call(store, options(key, 'Name\nother\n'));

    expect(again.status).toBe(first.status);
    expect(again.body).toEqual(first.body);
    expect(other.status).toBe(422);
    expect(other.body.error.code).toBe('VAL_004');
  });

  test('the flow is found again when the answer was forgotten', async () => {
    const key = randomUUID();
    const first = await api.call(store, options(key));
    await asSuperuser(api.database, (query) => query('delete from idempotency_keys'));

    const again = await api.call(store, options(key));
    await asSuperuser(api.database, (query) => query('delete from idempotency_keys'));
    const other = await api.call(store, options(key, 'Name\nother\n'));

    expect(again.body).toMatchObject({
      flow_id: first.body.flow_id,
      data_import_id: first.body.data_import_id,
    });
    expect(other.body.error.code).toBe('VAL_004');
  });

  test('keys of different users and routes do not meet', async () => {
    const key = randomUUID();
    const other = await api.addCaller(api.tenant, 'analyst');

    const one = await api.call(store, options(key));
    const two = await api.call(store, { ...options(key), key: other.key });
    const three = await api.call('/data-import/upload', options(key));

    expect(new Set([one, two, three].map(({ body }) => body.flow_id)).size).toBe(3);
  });
});

test('a flow without a file waits for one, takes several, and closes its door when it goes on', async () => {
  const started = await api.call('/unified-discovery/flow/initialize', {
    json: { flow_name: 'Several files', configuration: { approval: { mode: 'auto' } } },
  });
  expect(started.status).toBe(201);
  expect(started.body).toMatchObject({ status: 'initialized', flow_name: 'Several files' });
  const flowId: string = started.body.flow_id;
  await api.call(`/unified-discovery/flows/${flowId}/pause`, { method: 'POST' });

  const joined = await Promise.all(
    ['Name,Environment\nweb01,Production\n', 'Name,Environment\nweb02,Test\n'].map((content) =>
      api.call(store, { body: aForm(content, { flow_id: flowId }) }),
    ),
  );
  await api.call(`/unified-discovery/flows/${flowId}/resume`, { method: 'POST', json: {} });
  const flow = await untilStatus(api, flowId, 'completed');

  for (const { status, body } of joined) {
    expect(status).toBe(201);
    expect(body).toMatchObject({ flow_id: flowId, data_import_id: expect.any(String) });
  }
  expect(flow).toMatchObject({ imports: 2, rows: { read: 2 }, accepts_imports: false });
  const late = await api.call(store, { body: aForm(estateFile, { flow_id: flowId }) });
  expect(late.status).toBe(409);
  expect(late.body.error.code).toBe('FLOW_011');
});

test('records in the body of initialize become the first import', async () => {
  const { body } = await api.call('/unified-discovery/flows/initialize', {
    json: { raw_data: [{ hostname: 'web01' }, { hostname: 'web02' }] },
  });

  const flow = await untilStatus(api, body.flow_id, 'waiting_for_approval');
  expect(body.metadata.has_raw_data).toBe(true);
  expect(flow.rows.read).toBe(2);
});
