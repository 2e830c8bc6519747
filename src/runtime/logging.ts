import { makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import pino, { type DestinationStream, type Logger } from 'pino';
import { parseDiscoveryWorkflowId } from '../domain/flow/ids';
import type { Config } from './config';
import { prettyStream } from './pretty-log';

export type { Logger } from 'pino';

export type ProcessName = 'api' | 'worker' | 'cli' | 'migrate' | 'start';

/** The fields that a log line may carry beside `time`, `level` and `msg`; every process uses the same words. */
export interface LogFields {
  readonly traceId?: string;
  readonly clientAccountId?: string;
  readonly engagementId?: string;
  readonly userId?: string;
  readonly flowId?: string;
  readonly workflowId?: string;
  readonly runId?: string;
  readonly phase?: string;
  readonly activity?: string;
  readonly attempt?: number;
  readonly durationMs?: number;
  readonly errorCode?: string;
  readonly error?: unknown;
  readonly workflowType?: string;
  readonly taskQueue?: string;
  /** Part of Temporal's SDK that speaks, and its state. */
  readonly component?: string;
  readonly state?: string;
}

export type LogSettings = Pick<Config, 'logLevel' | 'logFormat'>;

const GATHERED_BYTES = 64 * 1024;
const GATHERED_MS = 100;

/**
 * Servers write behind their work (pino flushes at exit); the API, which writes a line for each request, gathers lines
 * for a moment. Commands write at once, between their progress lines.
 */
function standardError(processName: ProcessName): DestinationStream {
  const sync = processName !== 'api' && processName !== 'worker';
  const gathering = { minLength: GATHERED_BYTES, maxWrite: 2 * GATHERED_BYTES, periodicFlush: GATHERED_MS };
  return pino.destination({ dest: 2, sync, ...(processName === 'api' ? gathering : {}) });
}

const SECRET_FIELDS = ['authorization', 'cookie', '["set-cookie"]', 'password', 'token', 'secret', 'apiKey'];

/**
 * A logger of one line a message on the given stream (default: standard error). Secret fields are hidden on the
 * first three levels of an object.
 */
export function createLogger(
  processName: ProcessName,
  settings: LogSettings,
  destination: DestinationStream = standardError(processName),
): Logger {
  const stream = settings.logFormat === 'pretty' ? prettyStream(destination) : destination;
  return pino(
    {
      level: settings.logLevel,
      base: { process: processName },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: pino.stdSerializers.err, error: pino.stdSerializers.err },
      redact: {
        paths: SECRET_FIELDS.flatMap((name) => [name, `*${dotted(name)}`, `*.*${dotted(name)}`]),
        censor: '(hidden)',
      },
    },
    stream,
  );
}

/** pino writes a nested name after a dot, unless it stands in brackets. */
function dotted(name: string): string {
  return name.startsWith('[') ? name : `.${name}`;
}

/** Fields of the SDK under the names that we use; what is not listed is dropped. */
const SDK_FIELDS: ReadonlyMap<string, keyof LogFields> = new Map([
  ['workflowId', 'workflowId'],
  ['workflow_id', 'workflowId'],
  ['runId', 'runId'],
  ['run_id', 'runId'],
  ['workflowType', 'workflowType'],
  ['activityType', 'activity'],
  ['attempt', 'attempt'],
  ['durationMs', 'durationMs'],
  ['taskQueue', 'taskQueue'],
  ['task_queue', 'taskQueue'],
  ['sdkComponent', 'component'],
  ['state', 'state'],
  ['error', 'error'],
  ['phase', 'phase'],
  ['errorCode', 'errorCode'],
]);

/**
 * Sends the log of Temporal's SDK, its native core and the workflows through our logger, under our field names.
 * Call it once in a process, before the first connection or worker; throws when the runtime already exists.
 */
export function installTemporalLogging(logger: Logger): void {
  const write =
    (level: SdkLevel) =>
    (message: string, meta?: SdkMeta): void =>
      logger[level](sdkFields(meta), message);
  const [trace, debug, info, warn, error] = SDK_LEVELS.map(write);
  const byLevel = { trace, debug, info, warn, error } as Record<SdkLevel, SdkWrite>; // five levels, five writers
  Runtime.install({
    logger: {
      ...byLevel,
      log: (level, message, meta) => byLevel[level.toLowerCase() as SdkLevel](message, meta), // same five words
    },
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} },
    },
    shutdownSignals: [], // each entry point decides when its worker stops
  });
}

type SdkMeta = Readonly<Record<string | symbol, unknown>>;
type SdkWrite = (message: string, meta?: SdkMeta) => void;
const SDK_LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;
type SdkLevel = (typeof SDK_LEVELS)[number];

/** Our fields from those of the SDK; the tenant and the flow come from the workflow's id. */
export function sdkFields(meta: SdkMeta | undefined): Partial<Record<keyof LogFields, unknown>> {
  const fields: Partial<Record<keyof LogFields, unknown>> = {};
  for (const [key, value] of Object.entries(meta ?? {})) {
    const name = SDK_FIELDS.get(key);
    if (name !== undefined && value !== undefined) fields[name] = value;
  }
  const { workflowId } = fields;
  return typeof workflowId === 'string' ? { ...parseDiscoveryWorkflowId(workflowId), ...fields } : fields;
}
