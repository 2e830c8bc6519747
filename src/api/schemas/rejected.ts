import { z } from 'zod';
import { importPhases } from '../../domain/flow/phases';
import { Count, CursorQuery, Uuid } from './common';
import { LedgerSums, PhaseLedger } from './ledger';

export const RejectedQuery = CursorQuery.extend({
  /** Also by the Accept header; the files hold every record. */
  format: z.enum(['json', 'csv', 'xlsx']).optional(),
});

export const RejectedList = z
  .object({
    records: z.array(
      z.object({
        row_number: z.int(),
        line_number: z.int(),
        phase: z.enum(['data_import', 'data_cleansing']),
        code: z.string(),
        message: z.string(),
        hint: z.string(),
        source_field: z.string().nullable(),
        /** Cells by column, as far as they can be told. */
        raw_data: z.record(z.string(), z.string()),
        /** What of the record has no column. */
        rest: z.string().nullable(),
      }),
    ),
    total: Count,
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'RejectedList' });

/** Where the records of an import end; `read` is the sum of all others. */
export const ImportLedger = z
  .object({
    import_id: Uuid,
    flow_id: Uuid,
    rows: LedgerSums,
    phases: z.array(PhaseLedger.extend({ phase: z.enum(importPhases) })),
    reasons: z.array(
      z.object({
        phase: z.enum(['data_import', 'data_cleansing']),
        state: z.enum(['rejected', 'skipped']),
        code: z.string(),
        records: Count,
      }),
    ),
    is_balanced: z.boolean(),
  })
  .meta({ id: 'ImportLedger' });
