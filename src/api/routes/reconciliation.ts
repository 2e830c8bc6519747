import { z } from 'zod';
import { type DataSource, listSources } from '../../db/data-sources';
import {
  countGaps,
  countSourceSets,
  listReconciliation,
  type ReconciliationRow,
  type SourceSet,
} from '../../db/read-reconciliation';
import { inTenant } from '../../db/tenant';
import { decodeCursor, encodeCursor } from '../cursor';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import { Reconciliation, ReconciliationQuery } from '../schemas/estate';
import type { ApiServices } from '../services';

const Position = z.object({ nameKey: z.string(), id: z.guid() });

/** Sources that are compared with each other at most; there is a figure for each pair. */
const mostCompared = 30;

/** Which source knows which asset, and what is missing. */
export function reconciliationRoutes(services: ApiServices): Route[] {
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
      handler: (input) => show(services, input),
    }),
  ];
}

async function show(
  services: ApiServices,
  { tenant, query }: RouteInput<unknown, z.output<typeof ReconciliationQuery>>,
): Promise<RouteAnswer> {
  const { limit, gap } = query;
  const after = decodeCursor(query.cursor, Position);
  const page = { ...(gap && { gap }), ...(after && { after }), limit: limit + 1 };
  return inTenant(services.app, tenant, async (trx) => {
    const rows = await listReconciliation(trx, page);
    const { assets: total, ...gaps } = await countGaps(trx);
    const sets = await countSourceSets(trx);
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
