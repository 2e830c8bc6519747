import { z } from 'zod';
import { findingSeverities, importStatuses, profileActions } from '../../domain/lists';
import { Count, Timestamp, Uuid } from './common';

export const importParams = z.object({ import_id: Uuid });

export const ImportView = z
  .object({
    id: Uuid,
    flow_id: Uuid,
    master_flow_id: Uuid,
    filename: z.string().nullable(),
    import_name: z.string(),
    import_category: z.string().nullable(),
    status: z.enum(importStatuses),
    detailed_status: z.enum(importStatuses),
    records_total: Count,
    records_processed: Count,
    records_accepted: Count,
    records_rejected: Count,
    file_size: Count.nullable(),
    container: z.string().nullable(),
    encoding: z.string().nullable(),
    delimiter: z.string().nullable(),
    /** Where the table lies in the upload, and what its bytes said: title lines, quotes, decimal mark. */
    archive_entry: z.string().nullable(),
    sheet_name: z.string().nullable(),
    table_name: z.string().nullable(),
    header_line: z.int().nullable(),
    detection: z.record(z.string(), z.unknown()),
    columns: z.array(z.string()),
    table_kind: z.string().nullable(),
    not_inventory_reason: z.string().nullable(),
    format: z.object({
      vendor: z.string().nullable(),
      id: z.string().nullable(),
      confidence: z.number().nullable(),
    }),
    data_source_id: Uuid.nullable(),
    as_of: Timestamp.nullable(),
    coverage: z.enum(['full', 'partial']),
    warnings: z.array(z.string()),
    failure: z.object({ code: z.string(), message: z.string() }).nullable(),
    created_at: Timestamp,
    updated_at: Timestamp,
    completed_at: Timestamp.nullable(),
    undone_at: Timestamp.nullable(),
  })
  .meta({ id: 'ImportView' });

export const ImportList = z.object({ imports: z.array(ImportView), total: Count }).meta({ id: 'ImportList' });

export const ImportDetail = ImportView.extend({ field_mappings_count: Count }).meta({ id: 'ImportDetail' });

export const RawRecords = z
  .object({
    records: z.array(
      z.object({
        id: Uuid,
        row_number: z.int(),
        line_number: z.int(),
        raw_data: z.record(z.string(), z.string()),
        cleansed_data: z.record(z.string(), z.unknown()).nullable(),
        is_valid: z.boolean(),
        is_processed: z.boolean(),
        validation_errors: z.array(z.string()),
        asset_id: Uuid.nullable(),
      }),
    ),
    total: Count,
    limit: Count,
    offset: Count,
  })
  .meta({ id: 'RawRecords' });

export const RejectedRecords = z
  .object({
    records: z.array(
      z.object({
        row_number: z.int(),
        line_number: z.int(),
        source_field: z.string().nullable(),
        code: z.string(),
        message: z.string(),
      }),
    ),
    total: Count,
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'RejectedRecords' });

export const Finding = z
  .object({
    id: Uuid,
    import_id: Uuid,
    issue_type: z.string(),
    code: z.string(),
    severity: z.enum(findingSeverities),
    blocking: z.boolean(),
    field_name: z.string().nullable(),
    attribute: z.string().nullable(),
    affected_rows: Count,
    message: z.string(),
    examples: z.array(z.string()),
    status: z.enum(['open', 'decided']),
    action: z.enum(profileActions).nullable(),
    decided_at: Timestamp.nullable(),
  })
  .meta({ id: 'QualityFinding' });

export const FindingList = z
  .object({ quality_issues: z.array(Finding), total: Count })
  .meta({ id: 'QualityFindingList' });
