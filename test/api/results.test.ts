import { completeFlow, estateFile, secondFile, type StartedFlow } from '../support/api-flows';
import { startTestApi, type TestApi } from '../support/api-server';
import { startTestWorker, type TestWorker } from '../support/api-worker';

let api: TestApi;
let worker: TestWorker;
let flow: StartedFlow;
let second: StartedFlow;

beforeAll(async () => {
  api = await startTestApi();
  worker = await startTestWorker(api);
  flow = await completeFlow(api, { content: estateFile, filename: 'cmdb.csv' });
  second = await completeFlow(api, { content: secondFile, filename: 'vcenter.csv' });
});

afterAll(async () => {
  await worker.stop();
  await api.close();
});

async function get(path: string) {
  const answer = await api.call(path);
  expect({ path, status: answer.status, text: answer.status === 200 ? '' : answer.text }).toEqual({
    path,
    status: 200,
    text: '',
  });
  return answer.body;
}

test('the status of a completed flow counts rows, assets and dependencies', async () => {
  const status = await get(`/unified-discovery/flows/${flow.flowId}/status`);

  expect(status).toMatchObject({
    status: 'completed',
    progress_percentage: 100,
    rows: { read: 4, accepted: 4, rejected: 0 },
    waiting_for: null,
    next_phase: null,
  });
  expect(status.assets.created).toBeGreaterThanOrEqual(4);
  expect(status.dependencies.resolved).toBeGreaterThanOrEqual(2);
  expect(status.phases.tech_debt_assessment.status).toBe('completed');
});

test('assets are listed by name with their values and the records that speak of them', async () => {
  const { assets, total, pagination } = await get('/unified-discovery/assets');

  const web = assets.find(({ name }: { name: string }) => name === 'web01');
  expect(web).toMatchObject({ asset_type: 'server', environment: 'production' });
  expect(web.sources).toEqual(
    expect.arrayContaining([expect.objectContaining({ flow_id: flow.flowId, row_number: 1 })]),
  );
  expect(total).toBe(assets.length);
  expect(pagination).toMatchObject({ page: 1, total_count: total, has_next: false });
});

test('assets are paged by cursor, each shown once', async () => {
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? 'limit=2' : `limit=2&cursor=${cursor}`;
    const page = await get(`/unified-discovery/assets?${query}`);
    names.push(...page.assets.map(({ name }: { name: string }) => name));
    cursor = page.next_cursor;
  } while (cursor !== null);

  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(['web01', 'app01', 'db01', 'test01', 'lonely01']));
});

test('assets of one flow are those of which its records speak', async () => {
  const { assets } = await get(`/unified-discovery/assets?flow_id=${second.flowId}`);

  expect(assets.map(({ name }: { name: string }) => name)).toEqual(['lonely01', 'web01']);
});

test('the origin of a value names file, row, column and original text', async () => {
  const { assets } = await get('/unified-discovery/assets');
  const web = assets.find(({ name }: { name: string }) => name === 'web01');

  const { values } = await get(`/unified-discovery/assets/${web.id}/provenance`);

  const system = values.find(({ attribute }: { attribute: string }) => attribute === 'operating_system');
  expect(system).toMatchObject({
    origin: 'source',
    filename: 'cmdb.csv',
    row_number: 1,
    line_number: 2,
    source_column: 'Operating System',
    original_text: 'Windows Server 2012 R2',
  });
});

test('a value that a person sets shows at once and names the person', async () => {
  const { assets } = await get('/unified-discovery/assets');
  const { id } = assets.find(({ name }: { name: string }) => name === 'test01');

  const changed = await api.call(`/unified-discovery/assets/${id}`, {
    method: 'PATCH',
    json: { values: { environment: 'staging', business_owner: 'Bea Long' }, reason: 'Told by the owner' },
  });

  expect(changed.body).toMatchObject({ success: true, updated_count: 1 });
  expect(await get(`/unified-discovery/assets/${id}`)).toMatchObject({
    environment: 'staging',
    business_owner: 'Bea Long',
    overridden: ['business_owner', 'environment'],
  });
  const { values } = await get(`/unified-discovery/assets/${id}/provenance`);
  expect(values).toContainEqual(
    expect.objectContaining({ attribute: 'environment', origin: 'person', user_id: api.caller.userId }),
  );
});

