import type { FindingSeverity, LifecycleStatus } from '../lists';
import { criticalFacts, missingCriticalFacts } from './critical-data';
import { levelOfText, numberOf, textOf } from './fact-values';
import { findLegacyOfMember, findLegacyTechnologies } from './legacy-technology';
import type { DebtFinding, DispositionFacts, LifecycleAssessment } from './types';

export const riskLevels = ['low', 'medium', 'high', 'critical'] as const;
export type RiskLevel = (typeof riskLevels)[number];

export interface DebtAssessment {
  /** 0 to 100: the sum of the findings' points. */
  readonly score: number;
  readonly riskLevel: RiskLevel;
  /** Most points first. */
  readonly findings: readonly DebtFinding[];
}

/** Points of 100 that each cause can add at most. */
export const debtWeights = {
  lifecycle: 40,
  vulnerabilities: 20,
  legacyTechnology: 15,
  coupling: 15,
  missingData: 10,
} as const;

/** Share of the lifecycle weight. An unknown end of support is a risk of its own, never nothing. */
const lifecycleShare: Readonly<Record<LifecycleStatus, number>> = {
  expired: 1,
  extended_only: 0.7,
  soon: 0.4,
  unknown: 0.25,
  supported: 0,
};

const lifecycleSeverity: Readonly<Record<LifecycleStatus, FindingSeverity>> = {
  expired: 'critical',
  extended_only: 'high',
  soon: 'medium',
  unknown: 'low',
  supported: 'info',
};

const lifecycleAction: Readonly<Record<LifecycleStatus, string>> = {
  expired: 'Upgrade or replace it before or during the move',
  extended_only: 'Plan the upgrade; buy extended support only as a bridge',
  soon: 'Plan the upgrade together with the move',
  unknown: 'Find out product and version',
  supported: 'Nothing to do',
};

const finding = (
  part: Omit<DebtFinding, 'component' | 'version' | 'endOfSupport'> & Partial<DebtFinding>,
): DebtFinding => ({ component: null, version: null, endOfSupport: null, ...part });

function lifecycleFinding(assessment: LifecycleAssessment, points: number): DebtFinding {
  return finding({
    code: `lifecycle_${assessment.status}`,
    severity: lifecycleSeverity[assessment.status],
    points,
    component: assessment.product ?? assessment.component,
    version: assessment.version,
    endOfSupport: assessment.endOfSupport,
    reason: assessment.reason,
    action: lifecycleAction[assessment.status],
  });
}

/** One finding for each component that is not fine; only the worst one counts points, so that none is counted twice. */
function lifecycleFindings(lifecycle: readonly LifecycleAssessment[]): readonly DebtFinding[] {
  const open = lifecycle
    .filter(({ status }) => status !== 'supported')
    .toSorted(
      (left, right) =>
        lifecycleShare[right.status] - lifecycleShare[left.status] ||
        compareText(left.product ?? left.component, right.product ?? right.component) ||
        compareText(left.version ?? '', right.version ?? ''),
    );
  return open.map((assessment, index) =>
    lifecycleFinding(
      assessment,
      index === 0 ? Math.round(debtWeights.lifecycle * lifecycleShare[assessment.status]) : 0,
    ),
  );
}

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** Share of the weight by the number of open vulnerabilities. */
function shareOfCount(count: number): number {
  if (count <= 0) return 0;
  if (count < 5) return 0.4;
  return count < 20 ? 0.7 : 1;
}

const levelShare = { high: 0.8, medium: 0.5, low: 0.2 } as const;

/** Counts of nothing, such as `critical: 0` or `0 high`. */
const zeroCounts = /\b(?:critical|high|medium|low)\s*[:=]?\s*0\b|\b0\s*(?:critical|high|medium|low)\b/g;

/** Share by words and CVE numbers; a text that says something unreadable counts as low, not as nothing. */
function shareOfText(stated: string): number {
  if (stated === '' || /^(?:none|no|nil|0|false|clean)\b/.test(stated)) return 0;
  const text = stated.replace(zeroCounts, ' ').replace(/^[\s,;]+$/, '');
  if (text === '') return 0;
  if (text.includes('critical')) return 1;
  const count = text.match(/cve-\d{4}-\d+/g)?.length ?? 0;
  const level = levelOfText(text);
  if (level === null) return count > 0 ? shareOfCount(count) : levelShare.low;
  return Math.max(shareOfCount(count), levelShare[level]);
}

