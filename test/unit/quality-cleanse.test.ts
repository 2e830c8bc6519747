import { fc } from '../support/property';
import { attributeNames } from '../../src/domain/attributes/types';
import type { AttributeName } from '../../src/domain/attributes/types';
import type { ApprovedMapping, ColumnRule } from '../../src/domain/mapping/types';
import { type CleansedRow, compileCleansing } from '../../src/domain/quality/cleansing/cleanse';

const plainRule: ColumnRule = {
  combine: 'first',
  order: 0,
  unit: null,
  decimalMark: '.',
  dateOrder: 'unknown',
  multiValue: 'list',
  factor: 1,
};

function aMapping(position: number, target: AttributeName, rule: Partial<ColumnRule> = {}): ApprovedMapping {
  return { sourceColumn: `c${position}`, position, target, rule: { ...plainRule, order: position, ...rule } };
}

function cleanseCells(cells: readonly string[], mappings: readonly ApprovedMapping[]): CleansedRow {
  return compileCleansing(
    cells.map((_, position) => `c${position}`),
    mappings,
  ).cleanse(7, cells);
}

function cleanseCell(target: AttributeName, cell: string, rule: Partial<ColumnRule> = {}): CleansedRow {
  return cleanseCells([cell], [aMapping(0, target, rule)]);
}

test.each<[AttributeName, string, Partial<ColumnRule>, unknown]>([
  ['memory_gb', '16384', { unit: 'mb' }, 16],
  ['memory_gb', '16,384', { unit: 'mib' }, 16],
  ['memory_gb', '16 GiB', {}, 16],
  ['memory_gb', '32 GB', { unit: 'mb' }, 32],
  ['memory_gb', '16777216', { unit: 'kb' }, 16],
  ['memory_gb', '16 Go', {}, 16],
  ['storage_gb', '61.2 GiB / 1.5 TiB', {}, 1536],
  ['storage_gb', '2 x 500 GB', {}, 1000],
  ['cpu_cores', '4 vCPU', {}, 4],
  ['cpu_cores', '2 x 8', {}, 16],
  ['users_count', '1.200', { decimalMark: ',' }, 1200],
  ['users_count', '~80', {}, 80],
  ['rto_minutes', '8h', { unit: 'hours' }, 480],
  ['rto_minutes', '0.25', { unit: 'hours' }, 15],
  ['rpo_minutes', '00:15', { unit: 'hours' }, 15],
  ['annual_cost', '410.5', { factor: 1000 }, 410_500],
  ['annual_cost', '$12,500.00', {}, 12_500],
  ['cpu_utilization_percent', '12.5%', { unit: 'fraction' }, 12.5],
  ['cpu_utilization_percent', '0.45', { unit: 'fraction' }, 45],
  ['disk_throughput_mbps', '2048', { unit: 'kb/s' }, 2],
  ['disk_throughput_mbps', '4 MBps', {}, 4],
  ['network_throughput_mbps', '100', { unit: 'mbps' }, 12.5],
  ['environment', 'Prod', {}, 'production'],
  ['environment', 'pré-production', {}, 'staging'],
  ['business_criticality', '1 - most critical', {}, 'critical'],
  ['migration_strategy', 'Rewrite', {}, 'repurchase'],
  ['power_state', 'poweredOff', {}, 'off'],
  ['status', 'Installed', {}, 'active'],
  ['pii', 'ja', {}, true],
  ['last_seen', '2026-10-09 04:08:00', {}, '2026-10-09'],
  ['end_of_life_date', '12/2026', {}, '2026-12-31'],
  ['install_date', '44197', {}, '2021-01-01'],
  ['ip_address', '10.40.1.14,192.168.1.14', {}, ['10.40.1.14', '192.168.1.14']],
  ['ip_address', '10.0.0.1/24; FE80:0:0::1%eth0', {}, ['10.0.0.1', 'fe80::1']],
  ['mac_address', '00-50-56-8A-01-07', {}, ['00:50:56:8a:01:07']],
  ['uuid', '{422A0001-0000-1111-2222-000000000001}', {}, '422a0001-0000-1111-2222-000000000001'],
  ['technology_stack', 'Java 8 / Tomcat 8.5', {}, ['Java 8', 'Tomcat 8.5']],
  ['tags', 'env:Production, role:web', {}, ['env:Production', 'role:web']],
  ['custom_attributes', 'blue', {}, ['c0=blue']],
  [
    'operating_system',
    'Microsoft Windows Server 2012R2 (64-bit)',
    {},
    'Microsoft Windows Server 2012R2 (64-bit)',
  ],
  ['operating_system', '10.0.17763', {}, 'Windows Server 2019 (10.0.17763)'],
  ['name', '  Payroll\u200B \n Hub ', {}, 'Payroll Hub'],
  ['location', 'NA', {}, 'NA'],
])('%s: %j under %j becomes %j', (target, cell, rule, expected) => {
  const { values } = cleanseCell(target, cell, rule);

  expect(values[target]).toEqual(expected);
});

