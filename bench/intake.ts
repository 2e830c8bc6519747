/**
 * Loads a generated export in several ways, one process a measurement, in alternated rounds, and prints medians and
 * the ratios of the bars. Options: --rows 100000 --rounds 3 --seed 1 [--skip-knex]. The server is the one of
 * SURVEYOR_BENCH_DATABASE_ADMIN_URL (it must run on this machine, since it reads the file), else one is started.
 */
import { fork } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { bootstrapDatabase } from '../src/db/bootstrap';
import { migrateDatabase } from '../src/db/migrate';
import { startPostgres } from '../src/runtime/embedded-postgres';
import { Supervisor } from '../src/runtime/processes';
import { writeExport } from './generate';
import { type Measurement, type Mode, type ModeInput, measure, modes } from './intake-modes';

const database = 'surveyor_bench_intake';
const passwords = { owner: 'bench', app: 'bench', auth: 'bench', system: 'bench' } as const;

function measureInChild(input: ModeInput): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const child = fork(__filename, ['--child', JSON.stringify(input)]);
    child.once('message', (message) => resolve(message as Measurement)); // sent by `runChild` below
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The measurement ${input.mode} ended with ${code}`)));
  });
}

async function runChild(text: string): Promise<void> {
  const measurement = await measure(JSON.parse(text) as ModeInput); // written by `measureInChild` above
  process.send?.(measurement);
  process.disconnect();
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

interface Summary {
  readonly rowsPerSecond: number;
  readonly cpuSeconds: number;
  readonly growthMegabytes: number;
  readonly peakMegabytes: number;
}

function summarize(results: readonly Measurement[], mode: Mode): Summary | undefined {
  const own = results.filter((result) => result.mode === mode);
  if (own.length === 0) return undefined;
  return {
    rowsPerSecond: median(own.map(({ rows, seconds }) => rows / seconds)),
    cpuSeconds: median(own.map(({ cpuSeconds }) => cpuSeconds)),
    growthMegabytes: median(own.map(({ peakMegabytes, idleMegabytes }) => peakMegabytes - idleMegabytes)),
    peakMegabytes: median(own.map(({ peakMegabytes }) => peakMegabytes)),
  };
}

/** Median of the ratios inside each round, since the machine changes its speed between rounds. */
function ratio(rounds: readonly (readonly Measurement[])[], fast: Mode, against: Mode): number {
  const speed = (round: readonly Measurement[], mode: Mode): number => {
    const result = round.find((candidate) => candidate.mode === mode);
    return result === undefined ? Number.NaN : result.rows / result.seconds;
  };
  return median(rounds.map((round) => speed(round, fast) / speed(round, against)));
}

function report(rounds: readonly (readonly Measurement[])[]): void {
  const results = rounds.flat();
  for (const mode of modes) {
    const summary = summarize(results, mode);
    if (summary === undefined) continue;
    const { rowsPerSecond, cpuSeconds, growthMegabytes, peakMegabytes } = summary;
    const speed = `${Math.round(rowsPerSecond)} rows/s`.padStart(16);
    const memory = `RSS peak ${Math.round(peakMegabytes)} MB, growth ${Math.round(growthMegabytes)} MB`;
    console.log(`${mode.padEnd(14)}${speed}  node CPU ${cpuSeconds.toFixed(2)} s  ${memory}`);
  }
  const bar = (text: string, value: number, least: number): void =>
    console.log(`${value >= least ? 'pass' : 'FAIL'}  ${text}: ${value.toFixed(2)} (bar ${least})`);
  bar('scanner -> COPY into temp / server-side COPY', ratio(rounds, 'scanner_temp', 'server_temp'), 0.75);
  bar(
    'committed raw_import_records / COPY into a logged table',
    ratio(rounds, 'landed', 'server_logged'),
    0.33,
  );
  const knexRatio = ratio(rounds, 'landed', 'knex_batch');
  if (!Number.isNaN(knexRatio))
    bar('committed raw_import_records / csv-parse + knex.batchInsert', knexRatio, 5);
}

async function findServer(home: string): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const given = process.env['SURVEYOR_BENCH_DATABASE_ADMIN_URL'];
  if (given !== undefined) return { adminUrl: given, stop: () => Promise.resolve() };
  const supervisor = new Supervisor(home);
  const cacheDir = path.join(homedir(), '.cache', 'surveyor');
  const { adminUrl } = await startPostgres(supervisor, { home, cacheDir, port: 0 });
  return { adminUrl, stop: () => supervisor.stopAll() };
}

async function dropDatabase(adminUrl: string): Promise<void> {
  const admin = new Client(adminUrl);
  await admin.connect();
  await admin.query(`drop database if exists ${database} with (force)`);
  await admin.end();
}

async function runRounds(
  adminUrl: string,
  file: string,
  options: { rounds: number; modes: readonly Mode[] },
): Promise<void> {
  const { appUrl, ownerUrl } = await bootstrapDatabase(adminUrl, { database, passwords });
  await migrateDatabase(ownerUrl);
  const here = new URL(adminUrl);
  here.pathname = `/${database}`;
  const rounds: Measurement[][] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const results: Measurement[] = [];
    for (const mode of options.modes)
      results.push(await measureInChild({ mode, file, adminUrl: here.href, appUrl }));
    rounds.push(results);
  }
  report(rounds);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      child: { type: 'string' },
      rows: { type: 'string', default: '100000' },
      rounds: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
      'skip-knex': { type: 'boolean', default: false },
    },
  });
  if (values.child !== undefined) return runChild(values.child);
  const folder = await mkdtemp(path.join(tmpdir(), 'surveyor-bench-'));
  await chmod(folder, 0o755);
  const file = path.join(folder, 'export.csv');
  const server = await findServer(path.join(folder, 'home'));
  try {
    await writeExport(file, Number(values.rows), Number(values.seed));
    const chosen = values['skip-knex'] ? modes.filter((mode) => mode !== 'knex_batch') : modes;
    await dropDatabase(server.adminUrl);
    await runRounds(server.adminUrl, file, { rounds: Number(values.rounds), modes: chosen });
  } finally {
    await dropDatabase(server.adminUrl);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

void main();
