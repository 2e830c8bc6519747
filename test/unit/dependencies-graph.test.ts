import { fc } from '../support/property';
import { strongSets } from '../../src/domain/dependencies/cycles';
import { createGraph } from '../../src/domain/dependencies/graph';
import { endColumns } from '../support/dependency-columns';

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

      const { setOf } = strongSets(createGraph(size, endColumns(edges)));

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
      const { setOf } = strongSets(createGraph(size, endColumns(edges)));

      for (const { from, to } of edges) expect(setOf[from]).toBeGreaterThanOrEqual(setOf[to] ?? 0);
    }),
  );
});

test('a path of 200,000 nodes needs no call stack', () => {
  const size = 200_000;
  const edges = Array.from({ length: size - 1 }, (_, from) => ({ from, to: from + 1 }));

  expect(strongSets(createGraph(size, endColumns(edges))).count).toBe(size);
});
