import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '../../src/runtime/config';
import { checkMachine } from '../../src/runtime/doctor';
import { freePort, isPortFree } from '../../src/runtime/embedded/ports';
import { identify, isAlive } from '../../src/runtime/process/process-identity';
import { type ProcessSpec, Supervisor } from '../../src/runtime/process/processes';
import { connectClient, connectWorker, ensureSearchAttributes } from '../../src/runtime/temporal-client';
import { eventually } from '../support/eventually';
import { temporalAddress } from '../support/servers';

let home: string;
let supervisor: Supervisor;

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'surveyor-processes-'));
  supervisor = new Supervisor(home);
});

afterEach(async () => {
  await supervisor.stopAll();
  rmSync(home, { recursive: true, force: true });
});

/** A process that runs a script and is ready when the script has made the file `ready`. */
function aProcess(script: string, overrides: Partial<ProcessSpec> = {}): ProcessSpec {
  return {
    name: 'child',
    command: process.execPath,
    args: ['-e', script],
    cwd: home,
    stop: { signal: 'SIGTERM', graceMs: 2_000 },
    isReady: () => existsSync(path.join(home, 'ready')),
    readyWithinMs: 10_000,
    ...overrides,
  };
}

const lasting =
  "console.log('started'); require('fs').writeFileSync('ready', ''); setInterval(() => {}, 1000);";

test('a started process is ready, logs to its file and has a pid file', async () => {
  const child = await supervisor.start(aProcess(lasting));

  expect(readFileSync(child.logFile, 'utf8')).toBe('started\n');
  expect(JSON.parse(readFileSync(path.join(home, 'run', 'child.json'), 'utf8'))).toEqual(identify(child.pid));
});

test('a stopped process is gone with its pid file', async () => {
  const child = await supervisor.start(aProcess(lasting));
  const identity = identify(child.pid);

  await supervisor.stopAll();

  expect(identity && isAlive(identity)).toBe(false);
  expect(existsSync(path.join(home, 'run', 'child.json'))).toBe(false);
  await expect(child.exited).resolves.toBe('SIGTERM');
});

test('a process that ignores the signal is killed after its grace time', async () => {
  const stubborn = `process.on('SIGTERM', () => {}); ${lasting}`;
  const child = await supervisor.start(aProcess(stubborn, { stop: { signal: 'SIGTERM', graceMs: 200 } }));

  await child.stop();

  await expect(child.exited).resolves.toBe('SIGKILL');
});

test('a process that ends before it is ready is an error with the end of its log', async () => {
  const failing = supervisor.start(aProcess("console.error('no such disk'); process.exit(3)"));

  await expect(failing).rejects.toThrow(/child ended with 3\. .*no such disk/s);
});

test('a command that does not exist is an error', async () => {
  const failing = supervisor.start(aProcess('', { command: '/nowhere/command' }));

  await expect(failing).rejects.toThrow(/child could not be started: .*ENOENT/);
});

test('a process that is not ready in time is stopped and reported', async () => {
  const idle = aProcess('setInterval(() => {}, 1000)', { readyWithinMs: 300 });

  await expect(supervisor.start(idle)).rejects.toThrow(/was not ready within 300 ms/);
  expect(existsSync(path.join(home, 'run', 'child.json'))).toBe(false);
});

test('processes stop in reverse order of their start', async () => {
  const told = (name: string): string =>
    `process.on('SIGTERM', () => { require('fs').appendFileSync('order', '${name} '); process.exit(0); }); ${lasting}`;
  await supervisor.start(aProcess(told('first'), { name: 'first' }));
  rmSync(path.join(home, 'ready'));
  await supervisor.start(aProcess(told('second'), { name: 'second' }));

  await supervisor.stopAll();

  expect(readFileSync(path.join(home, 'order'), 'utf8')).toBe('second first ');
});

test('a ready process that ends by itself is reported, a stopped one is not', async () => {
  const stopped = await supervisor.start(aProcess(lasting, { name: 'stopped' }));
  await stopped.stop();
  const child = await supervisor.start(aProcess(lasting));

  process.kill(child.pid, 'SIGKILL');

  await expect(supervisor.died).resolves.toBe(child);
});

test('a process that is to stay is started again when it ends, until it ends all the time', async () => {
  const told: string[] = [];
  const spec = aProcess(lasting, { onRestart: (message) => told.push(message) });
  const first = await supervisor.start(spec);

  process.kill(first.pid, 'SIGKILL');
  const second = await eventually(() => pidBeside(first.pid));
  const last = await endUntilDead(second);

  expect(told).toHaveLength(5);
  expect(told[0]).toBe('The child ended (SIGKILL) and is started again');
  await expect(supervisor.died).resolves.toMatchObject({ pid: last });
});

/** The pid in the pid file, when it is another one. */
function pidBeside(known: number): number {
  const { pid } = JSON.parse(readFileSync(path.join(home, 'run', 'child.json'), 'utf8')) as { pid: number };
  if (pid === known) throw new Error('still the same process');
  return pid;
}

/** Ends each process that follows, answers the last one's pid. */
async function endUntilDead(first: number): Promise<number> {
  let pid = first;
  for (let round = 0; round < 5; round += 1) {
    process.kill(pid, 'SIGKILL');
    if (round < 4) pid = await eventually(() => pidBeside(pid));
  }
  return pid;
}

test('a pid file whose number belongs to somebody else harms nobody', async () => {
  writeFileSync(
    path.join(home, 'run', 'child.json'),
    JSON.stringify({ pid: process.pid, startedAt: 'long ago' }),
  );

  const child = await supervisor.start(aProcess(lasting));

  expect(child.pid).toBeGreaterThan(0);
});

test('a busy port is replaced by a free one', async () => {
  const busy = Number(temporalAddress().split(':')[1]);

  const port = await freePort(busy);

  expect(port).not.toBe(busy);
  expect(await isPortFree(port)).toBe(true);
});

test('client and worker connect, and search attributes are there after several processes ensured them', async () => {
  const settings = { ...readConfig({}), temporalAddress: temporalAddress() };
  const [client, worker] = await Promise.all([connectClient(settings), connectWorker(settings)]);

  await Promise.all([ensureSearchAttributes(client), ensureSearchAttributes(client)]);

  const counted = await client.workflow.count('FlowStatus = "none such" and ClientAccountId = "nobody"');
  expect(counted.count).toBe(0);
  await Promise.all([client.connection.close(), worker.close()]);
});

test('a Temporal server that is not there is reported within the time given', async () => {
  const settings = { ...readConfig({}), temporalAddress: `127.0.0.1:${await freePort()}` };

  await expect(connectClient(settings, 500)).rejects.toThrow(/connect/i);
});

test('the check of the machine names everything that the servers need', async () => {
  const checks = await checkMachine({ ...readConfig({}), home, cacheDir: path.join(home, 'cache') });

  expect(checks.map(({ name }) => name)).toEqual([
    'Node.js',
    'npm',
    'Platform',
    'State folder',
    'Cache folder',
    'Disk space',
    'PostgreSQL',
    'System user',
    'Temporal',
    'Go',
    'tctl',
    'Ports',
  ]);
  expect(checks.filter(({ status, help }) => status !== 'ok' && help === '')).toEqual([]);
  expect(checks.find(({ name }) => name === 'PostgreSQL')?.status).toBe('ok');
});