test.each<[AttributeName, string, string]>([
  ['cpu_cores', '0', 'implausible_value'],
  ['cpu_cores', '2048', 'implausible_value'],
  ['cpu_cores', '-4', 'negative_value'],
  ['cpu_cores', '2.5', 'not_whole'],
  ['memory_gb', '70 TB', 'implausible_value'],
  ['memory_gb', 'a lot', 'not_a_size'],
  ['cpu_utilization_percent', '150', 'implausible_value'],
  ['users_count', 'Infinity', 'not_a_number'],
  ['users_count', '0x10', 'not_a_number'],
  ['rto_minutes', '4-8h', 'not_a_duration'],
  ['last_seen', '2030-02-30', 'not_a_date'],
  ['last_seen', '03/04/2020', 'ambiguous_date'],
  ['ip_address', '999.1.1.1', 'invalid_address'],
  ['ip_address', 'DHCP', 'invalid_address'],
  ['uuid', 'abc', 'invalid_uuid'],
  ['business_criticality', 'purple', 'unknown_criticality'],
])('%s: %j is absent and reported as %s', (target, cell, code) => {
  const { values, findings, changes } = cleanseCell(target, cell);

  expect(values[target]).toBeUndefined();
  expect(findings).toMatchObject([
    { rowNumber: 7, code, value: cell, sourceColumn: 'c0', attribute: target },
  ]);
  expect(changes).toMatchObject([{ from: cell, to: null, rule: code }]);
});

test.each(['', ' ', '-', 'n/a', 'NULL', 'k. A.', '#REF!', 'unbekannt', 'TBC', 'néant'])(
  '%j says nothing: no value, no finding',
  (cell) => {
    for (const target of attributeNames) {
      expect(cleanseCell(target, cell).findings).toEqual([]);
    }
    expect(cleanseCell('description', cell).values).toEqual({});
  },
);

test('an unknown environment becomes unknown and is reported, never production', () => {
  const { values, findings } = cleanseCell('environment', 'Zone 51');

  expect(values.environment).toBe('unknown');
  expect(findings.map((finding) => finding.code)).toEqual(['unknown_environment']);
});

test('sockets times cores are multiplied, and a missing factor makes no guess', () => {
  const mappings = [
    aMapping(0, 'cpu_cores', { combine: 'product' }),
    aMapping(1, 'cpu_cores', { combine: 'product' }),
  ];

  expect(cleanseCells(['2', '4'], mappings).values.cpu_cores).toBe(8);
  expect(cleanseCells(['', '4'], mappings).values.cpu_cores).toBeUndefined();
  expect(cleanseCells(['', '4'], mappings).findings[0]?.code).toBe('incomplete_product');
  expect(cleanseCells(['', ''], mappings).findings).toEqual([]);
});

test('disks are added up, and a disk that cannot be read makes the sum unknown', () => {
  const mappings = [
    aMapping(0, 'storage_gb', { combine: 'sum' }),
    aMapping(1, 'storage_gb', { combine: 'sum' }),
  ];

  expect(cleanseCells(['40', '2008'], mappings).values.storage_gb).toBe(2048);
  expect(cleanseCells(['40', ''], mappings).values.storage_gb).toBe(40);
  expect(cleanseCells(['40', 'big'], mappings).values.storage_gb).toBeUndefined();
});

test('the first column that says something wins, lists keep every value once', () => {
  const first = [
    aMapping(0, 'operating_system', { order: 1 }),
    aMapping(1, 'operating_system', { order: 0 }),
  ];
  const list = [aMapping(0, 'ip_address'), aMapping(1, 'ip_address')];

  expect(cleanseCells(['Ubuntu', 'Debian 12'], first).values.operating_system).toBe('Debian 12');
  expect(cleanseCells(['Ubuntu', 'n/a'], first).values.operating_system).toBe('Ubuntu');
  expect(cleanseCells(['10.0.0.1', '10.0.0.1;10.0.0.2'], list).values.ip_address).toEqual([
    '10.0.0.1',
    '10.0.0.2',
  ]);
});

test('a qualified name in a host column fills both names, unless a column gives the other', () => {
  const both = [aMapping(0, 'hostname'), aMapping(1, 'fqdn')];

  expect(cleanseCells(['ORD-WEB-01.CORP.EXAMPLE.'], [aMapping(0, 'hostname')]).values).toEqual({
    hostname: 'ORD-WEB-01',
    fqdn: 'ORD-WEB-01.CORP.EXAMPLE',
  });
  expect(cleanseCells(['web.a.example', 'web.b.example'], both).values.fqdn).toBe('web.b.example');
  expect(cleanseCell('fqdn', 'web01').values).toEqual({ hostname: 'web01' });
  expect(cleanseCell('hostname', 'Payroll server (old)').values).toEqual({ name: 'Payroll server (old)' });
});

