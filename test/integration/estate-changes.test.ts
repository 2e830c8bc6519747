import { randomUUID } from 'node:crypto';
import type { AttributeValues } from '../../src/domain/attributes/types';
import type { Tenant } from '../../src/domain/flow/messages';
import { estatePhases } from '../../src/domain/flow/phases';
import { addTenant, asSuperuser, createTestDatabase, type TestDatabase } from '../support/database';
import { addCleansedFlow, estateActivities, type EstateTestActivities, runPhases } from '../support/estate';

let database: TestDatabase;
let activities: EstateTestActivities;
let tenant: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  activities = estateActivities(database);
});

beforeEach(async () => {
  tenant = await addTenant(database);
});

afterAll(async () => {
  await database.drop();
});

const machine = (name: string, more: AttributeValues = {}): AttributeValues => ({
  name,
  hostname: name,
  operating_system: 'Windows Server 2016',
  ...more,
});

const ask = (sql: string, values: readonly unknown[] = [tenant.engagementId]) =>
  asSuperuser(database, (query) => query(sql, values));

const estate = async () => ({
  assets: await ask(
    `select id, name, asset_type, subtype, "values", origins from assets where engagement_id = $1
       and merged_into is null and deleted_at is null order by name, id`,
  ),
  keys: await ask(
    'select kind, value, asset_id from asset_identity_keys where engagement_id = $1 order by kind, value',
  ),
  edges: await ask(
    `select source_asset_id, target_asset_id, type from current_dependencies where engagement_id = $1 order by 1, 2, 3`,
  ),
});

async function undo(flowId: string, importId: string): Promise<void> {
  const change = { ...tenant, changeId: randomUUID(), userId: randomUUID() };
  await activities.undoImport({ ...change, flowId, importId });
  for (const phase of estatePhases) await activities.projectEstate({ ...change, phase });
}

test('undoing an import leaves the estate exactly as it was before', async () => {
  const first = await addCleansedFlow(database, tenant, [
    {
      source: 'cmdb',
      records: [machine('a1', { cpu_cores: 2, application_name: 'Billing' }), machine('a2')],
    },
  ]);
  await runPhases(activities, tenant, first.flowId);
  const before = await estate();
  const second = await addCleansedFlow(database, tenant, [
    {
      source: 'vcenter',
      records: [
        machine('a1', { cpu_cores: 4, application_name: 'CRM' }),
        machine('a3', { depends_on: ['a2'] }),
      ],
    },
  ]);
  await runPhases(activities, tenant, second.flowId);
  const between = await estate();

  await undo(second.flowId, second.importIds[0] ?? '');

  expect(between.assets).toHaveLength(before.assets.length + 1);
  expect(await estate()).toEqual(before);
});

test('an import that joined two assets is undone: both live again under their own ids', async () => {
  const apart = await addCleansedFlow(database, tenant, [
    { source: 'cmdb', records: [machine('a1')] },
    { source: 'agent', records: [{ name: 'unit-7', serial_number: 'XK12345AB', operating_system: 'Linux' }] },
  ]);
  await runPhases(activities, tenant, apart.flowId);
  const before = await estate();
  const joining = await addCleansedFlow(database, tenant, [
    { source: 'vcenter', records: [machine('a1', { serial_number: 'XK12345AB' })] },
  ]);
  await runPhases(activities, tenant, joining.flowId);
  const joined = await estate();

  await undo(joining.flowId, joining.importIds[0] ?? '');

  expect(before.assets).toHaveLength(2);
  expect(joined.assets).toHaveLength(1);
  expect(await estate()).toEqual(before);
});

test('undoing the only import empties the estate', async () => {
  const { flowId, importIds } = await addCleansedFlow(database, tenant, [
    { source: 'cmdb', records: [machine('a1', { application_name: 'Billing' })] },
  ]);
  await runPhases(activities, tenant, flowId);

  await undo(flowId, importIds[0] ?? '');

  expect(await estate()).toEqual({ assets: [], keys: [], edges: [] });
});

test('a change that is run again answers as it did and writes nothing new', async () => {
  const { flowId, importIds } = await addCleansedFlow(database, tenant, [
    { source: 'cmdb', records: [machine('a1')] },
  ]);
  await runPhases(activities, tenant, flowId);
  const change = { ...tenant, changeId: randomUUID(), userId: randomUUID() };
  await activities.undoImport({ ...change, flowId, importId: importIds[0] ?? '' });
  const once = await activities.projectEstate({ ...change, phase: 'asset_inventory' });

  await activities.undoImport({ ...change, flowId, importId: importIds[0] ?? '' });
  const twice = await activities.projectEstate({ ...change, phase: 'asset_inventory' });

  expect(twice).toEqual(once);
  expect(
    await ask('select count(*)::integer as runs from phase_runs where change_id = $1', [change.changeId]),
  ).toEqual([{ runs: 1 }]);
});

test('an import of another flow cannot be undone through this one', async () => {
  const one = await addCleansedFlow(database, tenant, [{ source: 'cmdb', records: [machine('a1')] }]);
  const other = await addCleansedFlow(database, tenant, [{ source: 'cmdb', records: [machine('a2')] }]);
  const request = { ...tenant, changeId: randomUUID(), userId: randomUUID(), flowId: one.flowId };

  const attempt = activities.undoImport({ ...request, importId: other.importIds[0] ?? '' });

  await expect(attempt).rejects.toMatchObject({ code: 'IMP_003' });
});
