import { recommendDisposition } from '../../src/domain/disposition/recommend';
import type { Disposition } from '../../src/domain/lists';
import { factsOf, type TestAsset } from '../support/disposition-facts';

type Case = readonly [description: string, expected: Disposition, asset: TestAsset];

const windows2022 = 'operating_system windows-server 2022';
const windows2012 = 'operating_system windows-server 2012 R2';
const windows2008 = 'operating_system windows-server 2008 R2';
const rhel8 = 'operating_system rhel 8.6';
const centos7 = 'operating_system centos 7';
const windowsVm = { operating_system: 'Windows Server 2022', virtualization_platform: 'VMware vSphere' };
const oldWindowsVm = {
  operating_system: 'Windows Server 2008 R2',
  virtualization_platform: 'VMware vSphere',
};
const linux = { operating_system: 'Red Hat Enterprise Linux 8.6' };

const cases: readonly Case[] = [
  ['a supported Windows VM', 'rehost', { values: windowsVm, runs: [windows2022] }],
  [
    'a supported Linux VM on KVM',
    'rehost',
    { values: { ...linux, virtualization_platform: 'KVM' }, runs: [rhel8] },
  ],
  [
    'a physical Linux server',
    'rehost',
    { subtype: 'physical', values: { ...linux, model: 'ProLiant DL380' }, runs: [rhel8] },
  ],
  [
    'a Hyper-V machine of low value',
    'rehost',
    {
      values: {
        operating_system: 'Windows Server 2019',
        virtualization_platform: 'Hyper-V',
        business_criticality: 'low',
      },
      runs: ['operating_system windows-server 2019'],
    },
  ],
  [
    'an Ubuntu machine judged as ready',
    'rehost',
    {
      values: { operating_system: 'Ubuntu 22.04', cloud_readiness: 'Ready' },
      runs: ['operating_system ubuntu 22.04'],
    },
  ],
  ['a server of which only the name is known', 'rehost', {}],
  ['a server on Windows 2008 R2', 'replatform', { values: oldWindowsVm, runs: [windows2008] }],
  [
    'a server on Windows 2012 R2 with paid support',
    'replatform',
    { values: { operating_system: 'Windows Server 2012 R2' }, runs: [windows2012] },
  ],
  [
    'a server on CentOS 7',
    'replatform',
    { values: { operating_system: 'CentOS 7', virtualization_platform: 'KVM' }, runs: [centos7] },
  ],
  [
    'an AIX server',
    'replatform',
    { values: { operating_system: 'AIX 7.2' }, runs: ['operating_system aix 7.2'] },
  ],
  [
    'a Solaris server on SPARC',
    'replatform',
    {
      values: { operating_system: 'Solaris 10', model: 'SPARC T4-1' },
      runs: ['operating_system solaris 10'],
    },
  ],
  [
    'an HP-UX server',
    'replatform',
    { values: { operating_system: 'HP-UX 11.31' }, runs: ['operating_system hp-ux 11.31'] },
  ],
  [
    'a VMware machine that must not be changed',
    'relocate',
    { values: { ...windowsVm, change_tolerance: 'Low' }, runs: [windows2022] },
  ],
  [
    'an old VMware machine that must not be changed',
    'relocate',
    { values: { ...oldWindowsVm, change_tolerance: 'none' }, runs: [windows2008] },
  ],
  [
    'a VMware machine meant for VMware in the cloud',
    'relocate',
    { values: { ...windowsVm, tags: ['target:AVS'] }, runs: [windows2022] },
  ],
  [
    'an ESXi host',
    'relocate',
    {
      subtype: 'hypervisor',
      values: { operating_system: 'VMware ESXi 7.0.3', virtualization_platform: 'VMware' },
      runs: ['operating_system vmware-esxi 7.0.3'],
    },
  ],
  [
    'a vSphere cluster',
    'relocate',
    { type: 'cluster', values: { virtualization_platform: 'VMware vSphere' } },
  ],
  [
    'a Hyper-V host',
    'retain',
    {
      subtype: 'hypervisor',
      values: { operating_system: 'Hyper-V Server 2019', virtualization_platform: 'Hyper-V' },
    },
  ],
  ['a decommissioned server', 'retire', { values: { ...windowsVm, status: 'retired' }, runs: [windows2022] }],
  ['a powered-off VM', 'retire', { values: { ...windowsVm, power_state: 'off' }, runs: [windows2022] }],
  [
    'a powered-off VM on an old system',
    'retire',
    { values: { ...oldWindowsVm, power_state: 'off', business_criticality: 'low' }, runs: [windows2008] },
  ],
  ['a server in stock', 'retire', { values: { status: 'in_stock', model: 'DL360' } }],
  [
    'an idle server on which nothing depends',
    'retire',
    {
      values: {
        operating_system: 'Windows Server 2008 R2',
        cpu_utilization_percent: 0.4,
        cpu_utilization_peak_percent: 2,
        business_criticality: 'low',
      },
      runs: [windows2008],
      dependents: 0,
    },
  ],
  [
    'a server tagged for decommissioning',
    'retire',
    { values: { ...windowsVm, tags: ['to be decommissioned'], power_state: 'off' }, runs: [windows2022] },
  ],
  [
    'a powered-off standby for disasters',
    'rehost',
    { values: { ...windowsVm, power_state: 'off', environment: 'disaster_recovery' }, runs: [windows2022] },
  ],
  [
    'a mainframe',
    'retain',
    { subtype: 'mainframe', values: { operating_system: 'z/OS 2.4' }, runs: ['operating_system z-os 2.4'] },
  ],
  [
    'an IBM i machine',
    'retain',
    { values: { operating_system: 'IBM i 7.3' }, runs: ['operating_system ibm-i 7.3'] },
  ],
  [
    'a server out of scope',
    'retain',
    { values: { ...windowsVm, migration_scope: 'out' }, runs: [windows2022] },
  ],
  [
    'a deferred server on an old system',
    'retain',
    { values: { ...oldWindowsVm, migration_scope: 'deferred' }, runs: [windows2008] },
  ],
  [
    'a controller in a plant',
    'retain',
    {
      values: { operating_system: 'Windows Server 2019', server_role: 'SCADA', network_zone: 'OT zone' },
      runs: ['operating_system windows-server 2019'],
    },
  ],
  [
    'a server with export-controlled data',
    'retain',
    { values: { ...linux, compliance_scope: ['ITAR'] }, runs: [rhel8] },
  ],
  [
    'an instance in a public cloud',
    'retain',
    {
      values: { ...linux, hosting_model: 'Public cloud', virtualization_platform: 'AWS EC2' },
      runs: [rhel8],
    },
  ],
  ['a physical appliance', 'retain', { subtype: 'appliance', values: { model: 'Exadata X7' } }],
  [
    'a server whose records state retain',
    'retain',
    { values: { ...windowsVm, migration_strategy: 'retain' }, runs: [windows2022] },
  ],
];

test.each(cases)('%s: %s', (_, expected, asset) => {
  const { strategy } = recommendDisposition(factsOf({ type: 'server', ...asset }));

  expect(strategy).toBe(expected);
});
