import { randomUUID } from 'node:crypto';
import { completeFlow, startFlow, untilStatus } from '../support/api-flows';
import { aForm, type Answer } from '../support/api-server';
import { asSuperuser } from '../support/database';
import { untilEnded } from '../support/estate-changes';
import { verifyDatabase } from '../../src/db/checks/verify';
import { useApiWithWorker } from '../support/use-api';

const api = useApiWithWorker();

/** Two rows are too short, one has a cell too many, one names nothing. */
const broken = [
  'Name,IP Address,Operating System,Environment',
  'web01,10.0.0.1,Windows Server 2016,Production',
  'web02,10.0.0.2',
  'web03,10.0.0.3,Ubuntu 22.04,Test,surplus',
  ',10.0.0.4,Ubuntu 22.04,Test',
  '=cmd|calc,10.0.0.5',
  'web06,10.0.0.6,Ubuntu 22.04,Test',
  '',
].join('\n');

const lines = (text: string): string[] => text.replace('\uFEFF', '').trimEnd().split('\r\n');

const download = (importId: string, format: string): Promise<Answer> =>
  api.call(`/data-import/imports/${importId}/rejected?format=${format}`);

const post = (importId: string, content: string | Uint8Array<ArrayBuffer>, options = {}): Promise<Answer> =>
  api.call(`/data-import/imports/${importId}/corrected`, {
    body: aForm(content, {}, 'corrected.csv'),
    ...options,
  });

async function ledger(importId: string) {
  const { body } = await api.call(`/data-import/imports/${importId}/ledger`);
  return body;
}

async function names(): Promise<string[]> {
  const { body } = await api.call('/unified-discovery/assets?limit=200');
  return body.assets.map(({ name }: { name: string }) => name).sort();
}

async function offences(): Promise<unknown[]> {
  const { rules } = await verifyDatabase(api.database.pools);
  return rules.filter(({ count }) => count > 0);
}

