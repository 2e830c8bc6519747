import type { AttributeValues } from '../../src/domain/attributes/types';
import { asSuperuser } from '../support/database';
import { addCleansedFlow, runPhases } from '../support/estate';
import { useEstate } from '../support/use-estate';

const estate = useEstate();

const living = () =>
  asSuperuser(estate.database, (query) =>
    query(
      `select name, asset_type, "values" from assets where engagement_id = $1 and merged_into is null
         and deleted_at is null order by name, "values" ->> 'external_id'`,
      [estate.tenant.engagementId],
    ),
  );

const conflicts = () =>
  asSuperuser(estate.database, (query) =>
    query('select kind, attribute from asset_conflicts where engagement_id = $1', [
      estate.tenant.engagementId,
    ]),
  );

/** A tab of RVTools that was saved as a file of its own. */
const tab = (name: string, records: readonly AttributeValues[]) => ({
  source: 'RVTools: rvtools',
  product: 'RVTools',
  formatId: `rvtools.${name}`,
  records,
});

const vm = (name: string, id: string, more: AttributeValues): AttributeValues => ({
  name,
  external_id: `42220001-aaaa-bbbb-cccc-${id.padStart(12, '0')}`,
  ...more,
});

const inventory = (flowId: string) =>
  runPhases(estate.activities, estate.tenant, flowId, ['asset_inventory']);

test('tabs that come as files of their own make the values of each machine together', async () => {
  const { flowId } = await addCleansedFlow(estate.database, estate.tenant, [
    tab('vInfo', [vm('web01', '1', { storage_gb: 100, ip_address: ['10.0.0.1'], cpu_cores: 4 })]),
    tab('vDisk', [vm('web01', '1', { storage_gb: 60 }), vm('web01', '1', { storage_gb: 90 })]),
    tab('vPartition', [vm('web01', '1', { storage_used_gb: 20 }), vm('web01', '1', { storage_used_gb: 22 })]),
    tab('vNetwork', [
      vm('web01', '1', { ip_address: ['10.0.0.1'] }),
      vm('web01', '1', { ip_address: ['10.9.0.1'] }),
    ]),
  ]);

  await inventory(flowId);

  const values = { cpu_cores: 4, storage_gb: 150, storage_used_gb: 42, ip_address: ['10.0.0.1', '10.9.0.1'] };
  expect(await living()).toMatchObject([{ name: 'web01', asset_type: 'server', values }]);
  expect(await conflicts()).toEqual([]);
});

test('the parts may come before what they belong to', async () => {
  const { flowId } = await addCleansedFlow(estate.database, estate.tenant, [
    tab('vDisk', [vm('web01', '1', { storage_gb: 60 }), vm('web01', '1', { storage_gb: 90 })]),
    tab('vInfo', [vm('web01', '1', { storage_gb: 100, cpu_cores: 4 })]),
  ]);

  await inventory(flowId);

  expect(await living()).toMatchObject([{ name: 'web01', values: { cpu_cores: 4, storage_gb: 150 } }]);
});

test('machines of one name keep their own disks', async () => {
  const { flowId } = await addCleansedFlow(estate.database, estate.tenant, [
    tab('vInfo', [
      vm('web01', '1', { cpu_cores: 2, uuid: '564d1111-2222-3333-4444-555566667771' }),
      vm('web01', '2', { cpu_cores: 8, uuid: '564d1111-2222-3333-4444-555566667772' }),
    ]),
    tab('vDisk', [
      vm('web01', '1', { storage_gb: 10 }),
      vm('web01', '2', { storage_gb: 70 }),
      vm('web01', '2', { storage_gb: 80 }),
    ]),
  ]);

  await inventory(flowId);

  expect(await living()).toMatchObject([
    { name: 'web01', values: { cpu_cores: 2, storage_gb: 10 } },
    { name: 'web01', values: { cpu_cores: 8, storage_gb: 150 } },
  ]);
});

test('the next export of a tab in the same flow replaces the one before and is not added to it', async () => {
  const { flowId } = await addCleansedFlow(estate.database, estate.tenant, [
    tab('vInfo', [vm('web01', '1', { cpu_cores: 2 })]),
    tab('vDisk', [vm('web01', '1', { storage_gb: 10 })]),
    tab('vInfo', [vm('web01', '1', { cpu_cores: 4 })]),
    tab('vDisk', [vm('web01', '1', { storage_gb: 30 })]),
  ]);

  await inventory(flowId);

  expect(await living()).toMatchObject([{ name: 'web01', values: { cpu_cores: 4, storage_gb: 30 } }]);
});

test('lists of disks and addresses of no product are joined to the servers of their source', async () => {
  const parts = (formatId: string, records: readonly AttributeValues[]) => ({
    source: 'estate',
    formatId,
    records,
  });
  const { flowId } = await addCleansedFlow(estate.database, estate.tenant, [
    parts('parts.adapters', [
      { hostname: 'web01', ip_address: ['10.0.0.1'] },
      { hostname: 'web01', ip_address: ['10.9.0.1'] },
    ]),
    { source: 'estate', records: [{ hostname: 'web01', cpu_cores: 4, storage_gb: 100 }] },
    parts('parts.disks', [
      { hostname: 'web01', storage_gb: 60 },
      { hostname: 'web01', storage_gb: 200 },
    ]),
  ]);

  await inventory(flowId);

  const values = { cpu_cores: 4, storage_gb: 260, ip_address: ['10.0.0.1', '10.9.0.1'] };
  expect(await living()).toMatchObject([{ name: 'web01', asset_type: 'server', values }]);
  expect(await conflicts()).toEqual([]);
});
