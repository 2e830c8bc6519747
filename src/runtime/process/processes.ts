import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { childEnvironment, type Environment } from '../config';
import { identify, type ProcessIdentity, type StopRequest, stopProcess } from './process-identity';
import { projectRoot } from '../project-root';

/** A child process to start under supervision. */
export interface ProcessSpec {
  /** Names its log file and pid file; one process of a name at a time. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Environment;
  readonly cwd?: string;
  /** Run as another user of the system. */
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly stop: StopRequest;
  /** Asked every 25 ms until it says yes. */
  readonly isReady: (pid: number) => boolean | Promise<boolean>;
  readonly readyWithinMs: number;
  /** Start it again when it ends unasked; told what ended how. Without it such an end is a death. */
  readonly onRestart?: (message: string) => void;
}

/** A process that ends more often than this within a minute is broken, not unlucky. */
const mostRestarts = 5;
const restartWindowMs = 60_000;

export interface SupervisedProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Settles when the process has ended, with its exit code or signal. */
  readonly exited: Promise<number | NodeJS.Signals>;
  stop(): Promise<void>;
}

/**
 * The child processes of one state folder. Output goes to `logs/NAME.log`, identities to `run/NAME.json`.
 * When this process dies without stopping them, a watchdog process does; when that dies too, the next
 * supervisor of the folder finds them by their pid files.
 */
export class Supervisor {
  readonly #logs: string;
  readonly #run: string;
  readonly #running: SupervisedProcess[] = [];
  readonly #stopping = new WeakSet<SupervisedProcess>();
  readonly #reportDeath: (running: SupervisedProcess) => void;
  /** When processes of a name ended unasked, of late. */
  readonly #ends = new Map<string, number[]>();
  #isStopped = false;
  /** Settles with the first process that ended although nobody stopped it, after it had been ready, for good. */
  readonly died: Promise<SupervisedProcess>;
  #watchdog: { readonly child: ChildProcess; readonly input: Writable } | undefined;

