import { DomainError } from '../../domain/errors';
import type { EstateLease } from '../../db/estate/estates';
import type { PhaseWork } from '../phase-run/phase-pieces';

/** A phase that holds the estate of its engagement: each of its batches makes sure that it still does. */
export interface EstateWork extends Pick<PhaseWork, 'batch' | 'gather'> {
  readonly phase: PhaseWork;
  readonly lease: EstateLease;
}

/**
 * Does the work of an estate phase while no other run changes the estate; `workPhase` frees it afterwards, whatever
 * came of it. Throws `ESTATE_001`, which is tried again, while another run holds it.
 */
export async function holdingEstate<Result>(
  phase: PhaseWork,
  work: (estate: EstateWork) => Promise<Result>,
): Promise<Result> {
  const { lease, batch, gather } = phase;
  if (lease === undefined) throw new DomainError('ESTATE_001');
  return work({ phase, lease, batch, gather });
}
