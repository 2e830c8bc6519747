import { recommendDisposition } from '../../src/domain/disposition/recommend';
import type { Disposition } from '../../src/domain/lists';
import { factsOf, type TestAsset } from '../support/disposition-facts';

type Case = readonly [description: string, expected: Disposition, asset: TestAsset];

const windows2022 = 'operating_system windows-server 2022';
const windows2012 = 'operating_system windows-server 2012 R2';
const windows2008 = 'operating_system windows-server 2008 R2';
const rhel8 = 'operating_system rhel 8.6';
const windowsVm = { operating_system: 'Windows Server 2022', virtualization_platform: 'VMware vSphere' };
const oldWindowsVm = {
  operating_system: 'Windows Server 2008 R2',
  virtualization_platform: 'VMware vSphere',
};
const linux = { operating_system: 'Red Hat Enterprise Linux 8.6' };

const cases: readonly Case[] = [
  [
    'a bought CRM with a SaaS offer',
    'repurchase',
    { values: { application_type: 'COTS', application_name: 'Siebel CRM', has_saas_replacement: true } },
  ],
  [
    'Exchange on an old server',
    'repurchase',
    {
      name: 'Exchange 2013',
      values: { name: 'Exchange 2013', application_type: 'COTS', vendor: 'Microsoft' },
      runs: [windows2012],
    },
  ],
  [
    'a bought HR system with a SaaS offer, critical',
    'repurchase',
    {
      values: {
        application_type: 'Package',
        application_name: 'PeopleSoft HR',
        has_saas_replacement: true,
        business_criticality: 'high',
      },
    },
  ],
  [
    'an application that is to be replaced',
    'repurchase',
    { values: { lifecycle_stage: 'Replace', application_type: 'COTS' } },
  ],
  [
    'a bought legacy package with a SaaS offer',
    'repurchase',
    { values: { application_type: 'COTS', technology_stack: ['PowerBuilder'], has_saas_replacement: true } },
  ],
  [
    'an own time sheet tool of low value with a SaaS offer',
    'repurchase',
    {
      values: {
        name: 'TimeTrack',
        application_type: 'custom',
        application_name: 'Time tracking',
        business_criticality: 'low',
        has_saas_replacement: true,
      },
    },
  ],
  ['a stated replacement', 'repurchase', { values: { migration_strategy: 'repurchase' } }],
  [
    'a bought application without a SaaS offer on a current system',
    'rehost',
    {
      values: { application_type: 'COTS', vendor: 'Aveva', has_saas_replacement: false },
      members: [windowsVm],
      runs: [windows2022],
    },
  ],
  [
    'a small own application on a current system',
    'rehost',
    { values: { application_type: 'custom', business_criticality: 'low' }, members: [linux], runs: [rhel8] },
  ],
  ['an application of which only the name is known', 'rehost', {}],
  [
    'a bought application on an old system',
    'replatform',
    {
      values: { application_type: 'COTS', vendor: 'Aveva', has_saas_replacement: false },
      members: [oldWindowsVm],
      runs: [windows2008],
    },
  ],
  [
    'a bought application on an old database',
    'replatform',
    {
      values: { application_type: 'COTS', has_saas_replacement: false, database_engine: 'Oracle 11g' },
      runs: ['database oracle-database 11.2.0.4'],
    },
  ],
  [
    'an own tiered application on an old system',
    'replatform',
    {
      values: {
        application_type: 'custom',
        architecture_pattern: '3-tier',
        business_criticality: 'medium',
        technology_stack: ['Java 17'],
      },
      members: [{ operating_system: 'CentOS 6' }],
      runs: ['operating_system centos 6', 'runtime java 17'],
    },
  ],
  [
    'an application in containers',
    'replatform',
    {
      values: {
        application_type: 'custom',
        architecture_pattern: 'containers',
        technology_stack: ['Docker', 'Go'],
      },
      members: [linux],
      runs: [rhel8],
    },
  ],
  [
    'an application made of services',
    'replatform',
    { values: { application_type: 'custom', architecture_pattern: 'Microservices' } },
  ],
  [
    'an application on UNIX',
    'replatform',
    {
      values: { application_type: 'COTS', has_saas_replacement: false },
      members: [{ operating_system: 'AIX 7.1' }],
      runs: ['operating_system aix 7.1'],
    },
  ],
];

test.each(cases)('%s: %s', (_, expected, asset) => {
  const { strategy } = recommendDisposition(factsOf({ type: 'application', ...asset }));

  expect(strategy).toBe(expected);
});
