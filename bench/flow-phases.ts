/**
 * Runs the four phases of an import directly, without Temporal, and prints what each took. Options: --rows 100000
 * --seed 1 [--json]. The server is the one of SURVEYOR_BENCH_DATABASE_ADMIN_URL, else one is started.
 */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import type { ActivityDependencies } from '../src/activities/dependencies';
import { createImportPhases } from '../src/activities/phases/import-phases';
import { createRecordActivities } from '../src/activities/records';
import type { PhaseResult } from '../src/domain/flow/messages';
import { type BenchDatabase, createBenchDatabase } from './bench-database';
import { benchDependencies, flowInput, storeUpload } from './flow-dependencies';
import { generateExport } from './generate';
import { measureUse, type ResourceUse } from './memory';
import { startBenchServers } from './servers';

export interface PhaseUse extends ResourceUse {
  readonly phase: string;
  readonly rowsOut: number;
}

/** Lands, validates, maps and cleanses one generated export; one measurement a phase. */
export async function runImportPhases(
  deps: ActivityDependencies,
  database: BenchDatabase,
  export_: { readonly rows: number; readonly seed: number },
): Promise<PhaseUse[]> {
  const source = Readable.from(generateExport(export_.rows, export_.seed));
  const upload = await storeUpload(deps, database.tenant, 'export.csv', source);
  const input = flowInput(database.tenant, upload);
  await createRecordActivities(deps).createOrLoadFlow(input, randomUUID());
  const { flowId, import: entry } = input;
  const request = { ...database.tenant, flowId, importId: entry.importId };
  const { importData, validateImport, suggestMappings, cleanseImport } = createImportPhases(deps);
  const phases = [
    ['data_import', importData],
    ['data_validation', validateImport],
    ['field_mapping', suggestMappings],
    ['data_cleansing', cleanseImport],
  ] as const;
  const measured: PhaseUse[] = [];
  for (const [phase, run] of phases) {
    const { result, use } = await measureUse(() => run({ ...request, phase }));
    measured.push({ phase, rowsOut: rowsOut(phase, result), ...use });
  }
  return measured;
}

function rowsOut(phase: string, result: PhaseResult): number {
  if (result.status !== 'completed') throw new Error(`${phase} ended as ${result.status}`);
  return result.rowsOut;
}

function line({ phase, rowsOut: rows, seconds, cpuSeconds, peakMegabytes }: PhaseUse): string {
  const time = `${seconds.toFixed(2).padStart(8)} s  CPU ${cpuSeconds.toFixed(2).padStart(6)} s`;
  return `${phase.padEnd(16)}${time}  RSS peak ${Math.round(peakMegabytes)} MB  rows out ${rows}`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  });
  const servers = await startBenchServers({ temporal: false });
  const database = await createBenchDatabase(servers.adminUrl, 'phases');
  const { deps, pools } = benchDependencies(database, servers.folder);
  try {
    const measured = await runImportPhases(deps, database, {
      rows: Number(values.rows),
      seed: Number(values.seed),
    });
    console.log(values.json ? JSON.stringify(measured) : measured.map(line).join('\n'));
  } finally {
    await pools.close();
    await database.drop();
    await servers.stop();
  }
}

if (require.main === module) void main();
