import { assessDebt } from '../../domain/disposition/debt';
import { createFactBuilder } from '../../domain/disposition/facts';
import { assessReadiness } from '../../domain/disposition/readiness';
import { createRecommender } from '../../domain/disposition/recommend';
import type { DebtFinding, LifecycleAssessment } from '../../domain/disposition/types';
import { lifecycleStatuses } from '../../domain/lists';
import type { AssessedAsset, Assessment, NewDebtFinding } from '../../db/assessment';

/** Assessments remembered; past it all are forgotten, so that memory does not grow with the estate. */
const memoryLimit = 5_000;

/** Assesses assets as of one day; assets alike have one assessment together. */
export function createAssessor(
  today: string,
  dependenciesKnown: boolean,
): (asset: AssessedAsset) => Assessment {
  const assess = assessOne(today, dependenciesKnown);
  const known = new Map<string, Assessment>();
  return (asset) => {
    const { assetType, subtype, dependents, dependencies, members } = asset;
    // Members of an application are its own: hardly two applications have the same.
    if (members.length > 0) return assess(asset);
    const key = `${assetType} ${subtype ?? ''} ${dependents} ${dependencies}\n${asset.key}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = assess(asset);
    if (known.size >= memoryLimit) known.clear();
    known.set(key, made);
    return made;
  };
}

function assessOne(today: string, dependenciesKnown: boolean): (asset: AssessedAsset) => Assessment {
  const factsOf = createFactBuilder({ today });
  const recommend = createRecommender();
  return (asset) => {
    const facts = factsOf({ ...asset, dependenciesKnown });
    const debt = assessDebt(facts);
    const blockers = assessReadiness(facts).findings;
    return {
      findings: debt.findings.map((finding) => findingRow(finding, facts.lifecycle)),
      recommendation: {
        ...recommend(facts),
        debtScore: debt.score,
        blockers: blockers.map((blocker) => ({ ...blocker })),
      },
    };
  };
}

const lifecyclePrefix = 'lifecycle_';

function findingRow(finding: DebtFinding, lifecycle: readonly LifecycleAssessment[]): NewDebtFinding {
  const status = finding.code.startsWith(lifecyclePrefix) ? finding.code.slice(lifecyclePrefix.length) : null;
  const lifecycleStatus = lifecycleStatuses.find((known) => known === status) ?? null;
  const assessed =
    lifecycleStatus === null ? undefined : lifecycle.find((one) => isAbout(one, finding, lifecycleStatus));
  return { ...finding, lifecycleStatus, source: assessed?.source ?? null };
}

function isAbout(one: LifecycleAssessment, finding: DebtFinding, status: string): boolean {
  const component = one.product ?? one.component;
  return one.status === status && component === finding.component && one.version === finding.version;
}
