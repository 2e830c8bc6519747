import { normaliseAddress, readAddresses } from '../../src/domain/quality/values/addresses';
import { readBoolean } from '../../src/domain/quality/values/booleans';
import { readDate, readDateNumber } from '../../src/domain/quality/values/dates';
import { readDuration } from '../../src/domain/quality/values/durations';
import { readHost } from '../../src/domain/quality/values/hosts';
import { splitList } from '../../src/domain/quality/values/lists';
import { normaliseMac, readMacs } from '../../src/domain/quality/values/mac';
import { readMoney } from '../../src/domain/quality/values/money';
import { readNumber } from '../../src/domain/quality/values/numbers';
import { isPlaceholder } from '../../src/domain/quality/values/placeholders';
import { readSize } from '../../src/domain/quality/values/sizes';
import { readUnit } from '../../src/domain/quality/values/units';
import { normaliseUuid, uuidOfVmwareSerial } from '../../src/domain/quality/values/uuids';

test.each([
  ['1,234.5', '.', 1234.5],
  ['1.234,5', '.', 1234.5],
  ['1.200', '.', 1.2],
  ['1.200', ',', 1200],
  ['8,192', '.', 8192],
  ['8,192', ',', 8.192],
  ['12,5', '.', 12.5],
  ['0,125', '.', 0.125],
  ['1 234 567', '.', 1_234_567],
  ["1'234'567.5", '.', 1_234_567.5],
  ['1\u202F234,5', ',', 1234.5],
  ['1,00,000', '.', 100_000],
  ['12.345.678', '.', 12_345_678],
  ['~80', '.', 80],
  ['ca. 80', '.', 80],
  ['-5', '.', -5],
  ['007', '.', 7],
  ['1e3', '.', 1000],
  ['4 vCPU', '.', 4],
  ['.5', '.', 0.5],
] as const)('%j with decimal %s is %d', (text, mark, expected) => {
  expect(readNumber(text, mark)?.value).toBe(expected);
});

test.each([
  '',
  'NaN',
  'Infinity',
  '-',
  '1.2.3',
  '0x10',
  '10-20',
  '1/2',
  '12,34,5',
  '1e999',
  'abc',
  '1 2',
  '2019-02-11',
  '١٢',
])('%j is no number', (text) => {
  expect(readNumber(text)).toBeNull();
});

test.each([
  ['16384', 'mb', 16],
  ['16384', 'mib', 16],
  ['16', 'gb', 16],
  ['16 GiB', 'mb', 16],
  ['16,5 Go', 'gb', 16.5],
  ['512 Mo', 'gb', 0.5],
  ['1.46 TiB', 'gb', 1495.04],
  ['1 Gbyte', 'gb', 1],
  ['1073741824', 'b', 1],
  ['16776756', 'kb', 16],
  ['16 GB DDR4', 'mb', 16],
  ['100 GB + 50 GB', 'gb', 150],
  ['2 x 500 GB; 1 TB', 'gb', 2024],
  ['450.0 GiB / 900 GiB', 'gb', 900],
  ['8 GB (2x4GB)', 'mb', 8],
  ['16GB x 2', 'gb', 32],
  ['C: 100 GB, D: 200 GB', 'gb', 300],
  ['1 TB SSD + 2 TB HDD', 'gb', 3072],
  ['2 PB', 'gb', 2_097_152],
])('%j in a column of %s is %d GB', (text, unit, expected) => {
  const mark = text.includes(',') ? ',' : '.';

  expect(readSize(text, { factor: readUnit(unit)?.factor ?? 1, mark })?.gigabytes).toBe(expected);
});

test.each(['', 'big', '16 MHz', '50 %', '900 GiB / 450 GiB', '16 GB free of what'])(
  '%j is no size',
  (text) => {
    expect(readSize(text, { factor: 1, mark: '.' })).toBeNull();
  },
);

test.each([
  ['8h', 1, 480],
  ['30 min', 60, 30],
  ['1d', 60, 1440],
  ['00:15', 60, 15],
  ['04:00:00', 1, 240],
  ['4', 60, 240],
  ['0,25', 60, 15],
  ['1h30', 1, 90],
  ['1h 30m', 1, 90],
  ['2 days 4 hours', 1, 3120],
  ['2 Tage', 1, 2880],
  ['3 heures', 1, 180],
  ['PT4H', 1, 240],
  ['P1DT2H', 1, 1560],
  ['< 15 min', 1, 15],
  ['4 hour(s)', 1, 240],
])('%j times %d is %d minutes', (text, factor, expected) => {
  expect(readDuration(text, factor, '.')?.minutes).toBe(expected);
});

