import type { z } from 'zod';
import {
  type ConflictRow,
  findConflict,
  insertMergeDecisions,
  resolveConflict as markResolved,
  upsertOverrides,
  upsertOwnDependency,
} from '../../db/estate/asset-decisions';
import { insertAuditEvent } from '../../db/accounts/audit';
import { findAsset } from '../../db/estate/read-assets';
import type { TenantTrx } from '../../db/connection/tenant';
import type { AttributeValue } from '../../domain/attributes/types';
import { DomainError } from '../../domain/errors';
import { auditActor } from '../audit-actor';
import type { RouteInput } from '../route';
import type { ResolveBody } from '../schemas/conflicts';

export type Resolution = z.output<typeof ResolveBody>['resolutions'][number];
type Caller = Pick<RouteInput, 'actor' | 'traceId' | 'ctx'>;

/**
 * Resolves one conflict: a disagreement by the value that is right, records that look alike by saying whether they are
 * one asset. The next projection honours it. Undefined: the tenant has no such conflict.
 *
 * @throws DomainError `CONFLICT_002` when it is resolved already, `ASSET_002` for an action that does not fit it.
 */
export async function resolveConflict(
  trx: TenantTrx,
  caller: Caller,
  resolution: Resolution,
): Promise<ConflictRow | undefined> {
  const conflict = await findConflict(trx, resolution.conflict_id);
  if (conflict === undefined) return undefined;
  const { resolution_action: action, reason } = resolution;
  const decision = { reason: reason ?? null, value: resolution.value ?? null };
  const decidedBy = caller.actor.userId;
  if (!(await markResolved(trx, conflict.id, { action, decision, decidedBy }))) {
    throw new DomainError('CONFLICT_002', { conflict_id: conflict.id, status: conflict.status });
  }
  if (conflict.attribute === null) await decidePair(trx, caller, conflict, resolution);
  else await decideValue(trx, caller, conflict, resolution);
  await insertAuditEvent(trx, auditActor(caller), {
    action: 'conflict.resolved',
    resourceType: 'asset_conflict',
    resourceId: conflict.id,
    flowId: conflict.flowId,
    details: { action, kind: conflict.kind, assetId: conflict.assetId },
  });
  return findConflict(trx, conflict.id);
}

function misfit(conflict: ConflictRow, reason: string): DomainError {
  return new DomainError('ASSET_002', { conflict_id: conflict.id, conflict_type: conflict.kind, reason });
}

async function decideValue(
  trx: TenantTrx,
  caller: Caller,
  conflict: ConflictRow,
  resolution: Resolution,
): Promise<void> {
  const { assetId, attribute } = conflict;
  if (assetId === null || attribute === null) return;
  const asset = await findAsset(trx, assetId);
  const present = asset?.values[attribute];
  const value = chosenValue(conflict, resolution, present);
  await upsertOverrides(trx, {
    assetIds: [assetId],
    attribute,
    value,
    reason: resolution.reason ?? null,
    userId: caller.actor.userId,
  });
}

/** The named candidate; else the present value, or for `replace_with_new` the one that differs from it. */
function chosenValue(conflict: ConflictRow, resolution: Resolution, present: unknown): AttributeValue {
  const values = conflict.candidates.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const equals = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
  if (resolution.value !== undefined) {
    const named = values.find((value) => equals(value, resolution.value));
    if (named === undefined) throw misfit(conflict, 'The value is none of the candidates');
    return named;
  }
  const isKept = resolution.resolution_action === 'keep_existing';
  if (!isKept && resolution.resolution_action !== 'replace_with_new') {
    throw misfit(conflict, 'A disagreement takes keep_existing, replace_with_new or a value');
  }
  const found = values.find((value) => equals(value, present) === isKept);
  if (found === undefined) throw misfit(conflict, 'Name the value');
  return found;
}

async function decidePair(
  trx: TenantTrx,
  caller: Caller,
  conflict: ConflictRow,
  resolution: Resolution,
): Promise<void> {
  const { resolution_action: action } = resolution;
  const assets = [...new Set(conflict.candidates.flatMap(({ asset_id }) => (asset_id ? [asset_id] : [])))];
  const first = conflict.assetId ?? assets[0];
  const others = assets.filter((id) => id !== first);
  if (first === undefined || others.length === 0) return;
  if (action === 'replace_with_new')
    throw misfit(conflict, 'Assets take merge, keep_separate or keep_existing');
  await insertMergeDecisions(trx, {
    action: action === 'merge' ? 'merge' : 'keep_separate',
    survivingAssetId: first,
    otherAssetIds: others,
    conflictId: conflict.id,
    decidedBy: caller.actor.userId,
  });
  if (action === 'create_both_with_dependency') {
    await relate(trx, caller, conflict, { assets: [first, ...others], resolution });
  }
}

async function relate(
  trx: TenantTrx,
  caller: Caller,
  conflict: ConflictRow,
  { assets, resolution }: { readonly assets: readonly string[]; readonly resolution: Resolution },
): Promise<void> {
  const selection = resolution.dependency_selection;
  if (selection === undefined || !assets.includes(selection.parent_asset_id)) {
    throw misfit(conflict, 'dependency_selection must name one of the assets as parent');
  }
  const { parent_asset_id: targetAssetId, dependency_type: type } = selection;
  for (const sourceAssetId of assets.filter((id) => id !== targetAssetId)) {
    await upsertOwnDependency(trx, { sourceAssetId, targetAssetId, type, userId: caller.actor.userId });
  }
}
