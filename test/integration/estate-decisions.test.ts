import { randomUUID } from 'node:crypto';
import {
  insertMergeDecisions,
  upsertOverrides,
  upsertOwnDependency,
} from '../../src/db/estate/asset-decisions';
import { inTenant } from '../../src/db/connection/tenant';
import type { AttributeValues } from '../../src/domain/attributes/types';
import { asSuperuser } from '../support/database';
import { addCleansedFlow, runPhases, type TestExport } from '../support/estate';
import { aMachine, useEstate } from '../support/use-estate';

const estate = useEstate();
const person = randomUUID();

const relation = (source: string, target: string): AttributeValues => ({
  dependency_source: source,
  dependency_target: target,
  dependency_type: 'depends on',
});

async function flowOf(...exports: readonly TestExport[]): Promise<string> {
  const { flowId } = await addCleansedFlow(estate.database, estate.tenant, exports);
  await runPhases(estate.activities, estate.tenant, flowId, ['asset_inventory', 'dependency_analysis']);
  return flowId;
}

const ask = (sql: string, values: readonly unknown[] = []) =>
  asSuperuser(estate.database, (query) => query(sql, [estate.tenant.engagementId, ...values]));

const living = () =>
  ask(`select id, name, "values", origins from assets where engagement_id = $1 and merged_into is null
    and deleted_at is null order by name`);

async function idOf(name: string): Promise<string> {
  const [asset] = await ask('select id from assets where engagement_id = $1 and name = $2', [name]);
  return String(asset?.['id']);
}

const edges = async () =>
  (
    await ask(`select s.name || ' ' || d.type || ' ' || t.name as edge from current_dependencies d
      join assets s on s.id = d.source_asset_id join assets t on t.id = d.target_asset_id
      where d.engagement_id = $1 order by 1`)
  ).map(({ edge }) => edge);

/** Projects the whole estate, as the change does that follows a decision. */
async function followDecisions(): Promise<void> {
  const change = { ...estate.tenant, changeId: randomUUID(), userId: person };
  await estate.activities.projectEstate({ ...change, phase: 'asset_inventory' });
  await estate.activities.projectEstate({ ...change, phase: 'dependency_analysis' });
}

async function merge(survivor: string, other: string): Promise<void> {
  const [survivingAssetId, otherAssetId] = [await idOf(survivor), await idOf(other)];
  await inTenant(estate.database.pools.app, estate.tenant, (trx) =>
    insertMergeDecisions(trx, {
      action: 'merge',
      survivingAssetId,
      otherAssetIds: [otherAssetId],
      conflictId: null,
      decidedBy: person,
    }),
  );
}

async function decideMember(application: string, member: string, state: 'confirmed' | 'rejected') {
  await ask(
    `insert into application_members (client_account_id, engagement_id, application_asset_id, member_asset_id,
       origin, state, decided_by, decided_at)
     values ($2, $1, $3, $4, 'person', $5, $6, clock_timestamp())`,
    [estate.tenant.clientAccountId, await idOf(application), await idOf(member), state, person],
  );
}

test.each([
  ['another value', 'production'],
  ['no value', null],
])('the word of a person, %s, survives that the source is imported again', async (_name, value) => {
  const file = (asOf: string, cores: number): TestExport => ({
    source: 'cmdb',
    asOf,
    records: [aMachine('a1', { environment: 'test', cpu_cores: cores })],
  });
  await flowOf(file('2026-01-01', 2));
  const id = await idOf('a1');
  await inTenant(estate.database.pools.app, estate.tenant, (trx) =>
    upsertOverrides(trx, { assetIds: [id], attribute: 'environment', value, reason: null, userId: person }),
  );

  await flowOf(file('2026-02-01', 4));
  await flowOf(file('2026-03-01', 8));

  const [asset] = await living();
  expect(asset).toMatchObject({ id, values: { cpu_cores: 8 } });
  const [said] = await ask(`select "values" ->> 'environment' as value from assets where engagement_id = $1`);
  expect(said).toEqual({ value });
});

