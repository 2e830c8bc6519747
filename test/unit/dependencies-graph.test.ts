import { fc } from '../support/property';
import { strongSets } from '../../src/domain/dependencies/cycles';
import { components, createGraph, degrees } from '../../src/domain/dependencies/graph';

const graphs = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    edges: fc.array(fc.record({ from: fc.nat({ max: size - 1 }), to: fc.nat({ max: size - 1 }) }), {
      maxLength: 30,
    }),
  }),
);

/** Nodes that each node reaches, itself included, by walking. */
function reachable(size: number, edges: readonly { from: number; to: number }[]): Set<number>[] {
  return Array.from({ length: size }, (_, start) => {
    const seen = new Set([start]);
    for (const node of seen) {
      for (const { from, to } of edges) if (from === node) seen.add(to);
    }
    return seen;
  });
}

test('two nodes are in one strong set exactly when each reaches the other', () => {
  fc.assert(
    fc.property(graphs, ({ size, edges }) => {
      const reach = reachable(size, edges);

      const { setOf } = strongSets(createGraph(size, edges));

      for (let one = 0; one < size; one += 1) {
        for (let two = 0; two < size; two += 1) {
          const mutual = reach[one]?.has(two) === true && reach[two]?.has(one) === true;
          expect(setOf[one] === setOf[two]).toBe(mutual);
        }
      }
    }),
  );
});

test('strong sets are numbered so that what is needed comes first', () => {
  fc.assert(
    fc.property(graphs, ({ size, edges }) => {
      const { setOf } = strongSets(createGraph(size, edges));

      for (const { from, to } of edges) expect(setOf[from]).toBeGreaterThanOrEqual(setOf[to] ?? 0);
    }),
  );
});

test('a path of 200,000 nodes needs no call stack', () => {
  const size = 200_000;
  const edges = Array.from({ length: size - 1 }, (_, from) => ({ from, to: from + 1 }));

  expect(strongSets(createGraph(size, edges)).count).toBe(size);
});

test('components join nodes whatever the direction of the edge', () => {
  const { setOf, count } = components(5, [
    { from: 3, to: 1 },
    { from: 3, to: 4 },
  ]);

  expect(count).toBe(3);
  expect([...setOf]).toEqual([0, 1, 2, 1, 1]);
});

test('degrees count both ends', () => {
  const { incoming, outgoing } = degrees(3, [
    { from: 0, to: 1 },
    { from: 2, to: 1 },
  ]);

  expect([...incoming]).toEqual([0, 2, 0]);
  expect([...outgoing]).toEqual([1, 0, 1]);
});
