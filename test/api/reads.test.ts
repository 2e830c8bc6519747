import { phases } from '../../src/domain/flow/phases';
import { completeFlow, type StartedFlow, startFlow, untilStatus } from '../support/api-flows';
import { type Ids, type Operation, operationsOf, pathWith } from '../support/api-operations';
import { startTestApi, type TestApi } from '../support/api-server';
import { untilEnded } from '../support/estate-changes';
import { startTestWorker, type TestWorker } from '../support/api-worker';
import { addTenant, asSuperuser } from '../support/database';

let api: TestApi;
let worker: TestWorker;
let flow: StartedFlow;
let waiting: StartedFlow;
let ids: Ids;
let reads: Operation[];

beforeAll(async () => {
  api = await startTestApi();
  worker = await startTestWorker(api);
  flow = await completeFlow(api);
  waiting = await startFlow(api);
  await untilStatus(api, waiting.flowId, 'waiting_for_approval');
  const assets = await api.call('/unified-discovery/assets');
  const mappings = await api.call(`/unified-discovery/flows/${flow.flowId}/field-mappings`);
  const recipes = await api.call('/recipes');
  const changed = await api.call(`/unified-discovery/assets/${assets.body.assets[0].id}`, {
    method: 'PATCH',
    json: { values: { description: 'A web server' } },
  });
  const change = await untilEnded(api, { ...changed, body: { change_id: changed.body.estate_change_id } });
  ids = {
    flow_id: flow.flowId,
    import_id: flow.importId,
    mapping_id: mappings.body.mappings[0].id,
    asset_id: assets.body.assets[0].id,
    conflict_id: flow.flowId,
    change_id: change.change_id,
    recipe_id: recipes.body.recipes[0].id,
  };
  reads = (await operationsOf(api)).filter(
    ({ method, path }) => method === 'GET' && !path.endsWith('/events'),
  );
});

afterAll(async () => {
  await worker.stop();
  await api.close();
});

const taskRoute = '/monitoring/errors/background-tasks/{task_id}';

test('every route that reads answers in its declared shape', async () => {
  const wrong: unknown[] = [];
  for (const operation of reads.filter(({ path }) => path !== taskRoute)) {
    const { status, text } = await api.call(pathWith(operation, ids));
    if (status !== 200) wrong.push({ path: operation.path, status, text });
  }

  expect(wrong).toEqual([]);
  expect(reads.length).toBeGreaterThan(40);
});

test('a background task is found by its id, slashes and all', async () => {
  const [task] = await asSuperuser(api.database, (query) =>
    query(`select id from background_tasks where state = 'completed' and client_account_id = $1 limit 1`, [
      api.tenant.clientAccountId,
    ]),
  );

  const found = await api.call(
    `/monitoring/errors/background-tasks/${encodeURIComponent(String(task?.['id']))}`,
  );
  const unknown = await api.call('/monitoring/errors/background-tasks/no-such-task');

  expect(found.body).toMatchObject({
    status: 'success',
    task: { task_id: task?.['id'], status: 'completed' },
  });
  expect([unknown.status, unknown.body.error.code]).toEqual([404, 'BG_001']);
});

/** A digest of every row of every table that holds data of tenants. */
async function digest(): Promise<unknown> {
  return asSuperuser(api.database, async (query) => {
    const tables = await query(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname in ('public', 'audit') and tablename not in ('knex_migrations', 'knex_migrations_lock',
         'background_tasks', 'api_keys')
       order by 1`,
    );
    const digests: Record<string, unknown> = {};
    for (const { name } of tables) {
      const [row] = await query(
        `select md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as digest from ${String(name)} t`,
      );
      digests[String(name)] = row?.['digest'];
    }
    return digests;
  });
}

test('reading changes nothing', async () => {
  const before = await digest();

  for (const operation of reads) {
    await api.call(pathWith(operation, ids));
    await api.call(pathWith(operation, { ...ids, flow_id: waiting.flowId, import_id: waiting.importId }));
  }

  expect(await digest()).toEqual(before);
});

test('phases are the same in order and name wherever they are shown', async () => {
  const status = await api.call(`/unified-discovery/flows/${flow.flowId}/status`);
  const master = await api.call(`/master-flows/${flow.flowId}`);
  const child = await api.call(`/master-flows/${flow.flowId}/discovery-flow`);

  expect(Object.keys(status.body.phases)).toEqual([...phases]);
  expect(Object.keys(master.body.flow.phases)).toEqual([...phases]);
  expect(Object.keys(child.body.phases)).toEqual(phases.map((phase) => `${phase}_completed`));
  expect(Object.values(child.body.phases).every((value) => value === true)).toBe(true);
});

test('a status stays small, whatever the file holds', async () => {
  const rows = Array.from({ length: 20_000 }, (_, row) => `host-${row},10.1.${row % 250}.1,Production`);
  const large = await startFlow(api, { content: `Name,IP Address,Environment\n${rows.join('\n')}\n` });
  await untilStatus(api, large.flowId, 'waiting_for_approval');

  const { text, body } = await api.call(
    `/unified-discovery/flows/${large.flowId}/status?include_details=true`,
  );

  expect(body.rows.read).toBe(20_000);
  expect(Buffer.byteLength(text)).toBeLessThan(64 * 1024);
});

test('lists of flows are paged by cursor, by offset, and filtered by status', async () => {
  const first = await api.call('/unified-discovery/flows?limit=1');
  const second = await api.call(`/unified-discovery/flows?limit=1&cursor=${first.body.next_cursor}`);
  const masters = await api.call('/master-flows?limit=1&offset=1');
  const completed = await api.call('/master-flows?status=completed');
  const odd = await api.call('/unified-discovery/flows?cursor=nonsense');

  expect(first.body.flows).toHaveLength(1);
  expect(second.body.flows[0].flow_id).not.toBe(first.body.flows[0].flow_id);
  expect(masters.body.flows[0].flow_id).toBe(second.body.flows[0].flow_id);
  expect(
    completed.body.flows.every(({ flow_status }: { flow_status: string }) => flow_status === 'completed'),
  ).toBe(true);
  expect([odd.status, odd.body.error.code]).toEqual([400, 'VAL_001']);
});

describe('/me', () => {
  test('works without tenant headers, and for users without any membership', async () => {
    const own = await api.call('/me', { tenant: null });
    const nobody = await api.addCaller(null, 'viewer');
    const lonely = await api.call('/me', { tenant: null, key: nobody.key });

    expect(own.body).toMatchObject({
      user_id: api.caller.userId,
      client_account_id: api.tenant.clientAccountId,
      engagement_id: api.tenant.engagementId,
      role: 'client_admin',
    });
    expect(own.body.active_flows).toContainEqual(expect.objectContaining({ flow_id: waiting.flowId }));
    expect(lonely.body).toMatchObject({ user_id: nobody.userId, engagement_id: null, active_flows: [] });
  });

  test('shows nothing of a tenant that the headers name but the user does not work in', async () => {
    const theirs = await addTenant(api.database);

    const { status, body } = await api.call('/context/me', { tenant: theirs });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      client_account_id: null,
      engagement_id: null,
      role: null,
      active_flows: [],
    });
  });
});
