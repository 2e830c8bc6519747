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

const conflicts = () =>
  asSuperuser(database, (query) =>
    query('select kind, attribute, status from asset_conflicts where engagement_id = $1', [
      tenant.engagementId,
    ]),
  );

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
    { source: 'cmdb', records: [machine('web01', { technical_owner: 'Ada' }), machine('mail01')] },
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

test('a newer export of the same source updates, and an older one that comes later does not win', async () => {
  const file = (asOf: string, cores: number) => ({
    source: 'cmdb',
    asOf,
    records: [machine('a1', { cpu_cores: cores }), machine('a2')],
  });
  await inventory((await addCleansedFlow(database, tenant, [file('2026-03-01', 2)])).flowId);

  const newer = await inventory((await addCleansedFlow(database, tenant, [file('2026-04-01', 8)])).flowId);
  const older = await inventory((await addCleansedFlow(database, tenant, [file('2026-01-01', 1)])).flowId);

  expect(newer).toMatchObject({ updated: 1, unchanged: 1 });
  expect(older).toMatchObject({ updated: 0, unchanged: 2 });
  expect((await living())[0]).toMatchObject({ name: 'a1', values: { cpu_cores: 8 } });
  expect(await conflicts()).toEqual([]);
});

test('of exports without a date the one that came last counts', async () => {
  const file = (cores: number) => ({ source: 'cmdb', records: [machine('a1', { cpu_cores: cores })] });
  await inventory((await addCleansedFlow(database, tenant, [file(2)])).flowId);

  await inventory((await addCleansedFlow(database, tenant, [file(8)])).flowId);

  expect((await living())[0]).toMatchObject({ values: { cpu_cores: 8 } });
});

test('sources of equal rank that disagree are asked about once', async () => {
  const file = (source: string, environment: string) => ({
    source,
    records: [machine('a1', { environment, serial_number: 'XK12345AB' })],
  });
  await inventory((await addCleansedFlow(database, tenant, [file('cmdb', 'production')])).flowId);

  await inventory((await addCleansedFlow(database, tenant, [file('vcenter', 'test')])).flowId);
  await inventory((await addCleansedFlow(database, tenant, [file('vcenter', 'test')])).flowId);

  expect(await conflicts()).toMatchObject([
    { kind: 'attribute_disagreement', attribute: 'environment', status: 'open' },
  ]);
});

test('a disagreement that the sources settle themselves is closed', async () => {
  const file = (source: string, environment: string, asOf: string) => ({
    source,
    asOf,
    records: [machine('a1', { environment, serial_number: 'XK12345AB' })],
  });
  const first = [file('cmdb', 'production', '2026-01-01'), file('vcenter', 'test', '2026-01-01')];
  await inventory((await addCleansedFlow(database, tenant, first)).flowId);

  const second = [file('vcenter', 'production', '2026-02-01')];
  await inventory((await addCleansedFlow(database, tenant, second)).flowId);

  expect(await conflicts()).toMatchObject([{ attribute: 'environment', status: 'dismissed' }]);
});

test('applications that servers name are assets, and a list of applications describes the same ones', async () => {
  const servers = { source: 'cmdb', records: [machine('a1', { application_name: 'Billing' })] };
  const list = {
    source: 'applications',
    records: [{ name: 'Billing', asset_type: 'application', business_owner: 'Grace' }],
  };
  await inventory((await addCleansedFlow(database, tenant, [servers])).flowId);
  const [named] = await living();

  const counts = await inventory((await addCleansedFlow(database, tenant, [list])).flowId);

  expect(named).toMatchObject({ name: 'Billing', asset_type: 'application' });
  expect(counts).toMatchObject({ created: 0, updated: 1 });
  expect((await living())[0]).toMatchObject({ id: named?.['id'], values: { business_owner: 'Grace' } });
});

test('another tenant neither sees nor meets the machines', async () => {
  await inventory(
    (await addCleansedFlow(database, tenant, [{ source: 'cmdb', records: [machine('a1')] }])).flowId,
  );
  tenant = await addTenant(database);

  const counts = await inventory(
    (await addCleansedFlow(database, tenant, [{ source: 'cmdb', records: [machine('a1')] }])).flowId,
  );

  expect(counts).toMatchObject({ created: 1, unchanged: 0 });
  expect(await living()).toHaveLength(1);
});
