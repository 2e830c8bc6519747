import type { AttributeValues } from '../../src/domain/attributes/types';
import type { Tenant } from '../../src/domain/flow/messages';
import { addTenant, asSuperuser, createTestDatabase, type TestDatabase } from '../support/database';
import { addCleansedFlow, estateActivities, runPhases } from '../support/estate';

let database: TestDatabase;
let tenant: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
});

beforeEach(async () => {
  tenant = await addTenant(database);
});

afterAll(async () => {
  await database.drop();
});

const ask = (sql: string) => asSuperuser(database, (query) => query(sql, [tenant.engagementId]));

const contents = async () => ({
  assets: await ask(
    `select name, asset_type, subtype, classification, classification_confidence, "values", hostname,
       origins -> 'record' -> 'row_number' as row from assets where engagement_id = $1 order by name, asset_type, 8`,
  ),
  sources: await ask(
    `select s.row_number, s.identity, a.name from asset_sources s join assets a on a.id = s.asset_id
     where s.engagement_id = $1 order by 1`,
  ),
  keys: await ask('select kind, value from asset_identity_keys where engagement_id = $1 order by 1, 2'),
  changes: await ask(
    `select state, count(*)::integer as count from asset_changes where engagement_id = $1 group by 1 order by 1`,
  ),
  conflicts: await ask('select kind, message from asset_conflicts where engagement_id = $1 order by 1, 2'),
  run: await ask(
    `select rows_in, rows_out, created, updated, merged, unchanged, position, rows_total from phase_runs
     where engagement_id = $1 and phase = 'asset_inventory'`,
  ),
});

/** Each tenth machine comes again at the end. */
const records: readonly AttributeValues[] = [
  ...Array.from({ length: 240 }, (_, at) => ({
    name: `Machine ${at}`,
    hostname: `web${at}`,
    serial_number: `SERIAL${1000 + at}XY`,
    manufacturer: 'Dell',
    asset_type: 'Server',
    application_name: `Billing ${at % 5}`,
    tags: [`quoted "${at % 3}"`, String.raw`back\slash`],
  })),
  ...Array.from({ length: 24 }, (_, at) => ({
    name: `Machine ${at * 10}`,
    hostname: `web${at * 10}.corp.example`,
    serial_number: `SERIAL${1000 + at * 10}XY`,
    manufacturer: 'Dell',
    asset_type: 'Server',
    cpu_cores: at,
    application_name: 'Taken over',
  })),
  { name: 'payroll-web-01', asset_type: 'Server' },
  { name: 'payrollweb1', asset_type: 'Server', ip_address: ['10.0.0.1'] },
];

async function projected(batchRows: number) {
  const { flowId } = await addCleansedFlow(database, tenant, [{ source: 'cmdb', records }]);
  await runPhases(estateActivities(database, batchRows), tenant, flowId, ['asset_inventory']);
  return contents();
}

test('the estate is the same however few records are looked at together', async () => {
  const together = await projected(10_000);
  tenant = await addTenant(database);

  const apart = await projected(50);

  expect(apart).toEqual(together);
  expect(apart.sources).toHaveLength(records.length);
  expect(apart.run).toEqual([
    expect.objectContaining({ created: '242', merged: '24', rows_in: '266', position: '266' }),
  ]);
});

test('a run that dies among records that stand alone goes on from there', async () => {
  const expected = await projected(50);
  tenant = await addTenant(database);
  const { flowId } = await addCleansedFlow(database, tenant, [{ source: 'cmdb', records }]);
  const activities = estateActivities(database, 50);
  await asSuperuser(database, (query) =>
    query(`alter table asset_changes add constraint dies check (of_row is distinct from 130) not valid`),
  );
  const died = runPhases(activities, tenant, flowId, ['asset_inventory']);
  await expect(died).rejects.toThrow('dies');
  await asSuperuser(database, (query) => query('alter table asset_changes drop constraint dies'));

  await runPhases(activities, tenant, flowId, ['asset_inventory']);

  expect(await contents()).toEqual(expected);
});
