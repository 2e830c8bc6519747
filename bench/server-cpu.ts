import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Client } from 'pg';

/** Clock ticks a second of the times in `/proc` (`getconf CLK_TCK`, 100 on Linux). */
const ticksPerSecond = 100;
/** Where user and system time stand in `/proc/PID/stat` behind the name of the command (proc(5)). */
const userTimeAt = 11;

/** Seconds of CPU that the connections of a database have taken so far; null when its server runs elsewhere. */
export async function serverCpuSeconds(admin: Client): Promise<number | null> {
  const clock = await databaseClock(admin);
  return clock && [...clock.values()].reduce((sum, seconds) => sum + seconds, 0);
}

/** Seconds of CPU of processes so far, by process id. */
export type CpuClock = ReadonlyMap<number, number>;

/** The clock of a database's connections, without the one that asks; null when its server runs elsewhere. */
export async function databaseClock(admin: Client): Promise<CpuClock | null> {
  const { rows } = await admin.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
       and backend_type = 'client backend'`,
  );
  return clockOf(rows.map(({ pid }) => pid));
}

/** The clock of the process that listens at `host:port`; null when it runs elsewhere. */
export function listenerClock(address: string): CpuClock | null {
  const [host = '', port = ''] = address.split(/:(?=\d+$)/);
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(host)) return null;
  const pid = listenerAt(Number(port));
  return pid === undefined ? null : clockOf([pid]);
}

/** Seconds between two readings; a process that was not there before began at zero, one that has gone is not seen. */
export function cpuBetween(before: CpuClock | null, after: CpuClock | null): number | null {
  if (before === null || after === null) return null;
  return [...after].reduce((sum, [pid, seconds]) => sum + seconds - (before.get(pid) ?? 0), 0);
}

function clockOf(pids: readonly number[]): CpuClock | null {
  try {
    return new Map(pids.map((pid) => [pid, processSeconds(pid)]));
  } catch {
    return null;
  }
}

/** To the nanosecond where the kernel counts so finely, else in ticks. */
function processSeconds(pid: number): number {
  return threadSeconds(pid) ?? tickSeconds(pid);
}

/** Sum over the threads; the first number of each `schedstat` is its time on a CPU in nanoseconds. */
function threadSeconds(pid: number): number | undefined {
  try {
    const nanoseconds = readdirSync(`/proc/${pid}/task`).map((thread) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0]),
    );
    return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e9;
  } catch {
    return undefined;
  }
}

function tickSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[userTimeAt]) + Number(fields[userTimeAt + 1])) / ticksPerSecond;
}

/** State of a listening socket in `/proc/net/tcp`; port and inode stand in the columns below (proc(5)). */
const listening = '0A';

function listenerAt(port: number): number | undefined {
  try {
    const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
    const sockets = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter((columns) => columns[1]?.endsWith(suffix) && columns[3] === listening)
        .map((columns) => `socket:[${columns[9]}]`),
    );
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.map(Number).find((pid) => holdsAny(pid, new Set(sockets)));
  } catch {
    return undefined;
  }
}

function holdsAny(pid: number, sockets: ReadonlySet<string>): boolean {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some((name) => sockets.has(linkOf(`${folder}/${name}`)));
  } catch {
    return false; // gone, or another user's
  }
}

function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
