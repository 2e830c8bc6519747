import type { EstateChangeKind, EstateChangeStatus } from '../../domain/lists';
import { toJson } from '../bulk/json';
import { execute, queryFirst, queryOne, queryRows } from '../connection/query';
import type { SystemTrx } from '../connection/scopes';
import { type TenantTrx, tenantOf } from '../connection/tenant';

/** A row of `estate_changes`: a change of an estate outside an open flow, and how it stands. */
export interface EstateChangeRow {
  readonly clientAccountId: string;
  readonly engagementId: string;
  readonly id: string;
  readonly kind: EstateChangeKind;
  readonly status: EstateChangeStatus;
  readonly flowId: string | null;
  readonly importId: string | null;
  readonly objectId: string | null;
  /** What people did that a projection follows: `asset`, `conflict` and the like. */
  readonly reasons: readonly string[];
  readonly requests: number;
  readonly summary: Readonly<Record<string, unknown>>;
  readonly failureCode: string | null;
  readonly failureMessage: string | null;
  readonly requestedBy: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const ofTenant = 'client_account_id = :clientAccountId and engagement_id = :engagementId';

export interface NewEstateChange {
  readonly id: string;
  readonly kind: 'undo_import' | 'correct_import';
  readonly flowId: string;
  readonly importId: string;
  readonly objectId: string | null;
  readonly requestedBy: string | null;
}

export async function insertEstateChange(trx: TenantTrx, change: NewEstateChange): Promise<EstateChangeRow> {
  return queryOne<EstateChangeRow>(
    trx,
    `insert into estate_changes (client_account_id, engagement_id, id, kind, flow_id, import_id, object_id,
       requested_by)
     values (:clientAccountId, :engagementId, :id, :kind, :flowId, :importId, :objectId, :requestedBy)
     returning *`,
    { ...tenantOf(trx), ...change },
  );
}

/**
 * Asks for the estate to be projected again. Edits that come while a projection is pending join it: the row that is
 * answered is then an older one.
 */
export async function requestProjection(
  trx: TenantTrx,
  request: { readonly id: string; readonly reason: string; readonly requestedBy: string | null },
): Promise<EstateChangeRow> {
  return queryOne<EstateChangeRow>(
    trx,
    `insert into estate_changes as c (client_account_id, engagement_id, id, kind, reasons, requested_by)
     values (:clientAccountId, :engagementId, :id, 'project', array[:reason::text], :requestedBy)
     on conflict (client_account_id, engagement_id) where kind = 'project' and status = 'pending' do update
       set requests = c.requests + 1, updated_at = clock_timestamp(),
         reasons = case when excluded.reasons[1] = any (c.reasons) then c.reasons
           else c.reasons || excluded.reasons end
     returning *`,
    { ...tenantOf(trx), ...request },
  );
}

export async function findEstateChange(trx: TenantTrx, id: string): Promise<EstateChangeRow | undefined> {
  return queryFirst<EstateChangeRow>(trx, `select * from estate_changes where ${ofTenant} and id = :id`, {
    ...tenantOf(trx),
    id,
  });
}

/** The last change of one kind of an import. */
export async function findChangeOfImport(
  trx: TenantTrx,
  importId: string,
  kind: EstateChangeKind,
): Promise<EstateChangeRow | undefined> {
  return queryFirst<EstateChangeRow>(
    trx,
    `select * from estate_changes where ${ofTenant} and import_id = :importId and kind = :kind
     order by created_at desc, id desc limit 1`,
    { ...tenantOf(trx), importId, kind },
  );
}

/** Changes, the newest first. */
export async function listEstateChanges(
  trx: TenantTrx,
  page: {
    readonly status?: EstateChangeStatus;
    readonly importId?: string;
    readonly before?: { readonly createdAt: Date; readonly id: string };
    readonly limit: number;
  },
): Promise<EstateChangeRow[]> {
  return queryRows<EstateChangeRow>(
    trx,
    `select * from estate_changes where ${ofTenant} and (:status::text is null or status = :status)
       and (:importId::uuid is null or import_id = :importId)
       and (:createdAt::timestamptz is null
         or (date_trunc('milliseconds', created_at), id) < (:createdAt::timestamptz, :id::uuid))
     order by date_trunc('milliseconds', created_at) desc, id desc limit :limit`,
    {
      ...tenantOf(trx),
      status: page.status,
      importId: page.importId,
      createdAt: page.before?.createdAt,
      id: page.before?.id,
      limit: page.limit,
    },
  );
}

/** A change is being worked on. Answers its row; one that has ended stays as it is. */
export async function beginEstateChange(trx: TenantTrx, id: string): Promise<EstateChangeRow | undefined> {
  await execute(
    trx,
    `update estate_changes set status = 'running', started_at = coalesce(started_at, clock_timestamp()),
       updated_at = clock_timestamp()
     where ${ofTenant} and id = :id and status in ('pending', 'running')`,
    { ...tenantOf(trx), id },
  );
  return findEstateChange(trx, id);
}

/** Adds facts to what is told of a change. */
export async function addChangeSummary(
  trx: TenantTrx,
  id: string,
  summary: Readonly<Record<string, unknown>>,
): Promise<void> {
  await execute(
    trx,
    `update estate_changes set summary = summary || :summary::jsonb, updated_at = clock_timestamp()
     where ${ofTenant} and id = :id`,
    { ...tenantOf(trx), id, summary: toJson(summary) },
  );
}

/** Ends a change. False when it had ended before. */
export async function endEstateChange(
  trx: TenantTrx,
  id: string,
  failure: { readonly code: string; readonly message: string } | null,
): Promise<boolean> {
  const ended = await execute(
    trx,
    `update estate_changes set status = case when :code::text is null then 'completed' else 'failed' end,
       failure_code = :code, failure_message = :message, finished_at = clock_timestamp(),
       updated_at = clock_timestamp()
     where ${ofTenant} and id = :id and status in ('pending', 'running')`,
    { ...tenantOf(trx), id, code: failure?.code ?? null, message: failure?.message ?? null },
  );
  return ended > 0;
}

/** An open change of any tenant. */
export type OpenEstateChange = Pick<
  EstateChangeRow,
  'clientAccountId' | 'engagementId' | 'id' | 'kind' | 'status' | 'updatedAt'
>;

/** Open changes of all tenants that nothing was written of since a moment, the oldest first. */
export async function listQuietChanges(
  trx: SystemTrx,
  before: Date,
  limit: number,
): Promise<OpenEstateChange[]> {
  return queryRows<OpenEstateChange>(
    trx,
    `select client_account_id, engagement_id, id, kind, status, updated_at from estate_changes
     where status in ('pending', 'running') and updated_at < :before order by updated_at limit :limit`,
    { before, limit },
  );
}
