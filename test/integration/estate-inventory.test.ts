import { inTenant } from '../../src/db/tenant';
import type { Tenant } from '../../src/domain/flow/messages';
import type { AttributeValues } from '../../src/domain/attributes/types';
import { addTenant, asSuperuser, createTestDatabase, type TestDatabase } from '../support/database';
import { addCleansedFlow, estateActivities, type EstateTestActivities, runPhases } from '../support/estate';
import { findPublishedRun } from '../../src/db/phase-runs';

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

async function inventory(flowId: string) {
  await runPhases(activities, tenant, flowId, ['asset_inventory']);
  const run = await inTenant(database.pools.app, tenant, (trx) =>
    findPublishedRun(trx, { flowId, phase: 'asset_inventory', importId: null }),
  );
  const { rowsIn, created, updated, merged, unchanged } = run ?? {};
  return { rowsIn, created, updated, merged, unchanged };
}

const living = () =>
  asSuperuser(database, (query) =>
    query(
      `select id, name, asset_type, "values" from assets where engagement_id = $1 and merged_into is null
         and deleted_at is null order by name`,
      [tenant.engagementId],
    ),
  );

test('two files of the same machines make one asset of each', async () => {
  const { flowId } = await addCleansedFlow(database, tenant, [
    { source: 'vcenter', records: [machine('web01', { cpu_cores: 4 }), machine('db01')] },
    { source: 'cmdb', records: [machine('WEB01', { technical_owner: 'Ada' }), machine('mail01')] },
  ]);

  const counts = await inventory(flowId);

  expect(counts).toEqual({ rowsIn: 4, created: 3, updated: 0, merged: 1, unchanged: 0 });
  expect(await living()).toMatchObject([
    { name: 'db01' },
    { name: 'mail01' },
    { name: 'web01', asset_type: 'server', values: { cpu_cores: 4, technical_owner: 'Ada' } },
  ]);
});

test('the same file again changes nothing and asks nothing', async () => {
  const file = { source: 'cmdb', records: [machine('a1', { cpu_cores: 2 }), machine('a2'), machine('a2')] };
  await inventory((await addCleansedFlow(database, tenant, [file])).flowId);
  const before = await living();

  const counts = await inventory((await addCleansedFlow(database, tenant, [file])).flowId);

  expect(counts).toEqual({ rowsIn: 3, created: 0, updated: 0, merged: 0, unchanged: 3 });
  expect(await living()).toEqual(before);
});
