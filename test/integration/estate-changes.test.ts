import { randomUUID } from 'node:crypto';
import { estatePhases } from '../../src/domain/flow/phases';
import { asSuperuser } from '../support/database';
import { addCleansedFlow, runPhases } from '../support/estate';
import { aMachine, useEstate } from '../support/use-estate';

const estate = useEstate();

const ask = (sql: string, values: readonly unknown[] = [estate.tenant.engagementId]) =>
  asSuperuser(estate.database, (query) => query(sql, values));

const standing = async () => ({
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
  const change = { ...estate.tenant, changeId: randomUUID(), userId: randomUUID() };
  await estate.activities.undoImport({ ...change, flowId, importId });
  for (const phase of estatePhases) await estate.activities.projectEstate({ ...change, phase });
}

test('undoing an import leaves the estate exactly as it was before', async () => {
  const first = await addCleansedFlow(estate.database, estate.tenant, [
    {
      source: 'cmdb',
      records: [aMachine('a1', { cpu_cores: 2, application_name: 'Billing' }), aMachine('a2')],
    },
  ]);
  await runPhases(estate.activities, estate.tenant, first.flowId);
  const before = await standing();
  const second = await addCleansedFlow(estate.database, estate.tenant, [
    {
      source: 'vcenter',
      records: [
        aMachine('a1', { cpu_cores: 4, application_name: 'CRM' }),
        aMachine('a3', { depends_on: ['a2'] }),
      ],
    },
  ]);
  await runPhases(estate.activities, estate.tenant, second.flowId);
  const between = await standing();

  await undo(second.flowId, second.importIds[0] ?? '');

  expect(between.assets).toHaveLength(before.assets.length + 1);
  expect(await standing()).toEqual(before);
});

test('an import that joined two assets is undone: both live again under their own ids', async () => {
  const apart = await addCleansedFlow(estate.database, estate.tenant, [
    { source: 'cmdb', records: [aMachine('a1')] },
    { source: 'agent', records: [{ name: 'unit-7', serial_number: 'XK12345AB', operating_system: 'Linux' }] },
  ]);
  await runPhases(estate.activities, estate.tenant, apart.flowId);
  const before = await standing();
  const joining = await addCleansedFlow(estate.database, estate.tenant, [
    { source: 'vcenter', records: [aMachine('a1', { serial_number: 'XK12345AB' })] },
  ]);
  await runPhases(estate.activities, estate.tenant, joining.flowId);
  const joined = await standing();

  await undo(joining.flowId, joining.importIds[0] ?? '');

  expect(before.assets).toHaveLength(2);
  expect(joined.assets).toHaveLength(1);
  expect(await standing()).toEqual(before);
});

test('undoing the only import empties the estate', async () => {
  const { flowId, importIds } = await addCleansedFlow(estate.database, estate.tenant, [
    { source: 'cmdb', records: [aMachine('a1', { application_name: 'Billing' })] },
  ]);
  await runPhases(estate.activities, estate.tenant, flowId);

  await undo(flowId, importIds[0] ?? '');

  expect(await standing()).toEqual({ assets: [], keys: [], edges: [] });
});

test('a change that is run again answers as it did and writes nothing new', async () => {
  const { flowId, importIds } = await addCleansedFlow(estate.database, estate.tenant, [
    { source: 'cmdb', records: [aMachine('a1')] },
  ]);
  await runPhases(estate.activities, estate.tenant, flowId);
  const change = { ...estate.tenant, changeId: randomUUID(), userId: randomUUID() };
  await estate.activities.undoImport({ ...change, flowId, importId: importIds[0] ?? '' });
  const once = await estate.activities.projectEstate({ ...change, phase: 'asset_inventory' });

  await estate.activities.undoImport({ ...change, flowId, importId: importIds[0] ?? '' });
  const twice = await estate.activities.projectEstate({ ...change, phase: 'asset_inventory' });

  expect(twice).toEqual(once);
  expect(
    await ask('select count(*)::integer as runs from phase_runs where change_id = $1', [change.changeId]),
  ).toEqual([{ runs: 1 }]);
});

test('an import of another flow cannot be undone through this one', async () => {
  const one = await addCleansedFlow(estate.database, estate.tenant, [
    { source: 'cmdb', records: [aMachine('a1')] },
  ]);
  const other = await addCleansedFlow(estate.database, estate.tenant, [
    { source: 'cmdb', records: [aMachine('a2')] },
  ]);
  const request = { ...estate.tenant, changeId: randomUUID(), userId: randomUUID(), flowId: one.flowId };

  const attempt = estate.activities.undoImport({ ...request, importId: other.importIds[0] ?? '' });

  await expect(attempt).rejects.toMatchObject({ code: 'IMP_003' });
});
