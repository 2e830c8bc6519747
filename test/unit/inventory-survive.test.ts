import { fc } from '../support/property';
import { difference } from '../../src/domain/inventory/identity/difference';
import { survive } from '../../src/domain/inventory/survive';
import { aClassification, aRecord, hub, vcenter } from '../fixtures/inventory/estate';

test('the more trusted source wins, whatever its date', () => {
  const asset = survive(
    [
      aRecord({ name: 'a', cpu_cores: 4 }, { rank: 1, asOf: '2020-01-01' }),
      aRecord({ name: 'a', cpu_cores: 8 }, { ...vcenter, rank: 2 }),
    ],
    [],
  );

  expect(asset.values.cpu_cores).toBe(4);
});

test('a newer export of the same source is an update, never a conflict', () => {
  const asset = survive(
    [
      aRecord({ name: 'a', environment: 'test' }, { asOf: '2026-01-01', importId: 'i1' }),
      aRecord({ name: 'a', environment: 'production' }, { asOf: '2026-02-01', importId: 'i2' }),
    ],
    [],
  );

  expect(asset.values.environment).toBe('production');
  expect(asset.origins.environment).toMatchObject({ by: 'source', importId: 'i2' });
  expect(asset.disagreements).toEqual([]);
});

test('of undated exports of one source the last one wins, though an earlier one says more', () => {
  // Imports that came later sort first.
  const earlier = { importId: '2:a', uploadId: 'u1', asOf: '' };
  const later = { importId: '1:b', uploadId: 'u2', asOf: '' };
  const asset = survive(
    [
      aRecord({ name: 'a', cpu_cores: 4, business_owner: 'Ann' }, earlier),
      aRecord({ name: 'a', cpu_cores: 8 }, later),
    ],
    [],
  );

  expect(asset.values).toMatchObject({ cpu_cores: 8, business_owner: 'Ann' });
  expect(asset.disagreements).toEqual([]);
});

test.each([
  ['s1', 's2'],
  ['s2', 's1'],
])('equally trusted sources rank by what they say, not by their ids (%s, %s)', (one, two) => {
  const asset = survive(
    [
      aRecord({ name: 'a', location: 'Oslo' }, { sourceId: one }),
      aRecord({ name: 'a', location: 'Bergen' }, { sourceId: two }),
    ],
    [],
  );

  expect(asset.values.location).toBe('Bergen');
});

test('equal sources that differ in a decisive attribute disagree, the fresher value stands', () => {
  const asset = survive(
    [
      aRecord({ name: 'a', environment: 'test' }, { asOf: '2026-01-01' }),
      aRecord({ name: 'a', environment: 'production' }, { ...hub, asOf: '2026-02-01' }),
    ],
    [],
  );

  expect(asset.values.environment).toBe('production');
  expect(asset.disagreements).toMatchObject([
    {
      kind: 'attribute_disagreement',
      attribute: 'environment',
      candidates: [{ value: 'production' }, { value: 'test' }],
    },
  ]);
});

test('sources of different rank never disagree', () => {
  const asset = survive(
    [
      aRecord({ name: 'a', environment: 'test' }, { rank: 1 }),
      aRecord({ name: 'a', environment: 'qa' }, hub),
    ],
    [],
  );

  expect(asset.disagreements).toEqual([]);
});

test.each([
  ['Windows', 'Windows Server 2016'],
  ['Windows Server 2012 R2', 'Microsoft Windows Server 2012R2 Standard'],
  ['Red Hat Enterprise Linux 7', 'Red Hat Enterprise Linux 7.9'],
])('of "%s" and "%s" the more specific one stands, without a conflict', (short, long) => {
  const asset = survive(
    [
      aRecord({ name: 'a', operating_system: short }, { asOf: '2026-05-01' }),
      aRecord({ name: 'a', operating_system: long }, { ...hub, asOf: '2026-01-01' }),
    ],
    [],
  );

  expect(asset.values.operating_system).toBe(long);
  expect(asset.disagreements).toEqual([]);
});

test('an unknown environment gives way to a known one', () => {
  const asset = survive(
    [
      aRecord({ name: 'a', environment: 'unknown' }, { rank: 1 }),
      aRecord({ name: 'a', environment: 'qa' }, hub),
    ],
    [],
  );

  expect(asset.values.environment).toBe('qa');
});

