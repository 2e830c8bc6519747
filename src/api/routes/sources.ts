import { insertAuditEvent } from '../../db/accounts/audit';
import {
  type DataSource,
  findSource,
  listSources,
  setSourceRank,
  upsertSource,
} from '../../db/imports/data-sources';
import { inTenant } from '../../db/connection/tenant';
import { auditActor } from '../audit-actor';
import { defineRoute, ok, type Route } from '../route';
import { Source, SourceBody, SourceList } from '../schemas/estate';
import type { ApiServices } from '../services';
import { followDecision, startChange } from '../use-cases/request-change';

const common = { path: '/sources', scope: 'tenant', tag: 'sources' } as const;

/** What stands behind imports, and how much each is trusted. */
export function sourceRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...common,
      method: 'get',
      summary: 'List the data sources of the engagement, the most trusted first',
      permission: 'discovery.read',
      responses: { 200: SourceList },
      handler: async ({ tenant }) => {
        const rows = await inTenant(services.app, tenant, listSources);
        return ok({ sources: rows.map(presentSource), total: rows.length });
      },
    }),
    defineRoute({
      ...common,
      method: 'post',
      summary: 'Add a data source, or change how much the one of that name is trusted',
      permission: 'discovery.import',
      body: SourceBody,
      responses: { 201: Source },
      handler: async (input) => {
        const { name, product, scope, rank } = input.body;
        const { row, change } = await inTenant(services.app, input.tenant, async (trx) => {
          const source = await upsertSource(trx, { name, product: product ?? null, ...(scope && { scope }) });
          if (rank !== undefined) await setSourceRank(trx, source.id, rank);
          const followed =
            rank === undefined || rank === source.rank
              ? undefined
              : await followDecision(trx, input, 'source');
          await insertAuditEvent(trx, auditActor(input), {
            action: 'source.saved',
            resourceType: 'data_source',
            resourceId: source.id,
            details: { rank: rank ?? source.rank },
          });
          return { row: (await findSource(trx, source.id)) ?? source, change: followed };
        });
        if (change !== undefined) await startChange(services, change);
        return { status: 201, body: presentSource(row) };
      },
    }),
  ];
}

function presentSource({ id, name, product, scope, rank, createdAt, updatedAt }: DataSource) {
  const times = { created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() };
  return { id, name, product, scope, rank, ...times };
}
