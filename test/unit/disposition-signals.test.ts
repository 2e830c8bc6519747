import type { AttributeValues } from '../../src/domain/attributes/types';
import { readSignals } from '../../src/domain/disposition/signals/read';
import type { SignalName } from '../../src/domain/disposition/signals/signals';
import { factsOf, type TestAsset } from '../support/disposition-facts';

const signalOf = (name: SignalName, asset: TestAsset): string => readSignals(factsOf(asset)).signals[name];

describe('a signal', () => {
  test.each<[SignalName, AttributeValues, string]>([
    ['mark', { tags: ['to be decommissioned'] }, 'unused'],
    ['mark', { name: 'srv-decom-01' }, 'unused'],
    ['mark', { description: 'Obsolete, do not touch' }, 'unused'],
    ['mark', { description: 'Replaced the obsolete fax server' }, 'unknown'],
    ['regulation', { data_classification: 'Not classified' }, 'regulated'],
    ['regulation', { data_classification: 'Unclassified' }, 'regulated'],
    ['regulation', { data_classification: 'Top Secret' }, 'bound'],
    ['regulation', { compliance_scope: ['PCI DSS', 'GDPR'] }, 'regulated'],
    ['regulation', { compliance_scope: ['None'] }, 'free'],
    ['readiness', { cloud_readiness: 'No issues found' }, 'ready'],
    ['readiness', { cloud_readiness: 'Not ready for Azure' }, 'not_ready'],
    ['readiness', { cloud_readiness: 'Ready with conditions' }, 'ready'],
    ['readiness', { cloud_readiness: 'Unknown' }, 'unknown'],
    ['origin', { application_type: 'Internal web application' }, 'unknown'],
    ['origin', { application_type: 'custom_cots' }, 'package'],
    ['origin', { application_type: 'In-house developed' }, 'custom'],
    ['origin', { application_type: 'COTS', hosting_model: 'SaaS' }, 'saas'],
    ['origin', { vendor: 'SAP' }, 'package'],
    ['origin', { vendor: 'Internal' }, 'custom'],
    ['stage', { lifecycle_stage: 'Phase-Out' }, 'retire'],
    ['stage', { lifecycle_stage: 'Operate' }, 'unknown'],
    ['status', { status: 'planned' }, 'unknown'],
    ['status', { status: 'in_stock' }, 'in_stock'],
    ['power', { power_state: 'suspended' }, 'off'],
    ['usage', { users_count: 0 }, 'none'],
    ['usage', { user_load: 'High' }, 'many'],
    ['load', { cpu_utilization_percent: 1, cpu_utilization_peak_percent: 80 }, 'normal'],
    ['load', { cpu_utilization_percent: 0.5 }, 'idle'],
    ['logic', { business_logic_complexity: '5' }, 'high'],
    ['logic', { migration_complexity: '2/10' }, 'low'],
    ['logic', { business_logic_complexity: 'n/a' }, 'unknown'],
    ['tolerance', { change_tolerance: 'Change freeze in December' }, 'low'],
    ['platform', { hosting_model: 'Private cloud', virtualization_platform: 'VMware' }, 'vmware'],
    ['platform', { hosting_model: 'Public cloud' }, 'cloud'],
    ['platform', { model: 'VMware Virtual Platform' }, 'vmware'],
    ['system', { operating_system: 'Oracle Solaris 11' }, 'unix'],
    ['system', { operating_system: 'Oracle Linux 8' }, 'commodity'],
    ['architecture', { technology_stack: ['Kubernetes', 'Go'] }, 'containers'],
    ['saas', { has_saas_replacement: 'Salesforce' }, 'yes'],
    ['saas', { has_saas_replacement: false }, 'no'],
    ['latency', { description: 'Talks to SCADA gateways' }, 'bound'],
    ['latency', { description: 'Reports for the plant managers' }, 'unknown'],
  ])('%s of %j is %s', (name, values, expected) => {
    expect(signalOf(name, { values })).toBe(expected);
  });

  test('of coupling is unknown until relations are known', () => {
    expect(signalOf('coupling', {})).toBe('unknown');
    expect(signalOf('coupling', { dependents: 0 })).toBe('none');
    expect(signalOf('coupling', { dependents: 9 })).toBe('many');
  });

  test('of an application comes from its members when it does not say itself', () => {
    const members = [{ operating_system: 'Windows Server 2019' }, { operating_system: 'AIX 7.2' }];

    expect(signalOf('system', { members })).toBe('unix');
    expect(signalOf('power', { members: [{ power_state: 'off' }, { power_state: 'on' }] })).toBe('on');
    expect(signalOf('power', { members: [{ power_state: 'off' }, {}] })).toBe('unknown');
  });

  test('of support is that of the worst component', () => {
    const runs = ['operating_system windows-server 2022', 'operating_system centos 6'];

    expect(signalOf('systemSupport', { runs })).toBe('expired');
    expect(signalOf('systemSupport', { runs: ['operating_system mystery 1'] })).toBe('unknown');
  });

  test('is read for every kind of asset', () => {
    const kindOf = (asset: TestAsset) => readSignals(factsOf(asset)).kind;

    expect(kindOf({ type: 'server', values: { operating_system: 'VMware ESXi 8' } })).toBe('hypervisor');
    expect(kindOf({ type: 'cluster', values: { operating_system: 'Windows Server 2019' } })).toBe('server');
    expect(kindOf({ type: 'other', values: { technology_stack: ['PHP'] } })).toBe('application');
    expect(kindOf({ type: 'component' })).toBe('equipment');
  });
});
