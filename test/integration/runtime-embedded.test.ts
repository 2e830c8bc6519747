import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { childEnvironment } from '../../src/runtime/config';
import { identify, isAlive, type ProcessIdentity } from '../../src/runtime/process/process-identity';
import { temporalBinary } from '../support/servers';

const support = path.resolve(__dirname, '../support');

interface Owner {
  readonly child: ChildProcess;
  readonly errors: () => string;
  readonly servers: Promise<{ postgres: { adminUrl: string; port: number }; temporal: { address: string } }>;
}

const homes: string[] = [];
const owners: Owner[] = [];

function aHome(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'surveyor-embedded-'));
  chmodSync(home, 0o711); // root starts PostgreSQL as another user, who must get to its folder
  homes.push(home);
  return home;
}

function own(home: string): Owner {
  const child = spawn(
    process.execPath,
    ['-r', path.join(support, 'register-typescript.cjs'), require.resolve('../support/embedded-owner')],
    {
      env: childEnvironment({
        SURVEYOR_HOME: home,
        TEMPORAL_CLI_PATH: temporalBinary(),
        TEMPORAL_ADDRESS: undefined,
      }),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const servers = new Promise<Awaited<Owner['servers']>>((resolve, reject) => {
    // The owner prints exactly this shape.
    child.stdout.once('data', (line: Buffer) =>
      resolve(JSON.parse(line.toString()) as Awaited<Owner['servers']>),
    );
    child.once('exit', (code) => reject(new Error(`The owner ended with ${code}: ${errors}`)));
  });
  servers.catch(() => undefined); // the test that expects it awaits it
  const owner = { child, errors: () => errors, servers };
  owners.push(owner);
  return owner;
}

/** The servers of a state folder, by their pid files. */
function serversOf(home: string): ProcessIdentity[] {
  return ['postgres', 'temporal'].map((name) => {
    const { pid } = JSON.parse(readFileSync(path.join(home, 'run', `${name}.json`), 'utf8')) as {
      pid: number;
    };
    const identity = identify(pid);
    if (!identity) throw new Error(`${name} does not run`);
    return identity;
  });
}

async function eventuallyGone(processes: readonly ProcessIdentity[]): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (processes.some(isAlive)) {
    if (Date.now() > deadline) throw new Error('The processes still run.');
    await delay(50);
  }
}

async function end(owner: Owner, signal: NodeJS.Signals): Promise<void> {
  if (owner.child.exitCode !== null || owner.child.signalCode !== null) return;
  const ended = once(owner.child, 'exit');
  owner.child.kill(signal);
  await ended;
}

async function query(adminUrl: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

afterEach(async () => {
  for (const owner of owners.splice(0)) await end(owner, 'SIGTERM');
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

test('two state folders run side by side on ports of their own', async () => {
  const [one, two] = await Promise.all([own(aHome()).servers, own(aHome()).servers]);

  expect(one.postgres.port).not.toBe(two.postgres.port);
  expect(one.temporal.address).not.toBe(two.temporal.address);
  expect(await query(one.postgres.adminUrl, 'select current_user as name')).toEqual([{ name: 'postgres' }]);
  expect(await query(two.postgres.adminUrl, 'select current_user as name')).toEqual([{ name: 'postgres' }]);
});

test('a second start from the same state folder is refused and harms nothing', async () => {
  const home = aHome();
  const first = await own(home).servers;

  await expect(own(home).servers).rejects.toThrow(/Surveyor already runs from/);

  expect(await query(first.postgres.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a stopped owner leaves no server, and the next one finds the data', async () => {
  const home = aHome();
  const owner = own(home);
  await query((await owner.servers).postgres.adminUrl, 'create table kept as select 7 as seven');
  const running = serversOf(home);

  await end(owner, 'SIGTERM');

  expect(running.filter(isAlive)).toEqual([]);
  expect(existsSync(path.join(home, 'run', 'lock'))).toBe(false);
  const next = await own(home).servers;
  expect(await query(next.postgres.adminUrl, 'select * from kept')).toEqual([{ seven: 7 }]);
});

test('servers end when their owner is killed', async () => {
  const home = aHome();
  const owner = own(home);
  await owner.servers;
  const running = serversOf(home);

  await end(owner, 'SIGKILL');

  await expect(eventuallyGone(running)).resolves.toBeUndefined();
});

test('a start right after a kill takes over from servers that still run', async () => {
  const home = aHome();
  const owner = own(home);
  const { postgres } = await owner.servers;
  await query(postgres.adminUrl, 'create table kept as select 7 as seven');
  await end(owner, 'SIGKILL');

  const next = await own(home).servers;

  expect(await query(next.postgres.adminUrl, 'select * from kept')).toEqual([{ seven: 7 }]);
});

test('a start after everything was killed recovers the data', async () => {
  const home = aHome();
  const owner = own(home);
  await query((await owner.servers).postgres.adminUrl, 'create table kept as select 7 as seven');
  const running = serversOf(home);
  for (const server of running) process.kill(server.pid, 'SIGKILL');
  await end(owner, 'SIGKILL');
  await eventuallyGone(running);

  const next = await own(home).servers;

  expect(await query(next.postgres.adminUrl, 'select * from kept')).toEqual([{ seven: 7 }]);
});
