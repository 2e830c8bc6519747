import { execute, queryFirst, queryRows } from '../connection/query';
import type { SystemTrx } from '../connection/scopes';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** A row of `stored_objects`: bytes in the object storage. */
export interface StoredObject {
  readonly clientAccountId: string;
  readonly engagementId: string;
  readonly id: string;
  readonly kind: 'upload' | 'artefact';
  readonly storageKey: string;
  readonly filename: string | null;
  readonly mediaType: string | null;
  /** Bytes; null while it is being received. */
  readonly size: number | null;
  readonly sha256: string | null;
  readonly state: 'pending' | 'ready' | 'deleted';
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly readyAt: Date | null;
  readonly deletedAt: Date | null;
}

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

/** Notes an object before its first byte is stored, so that the sweeper finds what is left of a broken upload. */
export async function insertObject(
  trx: TenantTrx,
  entry: {
    readonly id: string;
    readonly kind: StoredObject['kind'];
    readonly storageKey: string;
    readonly filename: string | null;
    readonly mediaType: string | null;
    readonly createdBy: string | null;
  },
): Promise<boolean> {
  const inserted = await execute(
    trx,
    `insert into stored_objects (client_account_id, engagement_id, id, kind, storage_key, filename, media_type,
       created_by)
     values (:clientAccountId, :engagementId, :id, :kind, :storageKey, :filename, :mediaType, :createdBy)
     on conflict do nothing`,
    { ...tenantOf(trx), ...entry },
  );
  return inserted > 0;
}

/** Marks an object as whole. `size` in bytes, `sha256` in hexadecimal. */
export async function setObjectReady(
  trx: TenantTrx,
  id: string,
  content: { readonly size: number; readonly sha256: string },
): Promise<void> {
  await execute(
    trx,
    `update stored_objects set state = 'ready', size = :size, sha256 = :sha256, ready_at = clock_timestamp()
     where ${ofTenant} and id = :id and state = 'pending'`,
    { ...tenantOf(trx), id, ...content },
  );
}

/** Marks an object whose bytes are gone. */
export async function setObjectDeleted(trx: TenantTrx, id: string): Promise<void> {
  await execute(
    trx,
    `update stored_objects set state = 'deleted', deleted_at = clock_timestamp()
     where ${ofTenant} and id = :id and state <> 'deleted'`,
    { ...tenantOf(trx), id },
  );
}

export async function findObject(trx: TenantTrx, id: string): Promise<StoredObject | undefined> {
  return queryFirst<StoredObject>(trx, `select * from stored_objects where ${ofTenant} and id = :id`, {
    ...tenantOf(trx),
    id,
  });
}

export interface OrphanObject {
  readonly clientAccountId: string;
  readonly engagementId: string;
  readonly id: string;
}

/** Uploads of all tenants from before a moment that no import and no correction uses: what the sweeper removes. */
export async function listOrphanObjects(
  trx: SystemTrx,
  before: Date,
  limit: number,
): Promise<OrphanObject[]> {
  return queryRows<OrphanObject>(
    trx,
    `select o.client_account_id, o.engagement_id, o.id from stored_objects o
     where o.state <> 'deleted' and o.kind = 'upload' and o.created_at < :before
       and not exists (select from data_imports i where i.client_account_id = o.client_account_id
         and i.engagement_id = o.engagement_id and i.object_id = o.id)
       and not exists (select from estate_changes c where c.client_account_id = o.client_account_id
         and c.engagement_id = o.engagement_id and c.object_id = o.id)
     order by o.created_at limit :limit`,
    { before, limit },
  );
}
