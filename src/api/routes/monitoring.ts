import { z } from 'zod';
import {
  type BackgroundTaskRow,
  countHangingTasks,
  findBackgroundTask,
  listBackgroundTasks,
} from '../../db/flows/background-tasks';
import type { FlowErrorRow } from '../../db/flows/flow-errors';
import { countFlowErrors } from '../../db/flows/flow-errors';
import { countActiveTasks, countFailedTasks, listRecentErrors } from '../../db/flows/read-monitoring';
import { inTenant } from '../../db/connection/tenant';
import type { ErrorCode } from '../../domain/error-catalogue';
import { DomainError } from '../../domain/errors';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import {
  ErrorSummary,
  FailedQuery,
  FailedTaskList,
  SummaryQuery,
  type Task,
  TaskAnswer,
  TaskList,
} from '../schemas/monitoring';
import type { ApiServices } from '../services';

const place = '/monitoring/errors';
const read = { method: 'get', scope: 'tenant', tag: 'monitoring', permission: 'monitoring.view' } as const;

/** Active tasks that are shown at once. */
const mostActive = 1_000;
/** Heartbeats come every second and are written every fifth; this long without one means that something hangs. */
const hangingAfterMs = 60_000;

/** Background work of the tenant and its errors, kept over restarts. */
export function monitoringRoutes(services: ApiServices): Route[] {
  return [...taskRoutes(services), ...errorRoutes(services)];
}

function taskRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...read,
      path: `${place}/background-tasks/active`,
      summary: 'List the background tasks that run now',
      responses: { 200: TaskList },
      handler: async ({ tenant }) => {
        const rows = await inTenant(services.app, tenant, (trx) =>
          listBackgroundTasks(trx, 'active', mostActive),
        );
        return ok(presentTasks(rows));
      },
    }),
    defineRoute({
      ...read,
      path: `${place}/background-tasks/failed`,
      summary: 'List the background tasks that failed, the newest first',
      query: FailedQuery,
      responses: { 200: FailedTaskList },
      handler: async ({ tenant, query }) => {
        const rows = await inTenant(services.app, tenant, (trx) =>
          listBackgroundTasks(trx, 'failed', query.limit),
        );
        return ok({ ...presentTasks(rows), limit: query.limit });
      },
    }),
    defineRoute({
      ...read,
      path: `${place}/background-tasks/:task_id`,
      summary: 'Show one background task',
      params: z.object({ task_id: z.string().min(1).max(300) }),
      responses: { 200: TaskAnswer },
      errors: ['BG_001'],
      handler: async ({ tenant, params }) => {
        const row = await inTenant(services.app, tenant, (trx) => findBackgroundTask(trx, params.task_id));
        if (row === undefined) throw new DomainError('BG_001');
        return ok({ status: 'success', task: presentTask(row), timestamp: new Date().toISOString() });
      },
    }),
  ];
}

function errorRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...read,
      path: `${place}/summary`,
      summary: 'Count errors by type, and show the newest',
      query: SummaryQuery,
      responses: { 200: ErrorSummary },
      handler: (input) => summary(services, input),
    }),
    defineRoute({
      method: 'post',
      scope: 'tenant',
      tag: 'monitoring',
      permission: 'monitoring.view',
      path: `${place}/test/:error_type`,
      summary: 'Answer with an error of one kind, to see how it is shown; not in production',
      params: z.object({ error_type: z.string().max(100) }),
      responses: {},
      errors: Object.values(sampleErrors),
      handler: ({ params }) => Promise.reject(sampleError(services, params.error_type)),
    }),
  ];
}

const sampleErrors = {
  validation: 'VAL_001',
  auth: 'AUTH_001',
  flow: 'FLOW_001',
  timeout: 'NET_001',
  background: 'BG_002',
  crewai: 'INT_001',
  tenant: 'SEC_001',
  database: 'DB_001',
  import: 'IMP_001',
} as const satisfies Readonly<Record<string, ErrorCode>>;

function sampleError({ settings }: ApiServices, name: string): DomainError {
  if (settings.environment === 'production')
    return new DomainError('AUTH_002', { environment: 'production' });
  const found = Object.entries(sampleErrors).find(([known]) => known === name);
  if (found !== undefined) return new DomainError(found[1], { sample: true });
  return new DomainError('VAL_001', { field: 'error_type', known: Object.keys(sampleErrors) });
}

function presentTasks(rows: readonly BackgroundTaskRow[]) {
  return {
    status: 'success',
    task_count: rows.length,
    tasks: rows.map(presentTask),
    timestamp: new Date().toISOString(),
  };
}

function presentTask(row: BackgroundTaskRow): z.output<typeof Task> {
  return {
    task_id: row.id,
    task_name: row.name,
    status: row.state,
    flow_id: row.flowId,
    attempt: row.attempt,
    start_time: row.startedAt.toISOString(),
    heartbeat_time: row.heartbeatAt?.toISOString() ?? null,
    end_time: row.endedAt?.toISOString() ?? null,
    duration_ms: row.durationMs,
    error_code: row.errorCode,
    error_type: row.errorType,
    error: row.error,
    context: { flow_id: row.flowId, workflow_id: row.workflowId, run_id: row.runId },
  };
}

async function summary(
  services: ApiServices,
  { tenant, query }: RouteInput<unknown, z.output<typeof SummaryQuery>>,
): Promise<RouteAnswer> {
  const since = new Date(Date.now() - query.hours * 60 * 60 * 1_000);
  return inTenant(services.app, tenant, async (trx) => {
    const types: Record<string, number> = { ...(await countFlowErrors(trx, since)) };
    for (const { errorType, count } of await countFailedTasks(trx, since)) {
      types[errorType] = (types[errorType] ?? 0) + count;
    }
    return ok({
      time_period_hours: query.hours,
      total_errors: Object.values(types).reduce((sum, count) => sum + count, 0),
      active_tasks: await countActiveTasks(trx),
      hanging_tasks: await countHangingTasks(trx, new Date(Date.now() - hangingAfterMs)),
      error_types: types,
      recent_errors: (await listRecentErrors(trx, since, 10)).map(presentError),
      timestamp: new Date().toISOString(),
    });
  });
}

function presentError(row: FlowErrorRow) {
  return {
    id: row.id,
    code: row.code,
    category: row.category,
    severity: row.severity,
    message: row.message,
    flow_id: row.flowId,
    phase: row.phase,
    occurred_at: row.occurredAt.toISOString(),
    resolved_at: row.resolvedAt?.toISOString() ?? null,
  };
}
