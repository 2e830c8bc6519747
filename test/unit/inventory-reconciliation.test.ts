import { nearDuplicates } from '../../src/domain/inventory/identity/near-duplicates';
import type { DuplicateSubject } from '../../src/domain/inventory/identity/duplicate-facts';
import { gapsOf, reconcile } from '../../src/domain/inventory/reconciliation';
import type { ReconciledAsset } from '../../src/domain/inventory/reconciliation';
import { editDistance } from '../../src/domain/inventory/identity/similarity';

function aSubject(name: string, changes: Partial<DuplicateSubject> = {}): DuplicateSubject {
  return { name, assetType: 'server', subtype: null, values: { environment: 'production' }, ...changes };
}

function anAsset(changes: Partial<ReconciledAsset> = {}): ReconciledAsset {
  return {
    assetType: 'server',
    values: {},
    sourceIds: ['cmdb'],
    disagreements: [],
    hasApplication: false,
    hasServer: false,
    ...changes,
  };
}

test.each([
  ['ord-web-01', 'ordweb01', true],
  ['ord-web-1', 'ord-web-01', true],
  ['ord-web-01', 'ord-web-02', false],
  ['web-1', 'web-10', false],
  ['warehouse-batch-01', 'warehose-batch-01', true],
  ['warehouse-batch-01', 'waerhouse-batch-01', true],
  ['lon-web-01', 'par-web-01', false],
  ['web01.a.example', 'web01.b.example', false],
  ['web01.a.example', 'WEB-01', true],
])('"%s" and "%s" are near duplicates: %s', (one, two, expected) => {
  expect(nearDuplicates([aSubject(one), aSubject(two)])).toHaveLength(expected ? 1 : 0);
});

test.each<[string, Partial<DuplicateSubject>, Partial<DuplicateSubject>]>([
  ['environment', { values: { environment: 'production' } }, { values: { environment: 'test' } }],
  ['class', { assetType: 'server' }, { assetType: 'application' }],
  ['subtype', { subtype: 'physical' }, { subtype: 'virtual_machine' }],
  ['serial number', { values: { serial_number: 'CZJ123456' } }, { values: { serial_number: 'CZJ123457' } }],
])('assets that differ in %s are not proposed', (_what, one, two) => {
  expect(nearDuplicates([aSubject('ord-web-01', one), aSubject('ordweb01', two)])).toEqual([]);
});

test.each([
  ['', '', 0],
  ['abc', 'abc', 0],
  ['abc', 'acb', 1],
  ['kitten', 'sitting', 3],
  ['', 'ab', 2],
])('the edit distance of "%s" and "%s" is %i', (one, two, distance) => {
  expect(editDistance(one, two)).toBe(distance);
});

test('the matrix says which source knows which asset, and what only one knows', () => {
  const assets = [
    anAsset({ sourceIds: ['cmdb', 'vcenter'] }),
    anAsset({ sourceIds: ['cmdb'] }),
    anAsset({ sourceIds: ['cmdb', 'cmdb'] }),
    anAsset({ sourceIds: ['vcenter'] }),
  ];

  const result = reconcile(assets);

  expect(result.sources).toEqual([
    { sourceId: 'cmdb', assets: 3, only: 2 },
    { sourceId: 'vcenter', assets: 2, only: 1 },
  ]);
  expect([...result.matrix]).toEqual([1, 1, 1, 0, 1, 0, 0, 1]);
  expect(result.gaps).toEqual([
    { present: 'cmdb', missing: 'vcenter', assets: 2 },
    { present: 'vcenter', missing: 'cmdb', assets: 1 },
  ]);
  expect(result.counts.single_source).toBe(3);
});

test.each<[Partial<ReconciledAsset>, readonly string[]]>([
  [{}, ['without_application', 'without_owner', 'without_environment', 'single_source']],
  [{ hasApplication: true, values: { business_owner: 'x', environment: 'test' }, sourceIds: ['a', 'b'] }, []],
  [
    { assetType: 'application', sourceIds: ['a', 'b'], values: { technical_owner: 'x', environment: 'qa' } },
    ['without_server'],
  ],
  [{ assetType: 'network' }, ['single_source']],
  [{ assetType: 'facility', sourceIds: ['a', 'b'], disagreements: ['environment'] }, ['in_disagreement']],
])('the asset %j has the gaps %j', (changes, gaps) => {
  expect(gapsOf(anAsset(changes))).toEqual(gaps);
});
