import { ByteTable } from '../../src/activities/estate/byte-table';
import { EdgeStore, type EdgeShape } from '../../src/activities/estate/edge-store';
import { IdColumn } from '../../src/db/bulk/id-column';
import { bytePieces } from '../../src/db/bulk/row-bytes';
import { sortedByKeys } from '../../src/domain/dependencies/sorted-by-keys';
import { importanceOf, createReadinessJudge } from '../../src/domain/disposition/move-judge';
import { dependencyTypes } from '../../src/domain/lists';
import { fc } from '../support/property';

test('texts have one number each, in the order in which they first came', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 3 }), { maxLength: 20 }), (texts) => {
      const table = new ByteTable();

      const numbers = texts.map((text) => table.numberOfText(text));

      const different = [...new Set(texts)];
      expect(numbers).toEqual(texts.map((text) => different.indexOf(text)));
      expect(different.map((_text, number) => table.text(number))).toEqual(different);
    }),
  );
});

test('a table keeps texts of every size over very many of them', () => {
  const table = new ByteTable();
  const large = 'x'.repeat(1_200_000);

  const first = table.numberOfText(large);
  for (let at = 0; at < 20_000; at += 1) table.numberOfText(`host-${at}`);

  expect([first, table.numberOfText(large), table.numberOfText('host-7777'), table.size]).toEqual([
    0, 0, 7_778, 20_001,
  ]);
  expect(table.text(7_778)).toBe('host-7777');
});

test('ids are found at their places and written as they are', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.uuid(), { minLength: 1 }), fc.uuid(), (ids, other) => {
      const column = new IdColumn();
      for (const id of ids) column.add(Buffer.from(id.replaceAll('-', ''), 'hex'), 0);

      expect(ids.map((id) => column.placeOf(id))).toEqual(ids.map((_id, place) => place));
      expect(ids.map((_id, place) => column.text(place))).toEqual(ids);
      expect(column.placeOf(other)).toBe(ids.includes(other) ? ids.indexOf(other) : undefined);
    }),
  );
});

test('rows of ids and cells come in pieces that add up to all of them', () => {
  const ids = new IdColumn();
  ids.add(Buffer.alloc(16), 0);
  const write = `${'é'.repeat(100_000)}\n`;

  const pieces = [
    ...bytePieces({ from: 0, to: 3 }, (rows) => {
      rows.id(ids, 0);
      rows.cells(write);
    }),
  ];

  const row = `00000000-0000-0000-0000-000000000000\t${write}`;
  expect(Buffer.concat(pieces).toString('utf8')).toBe(row.repeat(3));
});

test('items are sorted by several keys, stably', () => {
  const pair = fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 4 }));

  fc.assert(
    fc.property(fc.array(pair), (pairs) => {
      const [one, two] = [0, 1].map((at) => Int32Array.from(pairs, (keys) => keys[at] ?? 0));
      const items = Int32Array.from(pairs.keys());

      const sorted = sortedByKeys(items, [
        { keys: one ?? items, size: 5 },
        { keys: two ?? items, size: 5 },
      ]);

      const expected = pairs
        .map(([first, second], at) => ({ first, second, at }))
        .toSorted((left, right) => left.second - right.second || left.first - right.first);
      expect([...sorted]).toEqual(expected.map(({ at }) => at));
    }),
  );
});

const stated = fc.record({
  from: fc.nat({ max: 3 }),
  to: fc.nat({ max: 3 }),
  run: fc.nat({ max: 2 }),
  rowNumber: fc.nat({ max: 5 }),
  type: fc.constantFrom(...dependencyTypes),
  port: fc.option(fc.constantFrom(1, 443, 65_535)),
  connections: fc.option(fc.nat({ max: 9 })),
});

function edgesOf(statements: readonly (Parameters<typeof shapeOf>[0] & { from: number; to: number })[]) {
  const edges = new EdgeStore();
  for (const one of statements) edges.state(shapeOf(one), one.from, one.to, one);
  return Array.from(edges.sorted(4), (edge) => ({
    from: edges.fromOf(edge),
    to: edges.toOf(edge),
    port: edges.portOf(edge),
    connections: edges.connectionsOf(edge),
    run: edges.runOf(edge),
    row: edges.rowOf(edge),
    ...edges.shapeOf(edge),
  }));
}

/** One record says one thing of one pair. */
function shapeOf({
  type,
  port,
  connections,
  run,
  rowNumber,
}: {
  readonly type: EdgeShape['type'];
  readonly port: number | null;
  readonly connections: number | null;
  readonly run: number;
  readonly rowNumber: number;
}): EdgeShape {
  const protocol = `protocol of ${run} ${rowNumber}`;
  return { type, port, connections, protocol, origin: run === 0 ? 'column' : 'network_flow' };
}

test('edges are the same in whatever order records state them', () => {
  fc.assert(
    fc.property(fc.array(stated, { maxLength: 40 }), (statements) => {
      const edges = edgesOf(statements);

      expect(edgesOf(statements.toReversed())).toEqual(edges);
      const keys = statements.map(({ from, to, type, port }) => `${from} ${to} ${type} ${port}`);
      expect(edges).toHaveLength(new Set(keys).size);
      const counted = (list: readonly { connections: number | null }[]): number =>
        list.reduce((sum, { connections }) => sum + (connections ?? 0), 0);
      expect(counted(edges)).toBe(counted(statements));
    }),
  );
});

test('people take edges away, add them and set how hard they are', () => {
  const edges = new EdgeStore();
  const [web, db] = [0, 1];
  const stands = { type: 'uses', origin: 'column', protocol: null, connections: null } as const;
  edges.state({ ...stands, port: 1433 }, web, db, { run: 0, rowNumber: 1 });
  edges.state({ ...stands, port: 443 }, web, db, { run: 0, rowNumber: 2 });
  const ends = { from: web, to: db, type: 'uses' } as const;

  edges.remove(ends, 443);
  const added = edges.infer({ ...ends, from: db, to: web }, null, 'person', -1);
  const known = edges.infer(ends, 1433, 'person', edges.addEvidence({ confidence: 0.5, text: 'a guess' }));
  edges.harden(ends, null, 'hard');

  expect([...edges.sorted(2)]).toEqual([known, added]);
  expect(edges.shapeOf(known)).toMatchObject({ origin: 'person', confidence: 1, evidence: null });
  expect([edges.askedOf(known), edges.askedOf(added)]).toEqual(['hard', undefined]);
});

test('the sign of a size says as much about readiness as the size', () => {
  const judge = createReadinessJudge('2026-11-22');
  const size = fc.option(fc.integer({ min: 0, max: 4096 }), { nil: undefined });
  const sizes = fc.record({ cpu_cores: size, memory_gb: size, storage_gb: size });
  const known = (values: Record<string, number | undefined>) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

  fc.assert(
    fc.property(sizes, fc.constantFrom('RHEL 9', 'AIX 7.1', undefined), (values, system) => {
      const asset = { assetType: 'server', subtype: null } as const;
      const rest = system === undefined ? {} : { operating_system: system };
      const signs = Object.fromEntries(
        Object.entries(known(values)).map(([name, value]) => [name, Math.sign(value ?? 0)]),
      );

      const judged = judge({ ...asset, values: { ...rest, ...known(values) } });

      expect(judge({ ...asset, values: { ...rest, ...signs } })).toEqual(judged);
    }),
  );
  expect(importanceOf({ business_criticality: 'critical', environment: 'unknown' })).toEqual({
    criticality: 1,
    isProduction: null,
  });
});
