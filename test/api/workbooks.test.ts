import { readFileSync } from 'node:fs';
import path from 'node:path';
import { verifyDatabase } from '../../src/db/checks/verify';
import { aWorkbook } from '../fixtures/intake/small-workbook';
import { untilStatus } from '../support/api-flows';
import { startTestApi, type TestApi } from '../support/api-server';
import { listAssets, listImports, uploadAlone } from '../support/api-uploads';
import { startTestWorker, type TestWorker } from '../support/api-worker';

let api: TestApi;
let worker: TestWorker;

beforeAll(async () => {
  api = await startTestApi();
  worker = await startTestWorker(api);
}, 120_000);

afterAll(async () => {
  await worker.stop();
  await api.close();
});

const sample = (name: string) => readFileSync(path.resolve(__dirname, '../fixtures/samples', name));
const estate = { name: 'rvtools4-estate.xlsx', content: sample('rvtools4-estate.xlsx') };

test('the tabs of an RVTools workbook are one asset for each machine and host, with its parts added up', async () => {
  const { call, answer } = await uploadAlone(api, estate);

  const assets = await listAssets(api, call);

  expect(answer.imports.map(({ table }) => table)).toEqual([
    'vInfo',
    'vPartition',
    'vNetwork',
    'vHost',
    'vMetaData',
  ]);
  expect(answer.imports[0]?.data_import_id).toBe(answer.data_import_id);
  const machines = assets.filter(({ name }) => !name.startsWith('esx-'));
  // Twenty rows of vInfo, one of them a template.
  expect(machines.map(({ name }) => name).sort()).toEqual([
    'ad-dc-01',
    'ad-dc-02',
    'dm-etl-01',
    'dm-ora-01',
    'hr-app-01',
    'hr-db-01',
    'intra-db-01',
    'intra-web-01',
    'ord-app-01',
    'ord-app-t1',
    'ord-db-01',
    'ord-web-01',
    'ord-web-02',
    'pay-app-01',
    'pay-sql-01',
    'pay-sql-02',
    'pay-web-01',
    'wh-batch-01',
    'wh-db2-01',
  ]);
  expect(assets.length - machines.length).toBe(6);
  expect(machines.find(({ name }) => name === 'ord-web-01')).toMatchObject({
    cpu_cores: 4,
    memory_gb: 8,
    storage_gb: 120,
    // vPartition: 24,576 + 49,152 MiB; vInfo alone says 76,800.
    storage_used_gb: 72,
    ip_address: ['10.40.1.11'],
    hypervisor_host: 'esx-east-02.corp.example',
  });
  // No partition is known of a machine that is off.
  expect(machines.find(({ name }) => name === 'intra-db-01')).toMatchObject({ storage_used_gb: 62.5 });
  const { rules } = await verifyDatabase(api.database.pools);
  expect(rules.filter(({ count }) => count > 0)).toEqual([]);
});

test('a joined value is explained by each of its rows, the tab without assets by its reason', async () => {
  const { call } = await uploadAlone(api, estate);
  const assets = await listAssets(api, call);
  const machine = assets.find(({ name }) => name === 'ord-web-01');

  const { body } = await api.call(`/unified-discovery/assets/${machine?.id}/provenance`, call);
  const imports = await listImports(api, call);

  const values = body.values as { attribute: string; parts: unknown }[];
  expect(values.find(({ attribute }) => attribute === 'storage_used_gb')).toMatchObject({
    source_column: 'Consumed MiB',
    parts: [
      { row_number: 1, original_text: '24576' },
      { row_number: 2, original_text: '49152' },
    ],
  });
  expect(values.find(({ attribute }) => attribute === 'mac_address')).toMatchObject({
    value: ['00:50:56:8a:01:07'],
    source_column: 'Mac Address',
  });
  expect(
    imports.map(({ sheet_name, table_kind, records_accepted }) => [sheet_name, table_kind, records_accepted]),
  ).toEqual([
    ['vInfo', 'inventory', 20],
    ['vPartition', 'inventory', 36],
    ['vNetwork', 'inventory', 20],
    ['vHost', 'inventory', 6],
    ['vMetaData', 'unknown', 1],
  ]);
  expect(imports[4]?.not_inventory_reason).toBe('The row tells how the export was made');
});

