import type { z } from 'zod';
import { lockAssets, upsertOverrides } from '../../db/estate/asset-decisions';
import { insertAuditEvent } from '../../db/accounts/audit';
import { findAsset } from '../../db/estate/read-assets';
import type { AssetRow } from '../../db/hot-reads';
import { inTenant, type TenantTrx } from '../../db/connection/tenant';
import { DomainError } from '../../domain/errors';
import { attributeValue } from '../attribute-values';
import { auditActor } from '../audit-actor';
import { missingId } from '../foreign-ids';
import { defineRoute, ok, type Route, type RouteAnswer, type RouteInput } from '../route';
import { assetParams, ChangeAssetBody, ChangeAssetsBody, ChangedAssets } from '../schemas/assets';
import type { ApiServices } from '../services';
import { followDecision, startChange } from '../use-cases/request-change';
import { presentAll } from './assets';

const common = {
  method: 'patch',
  scope: 'tenant',
  tag: 'assets',
  permission: 'discovery.resolve',
  responses: { 200: ChangedAssets },
  errors: ['ASSET_001', 'ASSET_002'],
} as const;

/** What people say about the values of assets. It wins over every source and survives re-imports. */
export function assetChangeRoutes(services: ApiServices): Route[] {
  return [
    defineRoute({
      ...common,
      path: '/unified-discovery/assets/:asset_id',
      summary: 'Say the values of attributes of one asset',
      params: assetParams,
      body: ChangeAssetBody,
      handler: (input) => change(services, input, [input.params.asset_id], input.body),
    }),
    defineRoute({
      ...common,
      path: '/unified-discovery/assets',
      summary: 'Say the same values for several assets, all or none',
      body: ChangeAssetsBody,
      handler: (input) => change(services, input, input.body.asset_ids, input.body),
    }),
  ];
}

async function change(
  services: ApiServices,
  input: Pick<RouteInput, 'tenant' | 'actor' | 'traceId' | 'ctx'>,
  ids: readonly string[],
  body: z.output<typeof ChangeAssetBody>,
): Promise<RouteAnswer> {
  const wanted = [...new Set(ids)];
  const values = Object.entries(body.values).map(([name, value]) => attributeValue(name, value));
  if (values.length === 0) throw new DomainError('ASSET_002', { reason: 'No attribute is named' });
  const result = await inTenant(services.app, input.tenant, async (trx) => {
    const found = await lockAssets(trx, wanted);
    const missing = wanted.find((id) => !found.includes(id));
    if (missing !== undefined) return { missing };
    for (const [attribute, value] of values) {
      const word = { attribute, value, reason: body.reason ?? null, userId: input.actor.userId };
      await upsertOverrides(trx, { ...word, assetIds: wanted });
    }
    const followed = await followDecision(trx, input, 'asset');
    await insertAuditEvent(trx, auditActor(input), {
      action: 'asset.overridden',
      resourceType: 'asset',
      resourceId: wanted.length === 1 ? (wanted[0] ?? null) : null,
      details: { assets: wanted, attributes: values.map(([attribute]) => attribute) },
    });
    return { followed, assets: await presentAll(trx, await findAll(trx, wanted)) };
  });
  if (result.missing !== undefined) {
    throw await missingId(services, input, { kind: 'asset', id: result.missing, code: 'ASSET_001' });
  }
  await startChange(services, result.followed);
  return ok({
    success: true,
    updated_count: wanted.length,
    assets: result.assets,
    estate_change_id: result.followed.id,
    message: 'Saved; groups, waves and dispositions follow within seconds',
  });
}

async function findAll(trx: TenantTrx, ids: readonly string[]): Promise<AssetRow[]> {
  const rows: AssetRow[] = [];
  for (const id of ids) {
    const row = await findAsset(trx, id);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}
