import { DomainError } from '../../domain/errors';
import type { FlowPolicy, PhaseResult } from '../../domain/flow/messages';
import { systemActor } from '../../db/accounts/audit';
import type { EnteredPhase } from '../../db/flows/enter-phase';
import { type EstateLease, lockEstateRun } from '../../db/estate/estates';
import { progressWith } from '../../db/flows/flow-progress';
import {
  type Advance,
  advancePhaseRun,
  endFlowBatch,
  lockPhaseRun,
  type PhaseRun,
} from '../../db/flows/phase-runs';
import type { AppDatabase } from '../../db/connection/pools';
import { publishPhaseRun } from '../../db/flows/publish';
import { inTenant, type TenantTrx } from '../../db/connection/tenant';
import { Interruption, type PhaseOrder, type StopCommand } from './phase-order';
import { type LastPiece, type Piece, runPieces, withAdvance } from './phase-pieces';
import type { PhaseWork } from './phase-pieces';

/** Another attempt of this phase has taken over; this one must not write any more. */
export class FenceLost extends Error {
  override readonly name = 'FenceLost';
}

/** Pieces of fewer rows than these are written together. */
const gatherRows = 1_000;

/** The hold of one attempt on its phase run. */
export class HeldPhase implements PhaseWork {
  readonly run: PhaseRun;
  readonly isFirstAttempt: boolean;
  readonly policy: FlowPolicy | null;
  readonly lease: EstateLease | undefined;
  private gathered: Piece[] = [];
  private gatheredRows = 0;

  constructor(
    private readonly db: AppDatabase,
    readonly order: PhaseOrder,
    private readonly entered: EnteredPhase,
    readonly signal: AbortSignal,
  ) {
    this.run = entered.run;
    this.isFirstAttempt = entered.run.fence === 1;
    this.policy = entered.policy;
    this.lease = entered.lease;
  }

  readonly batch: PhaseWork['batch'] = (work) => this.write([...this.takeGathered(), work]);

  readonly gather: PhaseWork['gather'] = async (rows, work) => {
    this.gathered.push(work);
    this.gatheredRows += rows;
    if (this.gatheredRows >= gatherRows) await this.write(this.takeGathered());
  };

  readonly read: PhaseWork['read'] = (work) => inTenant(this.db, this.order, work, { signal: this.signal });

  readonly publish: PhaseWork['publish'] = async (last) => {
    const pieces = this.takeGathered();
    try {
      return await this.read((trx) => this.endPhase(trx, pieces, last));
    } catch (error) {
      // A refusal is for people to look into: what was gathered stays to be seen.
      if (error instanceof DomainError && pieces.length > 0) await this.write(pieces).catch(() => undefined);
      throw error;
    }
  };

  private takeGathered(): Piece[] {
    const pieces = this.gathered;
    this.gathered = [];
    this.gatheredRows = 0;
    return pieces;
  }

  private async write(pieces: readonly Piece[]): Promise<void> {
    const stop = await this.read((trx) => this.endBatch(trx, pieces));
    if (stop !== undefined) throw new Interruption(stop);
  }

  private async endBatch(trx: TenantTrx, pieces: readonly Piece[]): Promise<StopCommand | undefined> {
    const before = await this.locked(trx);
    const { advance } = await runPieces(trx, before, pieces);
    const { flowId } = this.order;
    if (flowId !== null) {
      const progress = this.progressAfter(before, advance, false);
      return endFlowBatch(trx, before, advance, { flowId, progress });
    }
    await advancePhaseRun(trx, before, advance);
    return undefined;
  }

  private async endPhase(trx: TenantTrx, pieces: readonly Piece[], last: LastPiece): Promise<PhaseResult> {
    const before = await this.locked(trx);
    const done = await runPieces(trx, before, pieces);
    const publication = await last(trx, done.run);
    const { advance } = withAdvance(done, publication.advance ?? {});
    const progress = this.progressAfter(before, advance, true);
    const published = await publishPhaseRun(trx, before, { ...publication, advance, progress }, systemActor);
    if (published === undefined) throw this.fenceLost();
    return { status: 'completed', rowsIn: published.rowsIn, rowsOut: published.rowsOut };
  }

  /** Takes the fence and renews the hold on the estate. */
  private async locked(trx: TenantTrx): Promise<PhaseRun> {
    const { run, lease } = this;
    const held = lease === undefined ? undefined : await lockEstateRun(trx, run, lease);
    const present = lease === undefined ? await lockPhaseRun(trx, run) : held;
    if (present === undefined) throw this.fenceLost();
    if (held?.holdsEstate === false) throw new DomainError('ESTATE_001');
    return present;
  }

  private fenceLost(): FenceLost {
    return new FenceLost(`Another attempt works on ${this.order.phase}`);
  }

  private progressAfter(before: PhaseRun, advance: Advance, isPublished: boolean): number {
    const { position = before.position, rowsTotal = before.rowsTotal } = advance;
    const { phase } = this.order;
    return progressWith(this.entered.otherRuns, { phase, position, rowsTotal, isPublished });
  }
}
