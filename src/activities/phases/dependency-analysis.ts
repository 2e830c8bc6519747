import type { PhaseResult } from '../../domain/flow/messages';
import { insertMembers } from '../../db/application-members';
import { deleteDependencyRows, insertDependencies, insertUnresolvedReferences } from '../../db/dependencies';
import { setPhaseState } from '../../db/flows';
import type { Advance } from '../../db/phase-runs';
import { resetPhaseRun } from '../../db/phase-runs';
import {
  clearPlan,
  insertMoveGroups,
  insertWaves,
  listWaveConstraints,
  openPlan,
  publishPlan,
} from '../../db/plans';
import { listSourceRuns } from '../../db/source-records';
import type { TenantTrx } from '../../db/tenant';
import type { ActivityDependencies } from '../dependencies';
import type { PhaseOrder } from '../phase-order';
import type { Piece } from '../phase-pieces';
import { workPhase } from '../phase-work';
import { type EstateGraph, readEstateGraph } from '../estate/estate-graph';
import { type EstateWork, holdingEstate } from '../estate/lease';
import { readMoveFacts } from '../estate/move-facts';
import { dependencyRow, groupRow, memberRow, waveRow } from '../estate/plan-rows';
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
        const facts = await readMoveFacts(trx, read.assets, deps.today());
        return { graph: read, plan: planEstate(read, await listWaveConstraints(trx), facts) };
      });
      await writeGraph(estate, graph);
      await writePlan(estate, planned, graph, plan);
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

async function writeGraph(estate: EstateWork, graph: EstateGraph): Promise<void> {
  const { assets, edges, members, unresolved, importIds, counts } = graph;
  const relations = counts.linked + counts.unresolved + counts.skipped;
  await estate.gather(0, async () => ({
    ...counts,
    rowsIn: relations,
    position: relations,
    rowsTotal: relations,
  }));
  await inBatches(estate, edges, async (trx, runId, some) => {
    await insertDependencies(
      trx,
      runId,
      some.map((edge) => dependencyRow(edge, assets, importIds)),
    );
    return { rowsOut: some.length };
  });
  await inBatches(estate, unresolved, async (trx, runId, some) => {
    await insertUnresolvedReferences(trx, runId, some);
    return {};
  });
  await inBatches(
    estate,
    members.filter(({ isDecided, isMoved }) => !isDecided || isMoved === true),
    async (trx, runId, some) => {
      await insertMembers(
        trx,
        runId,
        some.map((member) => memberRow(member, assets)),
      );
      return {};
    },
  );
}

async function writePlan(
  estate: EstateWork,
  planned: { readonly id: string },
  { assets }: EstateGraph,
  { groups, waves, waveOf }: EstatePlan,
): Promise<void> {
  let next = 0;
  await inBatches(estate, groups, async (trx, _runId, some) => {
    const rows = some.map((group, at) =>
      groupRow(group, { assets, number: next + at + 1, wave: waveOf[next + at] }),
    );
    next += some.length;
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

async function inBatches<Row>(
  estate: EstateWork,
  rows: readonly Row[],
  write: (trx: TenantTrx, runId: string, some: readonly Row[]) => Promise<Advance>,
): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const some = rows.slice(from, from + rowsAtOnce);
    await estate.gather(some.length, (trx, run) => write(trx, run.id, some));
  }
}

function summaryOf(graph: EstateGraph, plan: EstatePlan): Record<string, number> {
  return {
    dependencies: graph.edges.length,
    unresolved: graph.unresolved.length,
    members: graph.members.length,
    groups: plan.groups.length,
    sharedServices: plan.groups.filter(({ isSharedService }) => isSharedService).length,
    waves: plan.waves.length,
    cuts: plan.waves.reduce((sum, { cuts }) => sum + cuts.length, 0),
  };
}
