import { feeds } from './define';
import type { FormatDefinition } from './define';

const machines: FormatDefinition = {
  id: 'vrops.vm_metrics',
  vendor: 'VMware vRealize Operations',
  kind: 'performance',
  reason: 'The rows are measurements over time, several per asset',
  signature: ['Interval Breakdown', 'VM|*'],
  minimum: 2,
  requires: [['Name'], ['VM|*']],
  columns: {
    Name: 'name',
    'VM|CPU|Usage (%)|Avg': 'cpu_utilization_percent',
    'VM|CPU|Usage (%)|Max': 'cpu_utilization_peak_percent',
    'VM|Memory|Usage (%)|Avg': 'memory_utilization_percent',
    'VM|Memory|Usage (%)|Max': 'memory_utilization_peak_percent',
    'VM|Disk|Total IOPS|Avg': feeds('disk_iops'),
    'VM|Virtual Disk|Total IOPS|Avg': feeds('disk_iops'),
    'VM|Disk|Total Throughput (KBps)|Avg': feeds('disk_throughput_mbps', { unit: 'kb/s' }),
    'VM|Virtual Disk|Total Throughput (KBps)|Avg': feeds('disk_throughput_mbps', { unit: 'kb/s' }),
    'VM|Network|Usage Rate (KBps)|Avg': feeds('network_throughput_mbps', { unit: 'kb/s' }),
    'VM|Network I/O|Usage Rate (KBps)|Avg': feeds('network_throughput_mbps', { unit: 'kb/s' }),
  },
  unmapped: 'Interval Breakdown; VM|*',
};

export const vropsFormats: readonly FormatDefinition[] = [machines];
