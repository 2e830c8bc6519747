import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { freePort } from './ports';
import type { SupervisedProcess, Supervisor } from '../process/processes';
import { searchAttributes } from '../temporal-client';

export interface TemporalOptions {
  /** State folder; the server's database is `temporal/temporal.db`. */
  readonly home: string;
  readonly binary: string;
  readonly port: number;
  /** Port of the Web UI; without it there is none. */
  readonly uiPort?: number;
  readonly namespace: string;
  /** Whether commits survive a power cut (default yes); tests do without. */
  readonly durable?: boolean;
}

export interface EmbeddedTemporal {
  readonly address: string;
  readonly uiUrl: string | undefined;
  readonly process: SupervisedProcess;
}

const ATTEMPTS = 5;

/**
 * The poll rates bring a hop from 30 ms to 2 ms (their defaults serve clusters of thousands of shards); fairness
 * keeps one tenant's queue from delaying the others'.
 */
const dynamicConfig = {
  'history.transferProcessorMaxPollRPS': 5_000,
  'history.timerProcessorMaxPollRPS': 5_000,
  'history.visibilityProcessorMaxPollRPS': 5_000,
  'system.enableActivityEagerExecution': true,
  'matching.useNewMatcher': true,
  'matching.enableFairness': true,
} as const;

/** Starts a Temporal development server on the loopback address. */
export async function startTemporal(
  supervisor: Supervisor,
  options: TemporalOptions,
): Promise<EmbeddedTemporal> {
  mkdirSync(path.join(options.home, 'temporal'), { recursive: true, mode: 0o700 });
  for (let attempt = 1; ; attempt++) {
    const first = attempt === 1;
    const port = await freePort(first ? options.port : undefined);
    const httpPort = await freePort();
    const uiPort =
      options.uiPort === undefined ? undefined : await freePort(first ? options.uiPort : undefined);
    try {
      const server = await startServer(supervisor, options, { port, httpPort, uiPort });
      const uiUrl = uiPort === undefined ? undefined : `http://127.0.0.1:${uiPort}`;
      return { address: `127.0.0.1:${port}`, uiUrl, process: server };
    } catch (error) {
      if (attempt === ATTEMPTS || !isPortTaken(error)) throw error;
    }
  }
}

interface Ports {
  readonly port: number;
  /** Also tells our server from another one that took the main port in the same moment. */
  readonly httpPort: number;
  readonly uiPort: number | undefined;
}

function startServer(
  supervisor: Supervisor,
  options: TemporalOptions,
  ports: Ports,
): Promise<SupervisedProcess> {
  return supervisor.start({
    name: 'temporal',
    command: options.binary,
    args: serverFlags(options, ports),
    cwd: options.home,
    // A profile or an address in the environment is for clients; the server must not take either.
    environment: { TEMPORAL_ADDRESS: undefined, TEMPORAL_NAMESPACE: undefined, TEMPORAL_PROFILE: undefined },
    stop: { signal: 'SIGTERM', graceMs: 15_000 },
    isReady: () => answers(`http://127.0.0.1:${ports.httpPort}/api/v1/namespaces/${options.namespace}`),
    readyWithinMs: 60_000,
  });
}

function serverFlags(options: TemporalOptions, { port, httpPort, uiPort }: Ports): string[] {
  const synchronous = (options.durable ?? true) ? 'normal' : 'off';
  const values: [flag: string, value: string | number][] = [
    ['--ip', '127.0.0.1'],
    ['--port', port],
    ['--http-port', httpPort],
    ['--namespace', options.namespace],
    ['--log-level', 'warn'],
    ['--log-format', 'json'],
    ['--db-filename', path.join(options.home, 'temporal', 'temporal.db')],
    ['--sqlite-pragma', 'journal_mode=wal'],
    ['--sqlite-pragma', `synchronous=${synchronous}`],
  ];
  for (const name of searchAttributes) values.push(['--search-attribute', `${name}=Keyword`]);
  for (const [key, value] of Object.entries(dynamicConfig))
    values.push(['--dynamic-config-value', `${key}=${value}`]);
  const ui = uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)];
  return ['server', 'start-dev', ...ui, ...values.flatMap(([flag, value]) => [flag, String(value)])];
}

async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false; // not listening yet
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && /address already in use|can't bind|port \d+ /i.test(error.message);
}