test('used and total in one cell fill both attributes', () => {
  expect(cleanseCell('storage_gb', '61.2 GiB / 1.46 TiB').values).toEqual({
    storage_gb: 1495.04,
    storage_used_gb: 61.2,
  });
});

test('every change names its cell, so that it can be undone', () => {
  const { changes } = cleanseCell('memory_gb', '16 GiB', { unit: 'mb' });

  expect(changes).toEqual([
    {
      rowNumber: 7,
      attribute: 'memory_gb',
      sourceColumn: 'c0',
      from: '16 GiB',
      to: 16,
      rule: 'size_in_cell_unit',
    },
  ]);
  expect(cleanseCell('memory_gb', '16').changes).toEqual([]);
});

test('decisions of a person apply to their column', () => {
  const cleanse = (action: 'first_value' | 'keep' | 'truncate') =>
    compileCleansing(['c0'], [aMapping(0, 'tags')], [{ column: 'c0', action, limit: 3 }]).cleanse(1, [
      'a;b;c',
    ]);

  expect(cleanse('first_value').values.tags).toEqual(['a']);
  expect(cleanse('keep').values.tags).toEqual(['a;b;c']);
  expect(cleanse('truncate').values.tags).toEqual(['a', 'b']);
});

test('a row is skipped for a decided column only when its cell is too long', () => {
  const decisions = [{ column: 'c0', action: 'skip', limit: 3 }] as const;
  const cleanser = compileCleansing(['c0'], [aMapping(0, 'description')], decisions);

  expect(cleanser.cleanse(1, ['abc']).skippedFor).toBeNull();
  expect(cleanser.cleanse(2, ['abcd']).skippedFor).toBe('c0');
});

test('the first of several names is taken when a person decided so', () => {
  const decisions = [{ column: 'c0', action: 'first_value' }] as const;
  const cleanse = (target: AttributeName, cell: string): unknown =>
    compileCleansing(['c0'], [aMapping(0, target)], decisions).cleanse(1, [cell]).values[target];

  expect(cleanse('hostname', 'web01; web02; web03')).toBe('web01');
  expect(cleanse('cpu_cores', '1,024')).toBe(1024);
  expect(cleanseCell('hostname', 'web01, web02').findings[0]?.code).toBe('several_values');
});

const anyCell = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.stringMatching(/^[0-9.,:/ xGMTiBo%€$~-]{0,24}$/),
);
const anyAttribute = fc.constantFrom(...attributeNames);

test('no text makes cleansing fail, and the same text always gives the same', () => {
  fc.assert(
    fc.property(anyAttribute, anyCell, (target, cell) => {
      expect(cleanseCell(target, cell)).toEqual(cleanseCell(target, cell));
    }),
    { numRuns: 2000 },
  );
});

test.each(['1', '1,', 'a.', 'a@', '1h', '(1', '(', '+1 ', 'A1 ', '0:', ' ', '<br', 'GB ', "1'", 'é'])(
  'a cell of 64 KiB of %j costs no more than its length',
  (unit) => {
    const cell = unit.repeat(65_536 / unit.length);
    const started = performance.now();
    const columns = attributeNames.map((_, position) => `c${position}`);
    const mappings = attributeNames.map((target, position) => aMapping(position, target));

    compileCleansing(columns, mappings).cleanse(
      1,
      columns.map(() => cell),
    );

    expect(performance.now() - started).toBeLessThan(5000);
  },
);

test('cleansing a canonical value gives the same value', () => {
  fc.assert(
    fc.property(anyAttribute, anyCell, (target, cell) => {
      const once = cleanseCell(target, cell).values[target];
      fc.pre(once !== undefined && target !== 'custom_attributes');
      const parts = typeof once === 'object' ? once : [String(once)];
      const again = cleanseCell(target, parts.join('\n')).values[target];

      expect(again).toEqual(once);
    }),
    { numRuns: 3000 },
  );
});

test('row order does not matter', () => {
  const cells = ['16 GiB', 'n/a', '8', 'x', '1.5 TB'];
  const cleanser = compileCleansing(['c0'], [aMapping(0, 'memory_gb')]);
  const forwards = cells.map((cell, index) => cleanser.cleanse(index, [cell]));
  const backwards = [...cells.entries()].reverse().map(([index, cell]) => cleanser.cleanse(index, [cell]));

  expect(backwards.reverse()).toEqual(forwards);
});
