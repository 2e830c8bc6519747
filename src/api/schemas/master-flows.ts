import { z } from 'zod';
import { gates, phases } from '../../domain/flow/phases';
import { flowStatuses } from '../../domain/flow/status';
import { Count, CursorQuery, OffsetQuery, Percent, Timestamp, Uuid } from './common';
import { FlowView } from './flows';
import { NextCursor } from './flow-lists';

export const MasterFlow = z
  .object({
    flow_id: Uuid,
    flow_type: z.literal('discovery'),
    flow_name: z.string(),
    flow_status: z.string(),
    detailed_status: z.enum(flowStatuses),
    current_phase: z.enum(phases).nullable(),
    waiting_for: z.enum(gates).nullable(),
    progress_percentage: Percent,
    client_account_id: Uuid,
    engagement_id: Uuid,
    user_id: Uuid,
    flow_configuration: z.record(z.string(), z.unknown()),
    created_at: Timestamp,
    updated_at: Timestamp,
    completed_at: Timestamp.nullable(),
  })
  .meta({ id: 'MasterFlow' });

/** Pages by limit and offset, as the contract has it, or by cursor. */
export const MasterFlowQuery = OffsetQuery.extend({
  flow_type: z.enum(['discovery']).optional(),
  status: z.enum(flowStatuses).optional(),
  cursor: CursorQuery.shape.cursor,
});

export const MasterFlowList = z
  .object({ flows: z.array(MasterFlow), total: Count, next_cursor: NextCursor })
  .meta({ id: 'MasterFlowList' });

/** The child row: proof that master and child were born together. */
export const DiscoveryFlow = z
  .object({
    id: Uuid,
    master_flow_id: Uuid,
    flow_id: Uuid,
    status: z.enum(flowStatuses),
    current_phase: z.enum(phases).nullable(),
    data_import_id: Uuid.nullable(),
    phases: z.object({
      data_import_completed: z.boolean(),
      data_validation_completed: z.boolean(),
      field_mapping_completed: z.boolean(),
      data_cleansing_completed: z.boolean(),
      asset_inventory_completed: z.boolean(),
      dependency_analysis_completed: z.boolean(),
      tech_debt_assessment_completed: z.boolean(),
    }),
    phase_state: z.record(z.string(), z.unknown()),
    learning_scope: z.enum(['engagement', 'client']),
    assessment_ready: z.boolean(),
    created_at: Timestamp,
    updated_at: Timestamp,
    completed_at: Timestamp.nullable(),
  })
  .meta({ id: 'DiscoveryFlow' });

export const LiveView = z
  .object({
    flow_id: Uuid,
    status: z.enum(flowStatuses),
    phase: z.enum(phases).nullable(),
    import_id: Uuid.nullable(),
    waiting_for: z.enum(gates).nullable(),
    pending_signals: Count,
  })
  .meta({ id: 'LiveView' });

export const MasterFlowDetail = MasterFlow.extend({ flow: FlowView }).meta({ id: 'MasterFlowDetail' });
