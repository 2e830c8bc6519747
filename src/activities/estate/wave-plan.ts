import { z } from 'zod';
import type { EdgeColumns, MoveGroup, Wave } from '../../domain/dependencies/types';
import { createMoveGroups } from '../../domain/dependencies/move-groups';
import type { WaveConstraint, WaveOptions } from '../../domain/dependencies/wave-options';
import { edgeHardness } from '../../domain/dependencies/hardness';
import { type MoveFacts, outlookOf } from '../../domain/dependencies/outlook';
import { placeReasons } from '../../domain/dependencies/place-reasons';
import { planWaves } from '../../domain/dependencies/waves';
import { crossingEdges } from '../../domain/dependencies/wave-blocks';
import { dependencyTypes } from '../../domain/lists';
import type { WaveConstraintRow } from '../../db/estate/plans';
import type { EstateGraph } from './estate-graph';

/** Move groups and waves of an estate. */
export interface EstatePlan {
  readonly groups: readonly MoveGroup[];
  readonly waves: readonly Wave[];
  /** Number of the wave of each group, from 1. */
  readonly waveOf: Int32Array;
  /** Why each group is made and stands where it does. */
  readonly reasonsOf: (group: number) => readonly string[];
  /** 1: the edge at this place in the order of the graph must not be cut. */
  readonly hard: Uint8Array;
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

/** Groups the assets and orders the groups: the ready and harmless ones first, as far as nothing ties them. */
export function planEstate(
  graph: EstateGraph,
  constraints: readonly WaveConstraintRow[],
  facts: (place: number) => MoveFacts,
): EstatePlan {
  const { groups, groupOf, edges } = createMoveGroups(graph.assets, plannedEdges(graph));
  const groupOfId = (assetId: string): number | undefined => {
    const place = graph.assets.ids.placeOf(assetId);
    return place === undefined ? undefined : groupOf[place];
  };
  const crossed = { groups, edges, crossing: crossingEdges(groups, edges) };
  const outlook = outlookOf(crossed, facts);
  const { readiness, risk } = outlook;
  const options = { ...waveOptions(constraints, groupOfId), readiness, risk };
  const waves = planWaves(crossed, options);
  const waveOf = new Int32Array(groups.length);
  for (const { number, groups: some } of waves) for (const group of some) waveOf[group] = number;
  const placesOf = placeReasons(crossed, { waveOf, options });
  const reasonsOf = (group: number): readonly string[] => [
    ...(groups[group]?.reasons ?? []),
    ...outlook.reasonsOf(group),
    ...placesOf(group),
  ];
  return { groups, waves, waveOf, reasonsOf, hard: edges.hard };
}

function plannedEdges({ assets, edges, order }: EstateGraph): EdgeColumns {
  const size = order.length;
  const [from, to] = [order.map((edge) => edges.fromOf(edge)), order.map((edge) => edges.toOf(edge))];
  const types = new Uint8Array(size);
  const hard = new Uint8Array(size);
  const weights = new Float64Array(size);
  order.forEach((edge, place) => {
    const type = edges.typeOf(edge);
    const found =
      edges.askedOf(edge) ??
      edgeHardness(type, assets.kind(edges.fromOf(edge)), assets.kind(edges.toOf(edge)));
    types[place] = dependencyTypes.indexOf(type);
    hard[place] = found === 'hard' ? 1 : 0;
    weights[place] = edges.weightOf(edge);
  });
  return { from, to, types, hard, weights };
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
