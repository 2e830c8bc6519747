import { z } from 'zod';
import type { PhaseResult } from '../../domain/flow/messages';
import {
  type Assessment,
  deleteAssessment,
  insertReasons,
  insertRecommendations,
} from '../../db/estate/assessment';
import { countAssessed } from '../../db/estate/assessed-assets';
import { setPhaseState } from '../../db/flows/flows';
import { type Advance, type PhaseRun, resetPhaseRun } from '../../db/flows/phase-runs';
import type { TenantTrx } from '../../db/connection/tenant';
import type { ActivityDependencies } from '../dependencies';
import type { PhaseOrder } from '../phase-run/phase-order';
import { workPhase } from '../phase-run/phase-work';
import { assessorOf } from '../estate/assess-asset';
import {
  assessAll,
  type AssetsRead,
  type EstateReading,
  firstPosition,
  type PagePosition,
  readAllAssets,
  readAssets,
  stages,
} from '../estate/assess-pages';
import { type EstateWork, holdingEstate } from '../estate/lease';
import { MemberMemory } from '../estate/member-memory';

/** Most assets in one transaction. */
const assetsAtOnce = 10_000;
/** Ids of written reasons remembered; more are offered to the database again, which knows them. */
const writtenLimit = 50_000;

/** Judges the technical debt, the readiness to move and the disposition of every asset that may move. */
export function assessTechnicalDebt(deps: ActivityDependencies, order: PhaseOrder): Promise<PhaseResult> {
  return workPhase(deps, order, (phase) =>
    holdingEstate(phase, async (estate) => {
      const { dependencyRunId, dependenciesKnown, assets } = await phase.read(countAssessed);
      const { position, today } = await begin(estate, deps.today(), assets);
      const isWhole = position.stage === firstPosition.stage && position.afterId === firstPosition.afterId;
      const memory = new MemberMemory(isWhole);
      const reading = { assessor: assessorOf(today, dependenciesKnown), dependencyRunId, memory };
      const limit = Math.min(assetsAtOnce, deps.intakeLimits.batchRows);
      // A lease keeps the assets from becoming more: what fits in one page needs no look for another.
      if (isWhole && assets < limit) {
        await estate.gather(assets, async (trx, run) => {
          const read = await readAllAssets(trx, reading, limit);
          const assessments = await assessAll(reading.assessor, read);
          return writePage({ trx, run }, { read, assessments, position }, new Set());
        });
      } else await assessPages(estate, reading, { ...position, limit });
      return phase.publish(async (trx, run) => {
        const summary = { ...run.summary, assets: run.passed, day: today };
        if (order.flowId !== null) await setPhaseState(trx, order.flowId, 'tech_debt_assessment', summary);
        return { summary };
      });
    }),
  );
}

const earlierWork = z.object({
  afterId: z.string(),
  stage: z.enum(stages),
  today: z.string(),
  revision: z.number(),
});

/** Goes on where an earlier attempt stopped, on its day, unless the estate has changed since. */
async function begin(
  estate: EstateWork,
  day: string,
  assets: number,
): Promise<{ readonly position: PagePosition; readonly today: string }> {
  const { revision } = estate.lease;
  const earlier = earlierWork.safeParse(estate.phase.run.positionDetail);
  if (earlier.success && earlier.data.revision === revision) {
    const { afterId, stage, today } = earlier.data;
    return { position: { afterId, stage }, today };
  }
  const start = { rowsTotal: assets, positionDetail: { ...firstPosition, today: day, revision } };
  if (estate.phase.isFirstAttempt) await estate.gather(0, async () => start);
  else {
    await estate.batch(async (trx, run) => {
      await deleteAssessment(trx, run.id);
      await resetPhaseRun(trx, run);
      return start;
    });
  }
  return { position: firstPosition, today: day };
}

type FullPage = PagePosition & { readonly limit: number };

interface JudgedPage {
  readonly read: AssetsRead;
  readonly assessments: readonly Assessment[];
  /** Where the page began. */
  readonly position: PagePosition;
}

/** Page by page; the next one is read while one is judged and written. */
async function assessPages(estate: EstateWork, reading: EstateReading, start: FullPage): Promise<void> {
  const readPage = (page: FullPage) => estate.phase.read((trx) => readAssets(trx, reading, page));
  const written = new Set<string>();
  let position: FullPage | null = start;
  let coming = readPage(start);
  while (position !== null) {
    const read = await coming;
    const next = nextPosition(position, read);
    if (next !== null) coming = readPage(next);
    // Both end before either fails, so that nothing of this attempt goes on.
    const [, wrote] = await Promise.allSettled([
      coming,
      judgePage(estate, reading, { read, position, written }),
    ]);
    if (wrote.status === 'rejected') throw wrote.reason;
    position = next;
  }
}

async function judgePage(
  estate: EstateWork,
  { assessor }: EstateReading,
  { read, position, written }: Pick<JudgedPage, 'read' | 'position'> & { readonly written: Set<string> },
): Promise<void> {
  if (read.ids.length === 0) return;
  const assessments = await assessAll(assessor, read);
  await estate.batch((trx, run) => writePage({ trx, run }, { read, assessments, position }, written));
  if (written.size > writtenLimit) written.clear();
  for (const { id } of assessments) written.add(id);
}

function nextPosition({ stage, limit }: FullPage, { ids }: AssetsRead): FullPage | null {
  const afterId = ids.length === limit ? ids.at(-1) : undefined;
  if (afterId !== undefined) return { stage, limit, afterId };
  return stage === 'applications' ? null : { ...firstPosition, stage: 'applications', limit };
}

async function writePage(
  { trx, run }: { readonly trx: TenantTrx; readonly run: PhaseRun },
  { read, assessments, position }: JudgedPage,
  written: ReadonlySet<string>,
): Promise<Advance> {
  const { ids } = read;
  const unwritten = new Map<string, Assessment>();
  let findings = 0;
  for (const assessment of assessments) {
    findings += assessment.findings;
    if (!written.has(assessment.id)) unwritten.set(assessment.id, assessment);
  }
  await insertReasons(trx, run.id, [...unwritten.values()]);
  await insertRecommendations(trx, run.id, { ids, assessments });
  const count = ids.length;
  const afterId = ids.at(-1) ?? position.afterId;
  return {
    rowsIn: count,
    passed: count,
    rowsOut: count,
    position: run.position + count,
    positionDetail: { ...run.positionDetail, stage: position.stage, afterId },
    summary: { findings: Number(run.summary['findings'] ?? 0) + findings },
  };
}