test('a portfolio below a title row is seven applications', async () => {
  const { call } = await uploadAlone(api, {
    name: 'app-portfolio.xlsx',
    content: sample('app-portfolio.xlsx'),
  });

  const assets = await listAssets(api, call);

  expect(assets.map(({ name, asset_type }) => `${name}: ${asset_type}`).sort()).toEqual(
    ['Data Mart', 'HR Self Service', 'Intranet', 'Orders', 'Payment Hub', 'Shared AD', 'Warehouse'].map(
      (name) => `${name}: application`,
    ),
  );
  expect(assets.find(({ name }) => name === 'Payment Hub')).toMatchObject({
    rto_minutes: 60,
    users_count: 1200,
  });
});

test('servers, applications and relations of one workbook are one estate', async () => {
  const content = await aWorkbook({
    Servers: [
      ['Hostname', 'IP Address', 'Operating System', 'CPU Cores'],
      ['shop-web-01', '10.0.0.1', 'Red Hat Enterprise Linux 8', '4'],
      ['shop-db-01', '10.0.0.2', 'Oracle Linux 8', '8'],
    ],
    Applications: [
      ['Application Name', 'Business Owner', 'Criticality', 'Servers'],
      ['Shop', 'Ann Miller', 'High', 'shop-web-01'],
    ],
    Relations: [
      ['Parent', 'Type', 'Child'],
      ['shop-web-01', 'Depends on::Used by', 'shop-db-01'],
    ],
    Legend: [
      ['Colour', 'Meaning'],
      ['red', 'urgent'],
    ],
  });
  const { call, flowId } = await uploadAlone(api, { name: 'estate.xlsx', content });

  const assets = await listAssets(api, call);
  const { body } = await api.call('/unified-discovery/dependencies', call);

  expect(assets.map(({ name, asset_type }) => `${name}: ${asset_type}`).sort()).toEqual([
    'Shop: application',
    'shop-db-01: server',
    'shop-web-01: server',
  ]);
  const names = new Map(assets.map(({ id, name }) => [id, name]));
  const edges = (body.edges as { source: string; target: string }[]).map((edge) => [
    names.get(edge.source),
    names.get(edge.target),
  ]);
  expect(edges).toContainEqual(['shop-web-01', 'shop-db-01']);
  expect(edges).toContainEqual(['Shop', 'shop-web-01']);
  const view = await api.call(`/unified-discovery/flows/${flowId}/status`, call);
  expect(view.body).toMatchObject({ detailed_status: 'completed', rows: { read: 5, accepted: 5 } });
});

test('one approval takes all tables, and a sheet that nothing names does not hold the others up', async () => {
  const content = await aWorkbook({
    Servers: [
      ['Hostname', 'Operating System'],
      ['web-01', 'Windows Server 2019'],
    ],
    Networks: [
      ['IP Address', 'Environment', 'Location'],
      ['10.0.0.1', 'Production', 'Berlin'],
    ],
  });
  const { call, flowId } = await uploadAlone(
    api,
    { name: 'estate.xlsx', content },
    { until: 'waiting_for_approval', mode: 'ask' },
  );
  const { body } = await api.call(`/unified-discovery/flows/${flowId}/field-mappings`, call);

  const approved = await api.call(`/unified-discovery/flows/${flowId}/field-mappings`, {
    ...call,
    method: 'PUT',
    json: { version: body.version, mappings: [], approve: true },
  });

  expect(body.mappings.map(({ source_field }: { source_field: string }) => source_field)).toEqual([
    'Hostname',
    'Operating System',
    'IP Address',
    'Environment',
    'Location',
  ]);
  expect(approved.status).toBe(200);
  await untilStatus(api, flowId, 'completed', call);
  const imports = await listImports(api, call);
  expect(imports.map(({ table_kind }) => table_kind)).toEqual(['inventory', 'unknown']);
});
