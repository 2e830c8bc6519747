import { z } from 'zod';
import { estateChangeKinds, estateChangeStatuses } from '../../domain/lists';
import { Count, CursorQuery, Timestamp, Uuid } from './common';

export const changeParams = z.object({ change_id: Uuid });

export const EstateChangeView = z
  .object({
    change_id: Uuid,
    kind: z.enum(estateChangeKinds),
    status: z.enum(estateChangeStatuses),
    import_id: Uuid.nullable(),
    flow_id: Uuid.nullable(),
    /** What people did that a projection follows. */
    reasons: z.array(z.string()),
    requests: Count,
    summary: z.record(z.string(), z.unknown()),
    failure: z.object({ code: z.string(), message: z.string(), suggestion: z.string() }).nullable(),
    requested_by: Uuid.nullable(),
    created_at: Timestamp,
    started_at: Timestamp.nullable(),
    finished_at: Timestamp.nullable(),
  })
  .meta({ id: 'EstateChange' });

export const EstateChangeList = z
  .object({ changes: z.array(EstateChangeView), next_cursor: z.string().nullable() })
  .meta({ id: 'EstateChangeList' });

export const EstateChangeQuery = CursorQuery.extend({
  status: z.enum(estateChangeStatuses).optional(),
});
