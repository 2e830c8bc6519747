import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { AttributeName, AttributeValues } from '../../src/domain/attributes/types';
import type { ApprovedMapping, ColumnRule } from '../../src/domain/mapping/types';
import { compileCleansing } from '../../src/domain/quality/cleansing/cleanse';
import { createTableProfiler } from '../../src/domain/quality/profile/profile';

type Feed = readonly [column: string, target: AttributeName, rule?: Partial<ColumnRule>];

const folder = join(__dirname, '..', 'fixtures', 'samples');

function rowsOf(file: string): readonly (readonly string[])[] {
  return parse(readFileSync(join(folder, file)), { bom: true, relax_column_count: true });
}

/** Cleanses a file with the marks and orders of its profile, keyed by machine. */
function estateOf(file: string, feeds: readonly Feed[]): ReadonlyMap<string, AttributeValues> {
  const [columns = [], ...rows] = rowsOf(file);
  const profiler = createTableProfiler(columns);
  profiler.addBatch(rows);
  const profile = profiler.finish();
  const mappings: ApprovedMapping[] = feeds.map(([sourceColumn, target, rule], order) => {
    const position = columns.indexOf(sourceColumn);
    const { decimalMark = '.', dateOrder = 'unknown' } = profile.columns[position] ?? {};
    const plain: ColumnRule = {
      combine: 'first',
      order,
      unit: null,
      decimalMark,
      dateOrder,
      multiValue: 'list',
      factor: 1,
    };
    return { sourceColumn, position, target, rule: { ...plain, ...rule } };
  });
  const cleanser = compileCleansing(columns, mappings);
  const estate = new Map<string, AttributeValues>();
  for (const [index, cells] of rows.entries()) {
    const { values } = cleanser.cleanse(index + 1, cells);
    const name = String(values.name ?? values.hostname).toLowerCase();
    if (!estate.has(name)) {
      estate.set(name, values);
    }
  }
  return estate;
}

const vcenter = estateOf('rvtools4-vInfo.csv', [
  ['VM', 'name'],
  ['CPUs', 'cpu_cores'],
  ['Memory', 'memory_gb', { unit: 'mib' }],
  ['Total disk capacity MiB', 'storage_gb', { unit: 'mib' }],
]);
const others: readonly (readonly [string, ReadonlyMap<string, AttributeValues>])[] = [
  [
    'ServiceNow',
    estateOf('servicenow-cmdb_ci_server.csv', [
      ['Name', 'name'],
      ['CPU count', 'cpu_cores', { combine: 'product' }],
      ['CPU core count', 'cpu_cores', { combine: 'product' }],
      ['RAM (MB)', 'memory_gb', { unit: 'mb' }],
      ['Disk space (GB)', 'storage_gb', { unit: 'gb' }],
    ]),
  ],
  [
    'Azure Migrate',
    estateOf('azure-migrate-import.csv', [
      ['*Server name', 'hostname'],
      ['*Cores', 'cpu_cores'],
      ['*Memory (In MB)', 'memory_gb', { unit: 'mb' }],
      ['Disk 1 size (In GB)', 'storage_gb', { unit: 'gb', combine: 'sum' }],
      ['Disk 2 size (In GB)', 'storage_gb', { unit: 'gb', combine: 'sum' }],
    ]),
  ],
  [
    'Migration Hub',
    estateOf('aws-migration-hub-import.csv', [
      ['VMware.VMName', 'name'],
      ['HostName', 'hostname'],
      ['CPU.NumberOfCores', 'cpu_cores'],
      ['RAM.TotalSizeInMB', 'memory_gb', { unit: 'mb' }],
    ]),
  ],
  [
    'Migration Center',
    estateOf('google-migration-center-vmInfo.csv', [
      ['MachineName', 'name'],
      ['AllocatedProcessorCoreCount', 'cpu_cores'],
      ['MemoryGiB', 'memory_gb', { unit: 'gib' }],
      ['TotalDiskAllocatedGiB', 'storage_gb', { unit: 'gib' }],
    ]),
  ],
  [
    'Prism',
    estateOf('nutanix-prism-vms.csv', [
      ['VM Name', 'name'],
      ['Cores', 'cpu_cores'],
      ['Memory Capacity', 'memory_gb'],
      ['Storage', 'storage_gb'],
    ]),
  ],
];

test.each(others)('%s gives every machine the cores, memory and disk of vCenter', (_, estate) => {
  const compared = [...estate].filter(([name]) => vcenter.has(name));

  expect(compared.length).toBeGreaterThanOrEqual(10);
  for (const [name, values] of compared) {
    const expected = vcenter.get(name);
    expect([name, values.cpu_cores, values.memory_gb]).toEqual([
      name,
      expected?.cpu_cores,
      expected?.memory_gb,
    ]);
    // "1.46 TiB" is what a display of two decimals leaves of 1500 GB.
    const total = Number(expected?.storage_gb);
    const difference = Math.abs(Number(values.storage_gb ?? total) - total);
    expect(difference).toBeLessThanOrEqual(total * 0.005);
  }
});

test('what no tool can mean is absent and reported, in the row that says it', () => {
  const [columns = [], ...rows] = rowsOf('azure-migrate-import.csv');
  const rule: ColumnRule = {
    combine: 'first',
    order: 0,
    unit: 'mb',
    decimalMark: '.',
    dateOrder: 'unknown',
    multiValue: 'list',
    factor: 1,
  };
  const mapping = (sourceColumn: string, target: AttributeName): ApprovedMapping => ({
    sourceColumn,
    position: columns.indexOf(sourceColumn),
    target,
    rule,
  });
  const cleanser = compileCleansing(columns, [
    mapping('*Cores', 'cpu_cores'),
    mapping('*Memory (In MB)', 'memory_gb'),
    mapping('CPU utilization percentage', 'cpu_utilization_percent'),
  ]);

  const cleansed = rows.map((cells, index) => cleanser.cleanse(index + 1, cells));

  expect(
    cleansed.flatMap((row) => row.findings.map(({ rowNumber, code, value }) => [rowNumber, code, value])),
  ).toEqual([
    [15, 'implausible_value', '0'],
    [15, 'implausible_value', '150'],
  ]);
  expect(cleansed.at(-1)?.values).toEqual({ memory_gb: 32 });
});
