import { crossingEdges } from './wave-blocks';
import type { Edge, MoveGroup } from './types';

/** How ready an asset is to move and how much it would hurt if its move failed. */
export interface MoveFacts {
  /** 0 (not ready) to 1 (ready); null for assets that nobody judges, such as switches. */
  readonly readiness: number | null;
  /** What keeps it from moving, for people; null when nothing does. */
  readonly obstacle: string | null;
  /** 0 (low) to 1 (critical); null when not known. */
  readonly criticality: number | null;
  /** Null when its environment is not known. */
  readonly isProduction: boolean | null;
}

/** What decides when the groups of a plan go, as far as nothing ties them. */
export interface Outlook {
  /** By group, 0 to 1. */
  readonly readiness: readonly number[];
  readonly risk: readonly number[];
  /** Both in words, by group. */
  readonly reasons: readonly (readonly string[])[];
}

const unknown = 0.5;
/** With so many soft dependencies on other groups the risk that one of them breaks is as high as it gets. */
const manyLinks = 10;
const weights = { criticality: 0.6, links: 0.25, production: 0.15 } as const;
const critical = 0.75;

/** Readiness of a group is that of its least ready member, its criticality that of its most critical one. */
export function outlookOf(
  groups: readonly MoveGroup[],
  edges: readonly Edge[],
  facts: (asset: number) => MoveFacts | undefined,
): Outlook {
  const links = new Int32Array(groups.length);
  for (const { from, to, edge } of crossingEdges(groups, edges)) {
    if (edge.hardness === 'hard') continue;
    links[from] = (links[from] ?? 0) + 1;
    links[to] = (links[to] ?? 0) + 1;
  }
  const judged = groups.map((group, at) => judge(group, links[at] ?? 0, facts));
  return {
    readiness: judged.map(({ readiness }) => readiness),
    risk: judged.map(({ risk }) => risk),
    reasons: judged.map(({ reasons }) => reasons),
  };
}

interface Judgement {
  readonly readiness: number;
  readonly risk: number;
  readonly reasons: readonly string[];
}

function judge(
  group: MoveGroup,
  links: number,
  factsOf: (asset: number) => MoveFacts | undefined,
): Judgement {
  if (group.kind === 'platform') return { readiness: unknown, risk: unknown, reasons: [] };
  const facts = group.members.flatMap((member) => factsOf(member) ?? []);
  const worst = facts.filter(isJudged).reduce<Judged | undefined>(lessReady, undefined);
  const criticality = highest(facts.flatMap((one) => one.criticality ?? []));
  const production = highest(
    facts.flatMap((one) => (one.isProduction === null ? [] : Number(one.isProduction))),
  );
  const risk =
    weights.criticality * (criticality ?? unknown) +
    weights.links * Math.min(1, links / manyLinks) +
    weights.production * (production ?? unknown);
  const reasons = [...readinessReasons(worst), ...riskReasons(criticality, links)];
  return { readiness: worst?.readiness ?? unknown, risk, reasons };
}

type Judged = MoveFacts & { readonly readiness: number };

function isJudged(facts: MoveFacts): facts is Judged {
  return facts.readiness !== null;
}

function lessReady(one: Judged | undefined, two: Judged): Judged {
  return one === undefined || two.readiness < one.readiness ? two : one;
}

function highest(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((one, two) => Math.max(one, two));
}

function readinessReasons(worst: MoveFacts | undefined): string[] {
  if (worst === undefined) return [];
  if (worst.obstacle === null) return ['ready to move'];
  return [
    worst.readiness === 0 ? `not ready: ${worst.obstacle}` : `ready under conditions: ${worst.obstacle}`,
  ];
}

function riskReasons(criticality: number | null, links: number): string[] {
  const reasons: string[] = [];
  if (criticality !== null && criticality >= critical)
    reasons.push('critical for the business, so not among the first');
  if (links > 0)
    reasons.push(
      `${String(links)} soft ${links === 1 ? 'dependency' : 'dependencies'} on other groups or from them`,
    );
  return reasons;
}
