import { connect } from 'node:net';
import { errorCatalogue } from '../../src/domain/error-catalogue';
import { type CallOptions, startTestApi, type TestApi } from '../support/api-server';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(async () => {
  await api.close();
});

const nested = `${'['.repeat(2_000)}${']'.repeat(2_000)}`;
const json = { 'content-type': 'application/json' };
const initialize = '/unified-discovery/flows/initialize';

test.each<[string, string, CallOptions, number]>([
  ['an unknown address', '/nowhere', {}, 404],
  ['another method', '/unified-discovery/flows/active', { method: 'POST' }, 405],
  ['a method that nobody knows', '/health', { method: 'PROPFIND' }, 405],
  ['a body that is no JSON', initialize, { body: '{', headers: json }, 400],
  ['a body of another type', initialize, { body: 'a=1', headers: { 'content-type': 'text/plain' } }, 415],
  [
    'a body in another charset',
    initialize,
    { body: '{}', headers: { 'content-type': 'application/json; charset=latin1' } },
    415,
  ],
  ['a body that is too deep', initialize, { body: nested, headers: json }, 400],
  ['a body that is too large', initialize, { body: `"${'x'.repeat(1_100_000)}"`, headers: json }, 413],
  ['a body of another shape', initialize, { json: { flow_name: 5 } }, 422],
  ['a query that is none', '/data-import/imports?limit=0', {}, 400],
  ['a query over its bound', '/data-import/imports?limit=1000', {}, 400],
])('%s is answered with the envelope', async (_name, path, options, status) => {
  const answer = await api.call(path, options);

  expect(answer.status).toBe(status);
  const { error } = answer.body;
  expect(error).toMatchObject({
    message: expect.any(String),
    suggestion: expect.any(String),
    trace_id: answer.headers.get('x-trace-id'),
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  });
  expect(Object.keys(errorCatalogue)).toContain(error.code);
  expect(answer.text).not.toMatch(/node_modules|select |\/src\/|    at /);
});

test('405 says which methods there are', async () => {
  const { headers } = await api.call('/data-import/latest', { method: 'DELETE' });

  expect(headers.get('allow')).toBe('GET');
});

test.each([
  ['with a slash at its end', '/unified-discovery/flows/active/', 'GET'],
  ['in capitals', '/Unified-Discovery/Flows/ACTIVE', 'GET'],
  ['asked for its head', '/unified-discovery/flows/active', 'HEAD'],
])('an address %s is found', async (_name, path, method) => {
  const { status } = await api.call(path, { method });

  expect(status).toBe(200);
});

test('every issue of a body is reported at once', async () => {
  const { body } = await api.call('/auth/login', { json: { email: 1, surprise: true } });

  expect(body.error.code).toBe('VAL_002');
  expect(body.error.details.validation_errors.length).toBeGreaterThanOrEqual(3);
});

test.each([
  [
    'traceparent',
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '0af7651916cd43dd8448eb211c80319c',
  ],
  ['x-request-id', 'request-of-this-test', 'request-of-this-test'],
])('the trace id is taken from %s', async (header, value, expected) => {
  const { headers } = await api.call('/nowhere', { headers: { [header]: value } });

  expect(headers.get('x-trace-id')).toBe(expected);
});

test('a trace id that is none is not echoed', async () => {
  const { headers } = await api.call('/nowhere', { headers: { 'x-request-id': '<script>' } });

  expect(headers.get('x-trace-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('sample errors are shown with their own codes, unknown ones are refused', async () => {
  const flow = await api.call('/monitoring/errors/test/flow', { method: 'POST' });
  const tenant = await api.call('/monitoring/errors/test/tenant', { method: 'POST' });
  const unknown = await api.call('/monitoring/errors/test/dance', { method: 'POST' });

  expect([flow.status, flow.body.error.code]).toEqual([500, 'FLOW_001']);
  expect([tenant.status, tenant.body.error.code]).toEqual([403, 'SEC_001']);
  expect([unknown.status, unknown.body.error.code]).toEqual([400, 'VAL_001']);
});

test('answers carry security headers and name no other origin', async () => {
  const { headers } = await api.call('/health', { headers: { origin: 'https://evil.example' } });

  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('access-control-allow-origin') ?? '').toBe('');
});

test('bytes that are no HTTP do not disturb other requests', async () => {
  const { port } = new URL(api.url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.end('NONSENSE\r\n\r\n'));
    socket.on('close', () => resolve());
    socket.on('error', () => resolve());
    socket.resume();
  });

  const { status } = await api.call('/health/live');

  expect(status).toBe(200);
});
