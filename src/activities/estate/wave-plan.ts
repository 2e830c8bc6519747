import { z } from 'zod';
import type { Edge, MoveGroup, Wave } from '../../domain/dependencies/types';
import { createMoveGroups } from '../../domain/dependencies/move-groups';
import type { WaveConstraint, WaveOptions } from '../../domain/dependencies/wave-options';
import { type MoveFacts, outlookOf } from '../../domain/dependencies/outlook';
import { placeReasons } from '../../domain/dependencies/place-reasons';
import { planWaves } from '../../domain/dependencies/waves';
import type { WaveConstraintRow } from '../../db/plans';
import type { EstateGraph } from './estate-graph';

/** Move groups and waves of an estate. */
export interface EstatePlan {
  readonly groups: readonly MoveGroup[];
  readonly waves: readonly Wave[];
  /** Number of the wave of each group, from 1. */
  readonly waveOf: Int32Array;
}

const wave = z.number().int().positive();
const stored = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('together'), payload: z.object({ asset_ids: z.array(z.string()) }) }),
  z.object({
    kind: z.literal('before'),
    payload: z.object({ asset_id: z.string(), other_asset_id: z.string() }),
  }),
  z.object({ kind: z.literal('not_before'), payload: z.object({ asset_id: z.string(), wave }) }),
  z.object({ kind: z.literal('not_after'), payload: z.object({ asset_id: z.string(), wave }) }),
  z.object({
    kind: z.literal('capacity'),
    payload: z.object({ max_groups: wave.optional(), max_assets: wave.optional() }),
  }),
]);
type Stored = z.infer<typeof stored>;

/**
 * Groups the assets and orders the groups: the ready and harmless ones first, as far as nothing ties them. The edges of the graph get the hardness that
 * holds in the end.
 */
export function planEstate(
  graph: EstateGraph,
  constraints: readonly WaveConstraintRow[],
  facts: readonly (MoveFacts | undefined)[],
): EstatePlan {
  const edges = graph.edges.map(({ from, to, type, hardness, connections }): Edge => {
    return { from, to, type, hardness, weight: connections ?? 1 };
  });
  const grouping = createMoveGroups(graph.assets, edges);
  grouping.edges.forEach(({ hardness }, at) => {
    const edge = graph.edges[at];
    if (edge !== undefined) edge.hardness = hardness;
  });
  const placeOf = new Map(graph.assets.map(({ id }, place) => [id, place]));
  const groupOf = (assetId: string): number | undefined => {
    const place = placeOf.get(assetId);
    return place === undefined ? undefined : grouping.groupOf[place];
  };
  const outlook = outlookOf(grouping.groups, grouping.edges, (place) => facts[place]);
  const options = { ...waveOptions(constraints, groupOf), readiness: outlook.readiness, risk: outlook.risk };
  const waves = planWaves(grouping.groups, grouping.edges, options);
  const waveOf = new Int32Array(grouping.groups.length);
  for (const { number, groups } of waves) for (const group of groups) waveOf[group] = number;
  const places = placeReasons(grouping.groups, grouping.edges, { waveOf, options });
  const groups = grouping.groups.map((group, at): MoveGroup => {
    return { ...group, reasons: [...group.reasons, ...(outlook.reasons[at] ?? []), ...(places[at] ?? [])] };
  });
  return { groups, waves, waveOf };
}

/** Wishes name assets, because groups are numbered anew by every plan; those about assets that are gone are left out. */
function waveOptions(
  rows: readonly WaveConstraintRow[],
  groupOf: (assetId: string) => number | undefined,
): WaveOptions {
  const wishes = rows.flatMap((row): Stored[] => {
    const parsed = stored.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
  const capacity = wishes.findLast((wish) => wish.kind === 'capacity')?.payload;
  return {
    constraints: wishes.flatMap((wish) => constraintOf(wish, groupOf)),
    ...(capacity?.max_groups === undefined ? {} : { maxGroupsPerWave: capacity.max_groups }),
    ...(capacity?.max_assets === undefined ? {} : { maxAssetsPerWave: capacity.max_assets }),
  };
}

function constraintOf(wish: Stored, groupOf: (assetId: string) => number | undefined): WaveConstraint[] {
  switch (wish.kind) {
    case 'together': {
      const groups = wish.payload.asset_ids.flatMap((id) => groupOf(id) ?? []);
      return [{ kind: 'together', groups: [...new Set(groups)] }];
    }
    case 'before': {
      const group = groupOf(wish.payload.asset_id);
      const other = groupOf(wish.payload.other_asset_id);
      return group === undefined || other === undefined || group === other
        ? []
        : [{ kind: 'before', group, other }];
    }
    case 'not_before':
    case 'not_after': {
      const group = groupOf(wish.payload.asset_id);
      return group === undefined ? [] : [{ kind: wish.kind, group, wave: wish.payload.wave }];
    }
    case 'capacity':
      return [];
  }
}
