import { crossingEdges } from './wave-blocks';
import type { Edge, MoveGroup } from './types';
import type { WaveConstraint, WaveOptions } from './wave-options';

/** Why each group moves in its wave, in words, by group. */
export function placeReasons(
  groups: readonly MoveGroup[],
  edges: readonly Edge[],
  { waveOf, options }: { readonly waveOf: Int32Array; readonly options: WaveOptions },
): string[][] {
  const asked = askedFor(groups, options);
  const needs = latestNeeds(groups, edges, waveOf);
  return groups.map((group, at) => {
    if (group.kind === 'platform') return [];
    const wave = String(waveOf[at] ?? 0);
    if (group.isSharedService) return [`wave ${wave}: shared services go first`, ...(asked[at] ?? [])];
    const need = needs[at] ?? -1;
    const name = groups[need]?.name;
    const place =
      name === undefined
        ? `wave ${wave}: by readiness and risk, as nothing must move before it`
        : `wave ${wave}: it needs ${name}, which moves in wave ${String(waveOf[need] ?? 0)}`;
    return [place, ...(asked[at] ?? [])];
  });
}

/** The group that moves last among those that each group needs; −1 for none. */
function latestNeeds(groups: readonly MoveGroup[], edges: readonly Edge[], waveOf: Int32Array): Int32Array {
  const needs = new Int32Array(groups.length).fill(-1);
  for (const { from, to, edge } of crossingEdges(groups, edges)) {
    const wave = waveOf[to] ?? 0;
    if (edge.type === 'replicates_to' || wave > (waveOf[from] ?? 0)) continue;
    const known = needs[from] ?? -1;
    if (known === -1 || wave > (waveOf[known] ?? 0)) needs[from] = to;
  }
  return needs;
}

function askedFor(groups: readonly MoveGroup[], options: WaveOptions): string[][] {
  const asked: string[][] = groups.map(() => []);
  const nameOf = (group: number) => groups[group]?.name ?? 'another group';
  for (const constraint of options.constraints ?? []) {
    for (const [group, reason] of wishesOf(constraint, nameOf))
      asked[group]?.push(`people want it ${reason}`);
  }
  return asked;
}

function wishesOf(
  constraint: WaveConstraint,
  nameOf: (group: number) => string,
): (readonly [number, string])[] {
  switch (constraint.kind) {
    case 'together':
      return constraint.groups.map((group) => [group, 'in one wave with others']);
    case 'before': {
      const { group, other } = constraint;
      return [
        [group, `before ${nameOf(other)}`],
        [other, `after ${nameOf(group)}`],
      ];
    }
    case 'not_before':
      return [[constraint.group, `not before wave ${String(constraint.wave)}`]];
    case 'not_after':
      return [[constraint.group, `not after wave ${String(constraint.wave)}`]];
  }
}
