import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Client } from 'pg';
import { version } from '../package.json';
import { type ApiMetrics, createApiMetrics } from './api-metrics';
import { createAccessTokens } from './api/auth/access-tokens';
import { createAuthenticator } from './api/auth/create-authenticator';
import { createViolationRecorder } from './api/auth/violation-recorder';
import { createApp } from './api/app';
import { apiRoutes } from './api/routes';
import type { ApiServices } from './api/services';
import { createEstateWorkflows } from './api/temporal/estate-workflows';
import { createFlowWorkflows } from './api/temporal/flow-workflows';
import { createTemporalLink } from './api/temporal/temporal-link';
import { createFlowEvents, type FlowEvents } from './db/flows/flow-events';
import { createPools, type Pools } from './db/connection/pools';
import { createObjectStore } from './objects/create-object-store';
import type { ConfigFor } from './runtime/config';
import { createLogger, type Logger } from './runtime/logging';
import { type MetricsServer, serveMetrics } from './runtime/metrics-server';
import { stopSignal } from './runtime/process/stop-signals';
import { lazyClient } from './runtime/temporal-client';

export interface ApiServer {
  /** Listens on the configured addresses; answers the ports, which the system chose for port 0. */
  readonly listen: () => Promise<{ readonly port: number; readonly metricsPort?: number }>;
  /** Takes no new requests, lets those in hand end, then closes every connection. */
  readonly close: () => Promise<void>;
}

/** What tests and the command line may set beside the configuration. */
export interface ServerOptions {
  readonly logger?: Logger;
  /** How long verified credentials are believed, in ms; 30 s when absent. */
  readonly believeForMs?: number;
  readonly startWaitMs?: number;
  readonly commandWaitMs?: number;
  /** How long an upload may take, in ms; 15 minutes when absent. */
  readonly uploadTimeoutMs?: number;
  readonly heartbeatMs?: number;
  readonly pollMs?: number;
}

const statementTimeoutMs = 30_000;
const listenRetryMs = 1_000;
const uploadTimeoutMs = 15 * 60 * 1_000;
/** How long node waits beyond that for a request: an upload that takes too long is answered before. */
const requestGraceMs = 60_000;
const largestJsonUpload = 64 * 1024 ** 2;

/** Builds the API process: pools, storage, Temporal client, routes. Nothing is connected before the first request. */
export function createApiServer(config: ConfigFor<'api'>, options: ServerOptions = {}): ApiServer {
  const logger = options.logger ?? createLogger('api', config);
  const pools = openPools(config, logger);
  const notes = openNotes(config, logger);
  const temporal = createTemporalLink(() => lazyClient(config));
  const violations = createViolationRecorder({
    database: notes.auth,
    onFailure: (error) => logger.error({ error }, 'A security event could not be written'),
  });
  const events = openEvents(config, logger);
  const streams: ApiServices['streams'] = new Set();
  const metrics = createApiMetrics({ pools, streams });
  const services: ApiServices = {
    app: pools.app,
    auth: pools.auth,
    objects: metrics.countUploads(createObjectStore(config)),
    workflows: createFlowWorkflows(temporal, config.taskQueue),
    changes: createEstateWorkflows(temporal, config.taskQueue),
    events,
    streams,
    tokens: tokensOf(config),
    violations,
    settings: settingsOf(config, options),
    warn: (message, fields) => logger.warn(fields, message),
  };
  const app = createApp({
    routes: apiRoutes(services),
    authenticator: createAuthenticator({
      database: pools.auth,
      tokens: services.tokens,
      violations,
      ...(options.believeForMs === undefined ? {} : { believeForMs: options.believeForMs }),
    }),
    logger: requestLogger(logger, metrics),
    version,
    allowedOrigins: config.corsOrigins,
    proxyHops: config.trustedProxies,
    checkAnswers: config.environment !== 'production',
  });
  const answer = app.callback();
  const settings = { requestTimeout: uploadTimeoutMs + requestGraceMs };
  const server = createServer(settings, (request, response) => void answer(request, response));
  let metricsServer: MetricsServer | undefined;
  return {
    listen: async () => {
      metricsServer = await startMetrics(metrics, config);
      const { port } = await listen(server, config);
      return { port, ...(metricsServer === undefined ? {} : { metricsPort: metricsServer.port }) };
    },
    close: async () => {
      for (const stream of streams) stream.end();
      await stopServing(server, config.shutdownSeconds * 1_000);
      await metricsServer?.close();
      await events.close();
      await violations.settle();
      await Promise.all([pools.close(), notes.close(), temporal.close()]);
    },
  };
}