test.each(['', '4-8h', 'soon', '24/7', '10 GB', '30m 1h'])('%j is no duration', (text) => {
  expect(readDuration(text, 1, '.')).toBeNull();
});

test.each([
  ['2019-02-11', '2019-02-11'],
  ['2019-02-11T10:22:31Z', '2019-02-11'],
  ['2019/02/11 10:22:31', '2019-02-11'],
  ['20190211', '2019-02-11'],
  ['20190211102231.000000+060', '2019-02-11'],
  ['11.02.2019', '2019-02-11'],
  ['25/12/2020', '2020-12-25'],
  ['12/25/2020 10:22:31 PM', '2020-12-25'],
  ['04/04/2020', '2020-04-04'],
  ['11 Feb 2019', '2019-02-11'],
  ['11-Feb-19', '2019-02-11'],
  ['Feb 11, 2019', '2019-02-11'],
  ['11. März 2019', '2019-03-11'],
  ['1er août 2020', '2020-08-01'],
  ['11 de febrero de 2019', '2019-02-11'],
  ['11 de março de 2019', '2019-03-11'],
  ['29.02.2020', '2020-02-29'],
])('%j is the day %s', (text, expected) => {
  expect(readDate(text)?.date).toBe(expected);
});

test.each([
  '2030-02-30',
  '1900-02-29',
  '31/04/2020',
  '2020-13-01',
  '00/00/2020',
  'soon',
  '10.0.0.1',
  '13/13/2020',
  '2020-1'.repeat(9),
])('%j is no day', (text) => {
  expect(readDate(text)).toBeNull();
});

test('a day that can be read both ways needs the order of its column', () => {
  expect(readDate('03/04/2020')).toMatchObject({ ambiguous: true, date: null });
  expect(readDate('03/04/2020', 'dmy')?.date).toBe('2020-04-03');
  expect(readDate('03/04/2020', 'mdy')?.date).toBe('2020-03-04');
});

test('months, quarters and years keep their first and last day', () => {
  expect(readDate('02/2024')).toMatchObject({
    date: '2024-02-01',
    lastDay: '2024-02-29',
    precision: 'month',
  });
  expect(readDate('Q4 2026')).toMatchObject({ date: '2026-10-01', lastDay: '2026-12-31' });
  expect(readDate('Dezember 2026')).toMatchObject({ lastDay: '2026-12-31' });
  expect(readDateNumber('2026')).toMatchObject({ lastDay: '2026-12-31', precision: 'year' });
});

test.each([
  ['44197', '2021-01-01'],
  ['44197.75', '2021-01-01'],
  ['1549880551', '2019-02-11'],
  ['1549880551000', '2019-02-11'],
])('the number %s stands for %s', (text, expected) => {
  expect(readDateNumber(text)?.date).toBe(expected);
});

test.each([
  ['10.40.1.11', '10.40.1.11'],
  ['010.040.001.011', '10.40.1.11'],
  ['10.0.0.1/24', '10.0.0.1'],
  ['10.0.0.1:443', '10.0.0.1'],
  ['FE80::0', 'fe80::'],
  ['fe80::1%eth0', 'fe80::1'],
  ['2001:0db8:0000:0000:0001:0000:0000:0001', '2001:db8::1:0:0:1'],
  ['2001:db8::1/64', '2001:db8::1'],
  ['[::1]:443', '::1'],
  ['::ffff:10.0.0.1', '::ffff:a00:1'],
  ['999.1.1.1', null],
  ['10.0.0', null],
  ['1:2:3', null],
  ['::1::2', null],
  ['', null],
])('the address %j is %j', (text, expected) => {
  expect(normaliseAddress(text)).toBe(expected);
});

test('several addresses are split, and what is none is told with its reason', () => {
  const { addresses, refused } = readAddresses(
    '10.0.0.1, 10.0.0.2/24; fe80::1 | 10.0.0.1<br>10.1.x.x 0.0.0.0 DHCP 999.1.1.1',
  );

  expect(addresses).toEqual(['10.0.0.1', '10.0.0.2', 'fe80::1']);
  expect(refused.map((one) => one.reason)).toEqual(['masked', 'unspecified', 'symbolic', 'invalid']);
  expect(readAddresses('10.0.0.1-10.0.0.9').refused[0]?.reason).toBe('range');
  expect(readAddresses('10.0.0.1 (primary)/10.0.0.2').addresses).toEqual(['10.0.0.1', '10.0.0.2']);
});

test.each(['00:50:56:8A:01:07', '00-50-56-8a-01-07', '0050.568a.0107', '0050568A0107', '00 50 56 8A 01 07'])(
  'the hardware address %s has one normal form',
  (text) => {
    expect(normaliseMac(text)).toBe('00:50:56:8a:01:07');
  },
);

