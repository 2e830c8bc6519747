import { recommendDisposition } from '../../src/domain/disposition/recommend';
import type { Disposition } from '../../src/domain/lists';
import { factsOf, type TestAsset } from '../support/disposition-facts';

type Case = readonly [description: string, expected: Disposition, asset: TestAsset];

const windows2022 = 'operating_system windows-server 2022';
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
    'an own application on an old Java, critical',
    'refactor',
    {
      values: {
        application_type: 'custom',
        technology_stack: ['Java 7', 'Struts 1.2'],
        business_criticality: 'critical',
        code_quality: 'Good',
      },
      members: [linux],
      runs: [rhel8, 'runtime java 7'],
    },
  ],
  [
    'an own application on old .NET, high value',
    'refactor',
    {
      values: {
        application_type: 'in-house',
        technology_stack: ['.NET Core 3.1'],
        business_criticality: 'high',
        architecture_pattern: 'n-tier',
      },
      members: [windowsVm],
      runs: [windows2022, 'runtime dotnet 3.1'],
    },
  ],
  [
    'an own client-server application in VB6, high value',
    'refactor',
    {
      values: {
        application_type: 'custom',
        technology_stack: ['VB6'],
        architecture_pattern: 'client-server',
        business_criticality: 'high',
        business_logic_complexity: 'low',
      },
    },
  ],
  [
    'an own monolith of high value with good code',
    'refactor',
    {
      values: {
        application_type: 'custom',
        architecture_pattern: 'Monolith',
        business_criticality: 'high',
        code_quality: 'good',
        business_logic_complexity: 'low',
      },
      members: [windowsVm],
      runs: [windows2022],
    },
  ],
  [
    'an own monolith in Python 2 of high value',
    'refactor',
    {
      values: {
        application_type: 'custom',
        architecture_pattern: 'monolithic',
        technology_stack: ['Python 2.7'],
        business_criticality: 'high',
      },
      runs: ['runtime python 2.7'],
    },
  ],
  [
    'a critical own monolith with complex rules',
    'rearchitect',
    {
      values: {
        application_type: 'custom',
        architecture_pattern: 'monolithic',
        business_criticality: 'critical',
        business_logic_complexity: 'High',
      },
      members: [windowsVm],
      runs: [windows2022],
    },
  ],
  [
    'a critical own monolith with poor code and many users',
    'rearchitect',
    {
      values: {
        application_type: 'bespoke',
        architecture_pattern: 'Monolith',
        business_criticality: 'critical',
        code_quality: 'poor',
        users_count: 5000,
      },
      members: [linux],
      runs: [rhel8],
    },
  ],
  [
    'a strategic own monolith on which much depends',
    'rearchitect',
    {
      values: {
        application_type: 'custom',
        architecture_pattern: 'monolith',
        business_criticality: 'high',
        lifecycle_stage: 'Invest',
        business_logic_complexity: 'very high',
      },
      dependents: 14,
    },
  ],
  [
    'a strategic own legacy monolith',
    'rearchitect',
    {
      values: {
        application_type: 'custom',
        architecture_pattern: 'monolith',
        technology_stack: ['COBOL'],
        business_criticality: 'critical',
        lifecycle_stage: 'invest',
        business_logic_complexity: 'high',
      },
    },
  ],
  [
    'an application without users',
    'retire',
    { values: { users_count: 0, application_type: 'custom' }, members: [oldWindowsVm], runs: [windows2008] },
  ],
  [
    'an application that is phased out',
    'retire',
    { values: { lifecycle_stage: 'Phase-out', application_type: 'COTS', has_saas_replacement: true } },
  ],
  ['a decommissioned application', 'retire', { values: { status: 'retired', business_criticality: 'high' } }],
  [
    'an application whose machines are all off',
    'retire',
    {
      values: { application_type: 'COTS' },
      members: [
        { ...windowsVm, power_state: 'off' },
        { ...windowsVm, power_state: 'off' },
      ],
      runs: [windows2022],
    },
  ],
  [
    'an application with one machine off',
    'rehost',
    {
      values: { application_type: 'COTS', has_saas_replacement: false },
      members: [
        { ...windowsVm, power_state: 'off' },
        { ...windowsVm, power_state: 'on' },
      ],
      runs: [windows2022],
    },
  ],
  [
    'a COBOL application on a mainframe',
    'retain',
    {
      values: {
        application_type: 'custom',
        technology_stack: ['COBOL', 'CICS'],
        business_criticality: 'critical',
      },
      members: [{ operating_system: 'z/OS 2.4' }],
      runs: ['operating_system z-os 2.4'],
    },
  ],
  [
    'an application already used as a service',
    'retain',
    { values: { application_type: 'SaaS', vendor: 'Salesforce', application_name: 'CRM' } },
  ],
  [
    'an application that the law keeps in the country',
    'retain',
    {
      values: {
        application_type: 'custom',
        compliance_scope: ['data residency'],
        architecture_pattern: 'n-tier',
      },
    },
  ],
  [
    'a manufacturing execution system',
    'retain',
    {
      values: { application_type: 'COTS', network_zone: 'Shop floor', tags: ['latency-sensitive'] },
      members: [windowsVm],
      runs: [windows2022],
    },
  ],
  [
    'a VMware application that must not be changed',
    'relocate',
    {
      values: { application_type: 'COTS', has_saas_replacement: false, change_tolerance: 'low' },
      members: [windowsVm, windowsVm],
      runs: [windows2022],
    },
  ],
];

test.each(cases)('%s: %s', (_, expected, asset) => {
  const { strategy } = recommendDisposition(factsOf({ type: 'application', ...asset }));

  expect(strategy).toBe(expected);
});
