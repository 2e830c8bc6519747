import { z } from 'zod';

export const Uuid = z.guid().toLowerCase();
export const Timestamp = z.iso.datetime({ offset: true });
export const Count = z.int().min(0);
export const Percent = z.number().min(0).max(100);
export const Confidence = z.number().min(0).max(1);

/** Paging by limit and offset, as the contract's import lists have it. */
export const OffsetQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
});

/** Keyset paging: `cursor` is the opaque `next_cursor` of the page before. */
export const CursorQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});

export const Pagination = z
  .object({
    page: z.int(),
    page_size: z.int(),
    total_count: Count,
    total_pages: Count,
    has_next: z.boolean(),
    has_prev: z.boolean(),
  })
  .meta({ id: 'Pagination' });

export const flowParams = z.object({ flow_id: Uuid });
