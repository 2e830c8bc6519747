import { execute, queryFirst, queryRows } from '../connection/query';
import type { AuthTrx } from '../connection/scopes';
import type { TenantTrx } from '../connection/tenant';

export interface ClientAccount {
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A project of a client. */
export interface Engagement {
  readonly clientAccountId: string;
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const accountColumns = 'a.id, a.name, a.is_active, a.created_at, a.updated_at';
const engagementColumns = 'e.client_account_id, e.id, e.name, e.is_active, e.created_at, e.updated_at';

/** False when the id exists already. */
export async function insertClientAccount(
  trx: AuthTrx,
  account: { readonly id: string; readonly name: string },
): Promise<boolean> {
  const inserted = await execute(
    trx,
    'insert into client_accounts (id, name) values (:id, :name) on conflict do nothing',
    account,
  );
  return inserted > 0;
}

/** False when the id exists already. */
export async function insertEngagement(
  trx: AuthTrx,
  engagement: { readonly clientAccountId: string; readonly id: string; readonly name: string },
): Promise<boolean> {
  const inserted = await execute(
    trx,
    `insert into engagements (client_account_id, id, name) values (:clientAccountId, :id, :name)
     on conflict do nothing`,
    engagement,
  );
  return inserted > 0;
}

export async function findClientAccount(trx: AuthTrx, id: string): Promise<ClientAccount | undefined> {
  return queryFirst<ClientAccount>(trx, `select ${accountColumns} from client_accounts a where a.id = :id`, {
    id,
  });
}

export async function findEngagement(
  trx: AuthTrx,
  clientAccountId: string,
  id: string,
): Promise<Engagement | undefined> {
  return queryFirst<Engagement>(
    trx,
    `select ${engagementColumns} from engagements e where e.client_account_id = :clientAccountId and e.id = :id`,
    { clientAccountId, id },
  );
}

/** The engagement of the present tenant. */
export async function findOwnEngagement(trx: TenantTrx, id: string): Promise<Engagement | undefined> {
  return queryFirst<Engagement>(trx, `select ${engagementColumns} from engagements e where e.id = :id`, {
    id,
  });
}

/** Client accounts in which a user has a valid membership; all of them for a platform administrator. */
export async function listClientAccounts(
  trx: AuthTrx,
  userId: string,
  page: { readonly limit: number; readonly offset?: number },
): Promise<ClientAccount[]> {
  return queryRows<ClientAccount>(
    trx,
    `select ${accountColumns} from client_accounts a
     where exists (select from memberships m where m.user_id = :userId
       and (m.client_account_id = a.id or (m.client_account_id is null and m.role = 'platform_admin'))
       and (m.expires_at is null or m.expires_at > clock_timestamp()))
     order by a.name, a.id limit :limit offset :offset`,
    { userId, limit: page.limit, offset: page.offset ?? 0 },
  );
}

/** Engagements that a user may work in, of one client account or of all. */
export async function listEngagements(
  trx: AuthTrx,
  userId: string,
  page: { readonly clientAccountId?: string; readonly limit: number; readonly offset?: number },
): Promise<Engagement[]> {
  return queryRows<Engagement>(
    trx,
    `select ${engagementColumns} from engagements e
     where (:clientAccountId::uuid is null or e.client_account_id = :clientAccountId)
       and exists (select from memberships m where m.user_id = :userId
         and ((m.client_account_id = e.client_account_id and coalesce(m.engagement_id, e.id) = e.id)
           or (m.client_account_id is null and m.role = 'platform_admin'))
         and (m.expires_at is null or m.expires_at > clock_timestamp()))
     order by e.name, e.id limit :limit offset :offset`,
    { userId, clientAccountId: page.clientAccountId, limit: page.limit, offset: page.offset ?? 0 },
  );
}

export type LocateKind =
  | 'client_account'
  | 'engagement'
  | 'flow'
  | 'command'
  | 'import'
  | 'object'
  | 'source'
  | 'mapping'
  | 'finding'
  | 'asset'
  | 'conflict'
  | 'scenario'
  | 'change'
  | 'recipe';

/** Whether any tenant has this id. Asked only after the scoped read found nothing: true then means foreign. */
export async function existsAnywhere(
  trx: TenantTrx | AuthTrx,
  kind: LocateKind,
  id: string,
): Promise<boolean> {
  const found = await queryFirst<{ located: boolean }>(trx, 'select locate(:kind, :id) as located', {
    kind,
    id,
  });
  return found?.located ?? false;
}
