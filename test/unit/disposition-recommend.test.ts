import { fc } from '../support/property';
import type { AttributeValues } from '../../src/domain/attributes/types';
import { createRecommender, recommendDisposition } from '../../src/domain/disposition/recommend';
import { defaultRules } from '../../src/domain/disposition/rules';
import type { Recommendation } from '../../src/domain/disposition/types';
import { dispositions } from '../../src/domain/lists';
import { factsOf, type TestAsset } from '../support/disposition-facts';

const recommend = (asset: TestAsset): Recommendation => recommendDisposition(factsOf(asset));

const monolith: AttributeValues = {
  application_type: 'custom',
  architecture_pattern: 'monolithic',
  business_criticality: 'critical',
};
const virtualServer: TestAsset = {
  type: 'server',
  values: { operating_system: 'Windows Server 2022', virtualization_platform: 'VMware vSphere' },
  runs: ['operating_system windows-server 2022'],
};

describe('the rule table', () => {
  test('gives every rule its own code, a sentence and points', () => {
    const codes = defaultRules.map(({ code }) => code);

    expect(codes).toHaveLength(new Set(codes).size);
    for (const { text, points } of defaultRules) {
      expect(text).toMatch(/^[A-Z].{8,}[^.]$/);
      expect(Object.keys(points).length).toBeGreaterThan(0);
    }
  });

  test('can be replaced by another one', () => {
    const rules = [{ code: 'all', text: 'Everything is retired here', when: {}, points: { retire: 30 } }];

    expect(recommendDisposition(factsOf(virtualServer), rules).strategy).toBe('retire');
  });

  test('gives the same answer in any order', () => {
    const reversed = createRecommender(defaultRules.toReversed());

    expect(reversed(factsOf(virtualServer))).toMatchObject({
      strategy: recommend(virtualServer).strategy,
      confidence: recommend(virtualServer).confidence,
      flipsIf: recommend(virtualServer).flipsIf,
    });
  });
});

describe('the confidence of a recommendation', () => {
  test('is low when nothing but the name is known', () => {
    expect(recommend({ type: 'application' }).confidence).toBeLessThan(0.35);
    expect(recommend({ type: 'server' }).confidence).toBeLessThan(0.35);
  });

  test('rises as facts that agree become known', () => {
    const steps: readonly AttributeValues[] = [
      { application_type: 'COTS' },
      { application_type: 'COTS', has_saas_replacement: true },
      { application_type: 'COTS', has_saas_replacement: true, application_name: 'CRM' },
    ];

    const confidences = steps.map((values) => recommend({ values }).confidence);

    expect(confidences).toEqual(confidences.toSorted((left, right) => left - right));
    expect(confidences.at(-1)).toBeGreaterThan(0.8);
  });

  test('falls when facts contradict each other', () => {
    const clear = recommend({ values: { status: 'retired' } });
    const disputed = recommend({ values: { status: 'retired', migration_strategy: 'rehost' } });

    expect(disputed.confidence).toBeLessThan(clear.confidence);
  });

  test('falls when a fact that matters is not known', () => {
    const known = recommend({
      ...virtualServer,
      values: { ...virtualServer.values, power_state: 'on', change_tolerance: 'medium' },
    });

    expect(recommend(virtualServer).confidence).toBeLessThan(known.confidence);
  });

  test('of an unknown lifecycle is lower than that of a supported one', () => {
    const unknown = recommend({ ...virtualServer, runs: [] });

    expect(unknown.confidence).toBeLessThan(recommend(virtualServer).confidence);
    expect(unknown.missing).toContain('operating_system');
  });
});

describe('the explanation of a recommendation', () => {
  test('names facts, rules and points, the chosen strategy first', () => {
    const { points, runnerUp } = recommend(virtualServer);

    expect(points[0]).toMatchObject({ strategy: 'rehost', rule: 'commodity_system' });
    expect(points[0]?.fact).toContain('Windows Server 2022');
    expect(runnerUp).toBe('relocate');
  });

  test('shows a stated strategy as a fact of its own', () => {
    const { strategy, points } = recommend({
      ...virtualServer,
      values: { ...virtualServer.values, migration_strategy: 'refactor' },
    });

    expect(strategy).toBe('refactor');
    expect(points[0]).toEqual({
      fact: 'The records state this strategy (stated strategy: refactor)',
      strategy: 'refactor',
      points: 80,
      rule: 'stated_refactor',
    });
  });

  test('adds up to a highest sum for the chosen strategy', () => {
    const { strategy, points } = recommend({ values: { ...monolith, business_logic_complexity: 'high' } });
    const sums = dispositions.map((candidate) =>
      points.reduce((sum, point) => sum + (point.strategy === candidate ? point.points : 0), 0),
    );

    expect(Math.max(...sums)).toBe(sums[dispositions.indexOf(strategy)]);
  });

  test('lists what is missing only while it could change the answer', () => {
    expect(recommend({ values: monolith }).missing).toContain('code_quality');
    expect(recommend({ values: { status: 'retired' } }).missing).toEqual([]);
  });
});

