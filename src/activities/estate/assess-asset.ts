import { assessDebt } from '../../domain/disposition/debt';
import { createFactBuilder } from '../../domain/disposition/facts';
import { assessReadiness } from '../../domain/disposition/readiness';
import { createRecommender } from '../../domain/disposition/recommend';
import type { DebtFinding, LifecycleAssessment } from '../../domain/disposition/types';
import { lifecycleStatuses } from '../../domain/lists';
import type { AssessedAsset, NewDebtFinding, NewRecommendation } from '../../db/assessment';

export interface Assessment {
  readonly findings: readonly NewDebtFinding[];
  readonly recommendation: NewRecommendation;
}

/** Assesses assets as of one day; what many assets have in common is judged once. */
export function createAssessor(
  today: string,
  dependenciesKnown: boolean,
): (asset: AssessedAsset) => Assessment {
  const factsOf = createFactBuilder({ today });
  const recommend = createRecommender();
  return (asset) => {
    const facts = factsOf({ ...asset, dependenciesKnown });
    const debt = assessDebt(facts);
    const blockers = assessReadiness(facts).findings;
    return {
      findings: debt.findings.map((finding, at) => findingRow(asset.id, finding, at + 1, facts.lifecycle)),
      recommendation: {
        ...recommend(facts),
        assetId: asset.id,
        debtScore: debt.score,
        blockers: blockers.map((blocker) => ({ ...blocker })),
      },
    };
  };
}

const lifecyclePrefix = 'lifecycle_';

function findingRow(
  assetId: string,
  finding: DebtFinding,
  ordinal: number,
  lifecycle: readonly LifecycleAssessment[],
): NewDebtFinding {
  const status = finding.code.startsWith(lifecyclePrefix) ? finding.code.slice(lifecyclePrefix.length) : null;
  const lifecycleStatus = lifecycleStatuses.find((known) => known === status) ?? null;
  const assessed =
    lifecycleStatus === null ? undefined : lifecycle.find((one) => isAbout(one, finding, lifecycleStatus));
  return { ...finding, assetId, ordinal, lifecycleStatus, source: assessed?.source ?? null };
}

function isAbout(one: LifecycleAssessment, finding: DebtFinding, status: string): boolean {
  const component = one.product ?? one.component;
  return one.status === status && component === finding.component && one.version === finding.version;
}