const membersOf = (application: string) =>
  ask(
    `select m.name, c.state, c.origin from current_application_members c
     join current_assets m on m.id = c.member_asset_id join current_assets a on a.id = c.application_asset_id
     where c.engagement_id = $1 and a.name = $2 order by 1`,
    [application],
  );

const doubles = [
  aMachine('warehouse-01', { application_name: 'Billing' }),
  aMachine('depot-07', { application_name: 'CRM' }),
  aMachine('store-15', { application_name: 'Ledger' }),
  aMachine('web01', { application_name: 'Shop' }),
  aMachine('db01', { application_name: 'Shop' }),
  aMachine('led01', { application_name: 'Ledger' }),
  aMachine('crm01', { application_name: 'CRM' }),
];

test('what named a tombstone names the survivor once assets were merged, twice over as well', async () => {
  await flowOf(
    { source: 'cmdb', records: doubles },
    { source: 'relations', records: [relation('web01', 'store-15')], tableKind: 'relations' },
  );
  const [store, database1] = [await idOf('store-15'), await idOf('db01')];
  await inTenant(estate.database.pools.app, estate.tenant, (trx) =>
    upsertOwnDependency(trx, {
      sourceAssetId: store,
      targetAssetId: database1,
      type: 'uses',
      userId: person,
    }),
  );
  await decideMember('Shop', 'store-15', 'confirmed');

  await merge('depot-07', 'store-15');
  await followDecisions();
  const once = await edges();
  await merge('warehouse-01', 'depot-07');
  await flowOf({ source: 'cmdb', records: doubles });

  const common = ['CRM runs_on crm01', 'Ledger runs_on led01', 'Shop runs_on db01', 'Shop runs_on web01'];
  expect(once).toEqual(
    [
      ...common,
      'Billing runs_on warehouse-01',
      ...['CRM', 'Ledger', 'Shop'].map((name) => `${name} runs_on depot-07`),
      'depot-07 uses db01',
      'web01 depends_on depot-07',
    ].toSorted(),
  );
  expect(await edges()).toEqual(
    [
      ...common,
      ...['Billing', 'CRM', 'Ledger', 'Shop'].map((name) => `${name} runs_on warehouse-01`),
      'warehouse-01 uses db01',
      'web01 depends_on warehouse-01',
    ].toSorted(),
  );
});

test('a member that a person confirmed is the survivor once it was merged', async () => {
  await flowOf({ source: 'cmdb', records: doubles });
  await decideMember('Shop', 'store-15', 'confirmed');
  await merge('warehouse-01', 'store-15');

  await followDecisions();

  const names = (await membersOf('Shop')).map(({ name }) => name);
  expect(names).toEqual(['db01', 'warehouse-01', 'web01']);
});

test('a record that a person put to an asset stays there, whatever later exports say', async () => {
  await flowOf(
    { source: 'cmdb', records: [aMachine('a1')] },
    { source: 'agent', records: [aMachine('unit-7', { serial_number: 'XK12345AB' })] },
  );
  const [survivor, other] = [await idOf('a1'), await idOf('unit-7')];
  await ask(
    'update asset_sources set asset_id = $2, pinned_by = $4 where engagement_id = $1 and asset_id = $3',
    [survivor, other, person],
  );

  await flowOf({ source: 'agent', records: [aMachine('unit-7', { serial_number: 'XK12345AB' })] });
  await flowOf({ source: 'cmdb', records: [aMachine('a1', { serial_number: 'ZZ98765YX' })] });

  const records = await ask(
    'select asset_id from asset_sources where engagement_id = $1 and pinned_by is not null',
  );
  expect(records).toEqual([{ asset_id: survivor }]);
  expect((await living()).find(({ id }) => id === survivor)).toBeDefined();
});

