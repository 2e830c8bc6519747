import { insertAssetChanges, insertLoneChanges } from '../../db/estate/asset-changes';
import { hasAssets, listKnownAssets, listMergeDecisions, listOverrides } from '../../db/estate/assets';
import { insertConflicts } from '../../db/estate/conflicts';
import { loadRecords, type RecordRef } from '../../db/estate/load-records';
import type { Advance } from '../../db/flows/phase-runs';
import { listSourceRuns } from '../../db/estate/source-records';
import type { TenantTrx } from '../../db/connection/tenant';
import type { Piece } from '../phase-run/phase-pieces';
import { assetIdOfRecord } from './asset-ids';
import { type EstateRecord, estateRecord, runFacts } from './estate-records';
import type { InventoryState } from './inventory-state';
import { type KeyLinks, nextGroups, type TouchedGroups } from './key-links';
import type { EstateWork } from './lease';
import { findLoneRun, linkRecords } from './link-records';
import { LonePass, type LoneRun } from './lone-pass';
import { loadNamedOnly, projectNamedApplications } from './named-applications';
import { type Projection, type ProjectionContext, projectRecords } from './project-records';
import { ProjectedNames } from './projected-names';
import { proposeDuplicates } from './propose-duplicates';

export interface SearchOrder {
  readonly flowId: string | null;
  /** Most records in one transaction; each is held with its values while its batch lasts. */
  readonly limit: number;
  /** Whether the proposals must be there for all to see before the run ends. */
  readonly asksConflicts: boolean;
}

interface Prepared {
  readonly context: ProjectionContext;
  readonly links: KeyLinks;
  readonly lone: LoneRun | undefined;
  readonly isFirst: boolean;
}

/** Finds and writes how the records at hand change the estate, from where an earlier attempt has come. */
export class ChangeSearch {
  private names: ProjectedNames | undefined;

  constructor(
    private readonly estate: EstateWork,
    private readonly order: SearchOrder,
    private state: InventoryState,
  ) {}

  /** Answers the state when all is found. */
  async run(): Promise<InventoryState> {
    const { context, links, lone, isFirst } = await this.estate.phase.read((trx) => this.prepare(trx));
    // An attempt that goes on among the groups has not seen what those before were called.
    if (isFirst && this.state.done === 0) this.names = new ProjectedNames();
    if (lone !== undefined) {
      this.state = await new LonePass(this.estate, { links, lone, names: this.names }).project(this.state);
    }
    const groups = links.touchedGroups();
    while (this.state.done < groups.order.length) await this.projectNext(context, links, groups);
    const found: InventoryState = { ...this.state, stage: 'found' };
    const named: Piece = async (trx, run) => {
      const { flowId } = this.order;
      const rowsOut = await projectNamedApplications(trx, { runId: run.id, flowId }, this.names);
      await proposeDuplicates(trx, { runId: run.id, flowId }, context.decisions, this.names);
      return { rowsOut, positionDetail: found };
    };
    // Whoever is asked about conflicts must see all of them.
    await (this.order.asksConflicts ? this.estate.batch(named) : this.estate.gather(0, named));
    return found;
  }

  private async prepare(trx: TenantTrx): Promise<Prepared> {
    const { flowId, limit } = this.order;
    const { isWhole } = this.state;
    const sources = await listSourceRuns(trx, flowId);
    const decisions = await listMergeDecisions(trx);
    const runs = runFacts(sources);
    const namedOnly = await loadNamedOnly(trx);
    const context = { runs, overrides: await listOverrides(trx), decisions, namedOnly, isWhole };
    const isFirst = !(await hasAssets(trx));
    const lone = flowId === null || isWhole ? undefined : await findLoneRun(trx, runs);
    const linked = { runs, decisions, isWhole, hasFlow: flowId !== null, without: lone?.index };
    const links = await linkRecords(trx, linked);
    return { context, links, isFirst, lone: lone && { ...lone, limit } };
  }

  private async projectNext(
    context: ProjectionContext,
    links: KeyLinks,
    groups: TouchedGroups,
  ): Promise<void> {
    const numbers = nextGroups(groups, this.state.done, this.order.limit);
    const next = Array.from(numbers, (record) => ({
      run: links.runOf(record),
      rowNumber: links.rowOf(record),
    }));
    const state = { ...this.state, done: this.state.done + next.length };
    this.state = state;
    await this.estate.gather(next.length, async (trx, run) => {
      const advance = await this.projectBatch(trx, { context, refs: next, runId: run.id });
      return { ...advance, position: run.position + (advance.rowsIn ?? 0), positionDetail: state };
    });
  }

  private async projectBatch(
    trx: TenantTrx,
    batch: {
      readonly context: ProjectionContext;
      readonly refs: readonly RecordRef[];
      readonly runId: string;
    },
  ): Promise<Advance> {
    const { context, refs, runId } = batch;
    const runs = context.runs.map(({ run }) => run);
    const records = (await loadRecords(trx, runs, refs)).flatMap((record) => {
      const facts = context.runs[record.run];
      return facts === undefined ? [] : [estateRecord(facts, record)];
    });
    const assets = await listKnownAssets(trx, this.assetIdsOf(records));
    const projection = projectRecords(context, records, new Map(assets.map((asset) => [asset.id, asset])));
    await insertAssetChanges(trx, runId, projection.changes);
    await insertLoneChanges(
      trx,
      runId,
      projection.lone.map(({ change }) => change),
    );
    await insertConflicts(trx, { runId, flowId: this.order.flowId }, projection.conflicts);
    this.names?.addProjection(projection);
    return advanceOf(projection);
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
}

function advanceOf({ changes, lone, counts }: Projection): Advance {
  const rowsIn = counts.created + counts.updated + counts.merged + counts.unchanged;
  return { ...counts, rowsIn, rowsOut: changes.length + lone.length };
}
