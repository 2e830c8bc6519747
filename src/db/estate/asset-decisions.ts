import type { AttributeName, AttributeValue } from '../../domain/attributes/types';
import type { ConflictAction, ConflictKind, ConflictStatus, DependencyType } from '../../domain/lists';
import { toJson } from '../bulk/json';
import { execute, queryFirst, queryOne, queryRows } from '../connection/query';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** What people decide about assets. Rows only: the next projection honours them. */

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

export interface NewOverride {
  readonly assetIds: readonly string[];
  readonly attribute: AttributeName;
  /** Null: the attribute has no value. */
  readonly value: AttributeValue | null;
  readonly reason: string | null;
  readonly userId: string;
}

/** Says the value of an attribute for some assets; a later word replaces an earlier one. */
export async function upsertOverrides(trx: TenantTrx, override: NewOverride): Promise<void> {
  const { value, ...rest } = override;
  await execute(
    trx,
    `insert into asset_overrides (client_account_id, engagement_id, asset_id, attribute, value, reason, user_id)
     select :clientAccountId::uuid, :engagementId::uuid, id, :attribute, :value::jsonb, :reason, :userId::uuid
     from unnest(:assetIds::uuid[]) as id
     on conflict (client_account_id, engagement_id, asset_id, attribute) do update set
       value = excluded.value, reason = excluded.reason, user_id = excluded.user_id, at = clock_timestamp()`,
    { ...tenantOf(trx), ...rest, value: value === null ? null : toJson(value) },
  );
}

/** Locks living assets in the order of their ids; answers those that the tenant has. */
export async function lockAssets(trx: TenantTrx, ids: readonly string[]): Promise<string[]> {
  const rows = await queryRows<{ id: string }>(
    trx,
    `select id from assets where ${ofTenant} and id = any (:ids::uuid[]) and merged_into is null
       and deleted_at is null order by id for share`,
    { ...tenantOf(trx), ids },
  );
  return rows.map(({ id }) => id);
}

export interface ConflictCandidate {
  readonly asset_id?: string;
  readonly value?: AttributeValue;
  readonly import_id: string;
  readonly row_number: number;
}

/** A row of `asset_conflicts`. */
export interface ConflictRow {
  readonly id: string;
  readonly flowId: string | null;
  readonly assetId: string | null;
  readonly kind: ConflictKind;
  readonly attribute: AttributeName | null;
  readonly message: string;
  readonly candidates: readonly ConflictCandidate[];
  readonly status: ConflictStatus;
  readonly action: ConflictAction | null;
  readonly decision: Readonly<Record<string, unknown>> | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly createdAt: Date;
}

export interface ConflictPage {
  readonly status?: ConflictStatus;
  readonly kind?: ConflictKind;
  readonly flowId?: string;
  readonly after?: { readonly createdAt: Date; readonly id: string };
  readonly limit: number;
}

/** Conflicts, the oldest first. */
export async function listConflicts(trx: TenantTrx, page: ConflictPage): Promise<ConflictRow[]> {
  return queryRows<ConflictRow>(
    trx,
    `select * from asset_conflicts where ${ofTenant}
       and (:status::text is null or status = :status) and (:kind::text is null or kind = :kind)
       and (:flowId::uuid is null or flow_id = :flowId)
       and (:createdAt::timestamptz is null or (created_at, id) > (:createdAt, :id::uuid))
     order by created_at, id limit :limit`,
    {
      ...tenantOf(trx),
      status: page.status,
      kind: page.kind,
      flowId: page.flowId,
      createdAt: page.after?.createdAt,
      id: page.after?.id,
      limit: page.limit,
    },
  );
}

export async function countConflicts(
  trx: TenantTrx,
  filter: { readonly status: ConflictStatus; readonly flowId?: string },
): Promise<number> {
  const { count } = await queryOne<{ count: number }>(
    trx,
    `select count(*) from asset_conflicts where ${ofTenant} and status = :status
       and (:flowId::uuid is null or flow_id = :flowId)`,
    { ...tenantOf(trx), status: filter.status, flowId: filter.flowId },
  );
  return count;
}

export async function findConflict(trx: TenantTrx, id: string): Promise<ConflictRow | undefined> {
  return queryFirst<ConflictRow>(trx, `select * from asset_conflicts where ${ofTenant} and id = :id`, {
    ...tenantOf(trx),
    id,
  });
}

/** Resolves a conflict, once: false when somebody was quicker. */
export async function resolveConflict(
  trx: TenantTrx,
  id: string,
  resolution: {
    readonly action: ConflictAction;
    readonly decision: Readonly<Record<string, unknown>>;
    readonly decidedBy: string;
  },
): Promise<boolean> {
  const resolved = await execute(
    trx,
    `update asset_conflicts set status = 'resolved', action = :action, decision = :decision,
       decided_by = :decidedBy, decided_at = clock_timestamp()
     where ${ofTenant} and id = :id and status = 'open'`,
    { ...tenantOf(trx), id, ...resolution, decision: toJson(resolution.decision) },
  );
  return resolved > 0;
}

/** Says that assets are one, or that they are not. */
export async function insertMergeDecisions(
  trx: TenantTrx,
  decision: {
    readonly action: 'merge' | 'keep_separate';
    readonly survivingAssetId: string;
    readonly otherAssetIds: readonly string[];
    readonly conflictId: string | null;
    readonly decidedBy: string;
  },
): Promise<void> {
  await execute(
    trx,
    `insert into asset_merges (client_account_id, engagement_id, action, surviving_asset_id, other_asset_id,
       conflict_id, decided_by)
     select :clientAccountId::uuid, :engagementId::uuid, :action, :survivingAssetId::uuid, id, :conflictId::uuid,
       :decidedBy::uuid
     from unnest(:otherAssetIds::uuid[]) as id`,
    { ...tenantOf(trx), ...decision },
  );
}

/** A person's own dependency between two assets. */
export async function upsertOwnDependency(
  trx: TenantTrx,
  dependency: {
    readonly sourceAssetId: string;
    readonly targetAssetId: string;
    readonly type: DependencyType;
    readonly userId: string;
  },
): Promise<void> {
  await execute(
    trx,
    `insert into dependency_overrides (client_account_id, engagement_id, source_asset_id, target_asset_id, type,
       action, user_id)
     values (:clientAccountId, :engagementId, :sourceAssetId, :targetAssetId, :type, 'add', :userId)
     on conflict on constraint dependency_overrides_once do update set action = 'add', user_id = excluded.user_id,
       at = clock_timestamp()`,
    { ...tenantOf(trx), ...dependency },
  );
}
