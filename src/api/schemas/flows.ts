import { z } from 'zod';
import { flowStatuses } from '../../domain/flow/status';
import { gates, phases, phaseStatuses } from '../../domain/flow/phases';
import { importStatuses } from '../../domain/lists';
import { Count, Percent, Timestamp, Uuid } from './common';

export const PhaseView = z
  .object({
    status: z.enum(phaseStatuses),
    rows_total: Count.nullable(),
    rows_in: Count,
    rows_out: Count,
    position: Count,
    ledger: z.object({
      passed: Count,
      created: Count,
      updated: Count,
      merged: Count,
      unchanged: Count,
      linked: Count,
      unresolved: Count,
      skipped: Count,
      rejected: Count,
    }),
    started_at: Timestamp.nullable(),
    finished_at: Timestamp.nullable(),
  })
  .meta({ id: 'PhaseView' });

const phaseViews = z.object({
  data_import: PhaseView,
  data_validation: PhaseView,
  field_mapping: PhaseView,
  data_cleansing: PhaseView,
  asset_inventory: PhaseView,
  dependency_analysis: PhaseView,
  tech_debt_assessment: PhaseView,
});

/** The one view of a flow: answers, events and the command line all show it. Bounded at any number of rows. */
export const FlowView = z
  .object({
    flow_id: Uuid,
    flow_name: z.string(),
    flow_type: z.literal('discovery'),
    /** In the words of the route that answers; `detailed_status` is exact. */
    status: z.string(),
    detailed_status: z.enum(flowStatuses),
    current_phase: z.enum(phases).nullable(),
    next_phase: z.enum(phases).nullable(),
    waiting_for: z.enum(gates).nullable(),
    gate_version: z.int().nullable(),
    progress_percentage: Percent,
    accepts_imports: z.boolean(),
    phases: phaseViews,
    rows: z.object({ read: Count, accepted: Count, rejected: Count }),
    assets: z.object({ created: Count, updated: Count, merged: Count, unchanged: Count }),
    dependencies: z.object({ resolved: Count, unresolved: Count }),
    failure: z.object({ code: z.string(), message: z.string(), suggestion: z.string() }).nullable(),
    reason: z.string().nullable(),
    client_account_id: Uuid,
    engagement_id: Uuid,
    row_version: Count,
    created_at: Timestamp,
    updated_at: Timestamp,
    completed_at: Timestamp.nullable(),
  })
  .meta({ id: 'FlowView' });

export type FlowViewBody = z.output<typeof FlowView>;

export const ImportView = z
  .object({
    id: Uuid,
    flow_id: Uuid,
    filename: z.string().nullable(),
    status: z.enum(importStatuses),
    records_total: Count,
    records_processed: Count,
    records_rejected: Count,
    container: z.string().nullable(),
    encoding: z.string().nullable(),
    delimiter: z.string().nullable(),
    table_kind: z.string().nullable(),
    format: z.object({ vendor: z.string().nullable(), confidence: z.number().nullable() }),
    as_of: Timestamp.nullable(),
    warnings: z.array(z.string()),
    created_at: Timestamp,
    updated_at: Timestamp,
    undone_at: Timestamp.nullable(),
  })
  .meta({ id: 'ImportView' });

/** Answer of a start: 201 when the flow's rows exist, 202 while the first activity has not written them yet. */
export const StartAnswer = z
  .object({
    success: z.literal(true),
    flow_id: Uuid,
    data_import_id: Uuid.nullable(),
    status: z.string(),
    records_stored: Count,
    progress_percentage: Percent,
    message: z.string(),
  })
  .meta({ id: 'StartAnswer' });

/** Answer of a command: 200 when the row shows the result, else 202. */
export const CommandAnswer = z
  .object({
    success: z.literal(true),
    flow_id: Uuid,
    status: z.string(),
    detailed_status: z.enum(flowStatuses),
    current_phase: z.enum(phases).nullable(),
    waiting_for: z.enum(gates).nullable(),
    message: z.string(),
    result: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'CommandAnswer' });

export const ApprovalPolicy = z.object({
  mode: z.enum(['ask', 'auto']).default('ask'),
  min_confidence: z.number().min(0).max(1).default(0.9),
});