/** The downloaded file with some of its rows put right. */
function repaired(file: string, repairs: Readonly<Record<string, string>>): string {
  return Object.entries(repairs).reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${from} is not in ${text}`);
    return text.replace(from, to);
  }, file);
}

test('the rejected records come as a page, and as a file with the columns of the person', async () => {
  const { importId } = await completeFlow(api, { content: broken });

  const page = await api.call(`/data-import/imports/${importId}/rejected?limit=2`);
  const next = await api.call(`/data-import/imports/${importId}/rejected?cursor=${page.body.next_cursor}`);
  const csv = await download(importId, 'csv');

  expect(page.body.total).toBe(4);
  expect(
    [...page.body.records, ...next.body.records].map(({ row_number, code }) => [row_number, code]),
  ).toEqual([
    [2, 'too_few_cells'],
    [3, 'too_many_cells'],
    [4, 'no_name'],
    [5, 'too_few_cells'],
  ]);
  expect(next.body.next_cursor).toBeNull();
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(csv.headers.get('content-disposition')).toBe(
    `attachment; filename="servers-rejected.csv"; filename*=UTF-8''servers-rejected.csv`,
  );
  const [header, ...rows] = lines(csv.text);
  expect(header).toBe(
    'Name,IP Address,Operating System,Environment,Surveyor row,Surveyor line,Surveyor error,Surveyor message,' +
      'Surveyor column,Surveyor hint,Surveyor rest',
  );
  expect(rows.map((row) => row.split(',').slice(0, 6).join('|'))).toEqual([
    'web02|10.0.0.2|||2|3',
    'web03|10.0.0.3|Ubuntu 22.04|Test|3|4',
    '|10.0.0.4|Ubuntu 22.04|Test|4|5',
    "'=cmd|calc|10.0.0.5|||5|6",
  ]);
  expect(rows[1]?.endsWith(',surplus')).toBe(true);
});

test('the format may be asked for by the Accept header', async () => {
  const { importId } = await completeFlow(api, { content: broken });

  const csv = await api.call(`/data-import/imports/${importId}/rejected`, {
    headers: { accept: 'text/csv' },
  });

  expect(lines(csv.text)).toHaveLength(5);
});

test('corrected rows of a closed flow become assets of the same import, and the ledger stays whole', async () => {
  const { importId, flowId } = await completeFlow(api, { content: broken });
  const file = (await download(importId, 'csv')).text;
  const before = await ledger(importId);

  const change = await untilEnded(
    api,
    await post(
      importId,
      repaired(file, {
        'web02,10.0.0.2,,': 'web02,10.0.0.2,Windows Server 2019,Production',
        ',10.0.0.4,': 'web04,10.0.0.4,',
        "'=cmd|calc,10.0.0.5,,": 'web05,10.0.0.5,Ubuntu 22.04,',
      }),
    ),
  );

  expect(change).toMatchObject({ kind: 'correct_import', status: 'completed' });
  expect(change.summary).toMatchObject({ corrected: 3, still_rejected: 1, assets: { created: 3 } });
  expect(await names()).toEqual(expect.arrayContaining(['web01', 'web02', 'web04', 'web05', 'web06']));
  expect(await names()).not.toContain('web03');
  expect(before.rows).toEqual({ read: 6, rejected: 4, skipped: 0, accepted: 2 });
  expect(await ledger(importId)).toMatchObject({
    rows: { read: 6, rejected: 1, skipped: 0, accepted: 5 },
    reasons: [{ phase: 'data_import', state: 'rejected', code: 'too_many_cells', records: 1 }],
    is_balanced: true,
  });
  const flow = await api.call(`/unified-discovery/flows/${flowId}/status?include_details=true`);
  expect(flow.body.phases.asset_inventory.ledger).toMatchObject({ created: 3, unchanged: 2 });
  expect(await offences()).toEqual([]);
});

test('a file that comes back as it went out, or twice, adds nothing', async () => {
  const { importId } = await completeFlow(api, { content: broken });
  const file = (await download(importId, 'csv')).text;
  const right = repaired(file, { 'web02,10.0.0.2,,': 'web02,10.0.0.2,Ubuntu 22.04,Test' });

  const same = await untilEnded(api, await post(importId, file));
  const first = await untilEnded(api, await post(importId, right));
  const second = await untilEnded(api, await post(importId, right));

  expect([same, first, second].map(({ summary }) => summary.corrected)).toEqual([0, 1, 0]);
  expect((await names()).filter((name) => name === 'web02')).toHaveLength(1);
  expect((await ledger(importId)).rows).toMatchObject({ rejected: 3, accepted: 3 });
  expect(await offences()).toEqual([]);
});

test('a workbook goes out and comes back like the CSV', async () => {
  const { importId } = await completeFlow(api, { content: broken });
  const { url, tenant, caller } = api;
  const response = await fetch(`${url}/api/v1/data-import/imports/${importId}/rejected?format=xlsx`, {
    headers: {
      authorization: `Bearer ${caller.key}`,
      'x-client-account-id': tenant.clientAccountId,
      'x-engagement-id': tenant.engagementId,
    },
  });
  const workbook = new Uint8Array(await response.arrayBuffer());

  const change = await untilEnded(
    api,
    await api.call(`/data-import/imports/${importId}/corrected`, {
      body: aForm(workbook, {}, 'corrected.xlsx'),
    }),
  );

  expect(response.headers.get('content-type')).toContain('spreadsheetml');
  expect(change).toMatchObject({ status: 'completed', summary: { corrected: 0, still_rejected: 4 } });
});

test('rows corrected while the flow waits for its mappings go on with it', async () => {
  const { importId, flowId } = await startFlow(api, { content: broken });
  const waiting = await untilStatus(api, flowId, 'waiting_for_approval');
  const file = (await download(importId, 'csv')).text;

  const change = await untilEnded(
    api,
    await post(importId, repaired(file, { 'web02,10.0.0.2,,': 'gate02,10.0.1.2,Ubuntu 22.04,Test' })),
  );
  await api.call(`/unified-discovery/flows/${flowId}/approve`, { json: { version: waiting.gate_version } });
  await untilStatus(api, flowId, 'completed');

  expect(change.summary).toMatchObject({ corrected: 1 });
  expect(await names()).toContain('gate02');
  expect((await ledger(importId)).rows).toMatchObject({ read: 6, rejected: 3, accepted: 3 });
  expect(await offences()).toEqual([]);
});

test('an import that is all or nothing fails with its rejected rows, and goes on when they are put right', async () => {
  const content = ['Name,OS', 'whole01,Ubuntu 22.04', 'whole02', ''].join('\n');
  const fields = { processing_config: JSON.stringify({ import_policy: 'all_or_nothing' }) };
  const { importId, flowId } = await startFlow(api, { content, fields, mode: 'auto' });
  const failed = await untilStatus(api, flowId, 'failed');
  const file = (await download(importId, 'csv')).text;
  const between = await names();

  await untilEnded(api, await post(importId, repaired(file, { 'whole02,,': 'whole02,Ubuntu 24.04,' })));
  await untilStatus(api, flowId, 'completed');

  expect(failed.failure).toMatchObject({ code: 'IMP_008' });
  expect(between).not.toContain('whole01');
  expect(await names()).toEqual(expect.arrayContaining(['whole01', 'whole02']));
  expect((await ledger(importId)).rows).toEqual({ read: 2, rejected: 0, skipped: 0, accepted: 2 });
  expect(await offences()).toEqual([]);
});

test('a policy that does not exist is refused', async () => {
  const form = aForm('Name\na\n', { processing_config: JSON.stringify({ import_policy: 'most' }) });

  const { status, body } = await api.call('/data-import/store-import', { body: form });

  expect(status).toBe(422);
  expect(JSON.stringify(body.error.details)).toContain('import_policy');
});

test('the same request with one key is done once', async () => {
  const { importId } = await completeFlow(api, { content: broken });
  const file = (await download(importId, 'csv')).text;
  const headers = { 'idempotency-key': randomUUID() };

  const first = await post(importId, file, { headers });
  const again = await post(importId, file, { headers });
  const other = await post(importId, `${file}x,y\r\n`, { headers });

  expect(again.body).toEqual(first.body);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(other.body.error.code).toBe('VAL_004');
});

test.each([
  ['without the record numbers', 'Name,IP Address,Operating System,Environment\nweb02,10.0.0.2,Linux,Test\n'],
  ['of another import', 'Host,Surveyor row\nweb02,2\n'],
])('a file %s is refused, and nothing of it is kept', async (_name, content) => {
  const { importId } = await completeFlow(api, { content: broken });

  const answer = await post(importId, content);

  expect(answer.status).toBe(422);
  expect(answer.body.error).toMatchObject({ code: 'IMP_009' });
  const [left] = await asSuperuser(api.database, (query) =>
    query(
      `select count(*)::integer as uploads from stored_objects o where state = 'ready' and engagement_id = $1
         and not exists (select from data_imports i where i.object_id = o.id)
         and not exists (select from estate_changes c where c.object_id = o.id)`,
      [api.tenant.engagementId],
    ),
  );
  expect(left).toEqual({ uploads: 0 });
});
