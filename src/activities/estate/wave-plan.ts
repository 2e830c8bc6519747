import { z } from 'zod';
import type { Edge, MoveGroup, Wave } from '../../domain/dependencies/types';
import { createMoveGroups } from '../../domain/dependencies/move-groups';
import type { WaveConstraint, WaveOptions } from '../../domain/dependencies/wave-options';
import { edgeHardness } from '../../domain/dependencies/hardness';
import type { PlannedAsset } from '../../domain/dependencies/planned-asset';
import { type MoveFacts, outlookOf } from '../../domain/dependencies/outlook';
import { placeReasons } from '../../domain/dependencies/place-reasons';
import { planWaves } from '../../domain/dependencies/waves';
import type { Hardness } from '../../domain/lists';
import type { WaveConstraintRow } from '../../db/plans';
import type { EstateGraph } from './estate-graph';

/** Move groups and waves of an estate. */
export interface EstatePlan {
  readonly groups: readonly MoveGroup[];
  readonly waves: readonly Wave[];
  /** Number of the wave of each group, from 1. */
  readonly waveOf: Int32Array;
  readonly hardness: readonly Hardness[];
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
  const assets = plannedAssets(graph);
  const edges = plannedEdges(graph, assets);
  const grouping = createMoveGroups(assets, edges);
  const groupOf = (assetId: string): number | undefined => {
    const place = graph.assets.ids.placeOf(assetId);
    return place === undefined ? undefined : grouping.groupOf[place];
  };
  const outlook = outlookOf(grouping.groups, grouping.edges, facts);
  const options = { ...waveOptions(constraints, groupOf), readiness: outlook.readiness, risk: outlook.risk };
  const waves = planWaves(grouping.groups, grouping.edges, options);
  const waveOf = new Int32Array(grouping.groups.length);
  for (const { number, groups } of waves) for (const group of groups) waveOf[group] = number;
  const places = placeReasons(grouping.groups, grouping.edges, { waveOf, options });
  const groups = grouping.groups.map((group, at): MoveGroup => {
    return { ...group, reasons: [...group.reasons, ...(outlook.reasons[at] ?? []), ...(places[at] ?? [])] };
  });
  return { groups, waves, waveOf, hardness: grouping.edges.map(({ hardness }) => hardness) };
}

function plannedAssets({ assets }: EstateGraph): PlannedAsset[] {
  return Array.from({ length: assets.length }, (_, place) => ({
    name: assets.nameOf(place),
    serverRole: assets.serverRoleOf(place),
    ...assets.kind(place),
  }));
}

function plannedEdges({ edges, order }: EstateGraph, assets: readonly PlannedAsset[]): Edge[] {
  return Array.from(order, (edge): Edge => {
    const [from, to, type] = [edges.fromOf(edge), edges.toOf(edge), edges.typeOf(edge)];
    const [source, target] = [assets[from], assets[to]];
    const found = source === undefined || target === undefined ? 'soft' : edgeHardness(type, source, target);
    return { from, to, type, hardness: edges.askedOf(edge) ?? found, weight: edges.weightOf(edge) };
  });
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
