import { fc } from '../support/property';
import { joinDetails } from '../../src/domain/inventory/detail-records';
import { survive } from '../../src/domain/inventory/survive';
import type { SourceRecord } from '../../src/domain/inventory/types';
import { detailRulesOf } from '../../src/domain/mapping/formats/detail-rules';
import { aRecord } from '../fixtures/inventory/estate';

const upload = { uploadId: 'u1', asOf: '2026-10-30' } as const;
const disks = { ...upload, importId: 'disks', details: { storage_gb: 'sum' } } as const;
const partitions = { ...upload, importId: 'partitions', details: { storage_used_gb: 'sum' } } as const;
const adapters = {
  ...upload,
  importId: 'adapters',
  details: { mac_address: 'list', ip_address: 'list' },
} as const;

function machine(values: SourceRecord['values']): SourceRecord {
  return aRecord(
    { name: 'ord-web-01', cpu_cores: 4, memory_gb: 8, ...values },
    { ...upload, importId: 'machines' },
  );
}

test('the disks of a machine are added, and its own tables say the rest', () => {
  const asset = survive(
    [
      machine({ storage_gb: 300 }),
      aRecord({ name: 'ord-web-01', storage_gb: 40 }, { ...disks, rowNumber: 1 }),
      aRecord({ name: 'ord-web-01', storage_gb: 80.5 }, { ...disks, rowNumber: 2 }),
    ],
    [],
  );

  expect(asset.values).toMatchObject({ cpu_cores: 4, storage_gb: 120.5 });
  expect(asset.origins.storage_gb).toMatchObject({ importId: 'disks', rowNumber: 1, rowNumbers: [1, 2] });
  expect(asset.disagreements).toEqual([]);
});

test('what the partitions hold stands before what the machine takes on its datastore', () => {
  const asset = survive(
    [
      machine({ storage_used_gb: 75 }),
      aRecord({ name: 'ord-web-01', storage_used_gb: 24 }, { ...partitions, rowNumber: 1 }),
      aRecord({ name: 'ord-web-01', storage_used_gb: 48 }, { ...partitions, rowNumber: 2 }),
    ],
    [],
  );

  expect(asset.values.storage_used_gb).toBe(72);
});

test('parts that say nothing leave the value of the whole', () => {
  const asset = survive(
    [machine({ storage_used_gb: 75 }), aRecord({ name: 'ord-web-01' }, { ...partitions, rowNumber: 1 })],
    [],
  );

  expect(asset.values.storage_used_gb).toBe(75);
});

test('addresses of all adapters are listed behind the primary one, each once', () => {
  const asset = survive(
    [
      machine({ ip_address: ['10.0.0.1'] }),
      aRecord(
        { name: 'ord-web-01', ip_address: ['10.0.0.1', 'fe80::1'], mac_address: ['00:50:56:8a:01:07'] },
        { ...adapters, rowNumber: 1 },
      ),
      aRecord(
        { name: 'ord-web-01', ip_address: ['10.9.0.1'], mac_address: ['00:50:56:8A:01:08'] },
        { ...adapters, rowNumber: 2 },
      ),
    ],
    [],
  );

  expect(asset.values.ip_address).toEqual(['10.0.0.1', 'fe80::1', '10.9.0.1']);
  expect(asset.values.mac_address).toEqual(['00:50:56:8a:01:07', '00:50:56:8A:01:08']);
});

test('a newer upload of the same source replaces the sums of the older one', () => {
  const asset = survive(
    [
      aRecord({ name: 'a', storage_gb: 40 }, { ...disks, rowNumber: 1 }),
      aRecord({ name: 'a', storage_gb: 40 }, { ...disks, rowNumber: 2 }),
      aRecord(
        { name: 'a', storage_gb: 60 },
        { ...disks, uploadId: 'u2', importId: 'later', asOf: '2026-11-30', rowNumber: 1 },
      ),
    ],
    [],
  );

  expect(asset.values.storage_gb).toBe(60);
});

test('the order of the records is no matter, and records of other tables stay as they are', () => {
  const parts = [10, 20, 30].map((storage_gb, at) =>
    aRecord({ name: 'a', storage_gb }, { ...disks, rowNumber: at + 1 }),
  );
  const records = [machine({}), ...parts];

  fc.assert(
    fc.property(
      fc.shuffledSubarray(records, { minLength: records.length, maxLength: records.length }),
      (shuffled) => {
        const joined = joinDetails(shuffled);

        expect(joined).toHaveLength(2);
        expect(joined).toContain(records[0]);
        expect(joined.find(({ importId }) => importId === 'disks')?.values.storage_gb).toBe(60);
      },
    ),
  );
});

test('the tabs of parts are known by their format, a tab of machines is none', () => {
  expect(detailRulesOf('rvtools.vDisk')).toEqual({ storage_gb: 'sum' });
  expect(detailRulesOf('rvtools.vInfo')).toBeUndefined();
  expect(detailRulesOf(null)).toBeUndefined();
});
