import { dependencyTypes } from '../lists';
import { at } from './graph';
import type { MoveGroup } from './types';
import type { Crossed } from './wave-blocks';
import type { WaveConstraint, WaveOptions } from './wave-options';

/** Why a group moves in its wave, in words. */
export function placeReasons(
  crossed: Crossed,
  { waveOf, options }: { readonly waveOf: Int32Array; readonly options: WaveOptions },
): (group: number) => readonly string[] {
  const { groups } = crossed;
  const asked = askedFor(groups, options);
  const needs = latestNeeds(crossed, waveOf);
  return (index) => {
    const group = groups[index];
    if (group === undefined || group.kind === 'platform') return [];
    const wishes = asked.get(index) ?? [];
    const wave = String(waveOf[index] ?? 0);
    if (group.isSharedService) return [`wave ${wave}: shared services go first`, ...wishes];
    const need = needs[index] ?? -1;
    const name = groups[need]?.name;
    const place =
      name === undefined
        ? `wave ${wave}: by readiness and risk, as nothing must move before it`
        : `wave ${wave}: it needs ${name}, which moves in wave ${String(waveOf[need] ?? 0)}`;
    return [place, ...wishes];
  };
}

const replicates = dependencyTypes.indexOf('replicates_to');

/** The group that moves last among those that each group needs; −1 for none. */
function latestNeeds({ groups, edges, crossing }: Crossed, waveOf: Int32Array): Int32Array {
  const needs = new Int32Array(groups.length).fill(-1);
  crossing.edges.forEach((edge, place) => {
    const [from, to] = [at(crossing.from, place), at(crossing.to, place)];
    const wave = waveOf[to] ?? 0;
    if (edges.types[edge] === replicates || wave > (waveOf[from] ?? 0)) return;
    const known = needs[from] ?? -1;
    if (known === -1 || wave > (waveOf[known] ?? 0)) needs[from] = to;
  });
  return needs;
}

function askedFor(groups: readonly MoveGroup[], options: WaveOptions): Map<number, string[]> {
  const asked = new Map<number, string[]>();
  const nameOf = (group: number) => groups[group]?.name ?? 'another group';
  for (const constraint of options.constraints ?? []) {
    for (const [group, reason] of wishesOf(constraint, nameOf)) {
      asked.set(group, [...(asked.get(group) ?? []), `people want it ${reason}`]);
    }
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
