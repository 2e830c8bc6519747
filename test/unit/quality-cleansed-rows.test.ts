import { attributeNames, type AttributeName } from '../../src/domain/attributes/types';
import type { ApprovedMapping } from '../../src/domain/mapping/types';
import { type CleansedRow, compileCleansing } from '../../src/domain/quality/cleansing/cleanse';
import { fc } from '../support/property';

function aMapping(position: number, target: AttributeName): ApprovedMapping {
  const rule = {
    combine: 'first',
    order: position,
    unit: null,
    decimalMark: '.',
    dateOrder: 'unknown',
    multiValue: 'list',
    factor: 1,
  } as const;
  return { sourceColumn: `c${position}`, position, target, rule };
}

test('the members of a row are its values as JSON', () => {
  fc.assert(
    fc.property(fc.constantFrom(...attributeNames), fc.string({ unit: 'binary' }), (target, cell) => {
      const { members, values } = compileCleansing(['c0'], [aMapping(0, target)]).cleanse(7, [cell]);

      expect(JSON.parse(`{${members.join('').slice(1)}}`)).toEqual(values);
    }),
  );
});

test('a row that goes on where another stood keeps nothing of it', () => {
  const cleanser = compileCleansing(['c0', 'c1'], [aMapping(0, 'fqdn'), aMapping(1, 'memory_gb')]);
  const cells = [
    ['web01.corp.example', '16 GiB'],
    ['-', 'x'],
    ['db01', ''],
  ] as const;
  const told = ({ values, members, changes, findings }: CleansedRow) =>
    JSON.stringify({ values, members, changes, findings });

  const again = cells.map((row, index) => told(cleanser.cleanseNext(index, row)));

  expect(again).toEqual(cells.map((row, index) => told(cleanser.cleanse(index, row))));
});

test('rules keep the numbers that an earlier attempt gave them', () => {
  const mappings = [aMapping(0, 'memory_gb'), aMapping(1, 'status')];
  const first = compileCleansing(['c0', 'c1'], mappings);
  first.cleanse(1, ['16 GiB', '']);
  const known = first.takeRules().rules;

  const second = compileCleansing(['c0', 'c1'], mappings, [], known);
  const row = second.cleanse(2, ['32 GiB', 'Installed']);

  expect(row.applied).toEqual([0, 1]);
  expect(second.takeRules()).toMatchObject({ first: 1, rules: [{ sourceColumn: 'c1', position: 1 }] });
});
