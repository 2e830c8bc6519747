import { fork } from 'node:child_process';
import path from 'node:path';
import { createBenchDatabase } from './bench-database';
import { writeExport } from './generate';
import { type Measurement, type Mode, type ModeInput, modes } from './intake-modes';
import { type BenchRow, median } from './rows';
import type { BenchServers } from './servers';

export interface IntakeOptions {
  readonly rows: number;
  readonly rounds: number;
  readonly seed: number;
}

/** Speed of one way of loading against another. */
const comparisons: readonly {
  readonly row: string;
  readonly ours: Mode;
  readonly anchor: Mode;
  readonly words: string;
  readonly least: number;
}[] = [
  {
    row: 'scanner → COPY into temp',
    ours: 'scanner_temp',
    anchor: 'server_temp',
    words: 'server-side COPY into temp',
    least: 0.75,
  },
  {
    row: 'committed raw records',
    ours: 'landed',
    anchor: 'server_logged',
    words: 'server-side COPY into a logged table',
    least: 0.33,
  },
  {
    row: 'committed raw records',
    ours: 'landed',
    anchor: 'knex_batch',
    words: 'csv-parse and knex.batchInsert',
    least: 5,
  },
];

/** Loads a generated export in several ways, one process a measurement, in alternated rounds. */
export async function benchIntake(
  servers: BenchServers,
  options: IntakeOptions = { rows: 100_000, rounds: 3, seed: 1 },
): Promise<BenchRow[]> {
  const database = await createBenchDatabase(servers.adminUrl, 'intake');
  const file = path.join(servers.folder, 'intake.csv');
  try {
    await writeExport(file, options.rows, options.seed);
    const { adminUrl, urls } = database;
    const rounds: Measurement[][] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const results: Measurement[] = [];
      for (const mode of modes)
        results.push(await measureInChild({ mode, file, adminUrl, appUrl: urls.appUrl }));
      rounds.push(results);
    }
    return comparisons.map((comparison) => rowOf(comparison, rounds));
  } finally {
    await database.drop();
  }
}

function measureInChild(input: ModeInput): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(__dirname, 'intake-modes.ts'), [JSON.stringify(input)]);
    child.once('message', (message) => resolve(message as Measurement)); // sent by the end of `intake-modes`
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The measurement ${input.mode} ended with ${code}`)));
  });
}

function rowOf(
  { row, ours, anchor, words, least }: (typeof comparisons)[number],
  rounds: readonly (readonly Measurement[])[],
): BenchRow {
  const own = rounds.flat().filter(({ mode }) => mode === ours);
  const speeds = (mode: Mode): number[] => rounds.map((round) => speedIn(round, mode));
  // Ratios are taken inside each round, since the machine changes its speed between rounds.
  const ratio = median(rounds.map((round) => speedIn(round, ours) / speedIn(round, anchor)));
  return {
    row,
    ours: rowsPerSecond(median(speeds(ours))),
    anchor: `${rowsPerSecond(median(speeds(anchor)))} (${words})`,
    ratio,
    bar: `≥ ${least}`,
    passed: ratio >= least,
    cpuSeconds: median(own.map(({ cpuSeconds }) => cpuSeconds)),
    peakMegabytes: median(own.map(({ peakMegabytes }) => peakMegabytes)),
  };
}

function speedIn(round: readonly Measurement[], mode: Mode): number {
  const found = round.find((result) => result.mode === mode);
  return found === undefined ? Number.NaN : found.rows / found.seconds;
}

const rowsPerSecond = (rate: number): string => `${Math.round(rate).toLocaleString('en')} rows/s`;
