import { createHash } from 'node:crypto';
import type { DebtFinding, Recommendation } from '../../domain/disposition/types';
import type { LifecycleStatus } from '../../domain/lists';
import { execute } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

export type NewDebtFinding = DebtFinding & {
  readonly lifecycleStatus: LifecycleStatus | null;
  readonly source: string | null;
};

export interface NewRecommendation extends Recommendation {
  /** 0 to 100. */
  readonly debtScore: number;
  readonly blockers: readonly Readonly<Record<string, unknown>>[];
}

/** What an assessment says of assets, ready to be written. */
export interface Assessment {
  /** A hash of the reasons. */
  readonly id: string;
  /** The reasons as JSON. */
  readonly json: string;
  readonly findings: number;
  readonly recommendation: Pick<NewRecommendation, 'strategy' | 'confidence' | 'runnerUp' | 'debtScore'>;
}

/** Findings in the order in which they are told. */
export function toAssessment(
  recommendation: NewRecommendation,
  findings: readonly NewDebtFinding[],
): Assessment {
  const { points, flipsIf, missing, blockers } = recommendation;
  const reasons = { points, flips_if: flipsIf, missing, blockers, findings: findings.map(findingJson) };
  const json = JSON.stringify(reasons);
  return { id: hashId(json), json, findings: findings.length, recommendation };
}

function findingJson(finding: NewDebtFinding): Readonly<Record<string, unknown>> {
  const {
    lifecycleStatus,
    endOfSupport,
    code,
    severity,
    points,
    component,
    version,
    reason,
    action,
    source,
  } = finding;
  return {
    code,
    severity,
    points,
    component,
    version,
    lifecycle_status: lifecycleStatus,
    end_of_support: endOfSupport,
    reason,
    action,
    source,
  };
}

/** A UUID of version 8 (RFC 9562), the same for the same text everywhere. */
function hashId(text: string): string {
  const hex = createHash('sha1').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Most reasons in one statement: the server reads its text as a whole. */
const reasonsAtOnce = 1_000;

/** Writes the reasons of a run; those that an earlier attempt has written stay. */
export async function insertReasons(
  trx: TenantTrx,
  runId: string,
  assessments: readonly Assessment[],
): Promise<void> {
  for (let from = 0; from < assessments.length; from += reasonsAtOnce) {
    const some = assessments.slice(from, from + reasonsAtOnce);
    const reasons = `[${some.map(({ id, json }) => `{"id":"${id}",${json.slice(1)}`).join(',')}]`;
    await execute(trx, insertReasonsSql, { ...tenantOf(trx), runId, reasons });
  }
}

const insertReasonsSql = `
  insert into assessments (client_account_id, engagement_id, phase_run_id, id, points, flips_if, missing, blockers,
    findings)
  select :clientAccountId::uuid, :engagementId::uuid, :runId::uuid, r.* from jsonb_to_recordset(:reasons::jsonb)
    as r (id uuid, points jsonb, flips_if text, missing text[], blockers jsonb, findings jsonb)
  on conflict do nothing`;

/** Some assets by their places, each with its assessment, whose reasons are written. */
export interface AssessedBatch {
  readonly ids: readonly string[];
  readonly assessments: readonly Assessment[];
}

export async function insertRecommendations(
  trx: TenantTrx,
  runId: string,
  { ids, assessments }: AssessedBatch,
): Promise<void> {
  // Arrays as text: none of the values needs quotes, and making an array of each column would copy all of them.
  const listed = (valueOf: (assessment: Assessment) => string | number | null): string => {
    let list = '';
    for (const assessment of assessments) list += `,${valueOf(assessment) ?? 'NULL'}`;
    return `{${list.slice(1)}}`;
  };
  await execute(trx, insertRecommendationsSql, {
    ...tenantOf(trx),
    runId,
    assetIds: `{${ids.join(',')}}`,
    assessmentIds: listed(({ id }) => id),
    strategies: listed(({ recommendation }) => recommendation.strategy),
    confidences: listed(({ recommendation }) => recommendation.confidence),
    runnersUp: listed(({ recommendation }) => recommendation.runnerUp),
    debtScores: listed(({ recommendation }) => recommendation.debtScore),
  });
}

const insertRecommendationsSql = `
  insert into recommendations (client_account_id, engagement_id, phase_run_id, asset_id, assessment_id, strategy,
    confidence, runner_up, debt_score)
  select :clientAccountId::uuid, :engagementId::uuid, :runId::uuid, r.* from unnest(:assetIds::uuid[],
    :assessmentIds::uuid[], :strategies::text[], :confidences::numeric[], :runnersUp::text[],
    :debtScores::numeric[]) as r`;

/** Throws away what a run has written so far. */
export async function deleteAssessment(trx: TenantTrx, runId: string): Promise<void> {
  const bindings = { ...tenantOf(trx), runId };
  await execute(trx, `delete from recommendations where ${ofTenant} and phase_run_id = :runId`, bindings);
  await execute(trx, `delete from assessments where ${ofTenant} and phase_run_id = :runId`, bindings);
}