function vulnerabilityShare({ values }: DispositionFacts): number {
  const count = numberOf(values, 'security_vulnerabilities');
  if (count !== null) return shareOfCount(count);
  return shareOfText(textOf(values, 'security_vulnerabilities').toLowerCase());
}

function vulnerabilityFindings(facts: DispositionFacts): readonly DebtFinding[] {
  const points = Math.round(debtWeights.vulnerabilities * vulnerabilityShare(facts));
  if (points === 0) return [];
  return [
    finding({
      code: 'vulnerabilities',
      severity: points >= 16 ? 'critical' : points >= 10 ? 'high' : 'medium',
      points,
      reason: `Open vulnerabilities: ${textOf(facts.values, 'security_vulnerabilities')}`,
      action: 'Patch it, or move it into an isolated network first',
    }),
  ];
}

function legacyFindings(facts: DispositionFacts): readonly DebtFinding[] {
  const found = new Map<string, string>();
  for (const { name, attribute } of findLegacyTechnologies(facts.values)) found.set(name, attribute);
  for (const values of facts.members) {
    for (const { name, attribute } of findLegacyOfMember(values)) found.set(name, attribute);
  }
  const names = [...found.keys()].toSorted(compareText);
  return names.map((name, index) =>
    finding({
      code: 'legacy_technology',
      severity: 'high',
      points: index === 0 ? debtWeights.legacyTechnology : 0,
      component: name,
      reason: `${name} is a legacy technology (stated by ${found.get(name)})`,
      action: 'Decide whether to replace it, to port it or to keep it where it is',
    }),
  );
}

/** Share of the weight by the number of dependencies in both directions. */
function couplingShare(degree: number): number {
  if (degree < 3) return 0;
  if (degree < 6) return 0.3;
  if (degree < 10) return 0.5;
  return degree < 20 ? 0.8 : 1;
}

function couplingFindings(facts: DispositionFacts): readonly DebtFinding[] {
  const degree = facts.dependents + facts.dependencies;
  const points = Math.round(debtWeights.coupling * couplingShare(degree));
  if (points === 0) return [];
  return [
    finding({
      code: 'coupling',
      severity: points >= 12 ? 'high' : 'medium',
      points,
      reason: `${facts.dependents} assets depend on it and it depends on ${facts.dependencies}`,
      action: 'Move it together with its closest partners, or loosen the ties first',
    }),
  ];
}

function missingDataFindings(facts: DispositionFacts): readonly DebtFinding[] {
  const missing = missingCriticalFacts(facts.assetType, facts.values).map(({ label }) => label);
  if (!facts.dependenciesKnown) missing.push('dependencies');
  const expected = criticalFacts(facts.assetType).length + 1;
  const points = Math.round((debtWeights.missingData * missing.length) / expected);
  if (points === 0) return [];
  return [
    finding({
      code: 'missing_critical_data',
      severity: points >= 5 ? 'medium' : 'low',
      points,
      reason: `Not known: ${missing.join(', ')}`,
      action: 'Ask the owner, or import a further source',
    }),
  ];
}

export function riskLevelOf(score: number): RiskLevel {
  if (score < 25) return 'low';
  if (score < 50) return 'medium';
  return score < 75 ? 'high' : 'critical';
}

/** Technical debt of one asset on the day for which its lifecycle was assessed. */
export function assessDebt(
  facts: DispositionFacts,
  lifecycle: readonly LifecycleAssessment[] = facts.lifecycle,
): DebtAssessment {
  const findings = [
    ...lifecycleFindings(lifecycle),
    ...vulnerabilityFindings(facts),
    ...legacyFindings(facts),
    ...couplingFindings(facts),
    ...missingDataFindings(facts),
  ].toSorted((left, right) => right.points - left.points);
  const score = findings.reduce((sum, { points }) => sum + points, 0);
  return { score, riskLevel: riskLevelOf(score), findings };
}
