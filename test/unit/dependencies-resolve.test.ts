import { createReferenceIndex, expectedTypes, resolve } from '../../src/domain/dependencies/resolve';
import type { ReferenceAsset } from '../../src/domain/dependencies/resolve';

const assets: readonly ReferenceAsset[] = [
  {
    name: 'ORD-DB-01',
    assetType: 'server',
    values: { fqdn: 'ord-db-01.corp.example', external_id: 'CI0001' },
  },
  { name: 'Orders', assetType: 'application', values: { environment: 'production' } },
  { name: 'orders', assetType: 'server', values: { hostname: 'orders' } },
  { name: 'web01', assetType: 'server', values: { fqdn: 'web01.a.example', environment: 'production' } },
  { name: 'web01', assetType: 'server', values: { fqdn: 'web01.b.example', environment: 'test' } },
  { name: 'vip-a', assetType: 'server', values: { ip_address: ['10.0.0.1', '10.0.0.9'] } },
  { name: 'vip-b', assetType: 'server', values: { ip_address: ['10.0.0.1'] } },
  { name: 'Payments Hub', assetType: 'application', values: {} },
  { name: 'ORDERSDB', assetType: 'database', values: { hostname: 'ord-db-01' } },
];
const index = createReferenceIndex(assets);

test.each([
  ['ord-db-01', 0],
  ['ORD-DB-01.corp.example', 0],
  ['ORD-DB-01.corp.example.', 0],
  ['ci0001', 0],
  ['web01.b.example', 4],
  ['10.0.0.9', 5],
  ['payments-hub', 7],
  ['Payments Hub (prod)', 7],
  ['ordersdb', 8],
])('"%s" names asset %i', (reference, assetIndex) => {
  expect(resolve(index, reference)).toEqual({ assetIndex });
});

test.each([
  ['no-such-host', 'not_found'],
  ['ord-db-01.other.example', 'not_found'],
  ['web01', 'ambiguous'],
  ['10.0.0.1', 'ambiguous'],
  ['orders', 'ambiguous'],
  ['ALL', 'special_word'],
  ['N/A', 'special_word'],
  ['All Systems', 'special_word'],
] as const)('"%s" stays unresolved: %s', (reference, unresolved) => {
  expect(resolve(index, reference)).toEqual({ unresolved });
});

test('an asset does not depend on itself', () => {
  expect(resolve(index, 'ord-db-01', { from: 0 })).toEqual({ unresolved: 'self' });
});

test('the expected class tells namesakes apart', () => {
  const server = expectedTypes('runs_on', 'target') ?? new Set();
  const software = expectedTypes('runs_on', 'source') ?? new Set();

  expect(resolve(index, 'Orders', { preferredTypes: server })).toEqual({ assetIndex: 2 });
  expect(resolve(index, 'Orders', { preferredTypes: software })).toEqual({ assetIndex: 1 });
});

test('the environment of the dependent tells namesakes apart', () => {
  expect(resolve(index, 'web01', { environment: 'test' })).toEqual({ assetIndex: 4 });
});

test('the names of what was merged into an asset name it, unless a living asset has them', () => {
  const former = (name: string): ReferenceAsset => ({
    name,
    assetType: 'server',
    values: { hostname: name },
  });
  const merged = createReferenceIndex([
    { ...former('web01'), formerly: [former('web-alt.corp.example'), former('db01')] },
    former('db01'),
  ]);

  const named = ['WEB-ALT', 'web-alt.corp.example', 'db01'].map((reference) => resolve(merged, reference));

  expect(named).toEqual([{ assetIndex: 0 }, { assetIndex: 0 }, { assetIndex: 1 }]);
});
