import type { z } from 'zod';
import type { MasterFlow } from '../../db/flows/flow-rows';
import type { FlowStatus } from '../../domain/flow/status';
import type { FlowItem } from '../schemas/flow-lists';

/** A flow as lists show it. */
export function presentFlowItem(
  row: MasterFlow,
  wordOf: (status: FlowStatus) => string,
): z.output<typeof FlowItem> {
  return {
    flow_id: row.flowId,
    flow_name: row.flowName,
    flow_type: row.flowType,
    status: wordOf(row.flowStatus),
    detailed_status: row.flowStatus,
    current_phase: row.currentPhase,
    waiting_for: row.waitingFor,
    progress_percentage: row.progressPercentage,
    accepts_imports: row.acceptsImports,
    failure_code: row.failureCode,
    user_id: row.userId,
    client_account_id: row.clientAccountId,
    engagement_id: row.engagementId,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    completed_at: row.completedAt?.toISOString() ?? null,
  };
}
