import { feeds } from './define';
import type { FormatDefinition } from './define';

const vendor = 'RVTools';

/** Columns that end every tab about virtual machines. */
const machineTail = {
  VM: 'name',
  Powerstate: 'power_state',
  Annotation: 'description',
  Datacenter: 'datacenter',
  Cluster: 'cluster',
  Host: 'hypervisor_host',
  'OS according to the VMware Tools': feeds('operating_system', { order: 0 }),
  'OS according to the configuration file': feeds('operating_system', { order: 1 }),
  'SMBIOS UUID': 'uuid',
  'VM UUID': 'external_id',
} as const;
const machineTailUnmapped = `Template; SRM Placeholder; Folder; VM ID; VI SDK Server; VI SDK UUID; Internal Sort Column`;
const tailSignature = [
  'OS according to the configuration file',
  'OS according to the VMware Tools',
  'VI SDK Server',
  'VI SDK UUID',
  'SRM Placeholder',
  'Powerstate',
  'VM UUID',
];

const vInfo: FormatDefinition = {
  id: 'rvtools.vInfo',
  vendor,
  kind: 'inventory',
  signature: [
    ...tailSignature,
    'Guest state',
    'Connection state',
    'DAS protection',
    'In Use MiB',
    'In Use MB',
    'HA Restart Priority',
    'Primary IP Address',
    'Latency Sensitivity',
    'Consolidation Needed',
    'Num Monitors',
  ],
  minimum: 3,
  requires: [
    ['VM'],
    ['CPUs', 'Memory'],
    [
      'DNS Name',
      'Provisioned MiB',
      'Provisioned MB',
      'Total disk capacity MiB',
      'Guest state',
      'In Use MiB',
      'In Use MB',
      'Primary IP Address',
    ],
  ],
  columns: {
    ...machineTail,
    'DNS Name': 'fqdn',
    'Creation date': 'install_date',
    CPUs: 'cpu_cores',
    Memory: feeds('memory_gb', { unit: 'mib' }),
    'Total disk capacity MiB': feeds('storage_gb', { unit: 'mib' }),
    'Total disk capacity MB': feeds('storage_gb', { unit: 'mib' }),
    'Provisioned MiB': feeds('storage_gb', { unit: 'mib', unless: ['Total disk capacity MiB'] }),
    'Provisioned MB': feeds('storage_gb', {
      unit: 'mib',
      unless: ['Total disk capacity MB', 'Total disk capacity MiB'],
    }),
    'In Use MiB': feeds('storage_used_gb', { unit: 'mib' }),
    'In Use MB': feeds('storage_used_gb', { unit: 'mib' }),
    'Primary IP Address': 'ip_address',
    'VI SDK Server type': 'virtualization_platform',
  },
  unmapped: `${machineTailUnmapped}; Config status; Connection state; Guest state; Heartbeat; Consolidation Needed; PowerOn;
    Suspended To Memory; Suspend time; Suspend Interval; Change Version; Overall Cpu Readiness; Active Memory; NICs; Disks;
    Fixed Passthru HotPlug; min Required EVC Mode Key; Latency Sensitivity; Op Notification Timeout; EnableUUID; CBT; Network #{n};
    Num Monitors; Video Ram KiB; Video Ram KB; Resource pool; Folder ID; vApp; DAS protection; FT State; FT Role; FT Latency; FT Bandwidth;
    FT Sec. Latency; Vm Failover In Progress; Unshared MiB; Unshared MB; HA Restart Priority; HA Isolation Response; HA VM Monitoring;
    Cluster rule(s); Cluster rule name(s); Boot Required; Boot delay; Boot retry delay; Boot retry enabled; Boot BIOS setup;
    Reboot PowerOff; EFI Secure boot; Firmware; HW version; HW upgrade status; HW upgrade policy; HW target; Path; Log directory;
    Snapshot directory; Suspend directory; Customization Info; Guest Detailed Data; VI SDK API Version; VM Config; Is Template`,
};

const vInfoApi: FormatDefinition = {
  id: 'rvtools.vInfo.api',
  vendor,
  kind: 'inventory',
  signature: [
    'vInfoVMName',
    'vInfoPowerstate',
    'vInfoGuestHostName',
    'vInfoCPUs',
    'vInfoMemory',
    'vInfoProvisioned',
    'vInfoInUse',
    'vInfoOS',
    'vInfoUUID',
  ],
  minimum: 3,
  requires: [['vInfoVMName']],
  columns: {
    vInfoVMName: 'name',
    vInfoPowerstate: 'power_state',
    vInfoGuestHostName: 'fqdn',
    vInfoDNSName: feeds('fqdn', { unless: ['vInfoGuestHostName'] }),
    vInfoCPUs: 'cpu_cores',
    vInfoMemory: feeds('memory_gb', { unit: 'mib' }),
    vInfoTotalDiskCapacityMiB: feeds('storage_gb', { unit: 'mib' }),
    vInfoProvisioned: feeds('storage_gb', { unit: 'mib', unless: ['vInfoTotalDiskCapacityMiB'] }),
    vInfoInUse: feeds('storage_used_gb', { unit: 'mib' }),
    vInfoPrimaryIPAddress: 'ip_address',
    vInfoOSTools: feeds('operating_system', { order: 0 }),
    vInfoOS: feeds('operating_system', { order: 1 }),
    vInfoDataCenter: 'datacenter',
    vInfoCluster: 'cluster',
    vInfoHost: 'hypervisor_host',
    vInfoSMBIOSUUID: 'uuid',
    vInfoUUID: feeds('uuid', { unless: ['vInfoSMBIOSUUID'] }),
    vInfoInstanceUUID: 'external_id',
    vInfoAnnotation: 'description',
    vInfoCreateDate: 'install_date',
  },
  unmapped: 'vInfo*',
};

