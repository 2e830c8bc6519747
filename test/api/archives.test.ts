import { gzipSync } from 'node:zlib';
import { zipOf } from '../fixtures/intake/archives';
import { aWorkbook } from '../fixtures/intake/small-workbook';
import { aForm, startTestApi, type TestApi } from '../support/api-server';
import { listAssets, listImports, uploadAlone } from '../support/api-uploads';
import { startTestWorker, type TestWorker } from '../support/api-worker';
import { asSuperuser } from '../support/database';

let api: TestApi;
let worker: TestWorker;

beforeAll(async () => {
  api = await startTestApi();
  worker = await startTestWorker(api);
}, 120_000);

afterAll(async () => {
  await worker.stop();
  await api.close();
});

const servers =
  'Hostname,IP Address,Operating System\nweb-01,10.0.0.1,Ubuntu 22.04\ndb-01,10.0.0.2,Oracle Linux 8\n';
const relations = 'Parent,Type,Child\nweb-01,Depends on::Used by,db-01\n';

function bytes(content: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(content);
}

test('the files of an archive are one flow, what is no table is left out with its reason', async () => {
  const content = await zipOf([
    { name: 'export/servers.csv', content: servers },
    { name: 'export/relations.csv', content: relations },
    { name: 'export/readme.md', content: '# How this was made\n' },
  ]);

  const { call, answer } = await uploadAlone(api, { name: 'export.zip', content });

  expect(answer.imports.map(({ table, entry, sheet }) => [table, entry, sheet])).toEqual([
    ['relations', 'export/relations.csv', null],
    ['servers', 'export/servers.csv', null],
  ]);
  expect(answer.ignored).toMatchObject([{ entry: 'export/readme.md', reason: expect.any(String) }]);
  const imports = await listImports(api, call);
  expect(imports.map(({ table_kind }) => table_kind)).toEqual(['relations', 'inventory']);
  expect(imports[0]?.warnings.join(' ')).toContain('export/readme.md');
  expect((await listAssets(api, call)).map(({ name }) => name).sort()).toEqual(['db-01', 'web-01']);
});

test('a compressed file is read as the file in it', async () => {
  const { call, answer } = await uploadAlone(api, {
    name: 'servers.csv.gz',
    content: gzipSync(servers),
  });

  expect(answer.imports).toMatchObject([{ table: null, entry: null, sheet: null }]);
  expect(await listAssets(api, call)).toHaveLength(2);
});

test('only the sheets that the sender chose take part, and a sheet that is not there is refused', async () => {
  const content = await aWorkbook({
    Servers: [
      ['Hostname', 'Operating System'],
      ['web-01', 'Windows Server 2019'],
    ],
    Old: [
      ['Hostname', 'Operating System'],
      ['web-99', 'Windows Server 2003'],
    ],
  });
  const choose = (sheets: string[]) =>
    aForm(bytes(content), { processing_config: JSON.stringify({ sheets }) }, 'estate.xlsx');

  const chosen = await api.call('/data-import/store-import', { body: choose(['servers']) });
  const missing = await api.call('/data-import/store-import', { body: choose(['Servers', 'Printers']) });

  expect(chosen.body.imports).toMatchObject([{ sheet: 'Servers' }]);
  expect(chosen.body.ignored).toMatchObject([{ sheet: 'Old', reason: 'It was not chosen' }]);
  expect(missing.status).toBe(422);
  expect(missing.text).toContain('Printers');
});

test.each([
  ['an archive without a table', () => zipOf([{ name: 'a.txt', content: '' }]), 'a.zip'],
  [
    'an archive in an archive',
    async () => gzipSync(await zipOf([{ name: 'a.csv', content: servers }])),
    'a.gz',
  ],
  [
    'an archive that is cut',
    async () => (await zipOf([{ name: 'a.csv', content: servers }])).subarray(0, 90),
    'a.zip',
  ],
  ['a workbook of empty sheets', () => aWorkbook({ Empty: [[]] }), 'a.xlsx'],
])('%s is refused with a code; no flow is made and nothing stays stored', async (_name, content, name) => {
  const before = await countFlows();

  const { status, body } = await api.call('/data-import/store-import', {
    body: aForm(bytes(await content()), {}, name),
  });

  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(body.error.code).toMatch(/^(?:UPLOAD|IMP)_\d{3}$/);
  expect(await countFlows()).toBe(before);
  expect(await countStored()).toBe(0);
});

test('a dry run tells of every table and stores nothing', async () => {
  const content = await zipOf([
    { name: 'servers.csv', content: servers },
    { name: 'relations.csv', content: relations },
    { name: 'notes.md', content: 'nothing' },
  ]);

  const { status, body } = await api.call('/data-import/validate-upload', {
    body: aForm(bytes(content), {}, 'export.zip'),
  });

  expect(status).toBe(200);
  expect(body).toMatchObject({ success: true, table_kind: 'inventory', rows_read: 2 });
  expect(body.tables).toMatchObject([
    { entry: 'relations.csv', table_kind: 'relations', rows_read: 1 },
    { entry: 'servers.csv', table_kind: 'inventory', rows_read: 2 },
  ]);
  expect(body.ignored).toMatchObject([{ entry: 'notes.md' }]);
  expect(await countStored()).toBe(0);
});

test('the same upload with the same key is one flow with the same imports', async () => {
  const content = await zipOf([
    { name: 'servers.csv', content: servers },
    { name: 'relations.csv', content: relations },
  ]);
  const send = () =>
    api.call('/data-import/store-import', {
      body: aForm(bytes(content), {}, 'export.zip'),
      headers: { 'idempotency-key': 'one-export' },
    });

  const first = await send();
  const second = await send();

  expect(second.body.flow_id).toBe(first.body.flow_id);
  expect(second.body.imports).toEqual(first.body.imports);
});

async function countFlows(): Promise<number> {
  return count('select count(*)::integer as count from master_flows');
}

/** Uploads that lie in the storage and belong to no import. */
async function countStored(): Promise<number> {
  return count(`select count(*)::integer as count from stored_objects o where state = 'ready'
    and not exists (select from data_imports i where i.object_id = o.id)`);
}

function count(statement: string): Promise<number> {
  return asSuperuser(api.database, async (query) => Number((await query(statement))[0]?.['count']));
}
