import type { AttributeValues } from '../../src/domain/attributes/types';
import type { Tenant } from '../../src/domain/flow/messages';
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

const servers: readonly AttributeValues[] = [
  { name: 'web01', hostname: 'web01', operating_system: 'Ubuntu 22.04', application_name: 'Shop' },
  { name: 'db01', hostname: 'db01', operating_system: 'Windows Server 2012 R2', application_name: 'Shop' },
  { name: 'crm01', hostname: 'crm01', operating_system: 'Windows Server 2019', application_name: 'CRM' },
];
const relations: readonly AttributeValues[] = [
  { dependency_source: 'web01', dependency_target: 'db01', dependency_type: 'depends on' },
  { dependency_source: 'crm01', dependency_target: 'mainframe9', dependency_type: 'connects to' },
];

const query = (sql: string) => asSuperuser(database, (ask) => ask(sql, [tenant.engagementId]));
const edges = () =>
  query(`select s.name as source, t.name as target, d.type, d.origin, d.hardness from current_dependencies d
    join assets s on s.id = d.source_asset_id join assets t on t.id = d.target_asset_id
    where d.engagement_id = $1 order by 1, 2, 3`);

test('columns and relation files become dependencies, groups, waves and recommendations', async () => {
  const { flowId } = await addCleansedFlow(database, tenant, [
    { source: 'cmdb', records: servers },
    { source: 'relations', records: relations, tableKind: 'relations' },
  ]);

  const result = await runPhases(activities, tenant, flowId);

  expect(result).toEqual({ status: 'completed', rowsIn: 5, rowsOut: 5 });
  expect(await edges()).toMatchObject([
    { source: 'CRM', target: 'crm01', type: 'runs_on', origin: 'column', hardness: 'hard' },
    { source: 'Shop', target: 'db01', type: 'runs_on' },
    { source: 'Shop', target: 'web01', type: 'runs_on' },
    { source: 'web01', target: 'db01', type: 'depends_on', origin: 'relation_file' },
  ]);
  expect(
    await query('select reference, reason from current_unresolved_references where engagement_id = $1'),
  ).toEqual([{ reference: 'mainframe9', reason: 'not_found' }]);
  expect(
    await query(`select name, wave_number from current_groups where engagement_id = $1 order by name`),
  ).toEqual([
    { name: 'CRM', wave_number: 1 },
    { name: 'Shop', wave_number: 1 },
  ]);
  expect(
    await query('select count(*)::integer as count from current_recommendations where engagement_id = $1'),
  ).toEqual([{ count: 5 }]);
});