test.each([
  [{ environment: 'moon' }],
  [{ cpu_cores: -1 }],
  [{ cpu_utilization_percent: 101 }],
  [{ name: null }],
  [{ nonsense: 'x' }],
  [{ install_date: '31/02/2025' }],
  [{ ip_address: 'not a list' }],
  [{}],
])('a value that does not fit its attribute is refused: %j', async (values) => {
  const { assets } = await get('/unified-discovery/assets');

  const refused = await api.call(`/unified-discovery/assets/${assets[0].id}`, {
    method: 'PATCH',
    json: { values },
  });

  expect(refused.status).toBe(422);
  expect(refused.body.error.code).toBe('ASSET_002');
});

test('dependencies, groups, waves and recommendations speak of the same assets', async () => {
  const { assets } = await get('/unified-discovery/assets');
  const ids = new Set(assets.map(({ id }: { id: string }) => id));

  const { edges, unresolved } = await get('/unified-discovery/dependencies?limit=200');
  const { groups } = await get('/unified-discovery/groups');
  const { waves } = await get('/unified-discovery/waves');
  const { recommendations } = await get('/unified-discovery/recommendations?limit=200');

  expect(edges.length).toBeGreaterThanOrEqual(2);
  for (const edge of edges) expect([ids.has(edge.source), ids.has(edge.target)]).toEqual([true, true]);
  expect(unresolved).toContainEqual(expect.objectContaining({ reference: 'missing-host' }));
  expect(groups.length).toBeGreaterThan(0);
  expect(waves.length).toBeGreaterThan(0);
  expect(recommendations).toContainEqual(
    expect.objectContaining({ name: 'web01', strategy: expect.any(String) }),
  );
});

test('dependencies are paged by cursor, edges and open references alike', async () => {
  const whole = await get('/unified-discovery/dependencies?limit=200');
  const edges: unknown[] = [];
  const unresolved: unknown[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? 'limit=1' : `limit=1&cursor=${cursor}`;
    const page = await get(`/unified-discovery/dependencies?${query}`);
    edges.push(...page.edges);
    unresolved.push(...page.unresolved);
    cursor = page.next_cursor;
  } while (cursor !== null);

  expect(edges).toEqual(whole.edges);
  expect(unresolved).toEqual(whole.unresolved);
});

test('reconciliation counts what only one source knows and what is missing', async () => {
  const {
    sources,
    missing,
    gaps,
    assets,
    total_assets: total,
  } = await get('/unified-discovery/reconciliation');

  expect(sources).toHaveLength(2);
  const [large, small] = sources;
  expect(large.assets).toBeGreaterThan(small.assets);
  expect(small).toMatchObject({ assets: 2, only: 1 });
  expect(missing).toContainEqual({ present: small.source_id, missing: large.source_id, assets: 1 });
  expect(gaps.without_owner).toBeGreaterThan(0);
  expect(assets).toHaveLength(total);
  const lonely = await get('/unified-discovery/reconciliation?gap=without_owner&limit=200');
  expect(lonely.assets).toHaveLength(gaps.without_owner);
});

test('raw records stand beside what cleansing made of them', async () => {
  const { records, total } = await get(`/data-import/imports/${flow.importId}/raw-records?limit=1&offset=1`);

  expect(total).toBe(4);
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({
    row_number: 2,
    raw_data: { Name: 'app01' },
    is_processed: true,
    asset_id: expect.any(String),
  });
});

test('background tasks of the flow are kept and can be looked at', async () => {
  const active = await get('/monitoring/errors/background-tasks/active');
  const failed = await get('/monitoring/errors/background-tasks/failed?limit=5');
  const summary = await get('/monitoring/errors/summary?hours=1');

  expect(active.status).toBe('success');
  expect(failed.limit).toBe(5);
  expect(summary).toMatchObject({ time_period_hours: 1, hanging_tasks: 0 });
});
