import { z } from 'zod';
import { type DataSource, listSources } from '../../db/imports/data-sources';
import {
  countGaps,
  countSourceSets,
  type GapCounts,
  listReconciliation,
  readEstateMark,
  type ReconciliationRow,
  type SourceSet,
} from '../../db/estate/read-reconciliation';
import { inTenant } from '../../db/connection/tenant';
import type { Tenant } from '../../domain/flow/messages';
import { decodeCursor, encodeCursor } from '../cursor';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import { Reconciliation, ReconciliationQuery } from '../schemas/estate';
import type { ApiServices } from '../services';

const Position = z.object({ nameKey: z.string(), id: z.guid() });

/** Sources that are compared with each other at most; there is a figure for each pair. */
const mostCompared = 30;

/** Which source knows which asset, and what is missing. */
export function reconciliationRoutes(services: ApiServices): Route[] {
  const memory = new CountMemory();
  return [
    defineRoute({
      method: 'get',
      path: '/unified-discovery/reconciliation',
      summary: 'Show which source knows which asset, what only one knows, and what is missing',
      tag: 'results',
      scope: 'tenant',
      permission: 'discovery.read',
      query: ReconciliationQuery,
      responses: { 200: Reconciliation },
      handler: (input) => show(services, memory, input),
    }),
  ];
}

interface EstateCounts {
  readonly counts: GapCounts;
  readonly sets: readonly SourceSet[];
}

const mostTenants = 500;

/** The counts of whole estates, which every page shows: counted once for each state of an estate. */
class CountMemory {
  private readonly known = new Map<string, { readonly mark: string; readonly counts: EstateCounts }>();

  async get(tenant: Tenant, mark: string, count: () => Promise<EstateCounts>): Promise<EstateCounts> {
    const key = `${tenant.clientAccountId}/${tenant.engagementId}`;
    const known = this.known.get(key);
    if (known?.mark === mark) return known.counts;
    const counts = await count();
    this.known.delete(key);
    this.known.set(key, { mark, counts });
    const [oldest] = this.known.keys();
    if (this.known.size > mostTenants && oldest !== undefined) this.known.delete(oldest);
    return counts;
  }
}

async function show(
  services: ApiServices,
  memory: CountMemory,
  { tenant, query }: RouteInput<unknown, z.output<typeof ReconciliationQuery>>,
): Promise<RouteAnswer> {
  const { limit, gap } = query;
  const after = decodeCursor(query.cursor, Position);
  const page = { ...(gap && { gap }), ...(after && { after }), limit: limit + 1 };
  return inTenant(services.app, tenant, async (trx) => {
    const rows = await listReconciliation(trx, page);
    const { counts, sets } = await memory.get(tenant, await readEstateMark(trx), async () => ({
      counts: await countGaps(trx),
      sets: await countSourceSets(trx),
    }));
    const { assets: total, ...gaps } = counts;
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return ok({
      total_assets: total,
      ...comparison(sets, await listSources(trx)),
      gaps,
      assets: shown.map(presentRow),
      next_cursor: last === undefined ? null : encodeCursor({ nameKey: last.nameKey, id: last.id }),
    });
  });
}

function presentRow(row: ReconciliationRow) {
  return {
    asset_id: row.id,
    name: row.name,
    asset_type: row.assetType,
    sources: row.sourceIds,
    gaps: row.gaps,
    disagreements: row.disagreements,
  };
}

/** Coverage of each source, and for each pair what one knows and the other does not, from the counts of source sets. */
function comparison(sets: readonly SourceSet[], sources: readonly DataSource[]) {
  const counted = sources.map((source) => ({
    source_id: source.id,
    name: source.name,
    product: source.product,
    assets: sum(sets, (ids) => ids.includes(source.id)),
    only: sum(sets, (ids) => ids.length === 1 && ids[0] === source.id),
  }));
  const known = counted.filter(({ assets }) => assets > 0).toSorted((one, two) => two.assets - one.assets);
  const compared = known.slice(0, mostCompared).map(({ source_id }) => source_id);
  const missing = compared.flatMap((present) =>
    compared
      .filter((other) => other !== present)
      .map((other) => ({
        present,
        missing: other,
        assets: sum(sets, (ids) => ids.includes(present) && !ids.includes(other)),
      })),
  );
  return { sources: known, missing };
}

function sum(sets: readonly SourceSet[], counts: (ids: readonly string[]) => boolean): number {
  return sets.reduce((total, { sourceIds, assets }) => total + (counts(sourceIds) ? assets : 0), 0);
}
