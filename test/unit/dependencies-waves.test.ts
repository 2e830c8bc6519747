import { fc } from '../support/property';

import { edgeHardness } from '../../src/domain/dependencies/hardness';
import { createMoveGroups } from '../../src/domain/dependencies/move-groups';
import type { MoveGroup } from '../../src/domain/dependencies/types';
import { planWaves } from '../../src/domain/dependencies/waves';
import { dependencyTypes } from '../../src/domain/lists';
import type { AssetType, DependencyType } from '../../src/domain/lists';
import {
  assetColumns,
  crossed,
  edgeColumns,
  type TestAsset,
  type TestEdge,
} from '../support/dependency-columns';

function anAsset(name: string, assetType: AssetType = 'server', subtype: string | null = null): TestAsset {
  return { name, assetType, subtype };
}

function anEdge(assets: readonly TestAsset[], from: string, type: DependencyType, to: string): TestEdge {
  const source = assets.findIndex((asset) => asset.name === from);
  const target = assets.findIndex((asset) => asset.name === to);
  const hardness = edgeHardness(type, assets[source] ?? anAsset(from), assets[target] ?? anAsset(to));
  return { from: source, to: target, type, hardness, weight: 1 };
}

const portfolio = [
  anAsset('Orders', 'application'),
  anAsset('ord-web-01'),
  anAsset('ord-app-01'),
  anAsset('Payments Hub', 'application'),
  anAsset('pay-app-01'),
  anAsset('HR', 'application'),
  anAsset('hr-app-01'),
  anAsset('ad-dc-01'),
  anAsset('esx-01', 'server', 'hypervisor'),
  anAsset('lonely-01'),
];

const relations: readonly (readonly [string, DependencyType, string])[] = [
  ['Orders', 'runs_on', 'ord-web-01'],
  ['Orders', 'runs_on', 'ord-app-01'],
  ['Payments Hub', 'runs_on', 'pay-app-01'],
  ['HR', 'runs_on', 'hr-app-01'],
  ['ord-web-01', 'depends_on', 'ord-app-01'],
  ['ord-app-01', 'connects_to', 'pay-app-01'],
  ['ord-app-01', 'depends_on', 'ad-dc-01'],
  ['hr-app-01', 'depends_on', 'ad-dc-01'],
  ['hr-app-01', 'depends_on', 'pay-app-01'],
  ['ord-web-01', 'hosted_on', 'esx-01'],
  ['hr-app-01', 'hosted_on', 'esx-01'],
  ['lonely-01', 'hosted_on', 'esx-01'],
];

function plan(more: readonly (readonly [string, DependencyType, string])[] = []) {
  const edges = [...relations, ...more].map(([from, type, to]) => anEdge(portfolio, from, type, to));
  const grouping = createMoveGroups(assetColumns(portfolio), edgeColumns(edges));
  return { ...grouping, waves: planWaves(crossed(grouping.groups, grouping.edges)) };
}

function groupNamed(groups: readonly MoveGroup[], name: string): MoveGroup | undefined {
  return groups.find((group) => group.name === name);
}

test('an application moves with its servers', () => {
  const { groups } = plan();

  expect(groupNamed(groups, 'Orders')?.members).toEqual([0, 1, 2]);
});

test('virtual machines of one hypervisor are not one group', () => {
  const { groups } = plan();

  expect(groupNamed(groups, 'lonely-01')?.members).toEqual([9]);
  expect(groupNamed(groups, 'esx-01')).toMatchObject({ kind: 'platform', members: [8] });
});

test('a directory is a shared service apart, named, and moves first', () => {
  const { groups, waves } = plan();

  const index = groups.findIndex((group) => group.name === 'ad-dc-01');
  expect(groups[index]).toMatchObject({ isSharedService: true, members: [7] });
  expect(groups[index]?.reasons[0]).toContain('domain controller');
  expect(waves[0]?.groups).toEqual([index]);
});

test('applications that depend on each other in a cycle are one group', () => {
  const { groups } = plan([['pay-app-01', 'connects_to', 'ord-app-01']]);

  expect(groupNamed(groups, 'Orders + Payments Hub')).toMatchObject({
    hasCycle: true,
    members: [0, 1, 2, 3, 4],
  });
});

test('platforms come last and hold nothing back', () => {
  const { groups, waves } = plan();

  const last = waves.at(-1);
  expect(last?.groups.map((group) => groups[group]?.kind)).toEqual(['platform']);
  expect(waves.flatMap((wave) => wave.cuts)).toEqual([]);
});

test('a database server of many applications is a shared service, its edges become soft', () => {
  const names = ['a', 'b', 'c', 'd'];
  const assets = [
    anAsset('sqlshared01'),
    ...names.flatMap((name) => [anAsset(name, 'application'), anAsset(`${name}-db`, 'database')]),
  ];
  const edges = names.flatMap((name) => [
    anEdge(assets, name, 'uses', `${name}-db`),
    anEdge(assets, `${name}-db`, 'runs_on', 'sqlshared01'),
  ]);

  const { groups, edges: softened } = createMoveGroups(assetColumns(assets), edgeColumns(edges));

  expect(groupNamed(groups, 'sqlshared01')).toMatchObject({ isSharedService: true, members: [0] });
  expect(groupNamed(groups, 'a')?.members).toEqual([1, 2]);
  expect(softened.hard[1]).toBe(0);
});

