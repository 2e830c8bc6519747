import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Connection, ScheduleNotFoundError } from '@temporalio/client';
import type { Tenant } from '../../src/domain/flow/messages';
import type { Environment } from '../../src/runtime/config';
import { freePort } from '../../src/runtime/embedded/ports';
import { type SupervisedProcess, Supervisor } from '../../src/runtime/process/processes';
import { ensureSearchAttributes } from '../../src/runtime/temporal-client';
import { reconcilerScheduleId } from '../../src/worker-schedule';
import { addTenant, createTestDatabase, type TestDatabase } from './database';
import { temporalAddress } from './servers';

/** The processes of an installation: as operators start them, on a database and a task queue of their own. */
export class TestStack {
  readonly taskQueue = `e2e-${randomUUID()}`;
  readonly home = mkdtempSync(path.join(tmpdir(), 'surveyor-e2e-'));
  private readonly supervisor = new Supervisor(this.home);
  private readonly running = new Map<ProcessName, SupervisedProcess>();
  private readonly tokenSecret = randomBytes(32).toString('hex');
  private apiPort = 0;

  private constructor(
    readonly database: TestDatabase,
    readonly tenant: Tenant,
    readonly client: Client,
    private readonly settings: Environment,
  ) {}

  /** A database with one tenant; processes are started by `start`. */
  static async create(options: StackOptions = {}): Promise<TestStack> {
    const database = options.database ?? (await createTestDatabase());
    const connection = await Connection.connect({ address: temporalAddress() });
    const client = new Client({ connection });
    await ensureSearchAttributes(client);
    return new TestStack(database, await addTenant(database), client, options.settings ?? {});
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.apiPort}`;
  }

  get objectsDir(): string {
    return path.join(this.home, 'objects');
  }

  async start(...names: ProcessName[]): Promise<void> {
    if (names.includes('api') && this.apiPort === 0) this.apiPort = await freePort(18_000);
    await Promise.all(names.map((name) => this.startOne(name)));
  }

  /** Ends a process as a power cut would; waits until it is gone. */
  async kill(name: ProcessName): Promise<void> {
    const { pid, exited } = this.processOf(name);
    process.kill(pid, 'SIGKILL');
    await exited;
    this.running.delete(name);
  }

  /** Asks a process to end, and answers its exit code. */
  async terminate(name: ProcessName): Promise<number | NodeJS.Signals> {
    const running = this.processOf(name);
    await running.stop();
    this.running.delete(name);
    return running.exited;
  }

  log(name: ProcessName): string {
    return readFileSync(path.join(this.home, 'logs', `${name}.log`), 'utf8');
  }

  /** Stops what runs, and removes the database, the folder and the schedule. */
  async stop(): Promise<void> {
    await Promise.all([...this.running.keys()].map((name) => this.terminate(name)));
    await this.supervisor.stopAll();
    await this.deleteSchedule();
    await this.client.connection.close();
    await this.database.drop();
    rmSync(this.home, { recursive: true, force: true });
  }

  environment(): Record<string, string> {
    const { urls } = this.database;
    return {
      SURVEYOR_ENV: 'test',
      SURVEYOR_HOME: this.home,
      SURVEYOR_LOG_FORMAT: 'json',
      SURVEYOR_APP_DATABASE_URL: urls.appUrl,
      SURVEYOR_AUTH_DATABASE_URL: urls.authUrl,
      SURVEYOR_SYSTEM_DATABASE_URL: urls.systemUrl,
      SURVEYOR_TOKEN_SECRET: this.tokenSecret,
      SURVEYOR_PORT: String(this.apiPort || 8_080),
      SURVEYOR_TASK_QUEUE: this.taskQueue,
      SURVEYOR_SHUTDOWN_SECONDS: '5',
      TEMPORAL_ADDRESS: temporalAddress(),
    };
  }

  private async startOne(name: ProcessName): Promise<void> {
    const readyFile = path.join(this.home, `${name}.ready`);
    const started = await this.supervisor.start({
      name,
      command: process.execPath,
      args: [path.resolve(__dirname, '../../bin/surveyor'), name, '--ready-file', readyFile],
      environment: { ...this.environment(), ...this.settings },
      stop: { signal: 'SIGTERM', graceMs: 20_000 },
      isReady: (pid) => existsSync(readyFile) && readFileSync(readyFile, 'utf8').trim() === String(pid),
      readyWithinMs: 60_000,
    });
    this.running.set(name, started);
  }

  private processOf(name: ProcessName): SupervisedProcess {
    const found = this.running.get(name);
    if (found === undefined) throw new Error(`${name} does not run`);
    return found;
  }

  private async deleteSchedule(): Promise<void> {
    try {
      await this.client.schedule.getHandle(reconcilerScheduleId(this.taskQueue)).delete();
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    }
  }
}

export type ProcessName = 'worker' | 'api';

export interface StackOptions {
  readonly database?: TestDatabase;
  /** Further environment of the processes. */
  readonly settings?: Environment;
}