test('lists of different sources are united without doubles', () => {
  const asset = survive(
    [
      aRecord({ name: 'a', ip_address: ['10.0.0.1'], tags: ['Web'] }),
      aRecord({ name: 'a', ip_address: ['10.0.0.2', '10.0.0.1'], tags: ['web', 'prod'] }, hub),
    ],
    [],
  );

  expect([...(asset.values.ip_address as string[])].toSorted()).toEqual(['10.0.0.1', '10.0.0.2']);
  expect(asset.values.tags).toHaveLength(2);
});

test('a person wins over every source, and may empty a value', () => {
  const at = '2026-01-01T00:00:00Z';
  const asset = survive(
    [aRecord({ name: 'a', environment: 'test', rack: 'R1' })],
    [
      { attribute: 'environment', value: 'production', userId: 'u1', at },
      { attribute: 'rack', value: null, userId: 'u1', at },
      { attribute: 'asset_type', value: 'database', userId: 'u1', at },
    ],
  );

  expect(asset.values.environment).toBe('production');
  expect(asset.values.rack).toBeUndefined();
  expect(asset.origins.rack).toMatchObject({ by: 'person', userId: 'u1' });
  expect(asset).toMatchObject({ assetType: 'database', classificationConfidence: 1 });
});

test('sure sources of equal rank with different classes are a change of class', () => {
  const asset = survive(
    [
      aRecord({ name: 'a' }, { classification: aClassification('server') }),
      aRecord({ name: 'a' }, { ...hub, classification: aClassification('network') }),
    ],
    [],
  );

  expect(asset.disagreements).toMatchObject([{ kind: 'class_change', attribute: 'asset_type' }]);
});

test('a guess of a trusted source does not outweigh the sure class of another', () => {
  const asset = survive(
    [
      aRecord({ name: 'a' }, { rank: 1, classification: aClassification('other', 0.2) }),
      aRecord({ name: 'a' }, { ...hub, classification: aClassification('database') }),
    ],
    [],
  );

  expect(asset.assetType).toBe('database');
});

test('a role that the class tells is marked as made by a rule', () => {
  const classification = { ...aClassification(), serverRole: 'database' };
  const asset = survive([aRecord({ name: 'ord-db-01' }, { classification })], []);

  expect(asset.values.server_role).toBe('database');
  expect(asset.origins.server_role).toMatchObject({ by: 'rule', rule: 'role_of_class_or_name' });
});

test('the difference of an asset with itself is empty, of a new one all its values', () => {
  const before = survive([aRecord({ name: 'a', cpu_cores: 4, tags: ['x'] })], []);
  const after = survive([aRecord({ name: 'a', cpu_cores: 8, tags: ['x'] })], []);

  expect(difference(before, before)).toEqual([]);
  expect(difference(before, after)).toEqual([{ field: 'cpu_cores', from: 4, to: 8 }]);
  expect(difference(null, before).map((change) => change.field)).toEqual([
    'asset_name',
    'asset_class',
    'name',
    'cpu_cores',
    'tags',
  ]);
});

const records = fc.array(
  fc.record({
    environment: fc.constantFrom('production', 'test', 'unknown'),
    operating_system: fc.constantFrom('Windows', 'Windows Server 2016', 'Windows Server', 'Linux'),
    tags: fc.subarray(['a', 'b', 'c']),
    source: fc.constantFrom('s1', 's2', 's3'),
    rank: fc.constantFrom(1, 2),
    asOf: fc.constantFrom('2026-01-01', '2026-02-01'),
  }),
  { minLength: 1, maxLength: 6 },
);

test('the order of records is no matter', () => {
  fc.assert(
    fc.property(records, fc.infiniteStream(fc.nat()), (rows, numbers) => {
      const made = rows.map(({ source, rank, asOf, ...values }) =>
        aRecord({ name: 'a', ...values }, { sourceId: source, rank, asOf }),
      );
      const shuffled = made
        .map((record) => ({ record, order: numbers.next().value }))
        .toSorted((one, two) => one.order - two.order);

      expect(
        survive(
          shuffled.map((one) => one.record),
          [],
        ),
      ).toEqual(survive(made, []));
    }),
    { numRuns: 500 },
  );
});
