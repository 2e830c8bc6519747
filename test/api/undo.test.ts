import { completeFlow, estateFile, startFlow, untilStatus } from '../support/api-flows';
import { type Answer } from '../support/api-server';
import { eventually } from '../support/eventually';
import { addTenant } from '../support/database';
import { estateDump, untilEnded } from '../support/estate-changes';
import { verifyDatabase } from '../../src/db/checks/verify';
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
const undo = (importId: string): Promise<Answer> =>
  api.call(`/data-import/imports/${importId}/undo`, { method: 'POST', ...own() });

/** Knows two servers of the first file under other values, adds two, and relates them. */
const contradicting = [
  'Hostname,IP Address,Operating System,Environment,Application,Depends On',
  'web01,10.0.0.1,Windows Server 2022,Test,Shop,app02',
  'app01,10.0.0.2,Red Hat Enterprise Linux 9,Production,Billing,',
  'app02,10.0.1.2,Ubuntu 20.04,Production,Billing,db02',
  'db02,10.0.1.3,Ubuntu 20.04,Production,Billing,',
  '',
].join('\n');

test('an import taken back leaves the estate exactly as it was before it', async () => {
  await completeFlow(api, { content: estateFile, call: own(), filename: 'cmdb.csv' });
  const before = await estateDump(api, own());
  const second = await completeFlow(api, { content: contradicting, call: own(), filename: 'vcenter.csv' });
  const between = await estateDump(api, own());

  const asked = await undo(second.importId);
  const change = await untilEnded(api, asked, own());

  expect(asked.status).toBe(202);
  expect(asked.headers.get('location')).toBe(`/api/v1/estate-changes/${asked.body.change_id}`);
  expect(change).toMatchObject({ kind: 'undo_import', status: 'completed', import_id: second.importId });
  expect(between).not.toEqual(before);
  expect(await estateDump(api, own())).toEqual(before);
  const entry = await api.call(`/data-import/imports/${second.importId}`, own());
  expect(entry.body.undone_at).not.toBeNull();
  const { rules } = await verifyDatabase(api.database.pools);
  expect(rules.filter(({ count }) => count > 0)).toEqual([]);
});

test('asking twice answers with the same change, and a corrected file comes too late', async () => {
  const { importId } = await completeFlow(api, { content: estateFile, call: own() });
  const first = await undo(importId);
  await untilEnded(api, first, own());

  const again = await undo(importId);
  const late = await api.call(`/data-import/imports/${importId}/corrected`, {
    body: 'Name,Surveyor row\na,1\n',
    headers: { 'content-type': 'text/csv' },
    ...own(),
  });

  expect(again.status).toBe(200);
  expect(again.body.change_id).toBe(first.body.change_id);
  expect(late.body.error.code).toBe('IMP_010');
});

test('an import of an open flow is not taken back', async () => {
  const { importId, flowId } = await startFlow(api, { call: own() });
  await untilStatus(api, flowId, 'waiting_for_approval', own());

  const answer = await undo(importId);

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({
    code: 'IMP_007',
    details: { current_state: 'waiting_for_approval' },
  });
});

test('what a person says of an asset reaches groups, waves and dispositions within seconds', async () => {
  await completeFlow(api, { content: estateFile, call: own() });
  const { body } = await api.call('/unified-discovery/assets?limit=50', own());
  const asset = body.assets.find(({ name }: { name: string }) => name === 'test01');

  const first = await api.call(`/unified-discovery/assets/${asset.id}`, {
    method: 'PATCH',
    json: { values: { operating_system: 'Windows Server 2008' } },
    ...own(),
  });
  const second = await api.call(`/unified-discovery/assets/${asset.id}`, {
    method: 'PATCH',
    json: { values: { migration_strategy: 'retire' } },
    ...own(),
  });

  expect(second.body.estate_change_id).toBe(first.body.estate_change_id);
  await eventually(async () => {
    const change = await api.call(`/estate-changes/${first.body.estate_change_id}`, own());
    expect(change.body).toMatchObject({ kind: 'project', status: 'completed', requests: 2 });
  });
  const stored = await api.call(`/unified-discovery/assets/${asset.id}`, own());
  expect(stored.body.operating_system).toBe('Windows Server 2008');
  const list = await api.call('/estate-changes?limit=1', own());
  expect(list.body.changes).toHaveLength(1);
});

test("another tenant's changes are not told of", async () => {
  const { importId } = await completeFlow(api, { content: estateFile, call: own() });
  const { body } = await undo(importId);

  const foreign = await api.call(`/estate-changes/${body.change_id}`);
  const list = await api.call('/estate-changes');

  expect(foreign.status).toBe(403);
  expect(foreign.body.error.code).toBe('SEC_001');
  expect(list.text).not.toContain(body.change_id);
});
