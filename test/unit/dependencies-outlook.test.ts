import { outlookOf, type MoveFacts } from '../../src/domain/dependencies/outlook';
import { placeReasons } from '../../src/domain/dependencies/place-reasons';
import type { MoveGroup } from '../../src/domain/dependencies/types';
import { planWaves } from '../../src/domain/dependencies/waves';
import { createReadinessJudge } from '../../src/domain/disposition/move-judge';
import { crossed, edgeColumns, type TestEdge } from '../support/dependency-columns';

const aGroup = (name: string, members: readonly number[]): MoveGroup => ({
  name,
  members,
  reasons: [],
  isSharedService: false,
  hasCycle: false,
  kind: 'application',
});
const ready: MoveFacts = { readiness: 1, obstacle: null, criticality: 0.25, isProduction: false };
const blocked: MoveFacts = { ...ready, readiness: 0, obstacle: 'Its support has ended' };
const critical: MoveFacts = { ...ready, criticality: 1, isProduction: true };
const soft = (from: number, to: number): TestEdge => ({
  from,
  to,
  type: 'connects_to',
  hardness: 'soft',
  weight: 1,
});

test('a group is as ready as its least ready member and as risky as its most critical one', () => {
  const groups = [aGroup('a', [0, 1]), aGroup('b', [2, 3]), aGroup('c', [4])];
  const facts = [ready, blocked, ready, critical, ready];

  const { readiness, risk, reasonsOf } = outlookOf(
    crossed(groups, edgeColumns([soft(0, 2)])),
    (asset) => facts[asset],
  );

  expect(readiness).toEqual([0, 1, 1]);
  expect((risk[1] ?? 0) > (risk[0] ?? 0) && (risk[0] ?? 0) > (risk[2] ?? 0)).toBe(true);
  expect(reasonsOf(0)).toContain('not ready: Its support has ended');
  expect(reasonsOf(1)).toContain('critical for the business, so not among the first');
  expect(reasonsOf(2)).toEqual(['ready to move']);
});

test('ready and harmless groups go first, unless they need others', () => {
  const groups = [
    aGroup('blocked', [0]),
    aGroup('critical', [1]),
    aGroup('ready', [2]),
    aGroup('bound', [3]),
  ];
  const facts = [blocked, critical, ready, ready];
  const plan = crossed(groups, edgeColumns([soft(3, 1)]));
  const { readiness, risk } = outlookOf(plan, (asset) => facts[asset]);
  const options = { readiness, risk, maxGroupsPerWave: 1 };

  const waves = planWaves(plan, options);

  const waveOf = new Int32Array(groups.length);
  for (const { number, groups: some } of waves) for (const group of some) waveOf[group] = number;
  expect([...waveOf]).toEqual([2, 3, 1, 4]);
  const reasonsOf = placeReasons(plan, { waveOf, options });
  expect(groups.map((_group, at) => reasonsOf(at))).toEqual([
    ['wave 2: by readiness and risk, as nothing must move before it'],
    ['wave 3: by readiness and risk, as nothing must move before it'],
    ['wave 1: by readiness and risk, as nothing must move before it'],
    ['wave 4: it needs critical, which moves in wave 3'],
  ]);
});

test.each([
  [
    'a supported server of known size',
    { operating_system: 'Ubuntu 24.04', cpu_cores: 2, memory_gb: 4, storage_gb: 50 },
    1,
  ],
  ['a server without a known size', { operating_system: 'Ubuntu 24.04' }, 0.7],
  ['a server of which nothing is known', {}, 0.4],
  ['a server whose system has no support any more', { operating_system: 'Windows Server 2003' }, 0],
])('%s is worth its readiness', (_what, values, expected) => {
  const judge = createReadinessJudge('2026-11-22');

  expect(judge({ assetType: 'server', subtype: null, values }).readiness).toBe(expected);
});
