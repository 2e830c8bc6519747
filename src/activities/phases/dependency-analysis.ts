import { Integers } from '../../domain/dependencies/growing';
import type { PhaseResult } from '../../domain/flow/messages';
import { insertMembers } from '../../db/estate/application-members';
import {
  deleteDependencyRows,
  insertDependencies,
  insertUnresolvedReferences,
} from '../../db/estate/dependencies';
import { setPhaseState } from '../../db/flows/flows';
import type { Advance } from '../../db/flows/phase-runs';
import { resetPhaseRun } from '../../db/flows/phase-runs';
import {
  clearPlan,
  insertMoveGroups,
  insertWaves,
  listWaveConstraints,
  openPlan,
  publishPlan,
} from '../../db/estate/plans';
import { listSourceRuns } from '../../db/estate/source-records';
import { bytePieces, type Stretch } from '../../db/bulk/row-bytes';
import type { TenantTrx } from '../../db/connection/tenant';
import type { ActivityDependencies } from '../dependencies';
import type { PhaseOrder } from '../phase-run/phase-order';
import type { Piece } from '../phase-run/phase-pieces';
import { workPhase } from '../phase-run/phase-work';
import type { Memberships } from '../estate/application-memberships';
import { type EstateGraph, readEstateGraph } from '../estate/estate-graph';
import type { EstateAssets } from '../estate/estate-assets';
import { type EstateWork, holdingEstate } from '../estate/lease';
import { moveFacts } from '../estate/move-facts';
import { dependencyRows, groupRow, memberRows, unresolvedRows, waveRow } from '../estate/plan-rows';
import { type EstatePlan, planEstate } from '../estate/wave-plan';

const rowsAtOnce = 25_000;

/**
 * Resolves everything that the records of the estate say about dependencies, and plans move groups and waves. The
 * graph is made as a whole, so an attempt that was broken off begins anew.
 */
export function analyseDependencies(deps: ActivityDependencies, order: PhaseOrder): Promise<PhaseResult> {
  return workPhase(deps, order, (phase) =>
    holdingEstate(phase, async (estate) => {
      const planned = await begin(estate, order);
      const { graph, plan } = await phase.read(async (trx) => {
        const read = await readEstateGraph(trx, await listSourceRuns(trx, order.flowId));
        const facts = moveFacts(read.assets, deps.today());
        return { graph: read, plan: planEstate(read, await listWaveConstraints(trx), facts) };
      });
      await writeGraph(estate, graph, plan.hard);
      await writePlan(estate, planned, graph.assets, plan);
      return phase.publish(async (trx) => {
        const summary = summaryOf(graph, plan);
        await publishPlan(trx, planned.id, summary);
        if (order.flowId !== null) await setPhaseState(trx, order.flowId, 'dependency_analysis', summary);
        return { summary, planId: planned.id };
      });
    }),
  );
}

/** Opens the plan of the run and clears what an earlier attempt has written. The id is there once it is written. */
async function begin(estate: EstateWork, { flowId }: PhaseOrder): Promise<{ id: string }> {
  const plan = { id: '' };
  const open: Piece = async (trx, run) => {
    plan.id = (await openPlan(trx, { runId: run.id, flowId })).id;
    return {};
  };
  if (estate.phase.isFirstAttempt) await estate.gather(0, open);
  else {
    await estate.batch(async (trx, run) => {
      await deleteDependencyRows(trx, run.id);
      await resetPhaseRun(trx, run);
      const advance = await open(trx, run);
      await clearPlan(trx, plan.id);
      return advance;
    });
  }
  return plan;
}

async function writeGraph(estate: EstateWork, graph: EstateGraph, hard: Uint8Array): Promise<void> {
  const { order, members, unresolved, counts } = graph;
  const relations = counts.linked + counts.unresolved + counts.skipped;
  await estate.gather(0, async () => ({
    ...counts,
    rowsIn: relations,
    position: relations,
    rowsTotal: relations,
  }));
  const edges = dependencyRows(graph, hard);
  await inBatches(estate, order.length, async (trx, runId, some) => {
    await insertDependencies(trx, runId, bytePieces(some, edges));
    return { rowsOut: some.to - some.from };
  });
  const references = unresolvedRows(graph);
  await inBatches(estate, unresolved.length, async (trx, runId, some) => {
    await insertUnresolvedReferences(trx, runId, bytePieces(some, references));
    return {};
  });
  const written = writtenMembers(members);
  const belonging = memberRows(graph);
  await inBatches(estate, written.length, async (trx, runId, some) => {
    await insertMembers(
      trx,
      runId,
      bytePieces(some, (rows, at) => belonging(rows, written[at] ?? 0)),
    );
    return {};
  });
}

/** Memberships that no row says yet: a decision is one, unless it names an asset that was merged. */
function writtenMembers(members: Memberships): Int32Array {
  const written = new Integers();
  for (let place = 0; place < members.length; place += 1) {
    const { isDecided = false, isMoved = false } = members.evidence[members.evidenceAt(place)] ?? {};
    if (!isDecided || isMoved) written.push(place);
  }
  return written.all();
}

async function writePlan(
  estate: EstateWork,
  planned: { readonly id: string },
  assets: EstateAssets,
  plan: EstatePlan,
): Promise<void> {
  const { groups, waves } = plan;
  await inBatches(estate, groups.length, async (trx, _runId, { from, to }) => {
    const rows = groups.slice(from, to).map((_group, place) => groupRow(plan, assets, from + place));
    await insertMoveGroups(trx, planned.id, rows);
    return {};
  });
  await estate.gather(waves.length, async (trx) => {
    await insertWaves(
      trx,
      planned.id,
      waves.map((wave) => waveRow(wave, assets)),
    );
    return {};
  });
}

/** Writes so many rows a stretch at a time. */
async function inBatches(
  estate: EstateWork,
  rows: number,
  write: (trx: TenantTrx, runId: string, some: Stretch) => Promise<Advance>,
): Promise<void> {
  for (let from = 0; from < rows; from += rowsAtOnce) {
    const to = Math.min(rows, from + rowsAtOnce);
    await estate.gather(to - from, (trx, run) => write(trx, run.id, { from, to }));
  }
}

function summaryOf(graph: EstateGraph, plan: EstatePlan): Record<string, number> {
  return {
    dependencies: graph.order.length,
    unresolved: graph.unresolved.length,
    members: graph.members.length,
    groups: plan.groups.length,
    sharedServices: plan.groups.filter(({ isSharedService }) => isSharedService).length,
    waves: plan.waves.length,
    cuts: plan.waves.reduce((sum, { cuts }) => sum + cuts.length, 0),
  };
}
