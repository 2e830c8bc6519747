import { AssetHashes } from '../../src/activities/estate/asset-hashes';
import { KeyLinks } from '../../src/activities/estate/key-links';
import { SharedDocuments } from '../../src/activities/estate/lone-changes';
import { mostNamingCells, ProjectedNames } from '../../src/activities/estate/projected-names';
import type { LoneChange } from '../../src/db/estate/asset-changes';
import type { Classification } from '../../src/domain/inventory/types';
import { fc } from '../support/property';

const classification: Classification = {
  assetType: 'server',
  subtype: null,
  confidence: 0.9,
  evidence: [{ code: 'declared_type', weight: 0.9, text: 'its type says "server"' }],
};

const flowId = '11111111-1111-4111-8111-111111111111';

function loneServer(rowNumber: number, name: string): LoneChange {
  const shared = new SharedDocuments().of(classification, null, flowId);
  const place = { assetId: '', phaseRunId: flowId, rowNumber };
  return { ...place, name, keys: [`hostname:${name}`], identity: null, shared };
}

test('a record that is settled is left out of the groups until another has one of its keys', () => {
  const links = new KeyLinks();
  for (const [row, key] of ['a', 'b', 'a'].entries()) {
    const record = links.add(0, row + 1, true);
    links.link(record, `hostname:${key}`);
    if (links.isAlone(record)) links.settle(record);
  }

  const groups = links.touchedGroups();

  expect([...groups.order]).toEqual([0, 2]);
  expect([0, 1, 2].map((record) => links.isAlone(record))).toEqual([false, true, false]);
});

test('groups hold all records but the settled ones that share no key, however many there are', () => {
  const record = fc.record({ key: fc.nat(40), isSettled: fc.boolean() });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 200 }), (records) => {
      const links = new KeyLinks();
      for (const [row, { key, isSettled }] of records.entries()) {
        const number = links.add(0, row + 1, true);
        links.link(number, `name:${key}`);
        if (isSettled) links.settle(number);
      }
      const isLeft = records.map(
        ({ key, isSettled }) => !isSettled || records.filter((one) => one.key === key).length > 1,
      );

      const { order } = links.touchedGroups();

      expect([...order].toSorted((one, two) => one - two)).toEqual(
        records.flatMap((_, at) => (isLeft[at] ? [at] : [])),
      );
    }),
  );
});

test('assets that share a hash are told, also when there are many of them', () => {
  const hashes = new AssetHashes();
  for (let asset = 0; asset < 20_000; asset += 1) hashes.add(asset, [asset * 7919, asset * 104_729 + 1]);
  hashes.add(-1, [5 * 7919]);

  const sharing = hashes.sharing();

  expect(sharing.has(5)).toBe(true);
  expect(sharing.has(-1)).toBe(true);
  expect(sharing.size).toBeLessThan(4_000);
});

test('what equal classifications share is one object, and what differs is not', () => {
  const documents = new SharedDocuments();
  const one = documents.of(classification, null, flowId);

  const equal = documents.of({ ...classification, evidence: [...classification.evidence] }, null, flowId);
  const other = documents.of({ ...classification, confidence: 0.8 }, null, flowId);
  const withRole = documents.of(classification, 'web', flowId);

  expect(equal).toBe(one);
  expect(other).toMatchObject({ confidence: 0.8 });
  expect(withRole).toMatchObject({ confidence: 0.9, server_role: 'web' });
});

test('assets whose names are spelled alike are remembered by the rows of their records', () => {
  const names = new ProjectedNames();
  names.setImport('1:22222222-2222-4222-8222-222222222222');
  names.addLone(loneServer(1, 'payroll-web-01'), 1);
  names.addLone(loneServer(2, 'payrollweb1'), 2);
  names.addLone(loneServer(3, 'warehouse-database-77'), 3);

  const ids = names.alikeIds();

  expect(ids.map((id) => id.slice(-1)).toSorted()).toEqual(['1', '2']);
});

test('cells that name applications count once they are used, and not at all when they are too many', () => {
  const names = new ProjectedNames();
  const cells = ['Billing', 'CRM', 'Billing'].map((name) => names.cellOf({ application_name: name }));
  for (const cell of cells.slice(0, 1)) names.useCell(cell);
  const none = names.cellOf({ hostname: 'web1' });
  names.useCell(none);

  const few = names.namingCells();
  for (let at = 0; at < mostNamingCells; at += 1) names.cellOf({ tags: [`application: ${at}`] });
  const many = names.namingCells();

  expect(cells).toEqual([0, 1, 0]);
  expect(few).toEqual([{ application_name: 'Billing' }]);
  expect(many).toBeUndefined();
});
