import { defaultFlowPolicy, type FlowPolicy, type PhaseResult } from '../../domain/flow/messages';
import { applyAssetChanges } from '../../db/estate/apply-asset-changes';
import { countAssetChanges, deleteAssetChanges } from '../../db/estate/asset-changes';
import { countOpenConflicts, dismissSettledConflicts } from '../../db/estate/conflicts';
import { raiseRevision } from '../../db/estate/estates';
import { setPhaseState } from '../../db/flows/flows';
import { resetPhaseRun } from '../../db/flows/phase-runs';
import {
  countCleansed,
  deleteStaleSources,
  listSourceRuns,
  type SourceRun,
} from '../../db/estate/source-records';
import type { TenantTrx } from '../../db/connection/tenant';
import type { ActivityDependencies } from '../dependencies';
import type { PhaseOrder } from '../phase-run/phase-order';
import type { PhaseWork } from '../phase-run/phase-pieces';
import { workPhase } from '../phase-run/phase-work';
import { type EstateGate, isAnswered, waitAt } from '../estate/estate-gates';
import { ChangeSearch } from '../estate/find-changes';
import { type InventoryState, inventoryState } from '../estate/inventory-state';
import { type EstateWork, holdingEstate } from '../estate/lease';

/** Most records in one transaction; each is held with its values while its batch lasts. */
const recordsAtOnce = 5_000;

/**
 * Projects the records of a flow, and every record of the assets that they touch, into the estate: differences are
 * written first, then applied and published by one transaction. A change without a flow projects the whole estate.
 */
export function projectInventory(deps: ActivityDependencies, order: PhaseOrder): Promise<PhaseResult> {
  return workPhase(deps, order, async (phase) => {
    const state = inventoryState(phase.run);
    const waiting = await stillWaiting(phase, state);
    if (waiting !== undefined) return waiting;
    return holdingEstate(phase, (estate) => {
      const limit = Math.min(recordsAtOnce, deps.intakeLimits.batchRows);
      return new InventoryRun(estate, order, { state, limit }).run();
    });
  });
}

async function stillWaiting(phase: PhaseWork, state: InventoryState): Promise<PhaseResult | undefined> {
  const { waitsAt } = state;
  const { flowId } = phase.order;
  if (waitsAt === null || flowId === null) return undefined;
  const answered = await phase.read((trx) => isAnswered(trx, flowId, waitsAt));
  return answered ? undefined : waitAt(phase, flowId, waitsAt, state);
}

class InventoryRun {
  private readonly phase: PhaseWork;
  private readonly limit: number;
  private readonly policy: FlowPolicy;
  private state: InventoryState;

  constructor(
    private readonly estate: EstateWork,
    private readonly order: PhaseOrder,
    { state, limit }: { readonly state: InventoryState; readonly limit: number },
  ) {
    this.phase = estate.phase;
    // A change outside a flow asks nobody.
    this.policy = estate.phase.policy ?? defaultFlowPolicy;
    this.state = state;
    this.limit = limit;
  }

  async run(): Promise<PhaseResult> {
    await this.begin();
    if (this.state.stage === 'projecting') {
      const { flowId } = this.order;
      const order = { flowId, limit: this.limit, asksConflicts: this.policy.askConflicts };
      this.state = await new ChangeSearch(this.estate, order, this.state).run();
    }
    const gate = await this.nextGate();
    if (gate !== undefined && this.order.flowId !== null) {
      this.state = { ...this.state, waitsAt: gate };
      return waitAt(this.phase, this.order.flowId, gate, this.state);
    }
    return this.publish();
  }

  /** Starts the run, or starts it anew when what it has found no longer fits the estate. */
  private async begin(): Promise<void> {
    const { waitsAt, answered, revision, stage } = this.state;
    const { revision: current } = this.estate.lease;
    // Decisions about conflicts change what the records become.
    const isDecided = waitsAt === 'conflict_resolution';
    const settled = waitsAt === null ? answered : [...answered, waitsAt];
    this.state = { ...this.state, waitsAt: null, answered: settled };
    const isBegun = stage === 'projecting' || stage === 'found';
    if (isBegun && revision === current && !isDecided) return;
    await this.estate.batch(async (trx, run) => {
      if (!this.phase.isFirstAttempt) {
        await deleteAssetChanges(trx, run.id);
        await resetPhaseRun(trx, run);
      }
      const stale = await deleteStaleSources(trx);
      const isWhole = this.state.isWhole || stale > 0 || this.order.flowId === null;
      const anew = { revision: current, aloneAfter: 0, done: 0, isWhole, stage: 'projecting' } as const;
      this.state = { ...this.state, ...anew };
      const runs = (await listSourceRuns(trx, this.order.flowId)).filter(({ isOfFlow }) => isOfFlow);
      const { relation: relations, inventory: records } = await this.countRecords(trx, runs);
      return {
        rowsIn: relations,
        passed: relations,
        position: relations,
        rowsTotal: relations + records,
        positionDetail: this.state,
      };
    });
  }

  private async countRecords(
    trx: TenantTrx,
    runs: readonly SourceRun[],
  ): Promise<{ readonly inventory: number; readonly relation: number }> {
    if (this.order.flowId === null) return { inventory: 0, relation: 0 };
    return countCleansed(
      trx,
      runs.map(({ phaseRunId }) => phaseRunId),
    );
  }

  /** The first gate that the flow's policy asks for and nobody has passed. */
  private async nextGate(): Promise<EstateGate | undefined> {
    const { answered } = this.state;
    const { askConflicts, askPreview } = this.policy;
    const conflicts = askConflicts
      ? await this.phase.read((trx) => countOpenConflicts(trx, this.phase.run.id))
      : 0;
    if (conflicts > 0 && !answered.includes('conflict_resolution')) return 'conflict_resolution';
    return askPreview && !answered.includes('preview_approval') ? 'preview_approval' : undefined;
  }

  private async publish(): Promise<PhaseResult> {
    return this.phase.publish(async (trx, run) => {
      await applyAssetChanges(trx, run.id);
      await dismissSettledConflicts(trx, run.id);
      const summary = {
        assets: await countAssetChanges(trx, run.id),
        conflicts: await countOpenConflicts(trx, run.id),
        revision: await raiseRevision(trx),
      };
      const { flowId } = this.order;
      if (flowId !== null) await setPhaseState(trx, flowId, 'asset_inventory', summary);
      return { summary };
    });
  }
}