describe('the smallest change that flips a recommendation', () => {
  test('is a SaaS offer that goes away', () => {
    const values = { application_type: 'COTS', has_saas_replacement: true };

    expect(recommend({ values }).flipsIf).toBe('SaaS replacement: not available (now available) → rehost');
    expect(recommend({ values: { ...values, has_saas_replacement: false } }).strategy).toBe('rehost');
  });

  test('is better code for a monolith', () => {
    const values = {
      ...monolith,
      business_logic_complexity: 'high',
      code_quality: 'fair',
      technology_stack: ['Java 21'],
    };
    const runs = ['runtime java 21'];

    expect(recommend({ values, runs }).flipsIf).toBe('code quality: good (now fair) → refactor');
    expect(recommend({ values: { ...values, code_quality: 'good' }, runs }).strategy).toBe('refactor');
  });

  test('is tolerance to change for a VMware machine', () => {
    expect(recommend(virtualServer).flipsIf).toBe('tolerance to change: low (now not known) → relocate');
    expect(
      recommend({ ...virtualServer, values: { ...virtualServer.values, change_tolerance: 'low' } }).strategy,
    ).toBe('relocate');
  });

  test('is somebody’s decision when no fact is enough', () => {
    expect(recommend({ values: { status: 'retired' } }).flipsIf).toMatch(
      /^(?:stated strategy|status|migration scope)/,
    );
  });
});

describe('any recommendation', () => {
  const texts = (...values: readonly string[]) => fc.constantFrom(...values);
  const valuesArbitrary = fc.record(
    {
      operating_system: texts('Windows Server 2016', 'RHEL 7.9', 'AIX 7.2', 'z/OS', 'FortiOS', ''),
      virtualization_platform: texts('VMware', 'Hyper-V', 'physical', 'AWS'),
      power_state: texts('on', 'off'),
      status: texts('active', 'retired', 'standby', 'something'),
      application_type: texts('custom', 'COTS', 'SaaS', '???'),
      architecture_pattern: texts('monolith', 'n-tier', 'microservices', 'containers'),
      business_criticality: texts('critical', 'high', 'medium', 'low'),
      migration_strategy: texts(...dispositions),
      migration_scope: texts('in', 'out', 'deferred'),
      change_tolerance: texts('low', 'high'),
      users_count: fc.nat(200),
      has_saas_replacement: fc.boolean(),
      technology_stack: fc.subarray(['COBOL', 'Java 8', 'VB6', 'Docker']),
    },
    { requiredKeys: [] },
  );
  const assetArbitrary: fc.Arbitrary<TestAsset> = fc.record({
    type: fc.constantFrom('server', 'application', 'database', 'network', 'cluster', 'other'),
    values: valuesArbitrary,
    members: fc.array(valuesArbitrary, { maxLength: 4 }),
  });

  test('is the same for the same facts', () => {
    fc.assert(
      fc.property(assetArbitrary, (asset) => {
        expect(createRecommender()(factsOf(asset))).toEqual(recommend(asset));
      }),
      { numRuns: 50 },
    );
  });

  test('does not depend on the order of members and attributes', () => {
    fc.assert(
      fc.property(assetArbitrary, (asset) => {
        const turned = {
          ...asset,
          members: (asset.members ?? []).toReversed(),
          values: Object.fromEntries(Object.entries(asset.values ?? {}).toReversed()),
        };
        expect(recommend(turned)).toEqual(recommend(asset));
      }),
    );
  });

  test('has a confidence from 0 to 1 and a runner-up that is another strategy', () => {
    fc.assert(
      fc.property(assetArbitrary, (asset) => {
        const { strategy, confidence, runnerUp } = recommend(asset);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(runnerUp).not.toBe(strategy);
      }),
    );
  });

  test('follows a decision to leave the asset out', () => {
    fc.assert(
      fc.property(assetArbitrary, (asset) => {
        const { migration_strategy: _strategy, status: _status, ...values } = asset.values ?? {};
        const out = { ...asset, members: [], values: { ...values, migration_scope: 'out' } };
        expect(['retain', 'retire']).toContain(recommend(out).strategy);
      }),
    );
  });
});

test('what a long cell says is cut between characters, never within one', () => {
  const description = `to be removed ${'x'.repeat(105)}😀 and more`;

  const { points } = recommend({ type: 'server', values: { description } });

  const facts = points.map(({ fact }) => fact).filter((fact) => fact.includes('to be removed'));
  expect(facts.length).toBeGreaterThan(0);
  for (const fact of facts) expect(Buffer.from(fact, 'utf8').toString('utf8')).toBe(fact);
});
