import { z } from 'zod';
import { flowStatuses } from '../../domain/flow/status';
import { gates, phases, phaseStatuses } from '../../domain/flow/phases';
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

/** Answer of a start: 201 when the flow's rows exist, 202 while the first activity has not written them yet. */
export const StartAnswer = z
  .object({
    success: z.literal(true),
    flow_id: Uuid,
    import_flow_id: Uuid,
    master_flow_id: Uuid,
    data_import_id: Uuid.nullable(),
    /** One for each table of the file. */
    imports: z.array(
      z.object({
        data_import_id: Uuid,
        /** Name of the sheet or of the file in the archive; null when the file is the table. */
        table: z.string().nullable(),
        entry: z.string().nullable(),
        sheet: z.string().nullable(),
      }),
    ),
    /** Sheets and files in archives that are left out. */
    ignored: z.array(
      z.object({ entry: z.string().nullable(), sheet: z.string().nullable(), reason: z.string() }),
    ),
    flow_name: z.string().nullable(),
    status: z.string(),
    records_stored: Count,
    progress_percentage: Percent,
    message: z.string(),
    metadata: z.object({ created_at: Timestamp.nullable(), has_raw_data: z.boolean() }),
  })
  .meta({ id: 'StartAnswer' });
