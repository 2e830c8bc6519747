/**
 * Measures Surveyor against anchors in the same run and prints one table: `npm run bench -- [NAME…] [--json]`, the
 * names are those below, all of them when none is given. `--large` adds flows of a million rows. Servers are those of
 * SURVEYOR_BENCH_DATABASE_ADMIN_URL (on this machine, as a superuser) and SURVEYOR_BENCH_TEMPORAL_ADDRESS; what is
 * not named is started and stopped. `orchestration` warms both sides up by some 60 runs, as a worker lives for days,
 * and counts the CPU of the servers where they run on this machine. Exit code 1 when a bar is missed.
 */
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { benchIntake } from './csv-intake';
import { benchEncodings } from './intake-encodings';
import { benchMapping } from './mapping';
import { benchOrchestration } from './orchestration';
import { type BenchRow, renderRows } from './rows';
import { type BenchServers, startBenchServers } from './servers';
import { benchStatusRoute } from './status-route';
import { benchWholeFlow } from './whole-flow';
import { benchXlsx } from './xlsx';

const benches = {
  mapping: () => benchMapping(),
  intake: (servers: BenchServers) => benchIntake(servers),
  encodings: (servers: BenchServers) => benchEncodings(servers),
  xlsx: (servers: BenchServers) => benchXlsx(servers),
  orchestration: (servers: BenchServers) => benchOrchestration(servers),
  status: (servers: BenchServers) => benchStatusRoute(servers),
  flow: (servers: BenchServers) => benchWholeFlow(servers),
  flow_large: (servers: BenchServers) => benchWholeFlow(servers, [100_000, 1_000_000]),
} as const satisfies Record<string, (servers: BenchServers) => Promise<BenchRow[]>>;
type BenchName = keyof typeof benches;

const allNames = Object.keys(benches) as readonly BenchName[]; // the keys of the constant above

type Report = { readonly rows: BenchRow[] } | { readonly failure: string };

/** Each bench has a process of its own, so that none starts with another's memory. */
function runInChild(name: BenchName, servers: BenchServers): Promise<Report> {
  return new Promise((resolve) => {
    const child = fork(__filename, ['--child', name, '--servers', JSON.stringify(servers)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.once('message', (message) => resolve(message as Report)); // sent by `runChild` below
    child.once('exit', (code) => resolve({ failure: `ended with ${code}` }));
  });
}

async function runChild(name: BenchName, servers: BenchServers): Promise<void> {
  const report = await benches[name](servers).then(
    (rows): Report => ({ rows }),
    (error: unknown): Report => ({ failure: error instanceof Error ? (error.stack ?? '') : String(error) }),
  );
  process.send?.(report, () => process.exit(0));
}

async function runAll(names: readonly BenchName[], asJson: boolean): Promise<boolean> {
  const servers = await startBenchServers({
    temporal: names.some((name) => name !== 'intake' && name !== 'xlsx'),
  });
  const rows: BenchRow[] = [];
  let failed = false;
  try {
    for (const name of names) {
      process.stderr.write(`${name} …\n`);
      const report = await runInChild(name, servers);
      if ('rows' in report) rows.push(...report.rows);
      else {
        failed = true;
        process.stderr.write(`${name} failed: ${report.failure}\n`);
      }
    }
  } finally {
    await servers.stop();
  }
  console.log(asJson ? JSON.stringify(rows) : renderRows(rows));
  return !failed && rows.every(({ passed }) => passed !== false);
}

function chosen(given: readonly string[], large: boolean): BenchName[] {
  const unknown = given.filter((name) => !(name in benches));
  if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(', ')}. Known: ${allNames.join(', ')}`);
  return allNames.filter((name) =>
    given.length > 0 ? given.includes(name) : large || name !== 'flow_large',
  );
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      large: { type: 'boolean', default: false },
      child: { type: 'string' },
      servers: { type: 'string', default: '{}' },
    },
  });
  if (values.child !== undefined) {
    // Both were written by `runInChild` above; a child stops no servers.
    return runChild(values.child as BenchName, JSON.parse(values.servers) as BenchServers);
  }
  const passed = await runAll(chosen(positionals, values.large), values.json);
  if (!passed) process.exitCode = 1;
}

void main();
