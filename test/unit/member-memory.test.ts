import type { Appearance } from '../../src/activities/estate/assess-asset';
import { MemberMemory } from '../../src/activities/estate/member-memory';
import { fc } from '../support/property';

const appearances: readonly Appearance[] = [1, 2, 3].map((number) => ({ number, values: {} }));

describe('the memory of members', () => {
  it('finds what it was told of each asset, and nothing else', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 200 }), fc.uuid(), (ids, other) => {
        const memory = new MemberMemory(true);
        const told = new Map<string, Appearance | undefined>();
        ids.toSorted().forEach((id, at) => {
          const appearance = appearances[at % appearances.length] as Appearance; // within the list
          memory.add(id, appearance);
          told.set(id, appearance);
        });

        for (const id of [...ids, other]) expect(memory.find(id)).toBe(told.get(id));
      }),
    );
  });

  it('holds more assets than it first has room for', () => {
    const memory = new MemberMemory(true);
    const idOf = (number: number): string =>
      `00000000-0000-8000-8000-${number.toString(16).padStart(12, '0')}`;
    for (let number = 0; number < 5_000; number += 1) memory.add(idOf(number), appearances[0] as Appearance);

    expect(memory.find(idOf(0))).toBe(appearances[0]);
    expect(memory.find(idOf(4_999))).toBe(appearances[0]);
    expect(memory.find(idOf(5_000))).toBeUndefined();
    expect(memory.knowsAll).toBe(true);
  });

  it('says when there was too much to remember', () => {
    const memory = new MemberMemory(true);
    for (let number = 0; number < 20_001; number += 1) {
      const id = `00000000-0000-8000-8000-${number.toString(16).padStart(12, '0')}`;
      memory.add(id, { number, values: {} });
    }

    expect(memory.knowsAll).toBe(false);
  });
});
