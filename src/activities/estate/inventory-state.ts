import { z } from 'zod';
import type { PhaseRun } from '../../db/flows/phase-runs';

const schema = z.object({
  /** Revision of the estate that the differences were found against. */
  revision: z.number().default(-1),
  /** The last row of the records that may stand alone and were looked at. */
  aloneAfter: z.number().default(0),
  /** Records projected so far of those that were left then, in the order of the groups. */
  done: z.number().default(0),
  /** Everything is projected anew, because records have left the estate. */
  isWhole: z.boolean().default(false),
  /** `records` is how far an earlier release had come; such a run begins anew. */
  stage: z.enum(['new', 'records', 'projecting', 'found']).default('new'),
  /** The gate at which the run waits. */
  waitsAt: z.enum(['conflict_resolution', 'preview_approval']).nullable().default(null),
  /** Gates that were answered. */
  answered: z.array(z.enum(['conflict_resolution', 'preview_approval'])).default([]),
});

/** How far an inventory run has come; kept in the position of its phase run. */
export type InventoryState = z.infer<typeof schema>;

export function inventoryState(run: PhaseRun): InventoryState {
  return schema.parse(run.positionDetail);
}
