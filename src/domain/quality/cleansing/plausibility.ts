import type { AttributeName } from '../../attributes/types';
import type { CellProblem } from './conversion';

interface PlausibleRange {
  readonly minimum: number;
  readonly maximum: number;
}

const tenYearsInMinutes = 10 * 366 * 24 * 60;
const percent: PlausibleRange = { minimum: 0, maximum: 100 };
const money: PlausibleRange = { minimum: 0, maximum: 1e12 };
/** 100 PB in GB. */
const storage: PlausibleRange = { minimum: 0, maximum: 100 * 1024 ** 2 };
const duration: PlausibleRange = { minimum: 0, maximum: tenYearsInMinutes };
const throughput: PlausibleRange = { minimum: 0, maximum: 1_000_000 };

/** What a figure may be before it is taken for a mistake. No machine runs without a core or without memory. */
const ranges: Readonly<Partial<Record<AttributeName, PlausibleRange>>> = {
  cpu_cores: { minimum: 1, maximum: 1024 },
  memory_gb: { minimum: 1 / 1024, maximum: 64 * 1024 },
  storage_gb: storage,
  storage_used_gb: storage,
  database_size_gb: storage,
  cpu_utilization_percent: percent,
  cpu_utilization_peak_percent: percent,
  memory_utilization_percent: percent,
  memory_utilization_peak_percent: percent,
  disk_iops: { minimum: 0, maximum: 1e8 },
  disk_throughput_mbps: throughput,
  network_throughput_mbps: throughput,
  users_count: { minimum: 0, maximum: 1e10 },
  connection_count: { minimum: 0, maximum: 1e15 },
  port: { minimum: 0, maximum: 65_535 },
  rto_minutes: duration,
  rpo_minutes: duration,
  annual_cost: money,
  monthly_cost: money,
  estimated_cloud_cost: money,
};

/** What is wrong with a figure of an attribute, null when nothing is. */
export function implausibility(attribute: AttributeName, value: number): CellProblem | null {
  const range = ranges[attribute];
  if (range === undefined || (value >= range.minimum && value <= range.maximum)) {
    return null;
  }
  return value < 0 ? 'negative_value' : 'implausible_value';
}
