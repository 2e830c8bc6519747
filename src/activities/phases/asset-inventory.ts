import { defaultFlowPolicy, type FlowPolicy, type PhaseResult } from '../../domain/flow/messages';
import {
  applyAssetChanges,
  countAssetChanges,
  deleteAssetChanges,
  insertAssetChanges,
} from '../../db/asset-changes';
import { listKnownAssets, listMergeDecisions, listOverrides } from '../../db/assets';
import { countOpenConflicts, dismissSettledConflicts, insertConflicts } from '../../db/conflicts';
import { raiseRevision } from '../../db/estates';
import { setPhaseState } from '../../db/flows';
import { type Advance, resetPhaseRun } from '../../db/phase-runs';
import {
  countCleansed,
  deleteStaleSources,
  listSourceRuns,
  loadRecords,
  type RecordRef,
  type SourceRun,
} from '../../db/source-records';
import type { TenantTrx } from '../../db/tenant';
import type { ActivityDependencies } from '../dependencies';
import type { PhaseOrder } from '../phase-order';
import type { Piece } from '../phase-pieces';
import { type PhaseWork, workPhase } from '../phase-work';
import { assetIdOfRecord } from '../estate/asset-ids';
import { type EstateGate, isAnswered, waitAt } from '../estate/estate-gates';
import { type EstateRecord, estateRecord, runFacts } from '../estate/estate-records';
import { type InventoryState, inventoryState } from '../estate/inventory-state';
import { type KeyLinks, nextGroups, type TouchedGroups } from '../estate/key-links';
import { type EstateWork, holdingEstate } from '../estate/lease';
import { linkRecords } from '../estate/link-records';
import { loadNamedOnly, projectNamedApplications } from '../estate/named-applications';
import { type Projection, type ProjectionContext, projectRecords } from '../estate/project-records';
import { proposeDuplicates } from '../estate/propose-duplicates';

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
    if (this.state.stage === 'records') await this.findChanges();
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
    if (stage !== 'new' && revision === current && !isDecided) return;
    await this.estate.batch(async (trx, run) => {
      if (!this.phase.isFirstAttempt) {
        await deleteAssetChanges(trx, run.id);
        await resetPhaseRun(trx, run);
      }
      const stale = await deleteStaleSources(trx);
      const isWhole = this.state.isWhole || stale > 0 || this.order.flowId === null;
      this.state = { ...this.state, revision: current, done: 0, isWhole, stage: 'records' };
      const runs = (await listSourceRuns(trx, this.order.flowId)).filter(({ isOfFlow }) => isOfFlow);
      const relations = await this.countRecords(trx, runs, 'relation');
      const records = await this.countRecords(trx, runs, 'inventory');
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
    kind: 'inventory' | 'relation',
  ): Promise<number> {
    return this.order.flowId === null
      ? 0
      : countCleansed(
          trx,
          runs.map(({ phaseRunId }) => phaseRunId),
          kind,
        );
  }

  private async findChanges(): Promise<void> {
    const { context, links } = await this.phase.read((trx) => this.prepare(trx));
    const groups = links.touchedGroups();
    while (this.state.done < groups.order.length) {
      const next = this.nextRefs(links, groups);
      const state = { ...this.state, done: this.state.done + next.length };
      this.state = state;
      await this.estate.gather(next.length, async (trx, run) => {
        const advance = await this.projectBatch(trx, context, next);
        return { ...advance, position: run.position + (advance.rowsIn ?? 0), positionDetail: state };
      });
    }
    const found: InventoryState = { ...this.state, stage: 'found' };
    this.state = found;
    const named: Piece = async (trx, run) => {
      const { flowId } = this.order;
      const rowsOut = await projectNamedApplications(trx, { runId: run.id, flowId });
      await proposeDuplicates(trx, { runId: run.id, flowId }, context.decisions);
      return { rowsOut, positionDetail: found };
    };
    // Whoever is asked about conflicts must see all of them.
    await (this.policy.askConflicts ? this.estate.batch(named) : this.estate.gather(0, named));
  }

  private async prepare(trx: TenantTrx): Promise<{ context: ProjectionContext; links: KeyLinks }> {
    const sources = await listSourceRuns(trx, this.order.flowId);
    const decisions = await listMergeDecisions(trx);
    const runs = runFacts(sources);
    const namedOnly = await loadNamedOnly(trx);
    const { isWhole } = this.state;
    const context = { runs, overrides: await listOverrides(trx), decisions, namedOnly, isWhole };
    const links = await linkRecords(trx, {
      runs,
      decisions,
      isWhole,
      hasFlow: this.order.flowId !== null,
    });
    return { context, links };
  }

  private nextRefs(links: KeyLinks, groups: TouchedGroups): RecordRef[] {
    const records = nextGroups(groups, this.state.done, this.limit);
    return Array.from(records, (record) => ({ run: links.runOf(record), rowNumber: links.rowOf(record) }));
  }

  private async projectBatch(
    trx: TenantTrx,
    context: ProjectionContext,
    refs: readonly RecordRef[],
  ): Promise<Advance> {
    const runs = context.runs.map(({ run }) => run);
    const loaded = await loadRecords(trx, runs, refs);
    const records = loaded.flatMap((record) => {
      const facts = context.runs[record.run];
      return facts === undefined ? [] : [estateRecord(facts, record)];
    });
    const assets = await listKnownAssets(trx, this.assetIdsOf(records));
    const projection = projectRecords(context, records, new Map(assets.map((asset) => [asset.id, asset])));
    const { id: runId } = this.phase.run;
    await insertAssetChanges(trx, runId, projection.changes);
    await insertConflicts(trx, { runId, flowId: this.order.flowId }, projection.conflicts);
    return this.advance(projection);
  }

  /** Also the assets that records once were of: they come back when all is projected anew. */
  private assetIdsOf(records: readonly EstateRecord[]): string[] {
    const ids = new Set<string>();
    for (const record of records) {
      if (record.loaded.assetId !== null) ids.add(record.loaded.assetId);
      else if (this.state.isWhole) ids.add(assetIdOfRecord(record));
    }
    return [...ids];
  }

  private advance({ changes, counts }: Projection): Advance {
    const rowsIn = counts.created + counts.updated + counts.merged + counts.unchanged;
    return { ...counts, rowsIn, rowsOut: changes.length };
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
