import { isEstatePhase, type Phase } from '../../domain/flow/phases';
import { type PhaseProgress, flowProgress } from '../../domain/flow/progress';
import { execute, prepare, queryFirst } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** What some runs of a flow have done, by phase; JSON of the database. */
export interface PhaseSums {
  readonly phase: Phase;
  readonly rows_done: number;
  readonly rows_total: number | null;
  readonly published: number;
}

/** The runs of a flow beside the one at hand. */
export interface OtherRuns {
  /** Imports of the flow that count. */
  readonly imports: number;
  readonly others: readonly PhaseSums[] | null;
}

/** The run at hand. */
export interface RunProgress {
  readonly phase: Phase;
  readonly position: number;
  readonly rowsTotal: number | null;
  readonly isPublished: boolean;
}

/** Progress of a flow in percent, when one of its runs has come so far. */
export function progressWith({ imports, others }: OtherRuns, run: RunProgress): number {
  const progress: Partial<Record<Phase, PhaseProgress>> = {};
  const rowsDone = Math.min(run.position, run.rowsTotal ?? run.position);
  const published = run.isPublished ? 1 : 0;
  const own = { phase: run.phase, rows_done: rowsDone, rows_total: run.rowsTotal, published };
  const ofPhase = others?.find(({ phase }) => phase === run.phase);
  for (const sums of [...(others ?? []), ofPhase === undefined ? own : added(ofPhase, own)]) {
    progress[sums.phase] = {
      completed: sums.published >= (isEstatePhase(sums.phase) ? 1 : imports),
      rowsDone: sums.rows_done,
      rowsTotal: sums.rows_total ?? 0,
    };
  }
  return flowProgress(progress, false);
}

function added(one: PhaseSums, other: PhaseSums): PhaseSums {
  return {
    phase: one.phase,
    rows_done: one.rows_done + other.rows_done,
    rows_total: (one.rows_total ?? 0) + (other.rows_total ?? 0),
    published: one.published + other.published,
  };
}

const otherRuns = prepare(
  'other_runs',
  `select (select count(*) from data_imports i where i.client_account_id = r.client_account_id
       and i.engagement_id = r.engagement_id and i.flow_id = r.flow_id and i.undone_at is null) as imports,
     (select jsonb_agg(p) from (
       select o.phase, sum(least(o.position, o.rows_total))::bigint as rows_done,
         sum(o.rows_total)::bigint as rows_total, count(o.published_at) as published
       from phase_runs o where o.client_account_id = r.client_account_id and o.engagement_id = r.engagement_id
         and o.flow_id = r.flow_id and o.scenario_id is null and o.status <> 'superseded' and o.id <> r.id
       group by o.phase) p) as others,
     r.phase, r.position, r.rows_total
   from phase_runs r
   where r.client_account_id = :clientAccountId and r.engagement_id = :engagementId and r.id = :runId
     and r.flow_id is not null`,
);

/** Progress of the flow of a run once that is published; undefined for a run without a flow. */
export async function progressWhenPublished(trx: TenantTrx, runId: string): Promise<number | undefined> {
  const found = await queryFirst<OtherRuns & Omit<RunProgress, 'isPublished'>>(trx, otherRuns, {
    ...tenantOf(trx),
    runId,
  });
  return found && progressWith(found, { ...found, isPublished: true });
}

/**
 * Writes which phases of a flow are complete: a phase of imports is when it is published for each of them, so a
 * further file opens it again.
 */
export async function refreshCompletedPhases(trx: TenantTrx, flowId: string): Promise<void> {
  await execute(trx, `select refresh_completed_phases(:clientAccountId, :engagementId, :flowId)`, {
    ...tenantOf(trx),
    flowId,
  });
}