function openEvents(config: ConfigFor<'api'>, logger: Logger): FlowEvents {
  return createFlowEvents({
    createClient: () =>
      new Client({ connectionString: config.appDatabaseUrl, application_name: 'surveyor-events' }),
    onLost: (error) =>
      logger.warn({ error }, 'The connection that hears of flows was lost; it is opened again'),
    retryMs: listenRetryMs,
  });
}

async function startMetrics(
  { registry }: ApiMetrics,
  { apiMetricsPort: port, host }: ConfigFor<'api'>,
): Promise<MetricsServer | undefined> {
  return port === undefined ? undefined : serveMetrics(registry, { port, host });
}

function openPools(config: ConfigFor<'api'>, logger: Logger): Pools {
  return createPools({
    urls: urlsOf(config),
    size: { app: config.appPoolSize, auth: config.authPoolSize, system: config.systemPoolSize },
    statementTimeoutMs,
    applicationName: 'surveyor-api',
    onIdleError: (error) => logger.warn({ error }, 'An idle database connection was lost'),
  });
}

/** Connections of their own for security events: requests that hold all others cannot keep them from being written. */
function openNotes(config: ConfigFor<'api'>, logger: Logger): Pools {
  return createPools({
    urls: urlsOf(config),
    size: { auth: 2 },
    statementTimeoutMs,
    applicationName: 'surveyor-notes',
    onIdleError: (error) => logger.warn({ error }, 'An idle database connection was lost'),
  });
}

function urlsOf(config: ConfigFor<'api'>) {
  return {
    appUrl: config.appDatabaseUrl,
    authUrl: config.authDatabaseUrl,
    systemUrl: config.systemDatabaseUrl,
  };
}

function tokensOf(config: ConfigFor<'api'>): ApiServices['tokens'] {
  const { tokenSecret: secret, tokenIssuer: issuer, tokenAudience: audience, tokenMinutes: minutes } = config;
  return createAccessTokens({ secret, issuer, audience, minutes });
}

function settingsOf(config: ConfigFor<'api'>, options: ServerOptions): ApiServices['settings'] {
  const { maxUploadBytes: maxBytes, maxRows, maxColumns, maxCellBytes } = config;
  return {
    version,
    environment: config.environment,
    foreignIdStatus: config.foreignIdStatus,
    upload: {
      maxBytes,
      maxJsonBytes: Math.min(maxBytes, largestJsonUpload),
      timeoutMs: options.uploadTimeoutMs ?? uploadTimeoutMs,
    },
    intake: { maxRows, maxColumns, maxCellBytes, batchRows: 25_000, maxJsonDepth: 32 },
    startWaitMs: options.startWaitMs ?? 2_000,
    commandWaitMs: options.commandWaitMs ?? 6_000,
    heartbeatMs: options.heartbeatMs ?? 15_000,
    pollMs: options.pollMs ?? 5_000,
  };
}

/** Lines of requests hold ids and numbers alone, so nothing in them has to be looked through for secrets. */
function requestLogger(logger: Logger, metrics: ApiMetrics): Parameters<typeof createApp>[0]['logger'] {
  const requests = logger.child({}, { redact: [] });
  return {
    answered: (fields) => {
      metrics.answered(fields);
      requests.info(fields, 'Answered');
    },
    failed: (ctx, errorCode, error) =>
      logger.error({ traceId: String(ctx.state['traceId']), errorCode, error }, 'A request failed'),
  };
}

function listen(server: Server, { host, port }: ConfigFor<'api'>): Promise<{ readonly port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // A server that listens on a port has an address of this kind.
      resolve({ port: (server.address() as AddressInfo).port });
    });
  });
}

async function stopServing(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}

export interface ApiProcessOptions {
  /** A file that gets this process's id once requests are answered. */
  readonly readyFile?: string;
}

/** An API process: answers requests until it is asked to stop, then lets those in hand end. */
export async function runApi(config: ConfigFor<'api'>, options: ApiProcessOptions = {}): Promise<void> {
  const stopped = stopSignal();
  const logger = createLogger('api', config);
  const server = createApiServer(config, { logger });
  try {
    const { port } = await server.listen();
    logger.info({ port }, 'The API answers requests');
    if (options.readyFile !== undefined) sayReady(options.readyFile);
    const signal = await stopped;
    logger.info({ signal }, 'The API stops');
  } finally {
    await server.close();
  }
}

function sayReady(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, String(process.pid));
}
