import { fc } from '../support/property';
import { assessDebt, debtWeights, riskLevelOf } from '../../src/domain/disposition/debt';
import { createFactBuilder } from '../../src/domain/disposition/facts';
import { findLegacyTechnologies } from '../../src/domain/disposition/legacy-technology';
import { assessmentDay, factsOf, type TestAsset } from '../support/disposition-facts';

const wellKnown = {
  operating_system: 'RHEL 9',
  os_version: '9',
  cpu_cores: 4,
  memory_gb: 16,
  storage_gb: 100,
  environment: 'production',
  business_criticality: 'high',
  business_owner: 'A. Owner',
};
const server = (asset: TestAsset = {}): TestAsset => ({
  type: 'server',
  dependents: 0,
  runs: ['operating_system rhel 9'],
  ...asset,
  values: { ...wellKnown, ...asset.values },
});
const debtOf = (asset: TestAsset) => assessDebt(factsOf(asset));

describe('technical debt', () => {
  test('of a supported, well-known server is nothing', () => {
    expect(debtOf(server())).toEqual({ score: 0, riskLevel: 'low', findings: [] });
  });

  test('weighs 100 points in all', () => {
    expect(Object.values(debtWeights).reduce((sum, weight) => sum + weight, 0)).toBe(100);
  });

  test.each([
    ['operating_system windows-server 2008', 40],
    ['operating_system windows-server 2012', 28],
    ['operating_system windows-server 2016', 16],
    ['operating_system nosuchsystem 1', 10],
    ['operating_system windows-server 2022', 0],
  ])('of a server with %s has %i points for its lifecycle', (component, points) => {
    expect(debtOf(server({ runs: [component] })).score).toBe(points);
  });

  test('counts the worst component once and names the others without points', () => {
    const { score, findings } = debtOf(
      server({ runs: ['operating_system centos 6', 'database mysql 5.5', 'runtime php 8.4'] }),
    );

    expect(score).toBe(40);
    expect(findings.map(({ component, points }) => [component, points])).toEqual([
      ['centos', 40],
      ['mysql', 0],
    ]);
  });

  test('names version, end of support, reason and action', () => {
    const [finding] = debtOf(server({ runs: ['operating_system centos 7.9.2009'] })).findings;

    expect(finding).toMatchObject({
      code: 'lifecycle_expired',
      severity: 'critical',
      component: 'centos',
      version: '7.9.2009',
      endOfSupport: '2024-06-30',
      reason: 'Support of CentOS Linux 7 ended on 2024-06-30',
    });
    expect(finding?.action).not.toBe('');
  });

  test.each([
    [0, 0],
    ['none', 0],
    [3, 8],
    ['12', 14],
    [40, 20],
    ['2 critical, 5 high', 20],
    ['High', 16],
    ['CVE-2021-44228', 8],
    ['critical: 0, low: 1', 4],
    ['some', 4],
  ])('of vulnerabilities "%s" has %i points', (stated, points) => {
    expect(debtOf(server({ values: { security_vulnerabilities: stated } })).score).toBe(points);
  });

  test('has 15 points for legacy technology, however many there are', () => {
    const { score, findings } = debtOf(
      server({ values: { technology_stack: ['COBOL', 'CICS', 'Java 21'] } }),
    );

    expect(score).toBe(15);
    expect(findings.map(({ component }) => component)).toEqual(['CICS', 'COBOL']);
  });

  test.each([
    [0, 0, 0],
    [3, 1, 5],
    [4, 4, 8],
    [10, 5, 12],
    [25, 0, 15],
  ])('of %i dependents and %i dependencies has %i points', (dependents, dependencies, points) => {
    expect(debtOf(server({ dependents, dependencies })).score).toBe(points);
  });

  test('has up to 10 points for what is not known', () => {
    const { score, findings } = debtOf({ type: 'server' });

    expect(score).toBe(10);
    expect(findings[0]?.reason).toContain('operating system and version');
    expect(findings[0]?.reason).toContain('dependencies');
  });

  test.each([
    [0, 'low'],
    [24, 'low'],
    [25, 'medium'],
    [49, 'medium'],
    [50, 'high'],
    [74, 'high'],
    [75, 'critical'],
    [100, 'critical'],
  ])('of %i points is a %s risk', (score, level) => {
    expect(riskLevelOf(score)).toBe(level);
  });

  test('is always the sum of its findings, from 0 to 100', () => {
    const asset = fc.record({
      runs: fc.subarray([
        'operating_system centos 6',
        'operating_system rhel 9',
        'database oracle-database 11g',
        'runtime java',
      ]),
      values: fc.record(
        {
          security_vulnerabilities: fc.oneof(fc.nat(50), fc.constantFrom('critical', 'none', 'x')),
          technology_stack: fc.subarray(['COBOL', 'VB6', 'Go']),
        },
        { requiredKeys: [] },
      ),
      dependents: fc.nat(40),
    });

    fc.assert(
      fc.property(asset, (facts) => {
        const { score, findings } = debtOf({ type: 'server', ...facts });
        expect(score).toBe(findings.reduce((sum, { points }) => sum + points, 0));
        expect(score).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('legacy technology', () => {
  test.each([
    ['COBOL, DB2', ['COBOL']],
    ['Visual Basic 6.0', ['Visual Basic 6']],
    ['VB.NET', []],
    ['C# WinForms', ['WinForms']],
    ['Adobe Flash', ['Flash']],
    ['flashcards', []],
    ['AS/400 RPG', ['RPG', 'AS/400']],
    ['Java, accessible UI', []],
    ['MS Access', ['Microsoft Access']],
    ['Oracle Forms 6i', ['Oracle Forms']],
  ])('in "%s" is %j', (technology_stack, names) => {
    expect(findLegacyTechnologies({ technology_stack }).map(({ name }) => name)).toEqual(names);
  });

  test('is not read from names and descriptions', () => {
    expect(findLegacyTechnologies({ name: 'delphi', description: 'replaced the COBOL system' })).toEqual([]);
  });
});

describe('the facts about an asset', () => {
  const build = createFactBuilder({ today: assessmentDay });

  test('hold the lifecycles of its members, each once', () => {
    const { lifecycle } = build({
      name: 'Shop',
      assetType: 'application',
      subtype: null,
      values: {},
      members: [
        { operating_system: 'RHEL 7.9' },
        { operating_system: 'CentOS', os_version: '7' },
        { operating_system: 'RHEL 7.9' },
      ],
    });

    expect(lifecycle.map(({ product, status }) => [product, status])).toEqual([
      ['rhel', 'extended_only'],
      ['centos', 'expired'],
    ]);
  });

  test('hold an end of life that the records state', () => {
    const { lifecycle } = build({
      name: 'db-1',
      assetType: 'server',
      subtype: null,
      values: { end_of_life_date: '2025-12-31' },
    });

    expect(lifecycle).toMatchObject([{ component: 'asset', status: 'expired', endOfSupport: '2025-12-31' }]);
  });
});