test('confirmed and rejected members of an application survive that everything is analysed again', async () => {
  const file = { source: 'cmdb', records: [...doubles, aMachine('spare01')] };
  await flowOf(file);
  await decideMember('Shop', 'spare01', 'confirmed');
  await decideMember('Shop', 'web01', 'confirmed');
  await decideMember('Shop', 'db01', 'rejected');

  await flowOf(file);
  await flowOf({ source: 'other', records: [aMachine('mail01')] });

  expect(await membersOf('Shop')).toEqual([
    { name: 'db01', state: 'rejected', origin: 'person' },
    { name: 'spare01', state: 'confirmed', origin: 'person' },
    { name: 'web01', state: 'confirmed', origin: 'person' },
  ]);
  const shop = (await edges()).filter((edge) => String(edge).startsWith('Shop '));
  expect(shop).toEqual(['Shop runs_on spare01', 'Shop runs_on web01']);
});

async function wish(kind: string, payload: Readonly<Record<string, unknown>>): Promise<void> {
  await ask(
    `insert into wave_constraints (client_account_id, engagement_id, kind, payload) values ($2, $1, $3, $4)`,
    [estate.tenant.clientAccountId, kind, JSON.stringify(payload)],
  );
}

/** Names of the machines in each wave, the first wave first. */
async function waves(): Promise<string[][]> {
  const rows = await ask(
    `select g.wave_number as wave, a.name from current_groups g
     join assets a on a.engagement_id = g.engagement_id and a.id = any (g.members)
     where g.engagement_id = $1 and a.name like 's_' order by 2`,
  );
  const last = Math.max(...rows.map(({ wave }) => Number(wave)));
  return Array.from({ length: last }, (_, at) =>
    rows.filter(({ wave }) => Number(wave) === at + 1).map(({ name }) => String(name)),
  );
}

const fleet = ['s1', 's2', 's3', 's4'].map((name, at) => aMachine(name, { application_name: `App ${at}` }));

test('a group that is pinned to a wave moves in it in every later plan', async () => {
  await flowOf({ source: 'cmdb', records: fleet });
  const free = await waves();
  await wish('not_before', { asset_id: await idOf('s2'), wave: 3 });
  await wish('not_after', { asset_id: await idOf('s2'), wave: 3 });

  await flowOf({ source: 'cmdb', records: fleet });
  const pinned = await waves();
  await flowOf({ source: 'other', records: [aMachine('mail01')] });

  expect(free).toEqual([['s1', 's2', 's3', 's4']]);
  expect(pinned[2]).toEqual(['s2']);
  expect(await waves()).toEqual(pinned);
});

test('a group that is to move before another one is in no later wave, even when waves are small', async () => {
  await flowOf({ source: 'cmdb', records: fleet });
  await wish('before', { asset_id: await idOf('s4'), other_asset_id: await idOf('s1') });
  await wish('before', { asset_id: await idOf('s1'), other_asset_id: await idOf('s2') });
  await wish('capacity', { max_groups: 1 });

  await flowOf({ source: 'cmdb', records: fleet });

  const order = (await waves()).flat();
  expect(order).toEqual(expect.arrayContaining(['s1', 's2', 's3', 's4']));
  expect(order.indexOf('s4')).toBeLessThan(order.indexOf('s1'));
  expect(order.indexOf('s1')).toBeLessThan(order.indexOf('s2'));
});

test.each([
  ['groups', { max_groups: 1 }, 1],
  ['assets', { max_assets: 4 }, 2],
])('no wave is larger than people allow, counted in %s', async (_name, capacity, most) => {
  await wish('capacity', { max_groups: 50 });
  await wish('capacity', capacity);

  await flowOf({ source: 'cmdb', records: fleet });

  const plan = await waves();
  expect(plan.flat().toSorted()).toEqual(['s1', 's2', 's3', 's4']);
  expect(Math.max(...plan.map(({ length }) => length))).toBe(most);
});