test('a wave takes no more groups than allowed, unless they are tied together', () => {
  const assets = Array.from({ length: 10 }, (_, index) => anAsset(`s${String(index)}`));
  const { groups, edges } = createMoveGroups(assetColumns(assets), edgeColumns([]));

  const waves = planWaves(crossed(groups, edges), {
    maxGroupsPerWave: 3,
    constraints: [{ kind: 'together', groups: [0, 1, 2, 3, 4] }],
  });

  expect(waves.map((wave) => wave.groups.length).toSorted((one, two) => one - two)).toEqual([2, 3, 5]);
});

test('readiness, risk and dates order the waves', () => {
  const assets = ['a', 'b', 'c', 'd'].map((name) => anAsset(name));
  const { groups, edges } = createMoveGroups(assetColumns(assets), edgeColumns([]));

  const waves = planWaves(crossed(groups, edges), {
    maxGroupsPerWave: 1,
    risk: [0.9, 0.1, 0.5, 0.5],
    readiness: [1, 1, 0, 1],
    constraints: [{ kind: 'not_before', group: 1, wave: 3 }],
  });

  expect(waves.map((wave) => wave.groups)).toEqual([[3], [0], [1], [2]]);
});

test('a date that comes too early for what is needed moves the need forward too', () => {
  const assets = ['a', 'b', 'c'].map((name) => anAsset(name));
  const edges = [anEdge(assets, 'a', 'depends_on', 'c')];
  const { groups } = createMoveGroups(assetColumns(assets), edgeColumns(edges));

  const waves = planWaves(crossed(groups, edgeColumns(edges)), {
    maxGroupsPerWave: 1,
    risk: [0.9, 0.1, 0.9],
    constraints: [{ kind: 'not_after', group: 0, wave: 2 }],
  });

  expect(waves.map((wave) => wave.groups)).toEqual([[2], [0], [1]]);
});

test('a wave that must wait is empty and says so', () => {
  const assets = [anAsset('a')];
  const { groups, edges } = createMoveGroups(assetColumns(assets), edgeColumns([]));

  const waves = planWaves(crossed(groups, edges), {
    constraints: [{ kind: 'not_before', group: 0, wave: 2 }],
  });

  expect(waves.map((wave) => [wave.groups, wave.reasons])).toEqual([
    [[], ['nothing may move yet']],
    [[0], expect.anything()],
  ]);
});

const estates = fc
  .array(fc.constantFrom<AssetType>('server', 'application', 'database', 'cluster', 'network'), {
    minLength: 1,
    maxLength: 40,
  })
  .chain((types) =>
    fc.record({
      types: fc.constant(types),
      links: fc.array(
        fc.tuple(
          fc.nat({ max: types.length - 1 }),
          fc.nat({ max: types.length - 1 }),
          fc.constantFrom(...dependencyTypes),
        ),
        { maxLength: 80 },
      ),
      maxGroupsPerWave: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
      maxCycleMembers: fc.integer({ min: 0, max: 20 }),
    }),
  );

test('for any estate each asset is in one wave, no hard edge is cut and every soft cut is listed', () => {
  fc.assert(
    fc.property(estates, ({ types, links, maxGroupsPerWave, maxCycleMembers }) => {
      const assets = types.map((type, index) => anAsset(`n${String(index)}`, type));
      const raw = links
        .filter(([from, to]) => from !== to)
        .map(([from, to, type]): TestEdge => ({
          from,
          to,
          type,
          weight: 1,
          hardness: edgeHardness(type, assets[from] ?? anAsset(''), assets[to] ?? anAsset('')),
        }));

      const { groups, groupOf, edges } = createMoveGroups(assetColumns(assets), edgeColumns(raw), {
        maxCycleMembers,
      });
      const waves = planWaves(
        crossed(groups, edges),
        maxGroupsPerWave === undefined ? {} : { maxGroupsPerWave },
      );

      const members = waves.flatMap((wave) => wave.groups.flatMap((group) => groups[group]?.members ?? []));
      expect(members.toSorted((one, two) => one - two)).toEqual(assets.map((_, index) => index));
      const waveOf = (asset: number) =>
        waves.find((wave) => wave.groups.includes(groupOf[asset] ?? -1))?.number ?? 0;
      const platform = (asset: number) => groups[groupOf[asset] ?? -1]?.kind === 'platform';
      const brokenHard = raw.filter(
        (edge, at) => edges.hard[at] === 1 && waveOf(edge.from) !== waveOf(edge.to),
      );
      const softCuts = raw.filter(
        (edge) => waveOf(edge.from) < waveOf(edge.to) && !platform(edge.from) && !platform(edge.to),
      );
      expect(brokenHard).toEqual([]);
      expect(waves.flatMap((wave) => wave.cuts)).toHaveLength(softCuts.length);
      for (const wave of waves) {
        for (const cut of wave.cuts) expect(waveOf(cut.from)).toBe(wave.number);
      }
    }),
    { numRuns: 300 },
  );
});

test('without cycles between groups nothing is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 40 }), (links) => {
      const assets = Array.from({ length: 20 }, (_, index) => anAsset(`n${String(index)}`));
      const edges = links
        .filter(([one, two]) => one !== two)
        .map(([one, two]): TestEdge => ({
          from: Math.min(one, two),
          to: Math.max(one, two),
          type: 'depends_on',
          hardness: 'soft',
          weight: 1,
        }));
      // High enough that nothing counts as shared: shared services move first by design.
      const grouping = createMoveGroups(assetColumns(assets), edgeColumns(edges), {
        sharedServiceThreshold: 100,
      });
      fc.pre(!grouping.groups.some((group) => group.isSharedService));

      const waves = planWaves(crossed(grouping.groups, grouping.edges), { maxGroupsPerWave: 2 });

      expect(waves.flatMap((wave) => wave.cuts)).toEqual([]);
    }),
  );
});
