import { startFlow, type StartedFlow, untilStatus } from '../support/api-flows';
import { addTenant } from '../support/database';
import { untilEnded } from '../support/estate-changes';
import type { Tenant } from '../../src/domain/flow/messages';
import { useApiWithWorker } from '../support/use-api';

const api = useApiWithWorker();
let tenant: Tenant;
let key: string;

beforeEach(async () => {
  tenant = await addTenant(api.database);
  ({ key } = await api.addCaller(tenant, 'client_admin'));
});

const own = () => ({ tenant, key });
const header = 'Hostname,IP Address,Operating System,Environment,CPU,Memory GB,Owner';
const fileOf = (...rows: readonly string[]): string => [header, ...rows, ''].join('\n');

const january = fileOf(
  'web01,10.0.0.1,Ubuntu 22.04,Production,4,16,Ann Miller',
  'app01,10.0.0.2,Ubuntu 22.04,Production,8,32,Ann Miller',
  'db01,10.0.0.3,Red Hat Enterprise Linux 8,Production,16,64,Bob Stone',
);
/** One has more processors and no owner any more, one is gone, one is new. */
const february = fileOf(
  'web01,10.0.0.1,Ubuntu 22.04,Production,8,16,',
  'app01,10.0.0.2,Ubuntu 22.04,Production,8,32,Ann Miller',
  'app02,10.0.0.4,Ubuntu 24.04,Production,8,32,Ann Miller',
);

interface Export {
  readonly asOf?: string;
  readonly source?: string;
  readonly coverage?: 'full' | 'partial';
  readonly filename?: string;
}

/** Takes an export through a flow of its own. */
async function take(content: string, told: Export = {}): Promise<StartedFlow> {
  const { asOf, source = 'vcenter', coverage = 'full', filename = 'servers.csv' } = told;
  const fields = { source_name: source, coverage, ...(asOf && { as_of: asOf }) };
  const flow = await startFlow(api, { content, mode: 'auto', fields, filename, call: own() });
  await untilStatus(api, flow.flowId, 'completed', own());
  return flow;
}

async function delta({ importId }: StartedFlow, query = '') {
  const { status, body } = await api.call(`/data-import/imports/${importId}/delta${query}`, own());
  expect(status).toBe(200);
  return body;
}

async function processorsOf(name: string): Promise<unknown> {
  const { body } = await api.call('/unified-discovery/assets', own());
  return body.assets.find((one: { name: string }) => one.name === name)?.cpu_cores;
}

test('the first export of a source is all new, and the same file again changes nothing', async () => {
  const first = await take(january);
  const again = await take(january, { filename: 'servers-copy.csv' });

  expect(await delta(first)).toMatchObject({
    outcome: 'first',
    compared_with: null,
    created: 3,
    vanished: 0,
  });
  expect(await delta(again)).toMatchObject({
    outcome: 'unchanged',
    compared_with: first.importId,
    same_file: true,
    created: 0,
    updated: 0,
    unchanged: 3,
    vanished: 0,
  });
  const { body } = await api.call(`/unified-discovery/flows/${again.flowId}/status`, own());
  expect(body.assets).toEqual({ created: 0, updated: 0, merged: 0, unchanged: 3 });
});

test('a changed full export tells what is new, what changed and what is gone', async () => {
  const first = await take(january, { asOf: '2026-01-31' });
  const second = await take(february, { asOf: '2026-02-28' });

  const told = await delta(second);

  expect(told).toMatchObject({ outcome: 'changed', compared_with: first.importId, same_file: false });
  expect(told).toMatchObject({ created: 1, updated: 1, unchanged: 1, vanished: 1, tells_vanished: true });
  expect(
    told.assets.map(({ name, state, changed_attributes: changed }: Record<string, unknown>) => [
      state,
      name,
      changed,
    ]),
  ).toEqual([
    ['created', 'app02', []],
    ['updated', 'web01', ['business_owner', 'cpu_cores']],
    ['vanished', 'db01', []],
    ['unchanged', 'app01', []],
  ]);
  expect(await processorsOf('web01')).toBe(8);
});

test('an undated export that is taken later wins over an earlier one that says more', async () => {
  await take(january);
  await take(february);

  expect(await processorsOf('web01')).toBe(8);
});

test('the assets of a comparison are paged and chosen by what became of them', async () => {
  await take(january, { asOf: '2026-01-31' });
  const second = await take(february, { asOf: '2026-02-28' });
  const names: string[] = [];

  let cursor: string | null = '';
  while (cursor !== null) {
    const page = await delta(second, `?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
    names.push(...page.assets.map(({ name }: { name: string }) => name));
    expect(page).toMatchObject({ created: 1, updated: 1, unchanged: 1, vanished: 1 });
    cursor = page.next_cursor;
  }

  expect(names).toEqual(['app02', 'web01', 'db01', 'app01']);
  const gone = await delta(second, '?state=vanished');
  expect(gone.assets.map(({ name }: { name: string }) => name)).toEqual(['db01']);
});

test('an older export that comes later changes no value of the newer one', async () => {
  const newer = await take(february, { asOf: '2026-02-28' });
  const older = await take(january, { asOf: '2026-01-31' });

  expect(await processorsOf('web01')).toBe(8);
  expect(await delta(older)).toMatchObject({
    outcome: 'first',
    compared_with: null,
    newer_import: newer.importId,
    vanished: 0,
  });
  expect(await delta(newer)).toMatchObject({
    compared_with: older.importId,
    newer_import: null,
    vanished: 1,
  });
});

test.each([
  ['another source', { source: 'cmdb' }, null],
  ['a partial export', { coverage: 'partial' }, 'first'],
] as const)('%s never says that assets are gone', async (_name, told, compared) => {
  const first = await take(january, { asOf: '2026-01-31' });
  const other = await take(february, { asOf: '2026-02-28', ...told });

  const answer = await delta(other);

  expect(answer).toMatchObject({ vanished: 0, tells_vanished: false });
  expect(answer.compared_with).toBe(compared === null ? null : first.importId);
});

test('an export that is taken back is compared with nothing, and nothing with it', async () => {
  const first = await take(january, { asOf: '2026-01-31' });
  const second = await take(february, { asOf: '2026-02-28' });

  const path = `/data-import/imports/${first.importId}/undo`;
  await untilEnded(api, await api.call(path, { method: 'POST', ...own() }), own());

  expect(await delta(first)).toMatchObject({ outcome: 'undone', created: 0, unchanged: 0, assets: [] });
  expect(await delta(second)).toMatchObject({ outcome: 'first', compared_with: null, created: 3 });
});

test('the same source name of another tenant is another source', async () => {
  const theirs = await take(january, { asOf: '2026-01-31' });
  const caller = own();
  tenant = await addTenant(api.database);
  ({ key } = await api.addCaller(tenant, 'client_admin'));
  const mine = await take(february, { asOf: '2026-02-28' });

  const answer = await delta(mine);

  expect(answer).toMatchObject({ outcome: 'first', compared_with: null, vanished: 0, created: 3 });
  const foreign = await api.call(`/data-import/imports/${theirs.importId}/delta`, own());
  expect([foreign.status, foreign.body.error.code]).toEqual([403, 'SEC_001']);
  expect(caller.tenant).not.toEqual(tenant);
});