const vDisk: FormatDefinition = {
  id: 'rvtools.vDisk',
  vendor,
  kind: 'inventory',
  signature: [
    ...tailSignature,
    'Disk UUID',
    'Disk Path',
    'Eagerly Scrub',
    'Raw Comp. Mode',
    'Shared Bus',
    'Write Through',
    'Disk Mode',
  ],
  minimum: 3,
  requires: [
    ['VM'],
    ['Disk'],
    ['Capacity MiB', 'Capacity MB'],
    ['Disk Mode', 'Disk UUID', 'Thin', 'Eagerly Scrub', 'Raw'],
  ],
  columns: {
    ...machineTail,
    'Capacity MiB': feeds('storage_gb', { unit: 'mib' }),
    'Capacity MB': feeds('storage_gb', { unit: 'mib' }),
  },
  details: { storage_gb: 'sum' },
  unmapped: `${machineTailUnmapped}; Disk; Disk Key; Disk UUID; Disk Path; Raw; Disk Mode; Sharing mode; Thin;
    Eagerly Scrub; Split; Write Through; Level; Shares; Reservation; Limit; Controller; Label; SCSI Unit #; Unit #; Shared Bus; Path;
    Raw LUN ID; Raw Comp. Mode`,
};

const vNetwork: FormatDefinition = {
  id: 'rvtools.vNetwork',
  vendor,
  kind: 'inventory',
  signature: [...tailSignature, 'NIC label', 'Starts Connected', 'Direct Path IO', 'Mac Address'],
  minimum: 3,
  requires: [['VM'], ['Mac Address'], ['NIC label', 'Adapter', 'Starts Connected', 'Switch']],
  columns: {
    ...machineTail,
    'Mac Address': feeds('mac_address', { combine: 'list' }),
    'IPv4 Address': feeds('ip_address', { combine: 'list', order: 0 }),
    'IP Address': feeds('ip_address', { combine: 'list', order: 0 }),
    'IPv6 Address': feeds('ip_address', { combine: 'list', order: 1 }),
  },
  details: { mac_address: 'list', ip_address: 'list' },
  unmapped: `${machineTailUnmapped}; NIC label; Adapter; Network; Switch; Connected; Starts Connected; Type; Direct Path IO`,
};

const vPartition: FormatDefinition = {
  id: 'rvtools.vPartition',
  vendor,
  kind: 'inventory',
  signature: [...tailSignature, 'Consumed MiB', 'Consumed MB', 'Disk Key'],
  minimum: 3,
  requires: [['VM'], ['Disk'], ['Consumed MiB', 'Consumed MB'], ['Free MiB', 'Free MB', 'Free %']],
  // The capacity of a file system is not that of the disks, which may hold none or several.
  columns: {
    ...machineTail,
    'Consumed MiB': feeds('storage_used_gb', { unit: 'mib' }),
    'Consumed MB': feeds('storage_used_gb', { unit: 'mib' }),
  },
  details: { storage_used_gb: 'sum' },
  unmapped: `${machineTailUnmapped}; Disk Key; Disk; Capacity MiB; Capacity MB; Free MiB; Free MB; Free %`,
};

const vCpu: FormatDefinition = {
  id: 'rvtools.vCPU',
  vendor,
  kind: 'inventory',
  signature: [...tailSignature, 'Cores p/s', 'Hot Add', 'Hot Remove', 'Numa Hotadd Exposed'],
  minimum: 3,
  requires: [['VM'], ['CPUs'], ['Sockets', 'Cores p/s']],
  columns: { ...machineTail, CPUs: 'cpu_cores' },
  unmapped: `${machineTailUnmapped}; Sockets; Cores p/s; Max; Overall; Level; Shares; Reservation; Entitlement; DRS Entitlement; Limit;
    Hot Add; Hot Remove; Numa Hotadd Exposed`,
};

const vMemory: FormatDefinition = {
  id: 'rvtools.vMemory',
  vendor,
  kind: 'inventory',
  signature: [
    ...tailSignature,
    'Ballooned',
    'Swapped',
    'Memory Reservation Locked To Max',
    'Size MiB',
    'Size MB',
  ],
  minimum: 3,
  requires: [['VM'], ['Size MiB', 'Size MB'], ['Ballooned', 'Swapped', 'Consumed', 'Reservation']],
  columns: {
    ...machineTail,
    'Size MiB': feeds('memory_gb', { unit: 'mib' }),
    'Size MB': feeds('memory_gb', { unit: 'mib' }),
  },
  unmapped: `${machineTailUnmapped}; Memory Reservation Locked To Max; Overhead; Max; Consumed; Consumed Overhead; Private; Shared;
    Swapped; Ballooned; Active; Entitlement; DRS Entitlement; Level; Shares; Reservation; Limit; Hot Add`,
};

/** Tabs of RVTools 3 and 4 whose rows are virtual machines or their parts. */
export const rvtoolsMachineFormats: readonly FormatDefinition[] = [
  vInfo,
  vInfoApi,
  vDisk,
  vNetwork,
  vPartition,
  vCpu,
  vMemory,
];
