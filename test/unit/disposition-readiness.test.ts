import { assessReadiness } from '../../src/domain/disposition/readiness';
import { factsOf, type TestAsset } from '../support/disposition-facts';

const sized = { operating_system: 'RHEL 9', cpu_cores: 4, memory_gb: 16, storage_gb: 100 };
const readinessOf = ({ values, ...asset }: TestAsset) =>
  assessReadiness(factsOf({ type: 'server', ...asset, values: { ...sized, ...values } }));

describe('readiness to move', () => {
  test('of a sized server on a supported system is full', () => {
    expect(readinessOf({ runs: ['operating_system rhel 9'] })).toEqual({ status: 'ready', findings: [] });
  });

  test.each([
    ['mainframe', { operating_system: 'z/OS 2.5' }],
    ['midrange', { operating_system: 'IBM i 7.4' }],
    ['other_processor', { operating_system: 'AIX 7.2' }],
    ['bound', { compliance_scope: ['ITAR'] }],
    ['latency', { network_zone: 'Plant floor' }],
    ['out_of_scope', { migration_scope: 'out' }],
    ['bound_license', { license: 'USB dongle' }],
    ['word_size', { operating_system: 'Windows Server 2008 (32-bit)' }],
  ])('is blocked by %s', (code, values) => {
    const { status, findings } = readinessOf({ values });

    expect(status).toBe('not_ready');
    expect(findings[0]).toMatchObject({ code, weight: 'blocker' });
  });

  test.each([
    ['powered_off', { power_state: 'off' }],
    ['physical', { virtualization_platform: 'bare metal' }],
    ['judged_not_ready', { cloud_readiness: 'Not ready' }],
    ['complex_move', { migration_complexity: 'Very high' }],
    ['no_cores', { cpu_cores: 0 }],
  ])('has a condition for %s', (code, values) => {
    const { status, findings } = readinessOf({ values });

    expect(status).toBe('ready_with_conditions');
    expect(findings).toMatchObject([{ code, weight: 'warning' }]);
  });

  test('names the attribute and the value behind a blocker', () => {
    const { findings } = readinessOf({
      values: { operating_system: 'Windows Server 2008 R2' },
      runs: ['operating_system windows-server 2008 R2'],
    });

    expect(findings).toMatchObject([
      {
        code: 'operating_system_expired',
        attribute: 'operating_system',
        value: 'Windows Server 2008 R2',
      },
    ]);
  });

  test('is unknown while the operating system is', () => {
    const { status, findings } = assessReadiness(factsOf({ type: 'server', values: { cpu_cores: 2 } }));

    expect(status).toBe('unknown');
    expect(findings.map(({ code }) => code)).toEqual([
      'missing_operating_system',
      'missing_memory_gb',
      'missing_storage_gb',
    ]);
  });
});
