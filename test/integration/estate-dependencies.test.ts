import type { AttributeValues } from '../../src/domain/attributes/types';
import { asSuperuser } from '../support/database';
import { addCleansedFlow, runPhases } from '../support/estate';
import { useEstate } from '../support/use-estate';

const estate = useEstate();

const servers: readonly AttributeValues[] = [
  { name: 'web01', hostname: 'web01', operating_system: 'Ubuntu 22.04', application_name: 'Shop' },
  { name: 'db01', hostname: 'db01', operating_system: 'Windows Server 2012 R2', application_name: 'Shop' },
  { name: 'crm01', hostname: 'crm01', operating_system: 'Windows Server 2019', application_name: 'CRM' },
];
const relations: readonly AttributeValues[] = [
  { dependency_source: 'web01', dependency_target: 'db01', dependency_type: 'depends on' },
  { dependency_source: 'crm01', dependency_target: 'mainframe9', dependency_type: 'connects to' },
];

const query = (sql: string) => asSuperuser(estate.database, (ask) => ask(sql, [estate.tenant.engagementId]));
const edges = () =>
  query(`select s.name as source, t.name as target, d.type, d.origin, d.hardness from current_dependencies d
    join assets s on s.id = d.source_asset_id join assets t on t.id = d.target_asset_id
    where d.engagement_id = $1 order by 1, 2, 3`);

