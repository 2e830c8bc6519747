import { feeds } from './define';
import type { FormatDefinition } from './define';

const vendor = 'RVTools';

const vHost: FormatDefinition = {
  id: 'rvtools.vHost',
  vendor,
  kind: 'inventory',
  signature: [
    'in Maintenance Mode',
    'in Quarantine Mode',
    'HT Active',
    '# Cores',
    'Cores per CPU',
    '# VMs total',
    'vCPUs per Core',
    'VMs per Core',
    'ESX Version',
    'CPU usage %',
    'Memory usage %',
    'VI SDK UUID',
    'VI SDK Server',
    '# vCPUs',
  ],
  minimum: 3,
  requires: [
    ['Host'],
    ['# Cores', '# CPU', '# Memory'],
    ['ESX Version', 'HT Active', '# VMs', '# VMs total', 'in Maintenance Mode'],
  ],
  columns: {
    Host: 'name',
    Datacenter: 'datacenter',
    Cluster: 'cluster',
    '# Cores': 'cpu_cores',
    '# CPU': feeds('cpu_cores', { combine: 'product', order: 0, unless: ['# Cores'] }),
    'Cores per CPU': feeds('cpu_cores', { combine: 'product', order: 1, unless: ['# Cores'] }),
    'CPU usage %': 'cpu_utilization_percent',
    '# Memory': feeds('memory_gb', { unit: 'mib' }),
    'Memory usage %': 'memory_utilization_percent',
    'ESX Version': 'operating_system',
    Vendor: 'manufacturer',
    Model: 'model',
    'Serial number': 'serial_number',
    'Service tag': feeds('serial_number', { unless: ['Serial number'] }),
    'Object ID': 'external_id',
    UUID: 'uuid',
  },
  unmapped: `Config status; Compliance Check State; in Maintenance Mode; in Quarantine Mode; vSAN Fault Domain Name; CPU Model; Speed;
    HT Available; HT Active; Memory Tiering Type; Console; # NICs; # HBAs; # VMs total; # VMs; VMs per Core; # vCPUs; vCPUs per Core;
    vRAM; VM Used memory; VM Memory Swapped; VM Memory Ballooned; VMotion support; Storage VMotion support; Current EVC; Max EVC;
    Assigned License(s); ATS Heartbeat; ATS Locking; Current CPU power man. policy; Supported CPU power man.; Host Power Policy;
    Boot time; DNS Servers; DHCP; Domain; Domain List; DNS Search Order; NTP Server(s); NTPD running; Time Zone; Time Zone Name; GMT Offset;
    OEM specific string; BIOS Vendor; BIOS Version; BIOS Date; Certificate Issuer; Certificate Start Date; Certificate Expiry Date;
    Certificate Status; Certificate Subject; AutoDeploy; VI SDK Server; VI SDK UUID; Tpm Present`,
};

const vDatastore: FormatDefinition = {
  id: 'rvtools.vDatastore',
  vendor,
  kind: 'inventory',
  signature: [
    'SIOC enabled',
    'SIOC Threshold',
    '# Extents',
    'VMFS Upgradeable',
    'Cluster capacity MiB',
    'Max Blocks',
    'MHA',
    '# Hosts',
    'Block size',
    'Cluster free space MiB',
    'VI SDK UUID',
    '# VMs total',
    'Major Version',
  ],
  minimum: 3,
  requires: [['Name'], ['Capacity MiB', 'Capacity MB'], ['Free %', 'Free MiB', 'Free MB']],
  columns: {
    Name: 'name',
    'Capacity MiB': feeds('storage_gb', { unit: 'mib' }),
    'Capacity MB': feeds('storage_gb', { unit: 'mib' }),
    'In Use MiB': feeds('storage_used_gb', { unit: 'mib' }),
    'In Use MB': feeds('storage_used_gb', { unit: 'mib' }),
    'Cluster name': 'cluster',
    'Object ID': 'external_id',
  },
  unmapped: `Config status; Address; Accessible; Type; # VMs total; # VMs; Provisioned MiB; Provisioned MB; Free MiB; Free MB; Free %;
    SIOC enabled; SIOC Threshold; # Hosts; Hosts; Cluster capacity MiB; Cluster capacity MB; Cluster free space MiB; Cluster free space MB;
    Block size; Max Blocks; # Extents; Major Version; Version; VMFS Upgradeable; MHA; URL; VI SDK Server; VI SDK UUID`,
};

const vCluster: FormatDefinition = {
  id: 'rvtools.vCluster',
  vendor,
  kind: 'inventory',
  signature: [
    'OverallStatus',
    'NumHosts',
    'numEffectiveHosts',
    'NumCpuCores',
    'NumCpuThreads',
    'Effective Cpu',
    'Num VMotions',
    'HA enabled',
    'DRS enabled',
    'DPM enabled',
    'VI SDK UUID',
    'Failover Level',
    'AdmissionControlEnabled',
  ],
  minimum: 3,
  requires: [['Name'], ['NumHosts', 'NumCpuCores', 'HA enabled']],
  columns: {
    Name: 'name',
    NumCpuCores: 'cpu_cores',
    TotalMemory: feeds('memory_gb', { unit: 'mib' }),
    'Object ID': 'external_id',
  },
  unmapped: `Config status; OverallStatus; NumHosts; numEffectiveHosts; TotalCpu; NumCpuThreads; Effective Cpu; Effective Memory;
    Num VMotions; HA enabled; Failover Level; AdmissionControlEnabled; Host monitoring; HB Datastore Candidate Policy; Isolation Response;
    Restart Priority; Cluster Settings; Max Failures; Max Failure Window; Failure Interval; Min Up Time; VM Monitoring; DRS enabled;
    DRS default VM behavior; DRS vmotion rate; DPM enabled; DPM default behavior; DPM Host Power Action Rate; VI SDK Server; VI SDK UUID`,
};

/** Tabs of RVTools whose rows are hosts, datastores and clusters. */
export const rvtoolsHostFormats: readonly FormatDefinition[] = [vHost, vDatastore, vCluster];
