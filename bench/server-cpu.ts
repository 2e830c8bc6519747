import { readFileSync } from 'node:fs';
import type { Client } from 'pg';

/** Clock ticks a second of the times in `/proc` (`getconf CLK_TCK`, 100 on Linux). */
const ticksPerSecond = 100;
/** Where user and system time stand in `/proc/PID/stat` behind the name of the command (proc(5)). */
const userTimeAt = 11;

/** Seconds of CPU that the connections of a database have taken so far; null when its server runs elsewhere. */
export async function serverCpuSeconds(admin: Client): Promise<number | null> {
  const { rows } = await admin.query<{ pid: number }>(
    'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  try {
    return rows.reduce((sum, { pid }) => sum + processSeconds(pid), 0);
  } catch {
    return null;
  }
}

function processSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[userTimeAt]) + Number(fields[userTimeAt + 1])) / ticksPerSecond;
}
