import { z } from 'zod';
import { readinessOf } from '../../db/estate/readiness';
import { healthStatuses, type HealthStatus } from '../../domain/lists';
import { defineRoute, ok, type Route, type RouteAnswer } from '../route';
import { Timestamp } from '../schemas/common';
import type { ApiServices } from '../services';

const Health = z
  .object({
    status: z.enum(healthStatuses),
    service: z.string(),
    version: z.string(),
    timestamp: Timestamp,
    parts: z.record(z.string(), z.enum(healthStatuses)).optional(),
  })
  .meta({ id: 'Health' });

const publicGet = {
  method: 'get',
  scope: 'public',
  tag: 'health',
  permission: null,
} as const;

/** How the service is; callers need no credentials. */
export function healthRoutes(services: ApiServices): Route[] {
  return [
    ofService(services, { path: '/health', service: 'surveyor' }),
    ofService(services, { path: '/data-import/health', service: 'data-import' }),
    ofService(services, { path: '/unified-discovery/health', service: 'discovery' }),
    defineRoute({
      ...publicGet,
      path: '/health/live',
      summary: 'Say that the process runs',
      responses: { 200: Health },
      handler: () => Promise.resolve(ok(view(services, 'surveyor', 'healthy'))),
    }),
    defineRoute({
      ...publicGet,
      path: '/health/ready',
      summary: 'Say whether requests can be served: database, storage, Temporal',
      responses: { 200: Health, 503: Health },
      handler: () => answerParts(services, 'surveyor'),
    }),
    defineRoute({
      ...publicGet,
      path: '/health/database',
      summary: 'Say whether the database answers',
      responses: { 200: Health, 503: Health },
      handler: async () => {
        const database = await databaseStatus(services);
        return { status: database === 'healthy' ? 200 : 503, body: view(services, 'database', database) };
      },
    }),
  ];
}

function ofService(
  services: ApiServices,
  { path, service }: { readonly path: string; readonly service: string },
): Route {
  return defineRoute({
    ...publicGet,
    path,
    summary: `Say how the service is: ${service}`,
    responses: { 200: Health, 503: Health },
    handler: () => answerParts(services, service),
  });
}

/** Without its database nothing can be answered; without Temporal or storage results can still be read. */
async function answerParts(services: ApiServices, service: string): Promise<RouteAnswer> {
  const [database, temporal, objects] = await Promise.all([
    databaseStatus(services),
    services.workflows.isHealthy().then(statusOf),
    services.objects.isHealthy().then(statusOf),
  ]);
  const parts = { database, temporal, objects };
  const isDegraded = Object.values(parts).some((status) => status !== 'healthy');
  const status = database === 'unhealthy' ? 'unhealthy' : isDegraded ? 'degraded' : 'healthy';
  return {
    status: status === 'unhealthy' ? 503 : 200,
    body: { ...view(services, service, status), parts },
  };
}

async function databaseStatus(services: ApiServices): Promise<HealthStatus> {
  return statusOf(await readinessOf(services.app));
}

function statusOf(isHealthy: boolean): HealthStatus {
  return isHealthy ? 'healthy' : 'unhealthy';
}

function view({ settings }: ApiServices, service: string, status: HealthStatus): z.output<typeof Health> {
  return { status, service, version: settings.version, timestamp: new Date().toISOString() };
}
