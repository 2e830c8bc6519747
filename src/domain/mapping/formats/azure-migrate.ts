import { feeds } from './define';
import type { FormatDefinition } from './define';

const vendor = 'Microsoft Azure Migrate';
const diskReads = ['Disk 1 read throughput (MB per second)', 'Disk 1 write throughput (MB per second)'];
const diskOps = ['Disk 1 read ops (operations per second)', 'Disk 1 write ops (operations per second)'];

const servers: FormatDefinition = {
  id: 'azure_migrate.servers',
  vendor,
  kind: 'inventory',
  signature: [
    'Memory (In MB)',
    'CPU utilization percentage',
    'Memory utilization percentage',
    'Network adapters',
    'Network In throughput',
    'Network Out throughput',
    'Disk {n} size (In GB)',
    'OS architecture',
    'Number of disks',
    'Disk {n} read throughput (MB per second)',
    'Boot type',
    'Firmware type',
    'Server type',
  ],
  minimum: 3,
  requires: [['Server name'], ['Cores'], ['Memory (In MB)']],
  columns: {
    'Server name': 'hostname',
    'IP addresses': feeds('ip_address', { combine: 'list' }),
    Cores: 'cpu_cores',
    'Memory (In MB)': feeds('memory_gb', { unit: 'mb' }),
    'OS name': 'operating_system',
    'OS version': 'os_version',
    'Server type': 'asset_type',
    Hypervisor: 'virtualization_platform',
    'CPU utilization percentage': 'cpu_utilization_percent',
    'Memory utilization percentage': 'memory_utilization_percent',
    'Network In throughput': feeds('network_throughput_mbps', { combine: 'sum', order: 0, unit: 'mb/s' }),
    'Network Out throughput': feeds('network_throughput_mbps', { combine: 'sum', order: 1, unit: 'mb/s' }),
    'Disk {n} size (In GB)': feeds('storage_gb', { combine: 'sum', unit: 'gb' }),
    'Disk {n} read throughput (MB per second)': feeds('disk_throughput_mbps', {
      combine: 'sum',
      order: 0,
      unit: 'mb/s',
    }),
    'Disk {n} write throughput (MB per second)': feeds('disk_throughput_mbps', {
      combine: 'sum',
      order: 1,
      unit: 'mb/s',
    }),
    'Disk {n} read ops (operations per second)': feeds('disk_iops', { combine: 'sum', order: 0 }),
    'Disk {n} write ops (operations per second)': feeds('disk_iops', { combine: 'sum', order: 1 }),
    'Storage read throughput (MB per second)': feeds('disk_throughput_mbps', {
      combine: 'sum',
      order: 0,
      unit: 'mb/s',
      unless: diskReads,
    }),
    'Storage write throughput (MB per second)': feeds('disk_throughput_mbps', {
      combine: 'sum',
      order: 1,
      unit: 'mb/s',
      unless: diskReads,
    }),
    'Storage read ops (operations per second)': feeds('disk_iops', {
      combine: 'sum',
      order: 0,
      unless: diskOps,
    }),
    'Storage write ops (operations per second)': feeds('disk_iops', {
      combine: 'sum',
      order: 1,
      unless: diskOps,
    }),
    'Storage in use (In GB)': feeds('storage_used_gb', { unit: 'gb' }),
    'MAC address': feeds('mac_address', { combine: 'list' }),
  },
  unmapped: 'OS architecture; Network adapters; Boot type; Firmware type; Number of disks',
};

const dependencies: FormatDefinition = {
  id: 'azure_migrate.dependencies',
  vendor,
  kind: 'network_flows',
  reason: 'The rows are network connections; they feed dependencies',
  signature: [
    'Source server name',
    'Source process',
    'Destination server name',
    'Destination process',
    'Source application',
    'Destination application',
    'Timeslot',
    'Time slot',
  ],
  minimum: 3,
  requires: [['Source server name'], ['Destination server name', 'Destination IP']],
  columns: {
    'Source server name': 'dependency_source',
    'Destination server name': 'dependency_target',
    'Destination IP': feeds('dependency_target', { unless: ['Destination server name'] }),
    'Destination port': 'port',
  },
  unmapped:
    'Timeslot; Time slot; Source IP; Source application; Source process; Destination application; Destination process',
};

export const azureMigrateFormats: readonly FormatDefinition[] = [servers, dependencies];
