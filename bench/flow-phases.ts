/**
 * Runs the phases of a flow directly, without Temporal, and prints what each took. Options: --rows 100000 --seed 1
 * [--json] [--profile FOLDER]: a CPU profile of each phase. The server is the one of
 * SURVEYOR_BENCH_DATABASE_ADMIN_URL, else one is started.
 */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import type { ActivityDependencies } from '../src/activities/dependencies';
import { createEstatePhases } from '../src/activities/phases/estate-phases';
import { createImportPhases } from '../src/activities/phases/import-phases';
import { createRecordActivities } from '../src/activities/records';
import { withClient } from '../src/db/connection/bootstrap';
import type { PhaseResult } from '../src/domain/flow/messages';
import { tuneCollector } from '../src/runtime/collector';
import { type BenchDatabase, createBenchDatabase } from './bench-database';
import { benchDependencies, flowInput, storeUpload } from './flow-dependencies';
import { generateExport } from './generate';
import { measureUse, type ResourceUse } from './memory';
import { serverCpuSeconds } from './server-cpu';
import { startBenchServers } from './servers';

export interface PhaseUse extends ResourceUse {
  readonly phase: string;
  readonly rowsOut: number;
  /** CPU of the database's connections; null when its server runs elsewhere. */
  readonly serverSeconds: number | null;
}

/** Takes one generated export from its stored file to the assessed estate; one measurement a phase. */
export async function runPhases(
  deps: ActivityDependencies,
  database: BenchDatabase,
  wanted: { readonly rows: number; readonly seed: number; readonly profileFolder?: string | undefined },
): Promise<PhaseUse[]> {
  const source = Readable.from(generateExport(wanted.rows, wanted.seed));
  const upload = await storeUpload(deps, database.tenant, 'export.csv', source);
  const input = flowInput(database.tenant, upload);
  await createRecordActivities(deps).createOrLoadFlow(input, randomUUID());
  const { flowId, import: entry } = input;
  const request = { ...database.tenant, flowId };
  const { importData, validateImport, suggestMappings, cleanseImport } = createImportPhases(deps);
  const { projectInventory, analyseDependencies, assessTechnicalDebt } = createEstatePhases(deps);
  const phases = [
    ['data_import', importData, entry.importId],
    ['data_validation', validateImport, entry.importId],
    ['field_mapping', suggestMappings, entry.importId],
    ['data_cleansing', cleanseImport, entry.importId],
    ['asset_inventory', projectInventory, null],
    ['dependency_analysis', analyseDependencies, null],
    ['tech_debt_assessment', assessTechnicalDebt, null],
  ] as const;
  const measured: PhaseUse[] = [];
  for (const [phase, run, importId] of phases) {
    const before = await serverCpu(database);
    const { result, use } = await profiled(phase, wanted.profileFolder, () =>
      measureUse(() => run({ ...request, phase, importId })),
    );
    const after = await serverCpu(database);
    const serverSeconds = after === null || before === null ? null : after - before;
    measured.push({ phase, rowsOut: rowsOut(phase, result), serverSeconds, ...use });
  }
  return measured;
}

function serverCpu({ adminUrl }: BenchDatabase): Promise<number | null> {
  return withClient(adminUrl, serverCpuSeconds);
}

async function profiled<T>(phase: string, folder: string | undefined, work: () => Promise<T>): Promise<T> {
  if (folder === undefined) return work();
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  const result = await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  writeFileSync(path.join(folder, `${phase}.cpuprofile`), JSON.stringify(profile));
  return result;
}

function rowsOut(phase: string, result: PhaseResult): number {
  if (result.status !== 'completed') throw new Error(`${phase} ended as ${result.status}`);
  return result.rowsOut;
}

function line({ phase, rowsOut: rows, seconds, cpuSeconds, serverSeconds, peakMegabytes }: PhaseUse): string {
  const time = `${seconds.toFixed(2).padStart(8)} s  CPU ${cpuSeconds.toFixed(2).padStart(6)} s  server ${(serverSeconds ?? 0).toFixed(2).padStart(6)} s`;
  return `${phase.padEnd(21)}${time}  RSS peak ${Math.round(peakMegabytes)} MB  rows out ${rows}`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  });
  tuneCollector();
  const servers = await startBenchServers({ temporal: false });
  const database = await createBenchDatabase(servers.adminUrl, 'phases');
  const { deps, pools } = benchDependencies(database, servers.folder);
  try {
    if (!values.json) console.log(`idle RSS ${Math.round(process.memoryUsage.rss() / 1024 / 1024)} MB`);
    const measured = await runPhases(deps, database, {
      rows: Number(values.rows),
      seed: Number(values.seed),
      profileFolder: values.profile,
    });
    const total = measured.reduce((sum, { seconds }) => sum + seconds, 0);
    console.log(
      values.json
        ? JSON.stringify(measured)
        : [...measured.map(line), `total ${total.toFixed(2)} s`].join('\n'),
    );
  } finally {
    await pools.close();
    await database.drop();
    await servers.stop();
  }
}

if (require.main === module) void main();
