import { z } from 'zod';
import { profileActions } from '../../domain/lists';
import { Count, Uuid } from './common';
import { Finding } from './imports';

export const ProfileDecisionBody = z.strictObject({
  version: z.int().min(1).nullable().optional(),
  decisions: z
    .array(
      z.strictObject({
        field_name: z.string().min(1).max(1_000),
        action: z.enum(profileActions),
        /** Absent: in every import of the flow that has this column. */
        import_id: Uuid.optional(),
        custom_delimiter: z.string().min(1).max(5).optional(),
        /** Longest value in characters for `truncate` and `skip`. */
        max_length: z.int().min(1).max(1_000_000).optional(),
      }),
    )
    .max(5_000),
  /** Keep what nobody decided as it is, and go on. */
  proceed_with_warnings: z.boolean().default(false),
});

export const ProfileDecisions = z
  .object({
    success: z.literal(true),
    flow_id: Uuid,
    waiting: z.boolean(),
    /** Version that a decision must name. */
    version: z.int().nullable(),
    blocking_open: Count,
    findings: z.array(Finding),
    profile: z.unknown(),
  })
  .meta({ id: 'ProfileDecisions' });
