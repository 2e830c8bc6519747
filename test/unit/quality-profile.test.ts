import { fc } from '../support/property';
import { createTableProfiler } from '../../src/domain/quality/profile/profile';
import type { ColumnProfile } from '../../src/domain/quality/types';

function profileOf(cells: readonly string[]): ColumnProfile {
  const profiler = createTableProfiler(['column']);
  profiler.addBatch(cells.map((cell) => [cell]));
  const column = profiler.finish().columns[0];
  if (column === undefined) {
    throw new Error('a table of one column has a profile of one column');
  }
  return column;
}

test('empty cells and spellings of nothing are counted apart from what says something', () => {
  const column = profileOf(['', '  ', 'N/A', '-', 'k. A.', '#REF!', 'web', 'web ']);

  expect(column).toMatchObject({ rows: 8, empty: 2, placeholders: 4, distinct: 5, distinctIsExact: true });
  expect(column.top[0]).toEqual({ value: 'web', count: 2 });
});

test.each([
  ['10.40.1.11', 'ip'],
  ['10.100.200.250', 'ip'],
  ['fe80::1', 'ip'],
  ['00:50:56:8A:01:07', 'mac'],
  ['0050.568a.0107', 'mac'],
  ['422A0001-0000-1111-2222-000000000001', 'uuid'],
  ['ord-web-01.corp.example', 'fqdn'],
  ['ord-web-01', 'host'],
  ['app.team0@corp.example', 'email'],
  ['P. Lindqvist', 'person'],
  ['https://wiki.example/a', 'url'],
  ['Microsoft Windows Server 2012R2 (64-bit)', 'operating_system'],
  ['Java 8 / Tomcat 8.5', 'product'],
  ['10.0.17763', 'version'],
  ['Produktion', 'environment'],
  ['Hoch', 'criticality'],
  ['In Betrieb', 'status'],
  ['poweredOn', 'power_state'],
  ['Lift & Shift', 'disposition'],
  ['cmdb_ci_linux_server', 'asset_class'],
  ['VMware-42 2a 00 01 00 00 11 11-22 22 00 00 00 00 00 01', 'serial'],
  ['CZJ1234567', 'serial'],
  ['16 GiB', 'size'],
  ['12,5 %', 'percent'],
  ['$12,500.00', 'money'],
  ['8,192', 'integer'],
  ['7.5', 'number'],
  ['2019-02-11 10:22:31', 'date'],
  ['11. Februar 2019', 'date'],
  ['oui', 'boolean'],
  ['a note of several words about nothing', 'text'],
] as const)('%s is seen as %s', (cell, kind) => {
  expect(profileOf([cell]).kinds[kind]).toBe(1);
});

test('a host name is no date, an address no number, a year no date', () => {
  expect(profileOf(['srv-2019-02']).kinds.date).toBeUndefined();
  expect(profileOf(['10.100.200.250']).kinds.number).toBeUndefined();
  expect(profileOf(['2030-02-30']).kinds.date).toBeUndefined();
});

test('the decimal mark follows the cells that can be read in one way only', () => {
  expect(profileOf(['1.234', '12,5', '3,25']).decimalMark).toBe(',');
  expect(profileOf(['1,234', '12.5']).decimalMark).toBe('.');
  expect(profileOf(['8,192', '131,072', '512']).numbers?.maximum).toBe(131_072);
  expect(profileOf(['350', '1.200', '~80']).numbers?.maximum).toBe(1200);
});

test('the order of dates follows the dates that can be read in one way only', () => {
  expect(profileOf(['03/04/2020', '25/12/2020']).dateOrder).toBe('dmy');
  expect(profileOf(['03/04/2020', '04/30/2021']).dateOrder).toBe('mdy');
  expect(profileOf(['03/04/2020']).dateOrder).toBe('unknown');
});

test('units, several values and personal data are counted', () => {
  expect(profileOf(['16 GiB', '512 MB', '1 gib']).unitWords).toEqual({ gib: 2, mb: 1 });
  expect(profileOf(['a;b;c', 'a,b', '1,234,567']).multiValue).toBe(1);
  expect(profileOf(['4111 1111 1111 1111']).pii).toEqual(['credit_card']);
  expect(profileOf(['DE89 3704 0044 0532 0130 00', 'x']).pii).toEqual(['iban']);
  expect(profileOf(['Jane Doe', 'P. Lindqvist']).pii).toEqual(['person_name']);
});

test('more distinct values than the limit give a lower bound and complete kinds', () => {
  const cells = Array.from({ length: 30_000 }, (_, index) => `srv-${index}`);

  const column = profileOf(cells);

  expect(column.distinctIsExact).toBe(false);
  expect(column.distinct).toBeGreaterThan(29_000);
  expect(column.distinct).toBeLessThanOrEqual(30_000);
  expect(column.kinds.host).toBe(30_000);
});

test('scores and repeated rows come from counts', () => {
  const profiler = createTableProfiler(['host', 'ip']);

  profiler.addBatch([
    ['a-1', '10.0.0.1'],
    ['a-2', '999.1.1.1'],
    ['a-1', '10.0.0.1'],
    ['', '10.0.0.4'],
  ]);
  const profile = profiler.finish();

  expect(profile.repeatedRows).toBe(1);
  expect(profile.scores).toEqual({
    completeness: 87.5,
    consistency: 85.7,
    constraintCompliance: 50,
    overall: 74.4,
  });
});

test('the profile does not depend on the order of rows', () => {
  const cells = ['16 GiB', 'N/A', '12,5', 'a;b;c', '25/12/2020', 'web-01', ''];
  const { samples: forwards, ...counted } = profileOf(cells);
  const { samples: backwards, ...again } = profileOf([...cells].reverse());

  expect(again).toEqual(counted);
  expect([...backwards].sort()).toEqual([...forwards].sort());
});

test('ragged rows and strange headers are no reason to fail', () => {
  const profiler = createTableProfiler(['__proto__', 'constructor']);

  profiler.addBatch([[], ['a'], ['a', 'b', 'c']]);

  expect(profiler.finish().columns.map((column) => column.empty)).toEqual([1, 2]);
});

test('any cells can be profiled, and every row is counted once', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', 'n/a', '1,5', '10.0.0.1', 'a;b;c'),
  );

  fc.assert(
    fc.property(fc.array(cell, { maxLength: 30 }), (cells) => {
      const column = profileOf(cells);
      const formats = Object.values(column.formats ?? {}).reduce((sum, rows) => sum + rows, 0);

      expect(column.rows).toBe(cells.length);
      expect(column.empty + column.placeholders + formats).toBe(cells.length);
    }),
    { numRuns: 500 },
  );
});

test('a cell of 64 KiB costs no more than its length', () => {
  const started = performance.now();

  for (const unit of ['1', '1,', 'a.', 'a@', '(1', '+1 ', '0:', ' x', 'Aa ']) {
    profileOf([unit.repeat(65_536 / unit.length)]);
  }

  expect(performance.now() - started).toBeLessThan(5000);
});