test('hardware addresses that identify nothing are refused', () => {
  expect(readMacs('00:00:00:00:00:00, 00:50:56:8A:01:07')).toEqual({
    addresses: ['00:50:56:8a:01:07'],
    refused: ['00:00:00:00:00:00'],
  });
});

test.each([
  ['ord-web-01', 'ord-web-01', null],
  ['ORD-WEB-01.CORP.EXAMPLE.', 'ORD-WEB-01', 'CORP.EXAMPLE'],
  ['CORP\\ord-web-01', 'ord-web-01', null],
  ['https://app.example:8443', 'app', 'example'],
  ['12345', '12345', null],
])('%j is the host %s in %s', (text, host, domain) => {
  expect(readHost(text)).toMatchObject({ host, domain });
});

test.each(['', 'my server', '10.0.0.1', '-a', 'a..b', 'x'.repeat(64), '7.9'])('%j is no host', (text) => {
  expect(readHost(text)).toBeNull();
});

test('UUIDs have one normal form, also behind the serial of a virtual machine', () => {
  const expected = '422a0001-0000-1111-2222-000000000001';

  expect(normaliseUuid('{422A0001-0000-1111-2222-000000000001}')).toBe(expected);
  expect(normaliseUuid('422A0001000011112222000000000001')).toBe(expected);
  expect(uuidOfVmwareSerial('VMware-42 2a 00 01 00 00 11 11-22 22 00 00 00 00 00 01')).toBe(expected);
  expect(normaliseUuid('422A0001')).toBeNull();
});

test.each([
  ['$12,500.00', 1, { amount: 12_500, currency: 'USD' }],
  ['12.500,00 €', 1, { amount: 12_500, currency: 'EUR' }],
  ['120', 1000, { amount: 120_000 }],
  ['120 k€', 1, { amount: 120_000, currency: 'EUR' }],
  ['€120k', 1, { amount: 120_000, currency: 'EUR' }],
  ['kEUR 95', 1, { amount: 95_000, currency: 'EUR' }],
  ['1,2 Mio. €', 1, { amount: 1_200_000, currency: 'EUR' }],
  ['2.5M', 1, { amount: 2_500_000 }],
  ['(1,000)', 1, { amount: -1000 }],
  ['-$50', 1, { amount: -50, currency: 'USD' }],
  ['1200 € / month', 1, { amount: 1200, currency: 'EUR', period: 'month' }],
  ['50.000 EUR p.a.', 1, { amount: 50_000, currency: 'EUR', period: 'year' }],
  ['R$ 1.500,50', 1, { amount: 1500.5, currency: 'BRL' }],
  ['CHF 1’200', 1, { amount: 1200, currency: 'CHF' }],
])('%j times %d is %j', (text, factor, expected) => {
  const mark = /€|EUR/.test(text) ? ',' : '.';

  expect(readMoney(text, factor, mark)).toMatchObject(expected);
});

test.each(['', 'free', '10 GB', '1-2 k€'])('%j is no amount', (text) => {
  expect(readMoney(text, 1, '.')).toBeNull();
});

test('yes and no are read in five languages', () => {
  expect(
    ['Yes', 'y', 'ja', 'oui', 'sí', 'sim', 'TRUE', '1', 'x', '✓', 'Wahr'].map(readBoolean),
  ).not.toContain(false);
  expect(['No', 'n', 'nein', 'non', 'não', 'FALSE', '0', 'falso'].map(readBoolean)).not.toContain(true);
  expect(['maybe', '', '2', 'yes and no'].map(readBoolean)).toEqual([null, null, null, null]);
});

test('lists split at the strongest separator, and parts come once', () => {
  expect(splitList('a; b ;a;;')).toEqual(['a', 'b']);
  expect(splitList('Doe, Jane; Roe, Rick')).toEqual(['Doe, Jane', 'Roe, Rick']);
  expect(splitList('a,b\nc')).toEqual(['a,b', 'c']);
  expect(splitList('one<br>two<BR/>three')).toEqual(['one', 'two', 'three']);
});

test('words of nothing in one attribute are an answer in another', () => {
  expect(isPlaceholder('NA')).toBe(true);
  expect(isPlaceholder('NA', 'location')).toBe(false);
  expect(isPlaceholder('None', 'compliance_scope')).toBe(false);
  expect(isPlaceholder('To be filled by O.E.M.', 'serial_number')).toBe(true);
  expect(isPlaceholder('0', 'serial_number')).toBe(true);
  expect(isPlaceholder('0', 'users_count')).toBe(false);
  expect(isPlaceholder('x')).toBe(false);
});
