import { feeds } from './define';
import type { FormatDefinition } from './define';

const vendor = 'Google Migration Center';

const machines: FormatDefinition = {
  id: 'google_migration_center.vm_info',
  vendor,
  kind: 'inventory',
  signature: [
    'PrimaryIPAddress',
    'PrimaryMACAddress',
    'IpAddressListSemiColonDelimited',
    'TotalDiskAllocatedGiB',
    'TotalDiskUsedGiB',
    'MachineTypeLabel',
    'AllocatedProcessorCoreCount',
    'HostingLocation',
    'MachineStatus',
    'ProvisioningState',
    'IsPhysical',
    'MachineName',
  ],
  minimum: 3,
  requires: [['MachineId', 'MachineName']],
  columns: {
    MachineId: 'external_id',
    MachineName: 'name',
    PrimaryIPAddress: feeds('ip_address', { combine: 'list', order: 0 }),
    IpAddressListSemiColonDelimited: feeds('ip_address', { combine: 'list', order: 1 }),
    PrimaryMACAddress: feeds('mac_address', { combine: 'list' }),
    TotalDiskAllocatedGiB: feeds('storage_gb', { unit: 'gib' }),
    TotalDiskUsedGiB: feeds('storage_used_gb', { unit: 'gib' }),
    AllocatedProcessorCoreCount: 'cpu_cores',
    MemoryGiB: feeds('memory_gb', { unit: 'gib' }),
    HostingLocation: 'datacenter',
    OsName: 'operating_system',
    OsType: feeds('operating_system', { unless: ['OsName'] }),
    OsVersion: 'os_version',
    MachineStatus: 'power_state',
    CreateDate: 'install_date',
  },
  unmapped: 'PublicIPAddress; MachineTypeLabel; ProvisioningState; IsPhysical; Source',
};

const disks: FormatDefinition = {
  id: 'google_migration_center.disk_info',
  vendor,
  kind: 'inventory',
  signature: ['DiskLabel', 'SizeInGib', 'UsedInGib', 'StorageTypeLabel'],
  minimum: 2,
  requires: [['MachineId']],
  columns: {
    MachineId: 'external_id',
    SizeInGib: feeds('storage_gb', { unit: 'gib' }),
    UsedInGib: feeds('storage_used_gb', { unit: 'gib' }),
  },
  details: { storage_gb: 'sum', storage_used_gb: 'sum' },
  unmapped: 'DiskLabel; StorageTypeLabel',
};

const tags: FormatDefinition = {
  id: 'google_migration_center.tag_info',
  vendor,
  kind: 'inventory',
  signature: ['MachineId', 'Key', 'Value'],
  minimum: 3,
  requires: [['MachineId'], ['Key'], ['Value']],
  columns: { MachineId: 'external_id', Value: feeds('tags', { combine: 'list', sure: false }) },
  details: { tags: 'list' },
  unmapped: 'Key',
};

const performance: FormatDefinition = {
  id: 'google_migration_center.perf_info',
  vendor,
  kind: 'performance',
  reason: 'The rows are measurements over time, several per asset',
  signature: [
    'CpuUtilizationPercentage',
    'MemoryUtilizationPercentage',
    'UtilizedMemoryBytes',
    'DiskReadOperationsPerSec',
    'DiskWriteOperationsPerSec',
    'NetworkBytesPerSecSent',
    'NetworkBytesPerSecReceived',
  ],
  minimum: 2,
  requires: [['MachineId'], ['TimeStamp']],
  columns: {
    MachineId: 'external_id',
    CpuUtilizationPercentage: 'cpu_utilization_percent',
    MemoryUtilizationPercentage: 'memory_utilization_percent',
    DiskReadOperationsPerSec: feeds('disk_iops', { combine: 'sum', order: 0 }),
    DiskWriteOperationsPerSec: feeds('disk_iops', { combine: 'sum', order: 1 }),
    NetworkBytesPerSecSent: feeds('network_throughput_mbps', { combine: 'sum', order: 0, unit: 'b/s' }),
    NetworkBytesPerSecReceived: feeds('network_throughput_mbps', { combine: 'sum', order: 1, unit: 'b/s' }),
  },
  unmapped: 'TimeStamp; UtilizedMemoryBytes',
};

export const googleFormats: readonly FormatDefinition[] = [machines, disks, tags, performance];
