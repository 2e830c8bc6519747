import { defaultSourceName } from '../../src/activities/imports/source-name';
import { uploadGroups } from '../../src/domain/inventory/upload-groups';

const rvtools = (id: string) => ({ id: `rvtools.${id}`, vendor: 'RVTools' });

describe('the source of a file that nobody names', () => {
  test.each([
    ['RVTools_tabvInfo.csv', 'vInfo', 'RVTools: rvtools'],
    ['RVTools_tabvDisk.csv', 'vDisk', 'RVTools: rvtools'],
    ['RVTools_tabvNIC.csv', 'vHost.vNIC', 'RVTools: rvtools'],
    ['RVTools_tabvSC_VMK.csv', 'vHost.vSC_VMK', 'RVTools: rvtools'],
    ['vInfo.csv', 'vInfo', 'RVTools: rvtools'],
    ['tabvNetwork_2026-11-01.csv', 'vNetwork', 'RVTools: rvtools'],
    ['vDisk (1).csv', 'vDisk', 'RVTools: rvtools'],
    ['vc-berlin_RVTools_tabvInfo_20261101.csv', 'vInfo', 'RVTools: vc berlin rvtools'],
    ['vc-berlin_RVTools_tabvPartition_20261108.csv', 'vPartition', 'RVTools: vc berlin rvtools'],
    ['RVTools_export_all_2026-11-01.xlsx', 'vInfo', 'RVTools: rvtools export all'],
    ['vInformation.csv', 'vInfo', 'RVTools: vinformation'],
  ])('%s with the table %s is of "%s"', (filename, table, name) => {
    expect(defaultSourceName(filename, rvtools(table))).toBe(name);
  });

  test('tables that are inventories of their own stay sources of their own', () => {
    const servers = { id: 'servicenow.cmdb_ci_server', vendor: 'ServiceNow' };

    expect(defaultSourceName('cmdb_ci_server.csv', servers)).toBe('ServiceNow: cmdb ci server');
  });

  test('copies, dates and numbers of downloads do not make another source', () => {
    const names = ['servers.csv', 'servers (1).csv', 'servers_2026-11-01.csv', 'servers-final-v2.csv'];

    expect(new Set(names.map((name) => defaultSourceName(name, null)))).toEqual(new Set(['servers']));
  });
});

describe('tables that complement each other', () => {
  const table = (
    objectId: string,
    formatId: string | null,
    more: { flowId?: string; source?: string } = {},
  ) => ({
    flowId: more.flowId ?? 'flow',
    dataSourceId: more.source ?? 'source',
    objectId,
    formatId,
  });

  test('files of one flow and source that are different tables of a product count as one upload', () => {
    const groups = uploadGroups([
      table('a', 'rvtools.vInfo'),
      table('b', 'rvtools.vDisk'),
      table('c', 'rvtools.vCPU'),
    ]);

    expect(groups).toEqual(['a', 'a', 'a']);
  });

  test('a table that comes again begins the next export', () => {
    const groups = uploadGroups([
      table('a', 'rvtools.vInfo'),
      table('b', 'rvtools.vDisk'),
      table('c', 'rvtools.vInfo'),
      table('d', 'rvtools.vDisk'),
    ]);

    expect(groups).toEqual(['a', 'a', 'c', 'c']);
  });

  test('the tables of a workbook stay together, whichever of them came alone before', () => {
    const groups = uploadGroups([
      table('a', 'rvtools.vInfo'),
      table('b', 'rvtools.vDisk'),
      table('b', 'rvtools.vInfo'),
      table('b', null),
    ]);

    expect(groups).toEqual(['a', 'b', 'b', 'b']);
  });

  test('lists of parts go with the list of machines of their source', () => {
    const groups = uploadGroups([table('a', 'parts.disks'), table('b', null), table('c', 'parts.adapters')]);

    expect(groups).toEqual(['a', 'a', 'a']);
  });

  test('files of other flows, of other sources and of no product stand alone', () => {
    const groups = uploadGroups([
      table('a', 'rvtools.vInfo'),
      table('b', 'rvtools.vDisk', { flowId: 'later' }),
      table('c', 'rvtools.vDisk', { source: 'other' }),
      table('d', null),
    ]);

    expect(groups).toEqual(['a', 'b', 'c', 'd']);
  });
});
