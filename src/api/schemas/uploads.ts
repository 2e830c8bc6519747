import { z } from 'zod';
import { findingSeverities, tableKinds } from '../../domain/lists';
import { Confidence, Count } from './common';

const Check = z.object({
  agent_id: z.enum(['format_validator', 'security_scanner', 'privacy_analyzer', 'data_quality_assessor']),
  agent_name: z.string(),
  validation: z.enum(['passed', 'warning', 'failed']),
  confidence: Confidence,
  message: z.string(),
  details: z.array(z.string()),
});

const VerdictTable = z.object({
  container: z.string(),
  encoding: z.string(),
  delimiter: z.string().nullable(),
  header_line: z.int(),
  table_kind: z.enum(tableKinds).nullable(),
  not_inventory_reason: z.string().nullable(),
  format: z.object({ vendor: z.string().nullable(), confidence: z.number().nullable() }),
  /** Rows that were looked at; of large files the first ones. */
  rows_read: Count,
  rows_rejected: Count,
  is_whole_file: z.boolean(),
  columns: z.array(
    z.object({
      source_field: z.string(),
      target_field: z.string().nullable(),
      confidence: Confidence,
      samples: z.array(z.string()),
    }),
  ),
  findings: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(findingSeverities),
      blocking: z.boolean(),
      source_field: z.string().nullable(),
      affected_rows: Count,
      message: z.string(),
    }),
  ),
  warnings: z.array(z.string()),
  /** Why the table cannot be read to its end. */
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
});

const placed = { entry: z.string().nullable(), sheet: z.string().nullable() };

/** What a dry run says of a file; of a file with several tables, beside each of them, of its first inventory. */
export const UploadVerdict = VerdictTable.extend({
  success: z.boolean(),
  file_status: z.enum(['approved', 'approved_with_warnings', 'rejected']),
  filename: z.string(),
  tables: z.array(VerdictTable.extend({ ...placed, table: z.string().nullable() })),
  /** Sheets and files in archives that are left out. */
  ignored: z.array(z.object({ ...placed, reason: z.string() })),
  agent_results: z.array(Check),
  next_step: z.string(),
  message: z.string(),
}).meta({ id: 'UploadVerdict' });

export type UploadVerdictBody = z.output<typeof UploadVerdict>;
