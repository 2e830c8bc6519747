import { z } from 'zod';
import { deltaStates } from '../../db/imports/import-delta';
import { assetTypes, sourceCoverages } from '../../domain/lists';
import { Count, CursorQuery, Uuid } from './common';

export const DeltaQuery = CursorQuery.extend({ state: z.enum(deltaStates).optional() });

/** `pending`: its records are not in the estate yet; `undone`: they are no longer. */
export const deltaOutcomes = ['pending', 'undone', 'first', 'unchanged', 'changed'] as const;

/** How an import differs from the one before it of the same source, scope and table. */
export const ImportDelta = z
  .object({
    import_id: Uuid,
    flow_id: Uuid,
    outcome: z.enum(deltaOutcomes),
    /** The previous full import, or the import of this very file; without both the last partial one. */
    compared_with: Uuid.nullable(),
    compared_filename: z.string().nullable(),
    compared_coverage: z.enum(sourceCoverages).nullable(),
    /** The bytes of both are the same. */
    same_file: z.boolean(),
    /** An import of the same source and table that speaks of a later time, whose values win. */
    newer_import: Uuid.nullable(),
    /** Only two full exports tell what is gone. */
    tells_vanished: z.boolean(),
    created: Count,
    updated: Count,
    unchanged: Count,
    vanished: Count,
    assets: z.array(
      z.object({
        asset_id: Uuid,
        name: z.string(),
        asset_type: z.enum(assetTypes),
        state: z.enum(deltaStates),
        /** Of updated assets: the attributes about which the two imports differ. */
        changed_attributes: z.array(z.string()),
      }),
    ),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'ImportDelta' });
