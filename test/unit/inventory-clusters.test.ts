import { fc } from '../support/property';
import { clusterRecords } from '../../src/domain/inventory/identity/clusters';
import type { ClusterDecisions } from '../../src/domain/inventory/identity/clusters';
import type { SourceRecord } from '../../src/domain/inventory/types';
import { aClassification, aRecord, hub, ordersDatabaseServer, vcenter } from '../fixtures/inventory/estate';

function clustersOf(records: readonly SourceRecord[], decisions: ClusterDecisions = {}): number[] {
  return [...clusterRecords(records, decisions).clusterOf];
}

const uuidOne = '422a0001-0000-1111-2222-000000000001';
const uuidTwo = '422a0002-0000-1111-2222-000000000002';

test('one machine of three sources is one asset, its twin in stock another', () => {
  const { clusterOf, conflicts } = clusterRecords(ordersDatabaseServer());

  expect([...clusterOf]).toEqual([0, 1, 0, 0]);
  expect(conflicts.map((conflict) => [conflict.kind, conflict.records])).toEqual([
    ['near_duplicate', [0, 1]],
  ]);
});

test('a bare host name joins the only FQDN of that host', () => {
  const records = [aRecord({ hostname: 'WEB01' }), aRecord({ fqdn: 'web01.corp.local' }, vcenter)];

  expect(clustersOf(records)).toEqual([0, 0]);
});

test('a bare host name of two domains joins neither, unless an address tells which', () => {
  const records = [
    aRecord({ hostname: 'WEB01', ip_address: ['10.0.0.1'] }),
    aRecord({ fqdn: 'web01.a.example', ip_address: ['10.0.0.2'] }, vcenter),
    aRecord({ fqdn: 'web01.b.example' }, vcenter),
  ];
  const withAddress = records.with(
    2,
    aRecord({ fqdn: 'web01.b.example', ip_address: ['10.0.0.1'] }, vcenter),
  );

  expect(clustersOf(records)).toEqual([0, 1, 2]);
  expect(clustersOf(withAddress)).toEqual([0, 1, 0]);
});

test('machines with one name and different serial numbers clash', () => {
  const records = [
    aRecord({ hostname: 'web01', serial_number: 'CZJ1234ABC' }),
    aRecord({ hostname: 'web01', serial_number: 'CZJ9999XYZ' }, hub),
  ];

  const { clusterOf, conflicts } = clusterRecords(records);

  expect([...clusterOf]).toEqual([0, 1]);
  expect(conflicts).toMatchObject([{ kind: 'identity_clash', records: [0, 1] }]);
});

test('a record that could be either of two clashing machines stays apart, its address decides', () => {
  const clashing = [
    aRecord({ hostname: 'web01', uuid: uuidOne, ip_address: ['10.0.0.1'] }, vcenter),
    aRecord({ hostname: 'web01', uuid: uuidTwo, ip_address: ['10.0.0.2'] }, hub),
  ];

  expect(clustersOf([...clashing, aRecord({ hostname: 'web01' })])).toEqual([0, 1, 2]);
  expect(clustersOf([...clashing, aRecord({ hostname: 'web01', ip_address: ['10.0.0.2'] })])).toEqual([
    0, 1, 1,
  ]);
});

test('a serial that one export gives to several hosts is a chassis, not a machine', () => {
  const records = ['blade1', 'blade2'].map((hostname) => aRecord({ hostname, serial_number: 'CHASSIS77A' }));

  const { clusterOf, sharedKeys } = clusterRecords(records);

  expect([...clusterOf]).toEqual([0, 1]);
  expect(sharedKeys.map((group) => group.key.kind)).toEqual(['serial']);
});

test('a shared address never joins', () => {
  const records = [
    aRecord({ name: 'PaymentDB', ip_address: ['192.168.1.20'] }),
    aRecord({ name: 'DatabaseServer', ip_address: ['192.168.1.20'] }),
  ];

  expect(clustersOf(records)).toEqual([0, 1]);
});

test('web-1 is not web-10', () => {
  expect(clustersOf([aRecord({ name: 'web-1' }), aRecord({ name: 'web-10' })])).toEqual([0, 1]);
});