  constructor(home: string) {
    let reportDeath: (running: SupervisedProcess) => void = () => undefined;
    this.died = new Promise((resolve) => (reportDeath = resolve));
    this.#reportDeath = reportDeath;
    this.#logs = path.join(home, 'logs');
    this.#run = path.join(home, 'run');
    mkdirSync(this.#logs, { recursive: true, mode: 0o700 });
    mkdirSync(this.#run, { recursive: true, mode: 0o700 });
  }

  /** Starts a process and waits until it is ready. Throws with the tail of its log when it ends before, or is late. */
  async start(spec: ProcessSpec): Promise<SupervisedProcess> {
    const leftover = this.#readPidFile(spec.name);
    if (leftover) await stopProcess(leftover, spec.stop);
    const started = this.#spawn(spec);
    try {
      await waitUntilReady(spec, started);
    } catch (error) {
      await started.stop();
      throw error;
    }
    void this.#watch(spec, started);
    return started;
  }

  /** Stops everything in reverse order of the start. */
  async stopAll(): Promise<void> {
    this.#isStopped = true;
    for (const running of [...this.#running].reverse()) await running.stop();
    this.#watchdog?.input.end();
    this.#watchdog = undefined;
  }

  #spawn(spec: ProcessSpec): SupervisedProcess {
    const logFile = path.join(this.#logs, `${spec.name}.log`);
    const child = spawnWithLog(spec, logFile);
    const exited = new Promise<number | NodeJS.Signals>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(signal ?? code ?? 0));
    });
    const identity = child.pid === undefined ? undefined : identify(child.pid);
    if (identity) this.#register(spec, identity);
    const running: SupervisedProcess = {
      name: spec.name,
      pid: child.pid ?? 0,
      logFile,
      exited,
      stop: async () => {
        this.#stopping.add(running);
        if (identity) await stopProcess(identity, spec.stop);
        await exited.catch(() => undefined);
      },
    };
    this.#running.push(running);
    void exited.catch(() => undefined).then(() => this.#forget(running));
    return running;
  }

  async #watch(spec: ProcessSpec, running: SupervisedProcess): Promise<void> {
    const end = await running.exited;
    if (this.#stopping.has(running) || this.#isStopped) return;
    if (spec.onRestart === undefined || !this.#mayRestart(spec.name)) {
      this.#reportDeath(running);
      return;
    }
    spec.onRestart(`The ${spec.name} ended (${end}) and is started again`);
    try {
      await this.start(spec);
    } catch {
      if (!this.#isStopped) this.#reportDeath(running);
    }
  }

  #mayRestart(name: string): boolean {
    const now = Date.now();
    const recent = (this.#ends.get(name) ?? []).filter((end) => now - end < restartWindowMs);
    this.#ends.set(name, [...recent, now]);
    return recent.length < mostRestarts;
  }

  #register(spec: ProcessSpec, identity: ProcessIdentity): void {
    this.#watchdog ??= startWatchdog();
    this.#watchdog.input.write(`add ${identity.pid} ${spec.stop.signal} ${spec.stop.graceMs}\n`);
    writeFileSync(path.join(this.#run, `${spec.name}.json`), JSON.stringify(identity));
  }

  #forget(running: SupervisedProcess): void {
    const index = this.#running.indexOf(running);
    if (index < 0) return;
    this.#running.splice(index, 1);
    this.#watchdog?.input.write(`remove ${running.pid}\n`);
    rmSync(path.join(this.#run, `${running.name}.json`), { force: true });
  }

  #readPidFile(name: string): ProcessIdentity | undefined {
    try {
      // Only this class writes the file.
      return JSON.parse(readFileSync(path.join(this.#run, `${name}.json`), 'utf8')) as ProcessIdentity;
    } catch {
      return undefined;
    }
  }
}

/** The last lines of a log file, for error messages. */
export function logTail(logFile: string, lines = 15): string {
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

/** Output goes straight to the file: a pipe through us would break the server when we die. */
function spawnWithLog(spec: ProcessSpec, logFile: string): ChildProcess {
  setAsideWhenLarge(logFile);
  const log = openSync(logFile, 'a');
  try {
    return spawn(spec.command, spec.args, {
      cwd: spec.cwd ?? process.cwd(),
      env: childEnvironment(spec.environment),
      stdio: ['ignore', log, log],
      detached: true, // its own process group: the terminal's interrupt reaches only us, and we stop in order
      ...spec.user,
    });
  } finally {
    closeSync(log);
  }
}

const LARGE_LOG_BYTES = 16 * 1024 * 1024;

function setAsideWhenLarge(logFile: string): void {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGE_LOG_BYTES) renameSync(logFile, `${logFile}.1`);
}

async function waitUntilReady(spec: ProcessSpec, started: SupervisedProcess): Promise<void> {
  let ended: string | undefined;
  started.exited.then(
    (code) => (ended = `ended with ${code}`),
    (error: unknown) => (ended = `could not be started: ${String(error)}`),
  );
  const deadline = Date.now() + spec.readyWithinMs;
  while (!(await spec.isReady(started.pid))) {
    if (ended === undefined && Date.now() > deadline) ended = `was not ready within ${spec.readyWithinMs} ms`;
    if (ended !== undefined) break;
    await delay(25);
  }
  if (ended !== undefined)
    throw new Error(`${spec.name} ${ended}. Last lines of ${started.logFile}:\n${logTail(started.logFile)}`);
}

function startWatchdog(): { child: ChildProcess; input: Writable } {
  const script = path.join(projectRoot(), 'scripts', 'watchdog.mjs');
  const child = spawn(process.execPath, [script], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  child.once('error', () => undefined); // without a watchdog only kill -9 leaves servers, and the next start finds them
  child.stdin.once('error', () => undefined);
  child.unref();
  return { child, input: child.stdin };
}