test('columns and relation files become dependencies, groups, waves and recommendations', async () => {
  const { flowId } = await addCleansedFlow(estate.database, estate.tenant, [
    { source: 'cmdb', records: servers },
    { source: 'relations', records: relations, tableKind: 'relations' },
  ]);

  const result = await runPhases(estate.activities, estate.tenant, flowId);

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

const inventoryFile = { source: 'cmdb', records: servers };
const relationFile = { source: 'relations', records: relations, tableKind: 'relations' } as const;

test('a relation file gives the same edges before and after the inventory, in one flow or two', async () => {
  const results: unknown[] = [];
  for (const order of [
    [[inventoryFile, relationFile]],
    [[relationFile, inventoryFile]],
    [[inventoryFile], [relationFile]],
    [[relationFile], [inventoryFile]],
  ]) {
    await estate.changeTenant();
    for (const files of order) {
      const { flowId } = await addCleansedFlow(estate.database, estate.tenant, files);
      await runPhases(estate.activities, estate.tenant, flowId);
    }
    results.push(await edges());
  }

  expect(results[0]).toHaveLength(4);
  for (const result of results) expect(result).toEqual(results[0]);
});

test('relation records end linked, unresolved or skipped, and each exception has a row', async () => {
  const flows = [
    { dependency_source: 'web01', dependency_target: 'db01', port: 5432, connection_count: 900 },
    { dependency_source: 'web01', dependency_target: 'db01', port: 5432, connection_count: 100 },
    { dependency_source: 'web01', dependency_target: 'db01', port: 22 },
    { dependency_source: 'web01', dependency_target: '192.0.2.77', port: 443 },
    { dependency_source: 'web01' },
  ];
  const { flowId } = await addCleansedFlow(estate.database, estate.tenant, [
    inventoryFile,
    { source: 'flows', records: flows, tableKind: 'network_flows' },
  ]);

  await runPhases(estate.activities, estate.tenant, flowId);

  expect(
    await query(`select rows_in, linked, unresolved, skipped from phase_runs
      where engagement_id = $1 and phase = 'dependency_analysis'`),
  ).toEqual([{ rows_in: '5', linked: '2', unresolved: '1', skipped: '2' }]);
  expect(
    await query(
      `select row_number, reason from current_unresolved_references where engagement_id = $1 order by 1`,
    ),
  ).toEqual([
    { row_number: 3, reason: 'management' },
    { row_number: 4, reason: 'not_found' },
    { row_number: 5, reason: 'no_target' },
  ]);
  expect(
    await query(
      `select port, connections from current_dependencies where engagement_id = $1 and port is not null`,
    ),
  ).toEqual([{ port: 5432, connections: '1000' }]);
});

test('a reference that names nothing is kept, and becomes an edge once a later flow brings the asset', async () => {
  const first = await addCleansedFlow(estate.database, estate.tenant, [inventoryFile, relationFile]);
  await runPhases(estate.activities, estate.tenant, first.flowId);

  const later = await addCleansedFlow(estate.database, estate.tenant, [
    {
      source: 'mainframes',
      records: [{ name: 'mainframe9', hostname: 'mainframe9', operating_system: 'z/OS' }],
    },
  ]);
  await runPhases(estate.activities, estate.tenant, later.flowId);

  expect(await query('select reason from current_unresolved_references where engagement_id = $1')).toEqual(
    [],
  );
  expect(await edges()).toContainEqual(
    expect.objectContaining({ source: 'crm01', target: 'mainframe9', type: 'connects_to' }),
  );
});

test('what a machine said of its host in an older export is no edge any more', async () => {
  const hosts = ['esx1', 'esx2'].map((name) => ({
    name,
    hostname: name,
    operating_system: 'VMware ESXi 7.0',
  }));
  const file = (asOf: string, host: string) => ({
    source: 'vcenter',
    asOf,
    records: [{ name: 'web01', hostname: 'web01', hypervisor_host: host }],
  });
  for (const files of [
    [{ source: 'hosts', records: hosts }, file('2026-01-01', 'esx1')],
    [file('2026-02-01', 'esx2')],
  ]) {
    const { flowId } = await addCleansedFlow(estate.database, estate.tenant, files);
    await runPhases(estate.activities, estate.tenant, flowId);
  }

  expect(await edges()).toMatchObject([{ source: 'web01', target: 'esx2', type: 'hosted_on' }]);
});

test('the word of people about dependencies survives every later run', async () => {
  const { flowId } = await addCleansedFlow(estate.database, estate.tenant, [inventoryFile, relationFile]);
  await runPhases(estate.activities, estate.tenant, flowId);
  const say = (source: string, target: string, type: string, action: string) =>
    asSuperuser(estate.database, (ask) =>
      ask(
        `insert into dependency_overrides (client_account_id, engagement_id, source_asset_id, target_asset_id, type,
           action, user_id)
         select $1, $2, s.id, t.id, $5, $6, gen_random_uuid() from assets s, assets t
         where s.engagement_id = $2 and t.engagement_id = $2 and s.name = $3 and t.name = $4`,
        [estate.tenant.clientAccountId, estate.tenant.engagementId, source, target, type, action],
      ),
    );
  await say('web01', 'db01', 'depends_on', 'remove');
  await say('crm01', 'db01', 'uses', 'add');

  const again = await addCleansedFlow(estate.database, estate.tenant, [inventoryFile]);
  await runPhases(estate.activities, estate.tenant, again.flowId);

  const found = await edges();
  expect(found).toContainEqual(
    expect.objectContaining({ source: 'crm01', target: 'db01', origin: 'person' }),
  );
  expect(found).not.toContainEqual(expect.objectContaining({ source: 'web01', target: 'db01' }));
});

test('each plan of an engagement has the next number, and its groups name every asset once', async () => {
  for (let round = 0; round < 2; round += 1) {
    const { flowId } = await addCleansedFlow(estate.database, estate.tenant, [inventoryFile]);
    await runPhases(estate.activities, estate.tenant, flowId);
  }

  expect(await query('select number from estate_plans where engagement_id = $1 order by 1')).toEqual([
    { number: 1 },
    { number: 2 },
  ]);
  const members = await query(
    'select unnest(members) as id from current_groups where engagement_id = $1 order by 1',
  );
  expect(members).toEqual(await query('select id from current_assets where engagement_id = $1 order by 1'));
});
