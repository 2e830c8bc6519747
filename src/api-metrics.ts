import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RequestFields } from './api/middleware/request-log';
import { type Pools, poolUse } from './db/connection/pools';
import type { ObjectStore } from './objects/object-store';

/** From a status answer to a large upload, in seconds. */
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];

const poolNames = ['app', 'auth', 'system'] as const;

/** What the process knows of itself while it serves. */
export interface ApiSources {
  readonly pools: Pools;
  /** Answers that stay open to tell of events. */
  readonly streams: ReadonlySet<unknown>;
}

export interface ApiMetrics {
  readonly registry: Registry;
  /** Counts an answered request. */
  readonly answered: (request: Pick<RequestFields, 'method' | 'route' | 'status' | 'durationMs'>) => void;
  /** The same store; uploads into it are counted while they are received. */
  readonly countUploads: (store: ObjectStore) => ObjectStore;
}

/**
 * Metrics of an API process: requests by method, route template and status class, connections of each pool, open event
 * streams, uploads in flight. Labels are words of the program; never ids, names of tenants or paths of requests.
 */
export function createApiMetrics(sources: ApiSources): ApiMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'surveyor_http_request_duration_seconds',
    help: 'Time from the first byte of a request to its answer',
    labelNames: ['method', 'route', 'status_class'] as const,
    buckets: durationBuckets,
    registers: [registry],
  });
  const uploads = new Gauge({
    name: 'surveyor_uploads_in_flight',
    help: 'Uploads that are being received',
    registers: [registry],
  });
  observeSources(registry, sources);
  return {
    registry,
    answered: ({ method, route, status, durationMs }) => {
      const labels = { method: knownMethod(method), route, status_class: `${Math.floor(status / 100)}xx` };
      requests.observe(labels, durationMs / 1_000);
    },
    countUploads: (store) => ({
      ...store,
      put: async (...upload) => {
        uploads.inc();
        try {
          return await store.put(...upload);
        } finally {
          uploads.dec();
        }
      },
    }),
  };
}

function observeSources(registry: Registry, { pools, streams }: ApiSources): void {
  const connections = new Gauge({
    name: 'surveyor_database_connections',
    help: 'Connections of a pool that are in use, and those that wait for work',
    labelNames: ['pool', 'state'] as const,
    registers: [registry],
    collect: () => {
      for (const pool of poolNames) {
        const { used, idle } = poolUse(pools[pool]);
        connections.set({ pool, state: 'used' }, used);
        connections.set({ pool, state: 'idle' }, idle);
      }
    },
  });
  const waiting = new Gauge({
    name: 'surveyor_database_waiting',
    help: 'Requests that wait for a connection of a pool',
    labelNames: ['pool'] as const,
    registers: [registry],
    collect: () => {
      for (const pool of poolNames) waiting.set({ pool }, poolUse(pools[pool]).waiting);
    },
  });
  const subscribers: Gauge = new Gauge({
    name: 'surveyor_event_subscribers',
    help: 'Open streams of flow events',
    registers: [registry],
    collect: () => subscribers.set(streams.size),
  });
}

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Node passes on every method that HTTP knows; the rare ones share a label. */
const knownMethod = (method: string): string => (methods.has(method) ? method : 'other');
