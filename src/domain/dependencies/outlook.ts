import { at } from './graph';
import type { MoveGroup } from './types';
import type { Crossed } from './wave-blocks';

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
  /** Both in words. */
  readonly reasonsOf: (group: number) => readonly string[];
}

const unknown = 0.5;
/** With so many soft dependencies on other groups the risk that one of them breaks is as high as it gets. */
const manyLinks = 10;
const weights = { criticality: 0.6, links: 0.25, production: 0.15 } as const;
const critical = 0.75;

/** Readiness of a group is that of its least ready member, its criticality that of its most critical one. */
export function outlookOf(
  { groups, edges, crossing }: Crossed,
  facts: (asset: number) => MoveFacts | undefined,
): Outlook {
  const links = new Int32Array(groups.length);
  crossing.edges.forEach((edge, place) => {
    if (edges.hard[edge] === 1) return;
    for (const group of [at(crossing.from, place), at(crossing.to, place)])
      links[group] = at(links, group) + 1;
  });
  const judged = groups.map((group, place) => judge(group, at(links, place), facts));
  return {
    readiness: judged.map(({ readiness }) => readiness),
    risk: judged.map(({ risk }) => risk),
    reasonsOf: (group) => {
      const { worst, criticality } = judged[group] ?? nothing;
      if (groups[group]?.kind === 'platform') return [];
      return [...readinessReasons(worst), ...riskReasons(criticality, links[group] ?? 0)];
    },
  };
}

interface Judgement {
  readonly readiness: number;
  readonly risk: number;
  readonly worst: Judged | undefined;
  readonly criticality: number | null;
}

const nothing: Judgement = { readiness: unknown, risk: unknown, worst: undefined, criticality: null };

function judge(
  group: MoveGroup,
  links: number,
  factsOf: (asset: number) => MoveFacts | undefined,
): Judgement {
  if (group.kind === 'platform') return nothing;
  let worst: Judged | undefined;
  let criticality: number | null = null;
  let production: number | null = null;
  for (const member of group.members) {
    const facts = factsOf(member);
    if (facts === undefined) continue;
    if (isJudged(facts)) worst = lessReady(worst, facts);
    criticality = higher(criticality, facts.criticality);
    production = higher(production, facts.isProduction === null ? null : Number(facts.isProduction));
  }
  const risk =
    weights.criticality * (criticality ?? unknown) +
    weights.links * Math.min(1, links / manyLinks) +
    weights.production * (production ?? unknown);
  return { readiness: worst?.readiness ?? unknown, risk, worst, criticality };
}

type Judged = MoveFacts & { readonly readiness: number };

function isJudged(facts: MoveFacts): facts is Judged {
  return facts.readiness !== null;
}

function lessReady(one: Judged | undefined, two: Judged): Judged {
  return one === undefined || two.readiness < one.readiness ? two : one;
}

function higher(one: number | null, two: number | null): number | null {
  if (one === null || two === null) return one ?? two;
  return Math.max(one, two);
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
