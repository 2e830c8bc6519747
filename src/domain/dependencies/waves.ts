import { type DependencyType, dependencyTypes } from '../lists';
import { at } from './graph';
import type { MoveGroup, Wave, WaveCut } from './types';
import { createBlocks, type Crossed } from './wave-blocks';
import type { WaveOptions } from './wave-options';
import { WaveSchedule } from './wave-schedule';
import type { Capacity } from './wave-schedule';

/** A wave that a team can prepare and cut over in a weekend or two. */
const usualAssetsPerWave = 150;
const mostWaves = 20;
const pilotGroups = 3;
/** Below this many groups a pilot wave is not worth its overhead. */
const groupsForPilot = 12;

function capacityOf(groups: readonly MoveGroup[], options: WaveOptions): Capacity {
  const moving = groups.filter((group) => group.kind !== 'platform');
  const assets = moving.reduce((sum, group) => sum + group.members.length, 0);
  const waves = Math.min(mostWaves, Math.max(1, Math.ceil(assets / usualAssetsPerWave)));
  return {
    groups: Math.max(1, options.maxGroupsPerWave ?? Number.POSITIVE_INFINITY),
    assets: Math.max(1, options.maxAssetsPerWave ?? Math.ceil(assets / waves)),
    pilotGroups: moving.length >= groupsForPilot ? pilotGroups : Number.POSITIVE_INFINITY,
  };
}

const heavyTraffic = 1000;
const someTraffic = 100;

function trafficRisk(weight: number): WaveCut['risk'] {
  if (weight >= heavyTraffic) return 'high';
  return weight >= someTraffic ? 'medium' : 'low';
}

function riskOf(type: DependencyType, weight: number): WaveCut['risk'] {
  switch (type) {
    case 'runs_on':
    case 'hosted_on':
    case 'member_of':
      return 'high';
    case 'depends_on':
    case 'uses':
      return weight >= someTraffic ? 'high' : 'medium';
    case 'connects_to':
      return trafficRisk(weight);
    case 'replicates_to':
      return 'medium';
  }
}

function cutReason(from: MoveGroup | undefined, to: MoveGroup | undefined, type: DependencyType): string {
  const names = `${from?.name ?? ''} ${type.replaceAll('_', ' ')} ${to?.name ?? ''}`;
  if (from?.isSharedService === true) return `${names}: shared services move first`;
  if (type === 'replicates_to') return `${names}: a copy may stay on the other site for a while`;
  return `${names}, which moves later: they depend on each other, or a date was set`;
}

function cutsByWave({ groups, edges, crossing }: Crossed, waveOf: Int32Array): Map<number, WaveCut[]> {
  const cuts = new Map<number, WaveCut[]>();
  crossing.edges.forEach((edge, place) => {
    const [from, to] = [at(crossing.from, place), at(crossing.to, place)];
    const wave = at(waveOf, from);
    if (wave >= at(waveOf, to)) return;
    const type = dependencyTypes[edges.types[edge] ?? 0] as DependencyType; // the code of a type
    const cut = {
      from: at(edges.from, edge),
      to: at(edges.to, edge),
      type,
      risk: riskOf(type, edges.weights[edge] ?? 1),
      reason: cutReason(groups[from], groups[to], type),
    };
    const list = cuts.get(wave);
    if (list === undefined) cuts.set(wave, [cut]);
    else list.push(cut);
  });
  return cuts;
}

function reasonsOf(groups: readonly MoveGroup[], members: readonly number[], isPilot: boolean): string[] {
  if (members.length === 0) return ['nothing may move yet'];
  const kinds = new Set(members.map((group) => groups[group]?.kind));
  if (kinds.has('platform')) return ['platforms are given up once nothing runs on them'];
  if (members.every((group) => groups[group]?.isSharedService === true)) {
    return ['shared services come first, everything else relies on them'];
  }
  const reasons = ['what its groups need has moved before or moves with them'];
  if (isPilot) reasons.unshift('pilot: few groups, the least risky and most ready ones');
  return reasons;
}

interface Placement {
  readonly waves: readonly (readonly number[])[];
  readonly waveOf: Int32Array;
}

function placeGroups(crossed: Crossed, options: WaveOptions): Placement {
  const { groups } = crossed;
  const { blocks } = createBlocks(crossed, options);
  const isPlatform = (group: number) => groups[group]?.kind === 'platform';
  const moving = blocks.filter((block) => !block.groups.every(isPlatform));
  const position = new Map(moving.map((block, index) => [block, index]));
  const renumbered = moving.map((block) => ({
    ...block,
    needs: block.needs.flatMap((need) => position.get(blocks[need] ?? block) ?? []),
  }));
  const schedule = new WaveSchedule(renumbered, capacityOf(groups, options));
  schedule.run();
  const waves = schedule.waves.map((wave) =>
    wave.flatMap((block) => renumbered[block]?.groups ?? []).toSorted((one, two) => one - two),
  );
  const waveOf = new Int32Array(groups.length);
  waves.forEach((wave, index) => {
    for (const group of wave) waveOf[group] = index + 1;
  });
  const stranded = groups.flatMap((_group, index) => (waveOf[index] === 0 ? [index] : []));
  if (stranded.length > 0) waves.push(stranded);
  for (const group of stranded) waveOf[group] = waves.length;
  return { waves, waveOf };
}

/**
 * Orders move groups into waves. No hard edge crosses waves, shared services come first, dependencies before
 * dependents, platforms last; every soft edge that ends in a later wave is listed as a cut. Equal input, equal plan.
 */
export function planWaves(crossed: Crossed, options: WaveOptions = {}): Wave[] {
  const { groups } = crossed;
  const { waves, waveOf } = placeGroups(crossed, options);
  const cuts = cutsByWave(crossed, waveOf);
  const capacity = capacityOf(groups, options);
  const pilot = Number.isFinite(capacity.pilotGroups)
    ? waves.findIndex((wave) => wave.some((group) => groups[group]?.isSharedService !== true))
    : -1;
  return waves.map((wave, index) => ({
    number: index + 1,
    groups: wave,
    cuts: cuts.get(index + 1) ?? [],
    reasons: reasonsOf(groups, wave, index === pilot),
  }));
}
