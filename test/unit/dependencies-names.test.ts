import { fc } from '../support/property';
import { NameTable, plainHashes } from '../../src/domain/dependencies/name-table';
import { createReferenceIndex, resolve } from '../../src/domain/dependencies/resolve';

test('the owners of a name are those that have it, each once and in their order', () => {
  const names = fc.array(fc.array(fc.stringMatching(/^[a-c]{0,2}$/), { maxLength: 3 }), { maxLength: 40 });
  fc.assert(
    fc.property(names, fc.stringMatching(/^[a-c]{1,2}$/), (ofOwners, wanted) => {
      const table = new NameTable(4);
      ofOwners.forEach((own, owner) => own.forEach((name) => table.add(name, owner)));

      const found = table.ownersOf(wanted, (owner) => ofOwners[owner]?.includes(wanted) === true);

      expect(found).toEqual([...ofOwners.keys()].filter((owner) => ofOwners[owner]?.includes(wanted)));
    }),
  );
});

test('a table takes more names than it was made for', () => {
  const table = new NameTable(1);
  for (let owner = 0; owner < 20_000; owner += 1) table.add(`host-${owner}`, owner);

  expect(table.ownersOf('host-19999', () => true)).toContain(19_999);
});

test('a name that very many assets have stays ambiguous, however often it is asked for', () => {
  const crowd = Array.from({ length: 20 }, () => ({
    name: 'localhost',
    assetType: 'server' as const,
    values: {},
  }));
  const index = createReferenceIndex([...crowd, { name: 'web01', assetType: 'server' as const, values: {} }]);

  const answers = [1, 2].map(() => resolve(index, 'localhost'));

  expect(answers).toEqual([{ unresolved: 'ambiguous' }, { unresolved: 'ambiguous' }]);
  expect(resolve(index, 'web01')).toEqual({ assetIndex: 20 });
});

test('names that are read byte by byte are found by their texts, with and without their domain', () => {
  const plain = fc.stringMatching(/^[!#-[\]-~]{1,20}$/).filter((text) => !text.endsWith('.'));

  fc.assert(
    fc.property(fc.oneof(plain, fc.string(), fc.string({ unit: 'binary' })), (name) => {
      const bytes = new TextEncoder().encode(name);
      const hashes = plainHashes(bytes, 0, bytes.length);
      const table = new NameTable(4);

      if (hashes !== undefined) {
        table.addHash(hashes.whole, 0);
        table.addHash(hashes.host, 1);
      }

      const lower = name.toLowerCase();
      const isFound = hashes !== undefined;
      expect(table.ownersOf(lower, () => true).includes(0)).toBe(isFound);
      const host = lower.split('.', 1)[0] ?? '';
      expect(host === '' || table.ownersOf(host, () => true).includes(1)).toBe(isFound || host === '');
      expect(isFound).toBe(/^[!#-[\]-~]+$/.test(name) && !name.endsWith('.'));
    }),
  );
});
