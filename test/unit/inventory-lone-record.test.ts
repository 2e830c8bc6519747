import { fc } from '../support/property';
import { attributeNames, type AttributeValues } from '../../src/domain/attributes/types';
import { classifyAsset } from '../../src/domain/inventory/classification/classify';
import { loneAsset } from '../../src/domain/inventory/lone-record';
import { survive } from '../../src/domain/inventory/survive';
import type { SourceRecord } from '../../src/domain/inventory/types';

const texts = fc.constantFrom('', ' ', 'web01', 'A', 'a', ' a', 'unknown', 'Oracle', 'server', 'Linux');
const values = fc
  .dictionary(
    fc.constantFrom(...attributeNames),
    fc.oneof(texts, fc.integer(), fc.boolean(), fc.array(texts, { maxLength: 3 })),
    { maxKeys: 12 },
  )
  .map((one) => one as AttributeValues); // keyed by attribute names, see above

function record(of: AttributeValues): SourceRecord {
  const classification = classifyAsset(of, { tableKind: 'inventory', formatId: null });
  const place = { importId: '1:import', rowNumber: 7, sourceId: 'cmdb', product: null, rank: 100, asOf: '' };
  return { ...place, values: of, classification };
}

test('an asset of one record is what would survive of it', () => {
  let whole = 0;
  fc.assert(
    fc.property(values, (of) => {
      const lone = loneAsset(record(of));

      const asset = survive([record(of)], []);

      fc.pre(lone !== undefined);
      whole += 1;
      const { name, assetType, subtype, confidence, role } = lone;
      expect({ name, assetType, subtype, confidence }).toEqual({
        name: asset.name,
        assetType: asset.assetType,
        subtype: asset.subtype,
        confidence: asset.classificationConfidence,
      });
      expect(role === null ? of : { ...of, server_role: role }).toEqual(asset.values);
      expect(asset.disagreements).toEqual([]);
    }),
    { numRuns: 1_000, maxSkipsPerRun: 1_000 },
  );
  expect(whole).toBeGreaterThan(100);
});

test.each([
  [{ name: 'web01', description: ' ' }],
  [{ name: 'web01', ip_address: ['10.0.0.1', '10.0.0.1'] }],
  [{ name: 'web01', ip_address: [] }],
  [{ ip_address: ['10.0.0.1'] }],
])('a record of which not every value survives as it is, %j, is projected in full', (of) => {
  expect(loneAsset(record(of))).toBeUndefined();
});
