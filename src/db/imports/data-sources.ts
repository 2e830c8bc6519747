import { execute, queryFirst, queryOne, queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** A row of `data_sources`: what stands behind imports. */
export interface DataSource {
  readonly id: string;
  readonly name: string;
  readonly product: string | null;
  readonly scope: string;
  /** Lower is trusted more when sources disagree. */
  readonly rank: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/** The source of that name and scope, made when there is none; a product that was unknown is filled in. */
export async function upsertSource(
  trx: TenantTrx,
  source: { readonly name: string; readonly product: string | null; readonly scope?: string },
): Promise<DataSource> {
  return queryOne<DataSource>(
    trx,
    `insert into data_sources as s (client_account_id, engagement_id, name, product, scope)
     values (:clientAccountId, :engagementId, :name, :product, :scope)
     on conflict on constraint data_sources_name_once do update
       set product = coalesce(s.product, excluded.product), updated_at = now()
     returning *`,
    { ...tenantOf(trx), name: source.name, product: source.product, scope: source.scope ?? '' },
  );
}

export async function findSource(trx: TenantTrx, id: string): Promise<DataSource | undefined> {
  return queryFirst<DataSource>(trx, `select * from data_sources where ${ofTenant} and id = :id`, {
    ...tenantOf(trx),
    id,
  });
}

export async function listSources(trx: TenantTrx): Promise<DataSource[]> {
  return queryRows<DataSource>(
    trx,
    `select * from data_sources where ${ofTenant} order by rank, name limit 1000`,
    {
      ...tenantOf(trx),
    },
  );
}

/** Changes how much a source is trusted. */
export async function setSourceRank(trx: TenantTrx, id: string, rank: number): Promise<boolean> {
  const changed = await execute(
    trx,
    `update data_sources set rank = :rank, updated_at = now() where ${ofTenant} and id = :id`,
    { ...tenantOf(trx), id, rank },
  );
  return changed > 0;
}
