import { fc } from '../support/property';
import { attributeNames, type AttributeName, type AttributeValues } from '../../src/domain/attributes/types';
import {
  assessedAttributes,
  type AssessedKind,
  assessedKey,
  assessedValues,
} from '../../src/domain/disposition/assessed-values';
import { assessDebt } from '../../src/domain/disposition/debt';
import { type AssetContext, createFactBuilder } from '../../src/domain/disposition/facts';
import { assessReadiness } from '../../src/domain/disposition/readiness';
import { createRecommender } from '../../src/domain/disposition/recommend';
import { assessedTypes } from '../../src/db/estate/assessed-assets';

const factsOf = createFactBuilder({ today: '2026-11-22' });
const recommend = createRecommender();

function assess(asset: AssetContext) {
  const facts = factsOf(asset);
  return [assessDebt(facts), assessReadiness(facts), recommend(facts)];
}

/** As the database writes JSON: a space behind colons and commas. */
function databaseJson(values: AttributeValues): string {
  const members = Object.entries(values).map(([name, value]) => {
    const list = typeof value === 'object' ? `[${value.map((one) => JSON.stringify(one)).join(', ')}]` : null;
    return `${JSON.stringify(name)}: ${list ?? JSON.stringify(value)}`;
  });
  return `{${members.join(', ')}}`;
}

const slimmed = (values: AttributeValues, kind: AssessedKind): AttributeValues =>
  assessedValues(assessedKey(databaseJson(values), kind));

/** Texts that some rule listens to, and texts that none does. */
const texts = fc.constantFrom(
  '',
  '0',
  '4',
  '97.5',
  'unknown',
  'web shop',
  'SharePoint 2013',
  'to be decommissioned',
  'SCADA gateway',
  'moves to VMware Cloud on AWS',
  'Windows Server 2012 R2',
  'AIX 7.1',
  'Oracle 11g',
  'COBOL; CICS',
  'retired',
  'high',
  'production',
  '2024-05-01',
  'Dell',
  'rack 7',
  'C:\\data "old"',
  'line one\nTo be deleted',
  'VMware ESXi 6.7',
  'Data ONTAP 9',
  'wiki',
);
const values = fc
  .dictionary(
    fc.constantFrom(...attributeNames),
    fc.oneof(texts, fc.integer({ min: 0, max: 9 }), fc.array(texts, { maxLength: 3 })),
    {
      maxKeys: 24,
    },
  )
  .map((one) => one as AttributeValues);

describe('values that an assessment looks at', () => {
  it('say the same as all values', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...assessedTypes),
        values,
        fc.array(values, { maxLength: 3 }),
        fc.constantFrom(null, 'appliance', 'virtual_machine', 'hypervisor'),
        (assetType, own, others, subtype) => {
          // Nothing but applications has members.
          const members = assetType === 'application' ? others : [];
          const asset = { name: 'one', assetType, subtype };

          const whole = assess({ ...asset, values: own, members });
          const slim = assess({
            ...asset,
            values: slimmed(own, { assetType, subtype }),
            members: members.map((member) => slimmed(member, { assetType: 'server', subtype: null })),
          });

          expect(slim).toEqual(whole);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('are all that an assessment reads', () => {
    const read = new Set<string>();
    const watched = new Proxy<AttributeValues>(
      {},
      {
        get: (_target, name) => {
          read.add(String(name));
          return undefined;
        },
      },
    );

    for (const assetType of assessedTypes) {
      assess({ name: 'one', assetType, subtype: null, values: watched, members: [watched] });
    }

    const known: ReadonlySet<string> = new Set<AttributeName>(assessedAttributes);
    expect([...read].filter((name) => !known.has(name))).toEqual([]);
  });

  it('are equal where assets differ in names, addresses and amounts only', () => {
    const one = { name: 'srv-1', ip_address: ['10.0.0.1'], memory_gb: 8, operating_system: 'RHEL 7' };
    const two = { name: 'srv-2', ip_address: ['10.0.0.2'], memory_gb: 16, operating_system: 'RHEL 7' };

    const server = { assetType: 'server', subtype: null } as const;
    expect(assessedKey(JSON.stringify(one), server)).toBe(assessedKey(JSON.stringify(two), server));
  });
});
