import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { attachment } from '../../src/api/content-disposition';
import { formNaming, formType, largestUpload, uploadEnvelopes } from '../fixtures/uploads/envelopes';
import { uploadNames } from '../fixtures/uploads/names';
import { startTestApi, type TestApi } from '../support/api-server';
import { asSuperuser } from '../support/database';
import { eventually } from '../support/eventually';
import { type RawAnswer, type RawRequest, sendRaw, sendSlowly } from '../support/raw-http';

let api: TestApi;
let hasty: TestApi;

beforeAll(async () => {
  const environment = { SURVEYOR_MAX_UPLOAD_BYTES: String(largestUpload) };
  api = await startTestApi({ environment, startWaitMs: 0 });
  hasty = await startTestApi({ environment, uploadTimeoutMs: 300 });
});

afterAll(async () => {
  await api.close();
  await hasty.close();
});

const urlOf = ({ url }: TestApi, route: string): string => `${url}/api/v1/data-import/${route}`;

/** The request with credentials, and with the length of its body unless it is framed. */
function addressed(to: TestApi, request: RawRequest): RawRequest {
  const { clientAccountId, engagementId } = to.tenant;
  const isFramed = 'content-length' in request.headers || 'transfer-encoding' in request.headers;
  const headers = {
    authorization: `Bearer ${to.caller.key}`,
    'x-client-account-id': clientAccountId,
    'x-engagement-id': engagementId,
    ...(isFramed ? {} : { 'content-length': String(request.body.length) }),
    ...request.headers,
  };
  return { ...request, headers };
}

const send = (route: string, request: RawRequest): Promise<RawAnswer> =>
  sendRaw(urlOf(api, route), addressed(api, request));

function storedFiles(of: TestApi): string[] {
  const { clientAccountId, engagementId } = of.tenant;
  const folder = path.join(of.config.objectsDir, clientAccountId, engagementId);
  return existsSync(folder) ? readdirSync(folder) : [];
}

async function pendingObjects(of: TestApi): Promise<number> {
  const rows = await asSuperuser(of.database, (query) =>
    query(`select from stored_objects where state = 'pending'`),
  );
  return rows.length;
}

const codeOf = ({ text }: RawAnswer): string | null => (text === '' ? null : JSON.parse(text).error.code);

const refused = uploadEnvelopes.filter(({ refusal }) => refusal !== null);

test.each(uploadEnvelopes.map((envelope) => [envelope.name, envelope] as const))(
  'a dry run of %s is answered',
  async (_, envelope) => {
    const answer = await send('validate-upload', envelope);

    const outcome = [answer.status, answer.status < 300 ? null : codeOf(answer)];
    expect(outcome).toEqual(envelope.refusal ?? [200, null]);
  },
);

test.each(refused.map((envelope) => [envelope.name, envelope] as const))(
  '%s is refused, and nothing is stored',
  async (_, envelope) => {
    const answer = await send('store-import', envelope);

    expect([answer.status, codeOf(answer)]).toEqual(envelope.refusal);
    await eventually(async () => {
      expect(storedFiles(api)).toEqual([]);
      expect(await pendingObjects(api)).toBe(0);
    });
  },
);

const csv = Buffer.from(`Name\n${'web\n'.repeat(500)}`);

test.each([
  ['text', { headers: { 'content-type': 'text/csv' }, body: csv }],
  ['a form', { headers: { 'content-type': formType }, body: formNaming('filename="a.csv"') }],
  [
    'a form that stops',
    {
      headers: { 'content-type': formType, 'content-length': '5000' },
      body: formNaming('filename="a.csv"').subarray(0, 90),
    },
  ],
  [
    'records in JSON',
    {
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(`{"file_data":[${'1,'.repeat(500)}1]}`),
    },
  ],
])('%s that comes too slowly is told so before the connection is closed', async (_, request) => {
  const answer = await sendSlowly(urlOf(hasty, 'store-import'), addressed(hasty, request), 50);

  expect([answer.status, codeOf(answer)]).toEqual([408, 'UPLOAD_012']);
  expect(answer.headers.get('connection')).toBe('close');
  await eventually(async () => {
    expect(storedFiles(hasty)).toEqual([]);
    expect(await pendingObjects(hasty)).toBe(0);
  });
});

test('a refused body of JSON may be sent whole before the answer is read', async () => {
  const body = Buffer.from(`{"flow_name":"${'x'.repeat(30_000_000)}"}`);
  const request = addressed(api, { headers: { 'content-type': 'application/json' }, body });

  const answer = await sendRaw(`${api.url}/api/v1/unified-discovery/flows/initialize`, request);

  expect([answer.status, codeOf(answer)]).toEqual([413, 'HTTP_413']);
});

test('names are cleaned, and no file is stored by them', async () => {
  const forms = uploadNames.map(({ sent }) => ({
    headers: { 'content-type': formType },
    body: formNaming(sent),
  }));

  const looked: RawAnswer[] = [];
  const stored: RawAnswer[] = [];
  for (const form of forms) {
    looked.push(await send('validate-upload', form));
    stored.push(await send('store-import', form));
  }

  const shown = uploadNames.map((name) => name.shown);
  expect(looked.map(({ text }) => JSON.parse(text).filename)).toEqual(shown);
  expect(stored.map(({ status }) => status)).toEqual(shown.map(() => 202));
  const rows = await asSuperuser(api.database, (query) =>
    query(`select filename from stored_objects where state = 'ready' order by created_at`),
  );
  expect(rows.map(({ filename }) => filename)).toEqual(shown);
  expect(storedFiles(api).filter((name) => !/^[0-9a-f-]{36}$/.test(name))).toEqual([]);
});

test.each(uploadNames.map(({ name, shown }) => [name, shown] as const))(
  '%s comes back as one header in ASCII that says the whole name',
  (_, shown) => {
    const header = attachment(shown);

    expect(header).toMatch(/^attachment; filename="[^"\\%;]+"; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/);
    expect(decodeURIComponent(header.split("''")[1] ?? '')).toBe(shown);
  },
);

test('the server goes on serving', async () => {
  const { status } = await api.call('/me');

  expect(status).toBe(200);
});
