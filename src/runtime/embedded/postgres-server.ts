import { readdirSync, readFileSync, realpathSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { totalmem } from 'node:os';
import { commandLine, identify, stopProcess, type StopRequest } from '../process/process-identity';

/** SIGINT is PostgreSQL's fast shutdown: it ends sessions, writes a checkpoint and goes. */
export const POSTGRES_STOP: StopRequest = { signal: 'SIGINT', graceMs: 30_000 };

const MEBIBYTE = 1024 * 1024;

/** Command line of a server on the loopback address only. */
export function serverFlags(data: string, port: number, durable: boolean): string[] {
  const values: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: socketFolder(data, port),
    max_connections: 200,
    shared_buffers: `${Math.round(Math.min(512, Math.max(64, totalmem() / MEBIBYTE / 8)))}MB`,
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    jit: 'off', // our statements are short; compiling them costs more than it saves
    dynamic_shared_memory_type: isSharedMemorySmall() ? 'mmap' : 'posix',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', data, '-p', String(port), ...flags];
}

/** Whether the server with that number has recovered and takes connections, by the status line of postmaster.pid. */
export function isServerReady(data: string, pid: number): boolean {
  const lines = pidFileLines(data);
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

/**
 * Makes a data folder startable: an orphan server there is stopped, and lock files of a dead one are removed (their
 * process number may belong to somebody else by now, which PostgreSQL would take for a running server).
 */
export async function releaseDataFolder(data: string): Promise<void> {
  const pid = Number(pidFileLines(data)[0]);
  if (pid > 0) {
    const orphan = identify(pid);
    if (orphan && isServerOf(pid, data)) await stopProcess(orphan, POSTGRES_STOP);
    rmSync(path.join(data, 'postmaster.pid'), { force: true });
  }
  for (const name of socketFiles(data)) rmSync(path.join(data, name), { force: true });
}

function isServerOf(pid: number, data: string): boolean {
  const command = commandLine(pid);
  return command.includes('postgres') && command.includes(`-D ${realpathSync(data)} `);
}

function pidFileLines(data: string): string[] {
  try {
    return readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

function socketFiles(data: string): string[] {
  try {
    return readdirSync(data).filter((name) => name.startsWith('.s.PGSQL.'));
  } catch {
    return []; // no cluster yet
  }
}

/** A socket's path has at most 103 bytes on macOS and 107 on Linux; without a socket TCP still works. */
function socketFolder(data: string, port: number): string {
  return Buffer.byteLength(path.join(data, `.s.PGSQL.${port}.lock`)) <= 103 ? data : '';
}

/** Containers give /dev/shm 64 MiB by default, too little for a parallel hash join. */
function isSharedMemorySmall(): boolean {
  try {
    const { bsize, blocks } = statfsSync('/dev/shm');
    return bsize * blocks < 256 * MEBIBYTE;
  } catch {
    return false; // not Linux
  }
}
