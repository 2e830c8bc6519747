import type { Phase } from '../../domain/flow/phases';
import type { FindingSeverity } from '../../domain/lists';
import { toJson } from '../bulk/json';
import { execute, queryOne, queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

export interface NewFlowError {
  readonly flowId: string | null;
  readonly phase: Phase | null;
  readonly importId?: string | null;
  /** A code of the catalogue. */
  readonly code: string;
  /** Lower-case word: `validation`, `flow`, `timeout`, `background`, `database`, … */
  readonly category: string;
  readonly severity: FindingSeverity;
  readonly message: string;
  readonly traceId?: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A row of `flow_errors`. */
export interface FlowErrorRow extends NewFlowError {
  readonly id: string;
  readonly occurredAt: Date;
  readonly resolvedAt: Date | null;
}

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

export async function insertFlowError(trx: TenantTrx, error: NewFlowError): Promise<void> {
  await execute(
    trx,
    `insert into flow_errors (client_account_id, engagement_id, flow_id, phase, import_id, code, category, severity,
       message, trace_id, details)
     values (:clientAccountId, :engagementId, :flowId, :phase, :importId, :code, :category, :severity, :message,
       :traceId, :details)`,
    { importId: null, traceId: null, ...tenantOf(trx), ...error, details: toJson(error.details ?? {}) },
  );
}

/** Marks the errors of a flow as dealt with, when it goes on. */
export async function resolveFlowErrors(trx: TenantTrx, flowId: string): Promise<void> {
  await execute(
    trx,
    `update flow_errors set resolved_at = clock_timestamp()
     where ${ofTenant} and flow_id = :flowId and resolved_at is null`,
    { ...tenantOf(trx), flowId },
  );
}

/** Errors since a moment, the newest first, of one flow or of the tenant. */
export async function listFlowErrors(
  trx: TenantTrx,
  page: { readonly flowId?: string; readonly since?: Date; readonly limit: number },
): Promise<FlowErrorRow[]> {
  return queryRows<FlowErrorRow>(
    trx,
    `select * from flow_errors where ${ofTenant} and (:flowId::uuid is null or flow_id = :flowId)
       and (:since::timestamptz is null or occurred_at >= :since)
     order by occurred_at desc, id limit :limit`,
    { ...tenantOf(trx), flowId: page.flowId, since: page.since, limit: page.limit },
  );
}

/** Number of errors by code since a moment. */
export async function countFlowErrors(
  trx: TenantTrx,
  since: Date,
): Promise<Readonly<Record<string, number>>> {
  const { counts } = await queryOne<{ counts: Record<string, number> | null }>(
    trx,
    `select jsonb_object_agg(code, count) as counts from (
       select code, count(*) from flow_errors where ${ofTenant} and occurred_at >= :since group by code) c`,
    { ...tenantOf(trx), since },
  );
  return counts ?? {};
}
