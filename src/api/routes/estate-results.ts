import { z } from 'zod';
import {
  type DependencyRow,
  findPlan,
  listDependencies,
  listMoveGroups,
  listRecommendations,
  listUnresolved,
  listWaves,
  type RecommendationRow,
  type UnresolvedRow,
} from '../../db/estate/read-estate';
import { readFlowStatus } from '../../db/hot-reads';
import { inTenant, type TenantTrx } from '../../db/connection/tenant';
import { decodeCursor, encodeCursor } from '../cursor';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import {
  Dependencies,
  DependencyQuery,
  Groups,
  PlanQuery,
  RecommendationQuery,
  Recommendations,
  Waves,
} from '../schemas/estate';
import type { ApiServices } from '../services';
import { missingFlow } from '../use-cases/command-flow';

const read = {
  method: 'get',
  scope: 'tenant',
  tag: 'results',
  permission: 'discovery.read',
  errors: ['FLOW_002'],
} as const;

/** Published results of the estate: dependencies, move groups, waves, dispositions. */
export function estateResultRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...read,
      path: '/unified-discovery/dependencies',
      summary: 'List dependencies between assets and the references that are not resolved yet',
      query: DependencyQuery,
      responses: { 200: Dependencies },
      handler: (input) => showDependencies(services, input),
    }),
    defineRoute({
      ...read,
      path: '/unified-discovery/groups',
      summary: 'List the move groups of the present plan',
      query: PlanQuery,
      responses: { 200: Groups },
      handler: (input) => showGroups(services, input),
    }),
    defineRoute({
      ...read,
      path: '/unified-discovery/waves',
      summary: 'List the waves of the present plan, each with the dependencies that it cuts',
      query: PlanQuery,
      responses: { 200: Waves },
      handler: (input) => showWaves(services, input),
    }),
    defineRoute({
      ...read,
      path: '/unified-discovery/recommendations',
      summary: 'List the recommended disposition of every assessed asset, with its reasons',
      query: RecommendationQuery,
      responses: { 200: Recommendations },
      handler: (input) => showRecommendations(services, input),
    }),
  ];
}

async function assertOwnFlow(
  services: ApiServices,
  input: RouteInput,
  flowId: string | undefined,
): Promise<void> {
  if (flowId === undefined) return;
  if ((await readFlowStatus(services.app, input.tenant, flowId)) === undefined) {
    throw await missingFlow(services, input, flowId);
  }
}

/** Edges come first; what is not resolved follows. Null: the end of that part is reached. */
const EdgePosition = z.object({
  edge: z
    .object({ source: z.guid(), target: z.guid(), type: z.string().max(50), portKey: z.int() })
    .nullable(),
  unresolved: z.int().nullable(),
});

async function showDependencies(
  services: ApiServices,
  input: RouteInput<unknown, z.output<typeof DependencyQuery>>,
): Promise<RouteAnswer> {
  const { tenant, query } = input;
  await assertOwnFlow(services, input, query.flow_id);
  const { edges, unresolved } = await inTenant(services.app, tenant, (trx) => readDependencies(trx, query));
  const shownEdges = edges.slice(0, query.limit);
  const shownUnresolved = unresolved.slice(0, query.limit);
  const next = {
    edge: edges.length > query.limit ? edgeKey(shownEdges.at(-1)) : null,
    unresolved: unresolved.length > query.limit ? (shownUnresolved.at(-1)?.ordinal ?? null) : null,
  };
  const isEnd = next.edge === null && next.unresolved === null;
  return ok({
    edges: shownEdges.map(presentEdge),
    unresolved: shownUnresolved.map(presentUnresolved),
    next_cursor: isEnd ? null : encodeCursor(next),
  });
}

/** One more of each than asked for tells whether there are more. */
async function readDependencies(trx: TenantTrx, query: z.output<typeof DependencyQuery>) {
  const start = { edge: undefined, unresolved: 0 } as const;
  const at = decodeCursor(query.cursor, EdgePosition) ?? start;
  const page = {
    ...(query.flow_id === undefined ? {} : { flowId: query.flow_id }),
    ...(query.asset_id === undefined ? {} : { assetId: query.asset_id }),
    limit: query.limit + 1,
  };
  const behind = at.edge ? { after: at.edge } : {};
  return {
    edges: at.edge === null ? [] : await listDependencies(trx, { ...page, ...behind }),
    unresolved: at.unresolved === null ? [] : await listUnresolved(trx, { ...page, after: at.unresolved }),
  };
}

