import { assessedKey, assessedValues } from '../../domain/disposition/assessed-values';
import { assessDebt } from '../../domain/disposition/debt';
import { createFactBuilder } from '../../domain/disposition/facts';
import { assessReadiness } from '../../domain/disposition/readiness';
import { defaultRecommender } from '../../domain/disposition/recommend';
import { type AssetSignals, readSignals, withTies } from '../../domain/disposition/signals/read';
import type { DebtFinding, DispositionFacts, LifecycleAssessment } from '../../domain/disposition/types';
import type { AttributeValues } from '../../domain/attributes/types';
import { type AssetType, lifecycleStatuses } from '../../domain/lists';
import type { AssessedAsset } from '../../db/estate/assessed-assets';
import {
  type Assessment,
  type NewDebtFinding,
  type NewRecommendation,
  toAssessment,
} from '../../db/estate/assessment';

/** Likenesses and assessments remembered; past it all are forgotten, so that memory does not grow with the estate. */
const memoryLimit = 40_000;
/** Applications with more members have hardly the same ones. */
const mostMembers = 8;

/** What rules see of an asset: the values that count. */
export interface Appearance {
  /** One for each appearance. */
  readonly number: number;
  readonly values: AttributeValues;
}

/** Assets of which the rules see the same. */
export interface Likeness {
  readonly assetType: AssetType;
  readonly subtype: string | null;
  readonly appearance: Appearance;
  /** By their members. */
  readonly seen: Map<string, Seen>;
  /** By their ties and their members. */
  readonly assessments: Map<string, Assessment>;
}

/** Facts, what they signal and what blocks the move. */
interface Seen {
  readonly facts: DispositionFacts;
  readonly signals: AssetSignals;
  readonly blockers: NewRecommendation['blockers'];
}

/** What stands around an asset. */
export interface AssetTies {
  readonly dependents: number;
  readonly dependencies: number;
  /** The servers and databases of an application, each different ones once. */
  readonly members: readonly Appearance[];
}

/** Assesses assets as of one day; those alike with the same ties have one assessment together. */
export interface Assessor {
  readonly likenessOf: (asset: Pick<AssessedAsset, 'assetType' | 'subtype' | 'values'>) => Likeness;
  readonly assess: (likeness: Likeness, ties: AssetTies) => Assessment;
}

function createAssessor(today: string, dependenciesKnown: boolean): Assessor {
  const likenesses = new Map<string, Likeness>();
  const sameTexts = new Map<string, Assessment>();
  const look = createLook(today, dependenciesKnown);
  let remembered = 0;
  let lastNumber = 0;

  function countRemembered(): void {
    if (remembered >= memoryLimit) {
      likenesses.clear();
      sameTexts.clear();
      remembered = 0;
    }
    remembered += 1;
  }

  function assessKnown(likeness: Likeness, ties: AssetTies): Assessment {
    const members = ties.members.map(({ number }) => number).join(' ');
    const key = `${ties.dependents} ${ties.dependencies} ${members}`;
    const known = likeness.assessments.get(key);
    if (known !== undefined) return known;
    const seen = likeness.seen.get(members) ?? look(likeness, ties);
    const facts = { ...seen.facts, dependents: ties.dependents, dependencies: ties.dependencies };
    const made = toldOf({ ...seen, facts, signals: withTies(seen.signals, facts) });
    const shared = sameTexts.get(made.id) ?? made;
    countRemembered();
    likeness.seen.set(members, seen);
    sameTexts.set(made.id, shared);
    likeness.assessments.set(key, shared);
    return shared;
  }

  return {
    likenessOf: ({ assetType, subtype, values }) => {
      const seen = assessedKey(values, { assetType, subtype });
      const key = `${assetType} ${subtype ?? ''}\n${seen}`;
      const known = likenesses.get(key);
      if (known !== undefined) return known;
      lastNumber += 1;
      const appearance = { number: lastNumber, values: assessedValues(seen) };
      const made = { assetType, subtype, appearance, seen: new Map(), assessments: new Map() };
      countRemembered();
      likenesses.set(key, made);
      return made;
    },
    assess: (likeness, ties) =>
      ties.members.length > mostMembers ? toldOf(look(likeness, ties)) : assessKnown(likeness, ties),
  };
}

/** Days and what is known of dependencies: few at a time. */
const assessorsAtOnce = 4;
const assessors = new Map<string, Assessor>();

/** The assessor of a day; what it has learnt serves all estates of the process. */
export function assessorOf(today: string, dependenciesKnown: boolean): Assessor {
  const key = `${today} ${dependenciesKnown}`;
  const known = assessors.get(key);
  if (known !== undefined) return known;
  const made = createAssessor(today, dependenciesKnown);
  if (assessors.size >= assessorsAtOnce) assessors.clear();
  assessors.set(key, made);
  return made;
}

function createLook(
  today: string,
  dependenciesKnown: boolean,
): (likeness: Likeness, ties: AssetTies) => Seen {
  const factsOf = createFactBuilder({ today });
  return ({ assetType, subtype, appearance: { values } }, { dependents, dependencies, members }) => {
    const facts = factsOf({
      name: '', // no rule looks at it beside the values
      assetType,
      subtype,
      values,
      members: members.map((member) => member.values),
      dependents,
      dependencies,
      dependenciesKnown,
    });
    const signals = readSignals(facts);
    // None of them comes from ties.
    const blockers = assessReadiness(facts, signals).findings.map((blocker) => ({ ...blocker }));
    return { facts, signals, blockers };
  };
}

function toldOf({ facts, signals, blockers }: Seen): Assessment {
  const debt = assessDebt(facts);
  return toAssessment(
    { ...defaultRecommender(facts, signals), debtScore: debt.score, blockers },
    debt.findings.map((finding) => findingRow(finding, facts.lifecycle)),
  );
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
