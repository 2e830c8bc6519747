import { z } from 'zod';
import { conflictActions, conflictKinds, conflictStatuses, dependencyTypes } from '../../domain/lists';
import { Count, CursorQuery, Timestamp, Uuid } from './common';
import { NextCursor } from './flow-lists';

export const ConflictQuery = CursorQuery.extend({
  status: z.enum(conflictStatuses).optional(),
  kind: z.enum(conflictKinds).optional(),
  flow_id: Uuid.optional(),
});

export const Conflict = z
  .object({
    conflict_id: Uuid,
    id: Uuid,
    conflict_type: z.enum(conflictKinds),
    flow_id: Uuid.nullable(),
    asset_id: Uuid.nullable(),
    attribute: z.string().nullable(),
    message: z.string(),
    candidates: z.array(z.record(z.string(), z.unknown())),
    status: z.enum(conflictStatuses),
    resolution_action: z.enum(conflictActions).nullable(),
    decided_by: Uuid.nullable(),
    decided_at: Timestamp.nullable(),
    created_at: Timestamp,
  })
  .meta({ id: 'Conflict' });

export const ConflictList = z
  .object({ conflicts: z.array(Conflict), open: Count, next_cursor: NextCursor })
  .meta({ id: 'ConflictList' });

export const ResolveBody = z.strictObject({
  resolutions: z
    .array(
      z.strictObject({
        conflict_id: Uuid,
        resolution_action: z.enum(conflictActions),
        /** The right value of a disagreement; one of the candidates. Absent: what the action says. */
        value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
        /** For `create_both_with_dependency`. */
        dependency_selection: z
          .strictObject({ parent_asset_id: Uuid, dependency_type: z.enum(dependencyTypes) })
          .optional(),
        reason: z.string().max(2_000).optional(),
      }),
    )
    .min(1)
    .max(500),
});

export const ResolveAnswer = z
  .object({
    success: z.literal(true),
    resolved_count: Count,
    total_requested: Count,
    conflicts: z.array(Conflict),
    /** Conflicts of the engagement that are still open. */
    open: Count,
    /** The change that lets the estate follow. */
    estate_change_id: Uuid,
  })
  .meta({ id: 'ResolveAnswer' });