function presentUnresolved(row: UnresolvedRow) {
  const { assetId, reference, reason, type, importId, rowNumber } = row;
  return { source: assetId, reference, reason, type, import_id: importId, row_number: rowNumber };
}

function edgeKey(row: DependencyRow | undefined) {
  if (row === undefined) return null;
  return { source: row.sourceAssetId, target: row.targetAssetId, type: row.type, portKey: row.portKey };
}

function presentEdge(row: DependencyRow) {
  const { id, type, hardness, origin, port, protocol, connections, confidence, evidence } = row;
  const ends = { source: row.sourceAssetId, target: row.targetAssetId };
  const stated = { import_id: row.importId, row_number: row.rowNumber, evidence };
  return { id, ...ends, type, hardness, origin, port, protocol, connections, confidence, ...stated };
}

const NumberPosition = z.object({ number: z.int() });

async function showGroups(
  services: ApiServices,
  input: RouteInput<unknown, z.output<typeof PlanQuery>>,
): Promise<RouteAnswer> {
  const { limit, cursor, flow_id: flowId } = input.query;
  await assertOwnFlow(services, input, flowId);
  const after = decodeCursor(cursor, NumberPosition)?.number ?? -1;
  const page = { after, limit: limit + 1, ...(flowId && { flowId }) };
  return inTenant(services.app, input.tenant, async (trx) => {
    const rows = await listMoveGroups(trx, page);
    const groups = rows.slice(0, limit).map((row) => ({
      number: row.number,
      name: row.name,
      reasons: row.reasons,
      is_shared_service: row.isSharedService,
      has_cycle: row.hasCycle,
      wave_number: row.waveNumber,
      members: row.members,
    }));
    return ok({
      plan: (await findPlan(trx))?.number ?? null,
      groups,
      next_cursor: nextNumber(rows.length > limit, groups),
    });
  });
}

async function showWaves(
  services: ApiServices,
  input: RouteInput<unknown, z.output<typeof PlanQuery>>,
): Promise<RouteAnswer> {
  const { limit, cursor } = input.query;
  await assertOwnFlow(services, input, input.query.flow_id);
  const after = decodeCursor(cursor, NumberPosition)?.number ?? -1;
  return inTenant(services.app, input.tenant, async (trx) => {
    const rows = await listWaves(trx, { after, limit: limit + 1 });
    const waves = rows.slice(0, limit).map(({ number, groupNumbers, cuts, reasons }) => ({
      number,
      groups: groupNumbers,
      cuts,
      reasons,
    }));
    return ok({
      plan: (await findPlan(trx))?.number ?? null,
      waves,
      next_cursor: nextNumber(rows.length > limit, waves),
    });
  });
}

function nextNumber(hasNext: boolean, shown: readonly { readonly number: number }[]): string | null {
  const last = hasNext ? shown.at(-1) : undefined;
  return last === undefined ? null : encodeCursor({ number: last.number });
}

const AssetPosition = z.object({ asset: z.guid() });

async function showRecommendations(
  services: ApiServices,
  input: RouteInput<unknown, z.output<typeof RecommendationQuery>>,
): Promise<RouteAnswer> {
  const { limit, cursor, flow_id: flowId, strategy, asset_type: assetType } = input.query;
  await assertOwnFlow(services, input, flowId);
  const after = decodeCursor(cursor, AssetPosition)?.asset;
  const filter = {
    ...(flowId && { flowId }),
    ...(strategy && { strategy }),
    ...(assetType && { assetType }),
  };
  const page = { ...filter, ...(after && { after }), limit: limit + 1 };
  const rows = await inTenant(services.app, input.tenant, (trx) => listRecommendations(trx, page));
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return ok({
    recommendations: shown.map(presentRecommendation),
    next_cursor: last === undefined ? null : encodeCursor({ asset: last.assetId }),
  });
}

function presentRecommendation(row: RecommendationRow) {
  return {
    asset_id: row.assetId,
    name: row.name,
    asset_type: row.assetType,
    strategy: row.overrideStrategy ?? row.strategy,
    recommended_strategy: row.strategy,
    confidence: row.confidence,
    points: row.points,
    runner_up: row.runnerUp,
    flips_if: row.flipsIf,
    missing: row.missing,
    findings: row.findings.map((finding) => ({ ...finding })),
    debt_score: row.debtScore,
    blockers: row.blockers,
    override: overrideOf(row),
  };
}

function overrideOf({ overrideReason, overriddenBy, overriddenAt }: RecommendationRow) {
  if (overrideReason === null || overriddenBy === null || overriddenAt === null) return null;
  return { reason: overrideReason, user_id: overriddenBy, at: overriddenAt.toISOString() };
}
