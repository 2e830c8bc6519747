import { feeds } from './define';
import type { FormatDefinition } from './define';

const machines: FormatDefinition = {
  id: 'nutanix.prism_vms',
  vendor: 'Nutanix Prism',
  kind: 'inventory',
  signature: [
    'Controller Read IOPS',
    'Controller Write IOPS',
    'Controller IO Bandwidth',
    'Controller Avg IO Latency',
    'Memory Capacity',
    'Categories',
    'VM Name',
  ],
  minimum: 3,
  requires: [['VM Name', 'Name']],
  columns: {
    'VM Name': 'name',
    Name: feeds('name', { unless: ['VM Name'] }),
    Host: 'hypervisor_host',
    'IP Addresses': feeds('ip_address', { combine: 'list' }),
    Cores: 'cpu_cores',
    'Memory Capacity': feeds('memory_gb'),
    Storage: feeds('storage_gb'),
    'CPU Usage': 'cpu_utilization_percent',
    'Memory Usage': 'memory_utilization_percent',
    'Controller Read IOPS': feeds('disk_iops', { combine: 'sum', order: 0 }),
    'Controller Write IOPS': feeds('disk_iops', { combine: 'sum', order: 1 }),
    'Controller IO Bandwidth': feeds('disk_throughput_mbps'),
    'Power State': 'power_state',
    Cluster: 'cluster',
    Categories: feeds('tags', { combine: 'list' }),
    'VM UUID': 'external_id',
    UUID: 'external_id',
    OS: 'operating_system',
    Description: 'description',
  },
  unmapped:
    'Controller Avg IO Latency; Backup and Recovery Capable; Flash Mode; NGT Installed; Project; Owner; Efficiency; Health',
};

export const nutanixFormats: readonly FormatDefinition[] = [machines];
