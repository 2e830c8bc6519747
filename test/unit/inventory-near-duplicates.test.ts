import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AttributeValues } from '../../src/domain/attributes/types';
import type { DuplicateSubject } from '../../src/domain/inventory/identity/duplicate-facts';
import { nearDuplicates } from '../../src/domain/inventory/identity/near-duplicates';
import type { AssetType } from '../../src/domain/lists';

interface LabelledPair {
  readonly isSame: boolean;
  readonly one: DuplicateSubject;
  readonly two: DuplicateSubject;
}

function subjectOf(assetType: string, name: string, facts: string): DuplicateSubject {
  const known = Object.fromEntries(
    facts
      .split(';')
      .filter(Boolean)
      .map((fact) => fact.split('=')),
  );
  const { subtype = null, mac_address: mac, ip_address: ip, ...rest } = known;
  const lists = { ...(mac && { mac_address: [mac] }), ...(ip && { ip_address: [ip] }) };
  // The fixture names asset types and attributes only.
  return {
    name,
    assetType: assetType as AssetType,
    subtype,
    values: { ...rest, ...lists } as AttributeValues,
  };
}

const labelled: readonly LabelledPair[] = readFileSync(
  join(__dirname, '../fixtures/near-duplicates/pairs.csv'),
  'utf8',
)
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [label, type = '', one = '', two = '', factsOne = '', factsTwo = ''] = line.split(',');
    return {
      isSame: label === 'same',
      one: subjectOf(type, one, factsOne),
      two: subjectOf(type, two, factsTwo),
    };
  });

test('of 200 labelled pairs at least 95 % of the doubles are proposed, and 99 % of the proposals are doubles', () => {
  const isProposed = ({ one, two }: LabelledPair) => nearDuplicates([one, two]).length > 0;
  const names = (pairs: readonly LabelledPair[]) => pairs.map(({ one, two }) => `${one.name} | ${two.name}`);

  const proposed = labelled.filter(isProposed);
  const missed = names(labelled.filter((pair) => pair.isSame && !isProposed(pair)));
  const wrong = names(proposed.filter(({ isSame }) => !isSame));

  expect(labelled.length).toBeGreaterThanOrEqual(200);
  const doubles = labelled.filter(({ isSame }) => isSame).length;
  expect(wrong).toEqual([]);
  expect(missed.length > doubles * 0.05 ? missed : []).toEqual([]);
});

const aServer = (name: string, values: AttributeValues = {}): DuplicateSubject => ({
  name,
  assetType: 'server',
  subtype: null,
  values,
});

test('a proposal tells its evidence', () => {
  const values = { environment: 'production' };

  const proposed = nearDuplicates([aServer('warehouse-01', values), aServer('warehose-01', values)]);

  expect(proposed).toEqual([
    {
      one: 0,
      two: 1,
      score: 0.9,
      reasons: ['names equal up to one letter of "warehouse" and "warehose"', 'same environment'],
    },
  ]);
});

test('words that stand for each other in whole series of machines are two words', () => {
  const values = { environment: 'production' };
  const subjects = [1, 2, 3].flatMap((number) => [
    aServer(`chamfer-${String(number)}`, values),
    aServer(`chamber-${String(number)}`, values),
    aServer(`chambre-${String(number)}`, values),
  ]);

  expect(nearDuplicates(subjects)).toEqual([]);
});

test('another spelling of a whole series is proposed machine by machine', () => {
  const subjects = Array.from({ length: 50 }, (_, at) => [
    aServer(`srv-${String(at)}`),
    aServer(`SRV_${String(at)}`),
  ]);

  expect(nearDuplicates(subjects.flat())).toHaveLength(50);
});

test('a name or a serial number that many assets have is no sign of a double', () => {
  const spellings = [
    'hp laser jet',
    'HP-LaserJet',
    'hp-laser_jet',
    'hp.laser.jet x',
    'hplaserjet',
    'h-plaserjet',
  ];
  const chassis = ['alpha', 'bravo', 'charlie'].map((name) => aServer(name, { serial_number: '7654321' }));

  const named = nearDuplicates(spellings.map((name) => ({ ...aServer(name), assetType: 'other' as const })));

  expect(named).toEqual([]);
  expect(nearDuplicates(chassis)).toEqual([]);
});

test('thousands of names that differ in their number only are no duplicates', () => {
  const words = ['warehouse', 'billing', 'customer', 'inventory', 'reporting'];
  const subjects = Array.from({ length: 20_000 }, (_, at) =>
    aServer(`${words[at % words.length] ?? ''}-server-${String(at)}`),
  );

  expect(nearDuplicates(subjects)).toEqual([]);
});
