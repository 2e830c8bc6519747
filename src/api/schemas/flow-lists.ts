import { z } from 'zod';
import { gates, phases } from '../../domain/flow/phases';
import { flowStatuses } from '../../domain/flow/status';
import { Count, Percent, Timestamp, Uuid } from './common';
import { FlowView } from './flows';
import { LedgerSums } from './ledger';

export const FlowItem = z
  .object({
    flow_id: Uuid,
    flow_name: z.string(),
    flow_type: z.literal('discovery'),
    status: z.string(),
    detailed_status: z.enum(flowStatuses),
    current_phase: z.enum(phases).nullable(),
    waiting_for: z.enum(gates).nullable(),
    progress_percentage: Percent,
    accepts_imports: z.boolean(),
    failure_code: z.string().nullable(),
    user_id: Uuid,
    client_account_id: Uuid,
    engagement_id: Uuid,
    created_at: Timestamp,
    updated_at: Timestamp,
    completed_at: Timestamp.nullable(),
  })
  .meta({ id: 'FlowItem' });

export const NextCursor = z.string().nullable();

export const FlowList = z
  .object({ flows: z.array(FlowItem), next_cursor: NextCursor })
  .meta({ id: 'FlowList' });

/** The fields of a flow stand at the top as well when exactly one is active. */
export const ActiveFlows = z
  .object({
    success: z.literal(true),
    flows: z.array(FlowItem),
    count: Count,
    timestamp: Timestamp,
    flow_id: Uuid.optional(),
    status: z.string().optional(),
    current_phase: z.enum(phases).nullable().optional(),
  })
  .meta({ id: 'ActiveFlows' });

export const FlowStatusAnswer = FlowView.extend({
  master_flow_id: Uuid,
  data_import_id: Uuid.nullable(),
  imports: Count,
  /** What each phase left for people: counts and shares, no rows. */
  phase_state: z.record(z.string(), z.unknown()),
  /** With `include_details`: where the records of each import ended; `read` is the sum of the other three. */
  import_ledgers: z
    .array(
      z.object({
        import_id: Uuid,
        filename: z.string().nullable(),
        /** Entry of the archive and sheet that hold the table; null when the file is the table. */
        archive_entry: z.string().nullable(),
        sheet_name: z.string().nullable(),
        rows: LedgerSums,
        undone_at: Timestamp.nullable(),
      }),
    )
    .optional(),
}).meta({ id: 'FlowStatus' });
