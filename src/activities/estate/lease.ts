import { DomainError } from '../../domain/errors';
import { acquireEstate, type EstateLease, freeEstate, holdEstate } from '../../db/estates';
import type { Advance, PhaseRun } from '../../db/phase-runs';
import { inTenant, type TenantTrx } from '../../db/tenant';
import type { ActivityDependencies } from '../dependencies';
import type { PhaseWork } from '../phase-work';

/** A phase that holds the estate of its engagement. */
export interface EstateWork {
  readonly phase: PhaseWork;
  readonly lease: EstateLease;
  /** A batch of the phase that first makes sure that the estate is still held. */
  readonly batch: (work: (trx: TenantTrx, run: PhaseRun) => Promise<Advance>) => Promise<void>;
  /** What a transaction does first that changes the estate: locks it. Throws when another run has taken it. */
  readonly hold: (trx: TenantTrx) => Promise<void>;
}

/**
 * Does the work of an estate phase while no other run changes the estate, and frees it afterwards, whatever came of
 * it. Throws `ESTATE_001`, which is tried again, while another run holds it.
 */
export async function holdingEstate<Result>(
  deps: ActivityDependencies,
  phase: PhaseWork,
  work: (estate: EstateWork) => Promise<Result>,
): Promise<Result> {
  const lease = await phase.read((trx) => acquireEstate(trx, phase.run.id));
  if (lease === undefined) throw new DomainError('ESTATE_001');
  const hold = async (trx: TenantTrx): Promise<void> => {
    if (!(await holdEstate(trx, lease))) throw new DomainError('ESTATE_001');
  };
  const batch: EstateWork['batch'] = (step) =>
    phase.batch(async (trx, run) => {
      await hold(trx);
      return step(trx, run);
    });
  try {
    return await work({ phase, lease, batch, hold });
  } finally {
    await inTenant(deps.app, phase.order, (trx) => freeEstate(trx, lease));
  }
}
