import type { Gate } from '../../domain/flow/phases';
import { type FlowStatus, canTransition, flowStatuses } from '../../domain/flow/status';
import { type Actor, insertAuditEvent } from '../accounts/audit';
import type { FlowReason } from './flow-rows';
import { prepare, queryFirst } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

export interface StatusChange {
  readonly status: FlowStatus;
  /** What the flow waits for; kept while it is paused, cleared by every status that waits for nobody. */
  readonly waitingFor?: Gate;
  /** Needed for `failed`. */
  readonly failure?: { readonly code: string; readonly message: string };
  readonly reason?: FlowReason;
}

const moveFlow = prepare(
  'set_flow_status',
  `
  with old as (
    select client_account_id, engagement_id, flow_id, flow_status, paused_from, waiting_for, completed_at
    from master_flows
    where client_account_id = :clientAccountId and engagement_id = :engagementId and flow_id = :flowId
    for update),
  master as (
    update master_flows m set flow_status = :status::text,
      paused_from = case when :status = 'paused' then old.flow_status end,
      waiting_for = case when :status in ('waiting_for_approval', 'paused', 'initialized')
        then coalesce(:waitingFor, old.waiting_for) end,
      progress_percentage = case when :status = 'completed' then 100 else m.progress_percentage end,
      failure_code = :failureCode, failure_message = :failureMessage,
      reason = coalesce(:reason, case when :status = 'archived' then m.reason end),
      accepts_imports = m.accepts_imports and :status not in ('completed', 'cancelled', 'archived'),
      completed_at = case when :status in ('completed', 'cancelled') then clock_timestamp() else old.completed_at end,
      archived_at = case when :status = 'archived' then clock_timestamp() end
    from old
    where m.client_account_id = old.client_account_id and m.engagement_id = old.engagement_id
      and m.flow_id = old.flow_id and old.flow_status = any (:allowed)
      and (old.flow_status <> 'paused' or :status in ('failed', 'cancelled') or old.paused_from = :status)
    returning m.client_account_id, m.engagement_id, m.flow_id, m.completed_at, old.flow_status as from_status),
  child as (
    update discovery_flows d set status = :status, completed_at = m.completed_at, updated_at = clock_timestamp()
    from master m
    where d.client_account_id = m.client_account_id and d.engagement_id = m.engagement_id
      and d.master_flow_id = m.flow_id)
  select from_status from master`,
);

/**
 * Moves a flow to another status, master and child in one statement, if the transition table allows it from where it
 * is; a paused flow only returns to the status it was paused from. Answers the status it came from, or undefined
 * when nothing was changed.
 */
export async function setFlowStatus(
  trx: TenantTrx,
  flowId: string,
  change: StatusChange,
  actor: Actor,
): Promise<FlowStatus | undefined> {
  const { status, failure, reason, waitingFor } = change;
  const moved = await queryFirst<{ fromStatus: FlowStatus }>(trx, moveFlow, {
    ...tenantOf(trx),
    flowId,
    status,
    waitingFor,
    failureCode: failure?.code,
    failureMessage: failure?.message,
    reason,
    allowed: flowStatuses.filter((from) => canTransition(from, status)),
  });
  if (moved === undefined) return undefined;
  await insertAuditEvent(trx, actor, {
    action: `flow.${status}`,
    resourceType: 'flow',
    resourceId: flowId,
    flowId,
    details: { from: moved.fromStatus, waitingFor, reason, failureCode: failure?.code },
  });
  return moved.fromStatus;
}