test('keys close transitively: A and B by host, B and C by serial', () => {
  const records = [
    aRecord({ hostname: 'web01' }),
    aRecord({ hostname: 'web01', serial_number: 'CZJ1234ABC' }, vcenter),
    aRecord({ name: 'Web one', serial_number: 'CZJ1234ABC' }, hub),
  ];

  expect(clustersOf(records)).toEqual([0, 0, 0]);
});

test('one machine twice in one file, stale and fresh, is one asset', () => {
  const records = [
    aRecord({ hostname: 'web01', external_id: 'a'.repeat(31) + '1', last_seen: '2024-01-01' }),
    aRecord({ hostname: 'WEB01', external_id: 'a'.repeat(31) + '2', last_seen: '2026-01-01' }),
  ];

  expect(clustersOf(records)).toEqual([0, 0]);
});

test('namesakes of two environments with their own ids and addresses are two machines', () => {
  const records = [
    aRecord({ hostname: 'web01', external_id: '1', environment: 'production', ip_address: ['10.0.0.1'] }),
    aRecord({ hostname: 'web01', external_id: '2', environment: 'test', ip_address: ['10.9.0.1'] }),
  ];

  expect(clustersOf(records)).toEqual([0, 1]);
});

test('an id column that repeats over different hosts identifies nothing', () => {
  const records = ['a1', 'b1', 'c1'].map((hostname) => aRecord({ hostname, external_id: 'SITE-7' }));

  expect(clustersOf(records)).toEqual([0, 1, 2]);
});

test('things with a common name and ids of their own stay apart without a conflict', () => {
  const classification = aClassification('facility');
  const records = ['1', '2'].map((external_id) =>
    aRecord({ name: 'Rack PDU', external_id }, { classification }),
  );

  expect(clusterRecords(records)).toMatchObject({ count: 2, conflicts: [] });
});

test('what people decided wins over keys', () => {
  const records = [
    aRecord({ hostname: 'web01' }),
    aRecord({ hostname: 'web01' }, hub),
    aRecord({ hostname: 'x9' }),
  ];

  expect(clustersOf(records, { apart: [[0, 1]], together: [[0, 2]] })).toEqual([0, 1, 0]);
});

const someRecords = fc.array(
  fc.record(
    {
      hostname: fc.constantFrom('web01', 'web02', 'web01.corp.example', 'web01.other.example', 'WEB02'),
      uuid: fc.constantFrom(uuidOne, uuidTwo),
      serial_number: fc.constantFrom('CZJ1234ABC', 'CZJ9999XYZ'),
      external_id: fc.constantFrom('1', '2', '3'),
      status: fc.constantFrom('active', 'retired'),
      ip_address: fc.constantFrom(['10.0.0.1'], ['10.0.0.2']),
    },
    { requiredKeys: [] },
  ),
  { minLength: 1, maxLength: 9 },
);

test('the order of records is no matter', () => {
  fc.assert(
    fc.property(someRecords, fc.infiniteStream(fc.nat()), (rows, numbers) => {
      const records = rows.map((values, at) => aRecord(values, [{}, vcenter, hub][at % 3]));
      const shuffled = records
        .map((record, at) => ({ record, at, order: numbers.next().value }))
        .toSorted((one, two) => one.order - two.order);

      const straight = clusterRecords(records);
      const mixed = clusterRecords(shuffled.map((one) => one.record));

      const partners = (clusters: Int32Array) =>
        rows.map((_, one) => rows.map((__, two) => clusters[one] === clusters[two]));
      const unshuffled = new Int32Array(rows.length);
      shuffled.forEach(({ at }, index) => {
        unshuffled[at] = mixed.clusterOf[index] ?? -1;
      });
      expect(partners(unshuffled)).toEqual(partners(straight.clusterOf));
      expect(mixed.conflicts).toHaveLength(straight.conflicts.length);
    }),
    { numRuns: 500 },
  );
});

test('records read again are the same assets', () => {
  const records = ordersDatabaseServer();
  const again = records.map((record) => ({
    ...record,
    importId: `${record.importId}-2`,
    asOf: '2026-11-01',
  }));

  expect(clusterRecords([...records, ...again]).count).toBe(clusterRecords(records).count);
});
