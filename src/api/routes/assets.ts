import { z } from 'zod';
import {
  type AssetFilter,
  countAssets,
  countAssetsByType,
  findAsset,
  listAssets,
  listOverridesOf,
  listSourcesOfAssets,
} from '../../db/estate/read-assets';
import { type AssetRow, readAssetPage, readFlowStatus } from '../../db/hot-reads';
import { inTenant, type TenantTrx } from '../../db/connection/tenant';
import { DomainError } from '../../domain/errors';
import { decodeCursor, encodeCursor } from '../cursor';
import { missingId } from '../foreign-ids';
import { type AssetContext, byAsset, presentAsset, presentAssetDetail } from '../presenters/asset-view';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import { AssetDetail, AssetList, assetParams, AssetQuery, AssetSummary, Provenance } from '../schemas/assets';
import type { ApiServices } from '../services';
import { missingFlow } from '../use-cases/command-flow';
import { explainAsset } from '../use-cases/explain-asset';
import { uuidPattern } from '../validation';

const read = { method: 'get', scope: 'tenant', tag: 'assets', permission: 'discovery.read' } as const;
const ofOne = { ...read, params: assetParams, errors: ['ASSET_001'] } as const;

/** Records shown with an asset of a list, and with one asset. */
const sourcesInList = 50;
const sourcesOfOne = 500;
const defaultSize = 50;

/** Assets of the engagement. */
export function assetRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...read,
      path: '/unified-discovery/assets',
      summary: 'List the assets of the engagement by name, or those of which one flow speaks',
      query: AssetQuery,
      responses: { 200: AssetList },
      errors: ['FLOW_002'],
      handler: (input) => list(services, input),
    }),
    defineRoute({
      ...read,
      path: '/unified-discovery/assets/summary',
      summary: 'Count the assets of the engagement by type',
      responses: { 200: AssetSummary },
      handler: async ({ tenant }) => {
        const counts = await inTenant(services.app, tenant, countAssetsByType);
        const total = counts.reduce((sum, { count }) => sum + count, 0);
        const types = Object.fromEntries(counts.map(({ assetType, count }) => [assetType, count]));
        return ok({ summary: { total_assets: total, type_distribution: types } });
      },
    }),
    defineRoute({
      ...ofOne,
      path: '/unified-discovery/assets/:asset_id',
      summary: 'Show one asset',
      responses: { 200: AssetDetail },
      handler: (input) => show(services, input),
    }),
    defineRoute({
      ...ofOne,
      path: '/unified-discovery/assets/:asset_id/provenance',
      summary: 'Say for each value which file, row, column, conversion, rule or person it comes from',
      responses: { 200: Provenance },
      handler: async (input) => {
        const row = await findOwnAsset(services, input, input.params.asset_id);
        return ok(await inTenant(services.app, input.tenant, (trx) => explainAsset(trx, row)));
      },
    }),
  ];
}

type Query = z.output<typeof AssetQuery>;
const Position = z.object({ nameKey: z.string(), id: z.guid() });

async function list(services: ApiServices, input: RouteInput<unknown, Query>): Promise<RouteAnswer> {
  const { tenant, query } = input;
  const filter = await filterOf(services, input);
  const size = query.limit ?? query.page_size ?? defaultSize;
  const byCursor = query.cursor !== undefined || query.limit !== undefined;
  const after = decodeCursor(query.cursor, Position);
  const page = query.page ?? 1;
  const offset = byCursor ? 0 : (page - 1) * size;
  const wanted = { ...filter, ...(after && { after }), offset, limit: size + 1 };
  // The commonest page, all assets or those of one type by cursor, is one round trip before the others.
  const isPlain = byCursor && filter.flowId === undefined && filter.status === undefined;
  const quick = isPlain ? await readAssetPage(services.app, tenant, wanted) : undefined;
  return inTenant(services.app, tenant, async (trx) => {
    const found = quick ?? (await listAssets(trx, wanted));
    const rows = found.slice(0, size);
    const total = byCursor ? null : await countAssets(trx, filter);
    const last = found.length > size ? rows.at(-1) : undefined;
    return ok({
      success: true,
      assets: await presentAll(trx, rows),
      total,
      pagination: total === null ? null : pagination(page, size, total),
      next_cursor: last === undefined ? null : encodeCursor({ nameKey: last.nameKey, id: last.id }),
      filters: presentFilter(filter),
      metadata: { timestamp: new Date().toISOString() },
    });
  });
}

/** The flow may be named by the header as well; the tenant must have it. */
async function filterOf(services: ApiServices, input: RouteInput<unknown, Query>): Promise<AssetFilter> {
  const { asset_type, status_filter, flow_id } = input.query;
  const header = input.ctx.get('x-flow-id');
  if (header !== '' && !uuidPattern.test(header)) throw new DomainError('VAL_003', { header: 'X-Flow-ID' });
  const flowId = flow_id ?? (header === '' ? undefined : header);
  if (flowId !== undefined && (await readFlowStatus(services.app, input.tenant, flowId)) === undefined) {
    throw await missingFlow(services, input, flowId);
  }
  return {
    ...(asset_type === undefined ? {} : { assetType: asset_type }),
    ...(status_filter === undefined ? {} : { status: status_filter }),
    ...(flowId === undefined ? {} : { flowId }),
  };
}

function presentFilter({ assetType, status, flowId }: AssetFilter): Record<string, unknown> {
  return { asset_type: assetType ?? null, status_filter: status ?? null, flow_id: flowId ?? null };
}

function pagination(page: number, size: number, total: number) {
  const pages = Math.ceil(total / size);
  return {
    page,
    page_size: size,
    total_count: total,
    total_pages: pages,
    has_next: page < pages,
    has_prev: page > 1,
  };
}

/** Assets of one page with their records and what people said, in two further reads. */
export async function presentAll(trx: TenantTrx, rows: readonly AssetRow[]) {
  const ids = rows.map(({ id }) => id);
  const sources = byAsset(await listSourcesOfAssets(trx, ids, sourcesInList));
  const overrides = byAsset(await listOverridesOf(trx, ids));
  return rows.map((row) =>
    presentAsset(row, { sources: sources.get(row.id) ?? [], overrides: overrides.get(row.id) ?? [] }),
  );
}

async function show(services: ApiServices, input: RouteInput<{ asset_id: string }>): Promise<RouteAnswer> {
  const row = await findOwnAsset(services, input, input.params.asset_id);
  const context = await inTenant(services.app, input.tenant, async (trx): Promise<AssetContext> => ({
    sources: await listSourcesOfAssets(trx, [row.id], sourcesOfOne),
    overrides: await listOverridesOf(trx, [row.id]),
  }));
  return ok(presentAssetDetail(row, context));
}

async function findOwnAsset(
  services: ApiServices,
  input: Pick<RouteInput, 'tenant' | 'actor' | 'traceId' | 'ctx'>,
  id: string,
): Promise<AssetRow> {
  const row = await inTenant(services.app, input.tenant, (trx) => findAsset(trx, id));
  if (row !== undefined) return row;
  throw await missingId(services, input, { kind: 'asset', id, code: 'ASSET_001' });
}
