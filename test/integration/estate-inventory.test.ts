import { inTenant } from '../../src/db/connection/tenant';
import { asSuperuser } from '../support/database';
import { addCleansedFlow, runPhases } from '../support/estate';
import { findPublishedRun } from '../../src/db/flows/phase-runs';
import { aMachine, useEstate } from '../support/use-estate';

const estate = useEstate();

async function inventory(flowId: string) {
  await runPhases(estate.activities, estate.tenant, flowId, ['asset_inventory']);
  const run = await inTenant(estate.database.pools.app, estate.tenant, (trx) =>
    findPublishedRun(trx, { flowId, phase: 'asset_inventory', importId: null }),
  );
  const { rowsIn, created, updated, merged, unchanged } = run ?? {};
  return { rowsIn, created, updated, merged, unchanged };
}

const conflicts = () =>
  asSuperuser(estate.database, (query) =>
    query('select kind, attribute, status from asset_conflicts where engagement_id = $1', [
      estate.tenant.engagementId,
    ]),
  );

const living = () =>
  asSuperuser(estate.database, (query) =>
    query(
      `select id, name, asset_type, "values" from assets where engagement_id = $1 and merged_into is null
         and deleted_at is null order by name`,
      [estate.tenant.engagementId],
    ),
  );

test('two files of the same machines make one asset of each', async () => {
  const { flowId } = await addCleansedFlow(estate.database, estate.tenant, [
    { source: 'vcenter', records: [aMachine('web01', { cpu_cores: 4 }), aMachine('db01')] },
    { source: 'cmdb', records: [aMachine('web01', { technical_owner: 'Ada' }), aMachine('mail01')] },
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
  const file = {
    source: 'cmdb',
    records: [aMachine('a1', { cpu_cores: 2 }), aMachine('a2'), aMachine('a2')],
  };
  await inventory((await addCleansedFlow(estate.database, estate.tenant, [file])).flowId);
  const before = await living();

  const counts = await inventory((await addCleansedFlow(estate.database, estate.tenant, [file])).flowId);

  expect(counts).toEqual({ rowsIn: 3, created: 0, updated: 0, merged: 0, unchanged: 3 });
  expect(await living()).toEqual(before);
});

test('a newer export of the same source updates, and an older one that comes later does not win', async () => {
  const file = (asOf: string, cores: number) => ({
    source: 'cmdb',
    asOf,
    records: [aMachine('a1', { cpu_cores: cores }), aMachine('a2')],
  });
  await inventory((await addCleansedFlow(estate.database, estate.tenant, [file('2026-03-01', 2)])).flowId);

  const newer = await inventory(
    (await addCleansedFlow(estate.database, estate.tenant, [file('2026-04-01', 8)])).flowId,
  );
  const older = await inventory(
    (await addCleansedFlow(estate.database, estate.tenant, [file('2026-01-01', 1)])).flowId,
  );

  expect(newer).toMatchObject({ updated: 1, unchanged: 1 });
  expect(older).toMatchObject({ updated: 0, unchanged: 2 });
  expect((await living())[0]).toMatchObject({ name: 'a1', values: { cpu_cores: 8 } });
  expect(await conflicts()).toEqual([]);
});

test('of exports without a date the one that came last counts', async () => {
  const file = (cores: number) => ({ source: 'cmdb', records: [aMachine('a1', { cpu_cores: cores })] });
  await inventory((await addCleansedFlow(estate.database, estate.tenant, [file(2)])).flowId);

  await inventory((await addCleansedFlow(estate.database, estate.tenant, [file(8)])).flowId);

  expect((await living())[0]).toMatchObject({ values: { cpu_cores: 8 } });
});

test('sources of equal rank that disagree are asked about once', async () => {
  const file = (source: string, environment: string) => ({
    source,
    records: [aMachine('a1', { environment, serial_number: 'XK12345AB' })],
  });
  await inventory(
    (await addCleansedFlow(estate.database, estate.tenant, [file('cmdb', 'production')])).flowId,
  );

  await inventory((await addCleansedFlow(estate.database, estate.tenant, [file('vcenter', 'test')])).flowId);
  await inventory((await addCleansedFlow(estate.database, estate.tenant, [file('vcenter', 'test')])).flowId);

  expect(await conflicts()).toMatchObject([
    { kind: 'attribute_disagreement', attribute: 'environment', status: 'open' },
  ]);
});

test('a disagreement that the sources settle themselves is closed', async () => {
  const file = (source: string, environment: string, asOf: string) => ({
    source,
    asOf,
    records: [aMachine('a1', { environment, serial_number: 'XK12345AB' })],
  });
  const first = [file('cmdb', 'production', '2026-01-01'), file('vcenter', 'test', '2026-01-01')];
  await inventory((await addCleansedFlow(estate.database, estate.tenant, first)).flowId);

  const second = [file('vcenter', 'production', '2026-02-01')];
  await inventory((await addCleansedFlow(estate.database, estate.tenant, second)).flowId);

  expect(await conflicts()).toMatchObject([{ attribute: 'environment', status: 'dismissed' }]);
});

test('applications that servers name are assets, and a list of applications describes the same ones', async () => {
  const servers = { source: 'cmdb', records: [aMachine('a1', { application_name: 'Billing' })] };
  const list = {
    source: 'applications',
    records: [{ name: 'Billing', asset_type: 'application', business_owner: 'Grace' }],
  };
  await inventory((await addCleansedFlow(estate.database, estate.tenant, [servers])).flowId);
  const [named] = await living();

  const counts = await inventory((await addCleansedFlow(estate.database, estate.tenant, [list])).flowId);

  expect(named).toMatchObject({ name: 'Billing', asset_type: 'application' });
  expect(counts).toMatchObject({ created: 0, updated: 1 });
  expect((await living())[0]).toMatchObject({ id: named?.['id'], values: { business_owner: 'Grace' } });
});

test('another tenant neither sees nor meets the machines', async () => {
  await inventory(
    (await addCleansedFlow(estate.database, estate.tenant, [{ source: 'cmdb', records: [aMachine('a1')] }]))
      .flowId,
  );
  await estate.changeTenant();

  const counts = await inventory(
    (await addCleansedFlow(estate.database, estate.tenant, [{ source: 'cmdb', records: [aMachine('a1')] }]))
      .flowId,
  );

  expect(counts).toMatchObject({ created: 1, unchanged: 0 });
  expect(await living()).toHaveLength(1);
});
