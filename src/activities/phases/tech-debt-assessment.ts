import { setImmediate } from 'node:timers/promises';
import type { PhaseResult } from '../../domain/flow/messages';
import {
  type AssessedAsset,
  type Assessment,
  type AssetPage,
  countAssessed,
  deleteAssessment,
  insertAssessments,
  listAssessedAssets,
} from '../../db/assessment';
import { setPhaseState } from '../../db/flows';
import { type Advance, resetPhaseRun } from '../../db/phase-runs';
import type { ActivityDependencies } from '../dependencies';
import type { PhaseOrder } from '../phase-order';
import type { Piece } from '../phase-pieces';
import { workPhase } from '../phase-work';
import { createAssessor } from '../estate/assess-asset';
import { type EstateWork, holdingEstate } from '../estate/lease';

/** Most assets in one transaction; members of applications come with them. */
const assetsAtOnce = 10_000;
/** Judged without a pause, so that heartbeats keep their time. */
const assetsAtATime = 500;
const firstId = '00000000-0000-0000-0000-000000000000';

/** Judges the technical debt, the readiness to move and the disposition of every asset that may move. */
export function assessTechnicalDebt(deps: ActivityDependencies, order: PhaseOrder): Promise<PhaseResult> {
  return workPhase(deps, order, (phase) =>
    holdingEstate(phase, async (estate) => {
      const counted = await phase.read((trx) => countAssessed(trx));
      const { dependencyRunId, dependenciesKnown, assets } = counted;
      const { afterId, today } = await begin(estate, deps.today(), assets);
      const assess = createAssessor(today, dependenciesKnown);
      const limit = Math.min(assetsAtOnce, deps.intakeLimits.batchRows);
      // A lease keeps the assets from becoming more: what fits in one page needs no look for another.
      const isOnePage = afterId === firstId && assets < limit;
      if (isOnePage) await estate.gather(assets, pageWork({ afterId, limit, dependencyRunId }, assess));
      let from: string | null = isOnePage ? null : afterId;
      while (from !== null) {
        from = await assessPage(estate, { afterId: from, limit, dependencyRunId }, assess);
      }
      return phase.publish(async (trx, run) => {
        const summary = { ...run.summary, assets: run.passed, day: today };
        if (order.flowId !== null) await setPhaseState(trx, order.flowId, 'tech_debt_assessment', summary);
        return { summary };
      });
    }),
  );
}

/** Goes on where an earlier attempt stopped, on its day, unless the estate has changed since. */
async function begin(
  estate: EstateWork,
  day: string,
  assets: number,
): Promise<{ readonly afterId: string; readonly today: string }> {
  const { afterId, today, revision } = estate.phase.run.positionDetail;
  const { revision: current } = estate.lease;
  if (typeof afterId === 'string' && typeof today === 'string' && revision === current)
    return { afterId, today };
  const start = { rowsTotal: assets, positionDetail: { afterId: firstId, today: day, revision: current } };
  if (estate.phase.isFirstAttempt) await estate.gather(0, async () => start);
  else {
    await estate.batch(async (trx, run) => {
      await deleteAssessment(trx, run.id);
      await resetPhaseRun(trx, run);
      return start;
    });
  }
  return { afterId: firstId, today: day };
}

/** Assesses the assets behind an id; answers the id to go on from, null at the end. */
async function assessPage(
  estate: EstateWork,
  wanted: AssetPage,
  assess: (asset: AssessedAsset) => Assessment,
): Promise<string | null> {
  let next: string | null = null;
  await estate.batch(
    pageWork(wanted, assess, (page) => {
      next = page.length === wanted.limit ? (page.at(-1)?.id ?? null) : null;
    }),
  );
  return next;
}

function pageWork(
  wanted: AssetPage,
  assess: (asset: AssessedAsset) => Assessment,
  seen: (page: readonly AssessedAsset[]) => void = () => undefined,
): Piece {
  return async (trx, run): Promise<Advance> => {
    const page = await listAssessedAssets(trx, wanted);
    seen(page);
    const ids = page.map(({ id }) => id);
    const assessments = await assessAll(page, assess);
    const findings = await insertAssessments(trx, run.id, { ids, assessments });
    const count = page.length;
    return {
      rowsIn: count,
      passed: count,
      rowsOut: count,
      position: run.position + count,
      positionDetail: { ...run.positionDetail, afterId: page.at(-1)?.id ?? wanted.afterId },
      summary: { findings: Number(run.summary['findings'] ?? 0) + findings },
    };
  };
}

async function assessAll(
  page: readonly AssessedAsset[],
  assess: (asset: AssessedAsset) => Assessment,
): Promise<Assessment[]> {
  const assessments: Assessment[] = [];
  for (const asset of page) {
    assessments.push(assess(asset));
    if (assessments.length % assetsAtATime === 0) await setImmediate();
  }
  return assessments;
}
