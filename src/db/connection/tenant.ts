import type { Knex } from 'knex';
import type { QueryResultRow } from 'pg';
import type { Tenant } from '../../domain/flow/messages';
import { runCancellable } from './cancel';
import type { AppDatabase, ScopedConfig } from './pools';
import { type Bindings, type Prepared, toQuery } from './query';
import { camelRow } from '../bulk/rows';

const tenantKey = Symbol('tenant');

/** A transaction that sees and writes the rows of one tenant. Only `inTenant` makes one. */
export type TenantTrx = Knex.Transaction & { readonly [tenantKey]: Tenant };

export interface ScopeOptions {
  /** Ends the statement in flight on the server and rolls back when it aborts. */
  readonly signal?: AbortSignal;
}

/**
 * Runs `work` in a transaction of one tenant; commits its result, rolls back when it throws. The message of its first
 * statement begins the transaction and sets the tenant, for this transaction only. Rejects with the signal's reason when it was aborted.
 */
export async function inTenant<T>(
  db: AppDatabase,
  tenant: Tenant,
  work: (trx: TenantTrx) => Promise<T>,
  options: ScopeOptions = {},
): Promise<T> {
  options.signal?.throwIfAborted();
  const config: ScopedConfig = { opening: openTenant(tenant) };
  return db.unscopedKnex.transaction((transaction) => {
    const trx = Object.assign(transaction, { [tenantKey]: tenant });
    if (options.signal === undefined) return work(trx);
    return runCancellable({ url: db.url, trx, signal: options.signal }, () => work(trx));
  }, config);
}

/** The tenant of a transaction. */
export function tenantOf(trx: TenantTrx): Tenant {
  return trx[tenantKey];
}

/** A read that is one named statement: a SQL function whose first two arguments are the tenant. */
export interface HotRead {
  /** Name of the prepared statement; one per text. */
  readonly name: string;
  /** `select * from read_…($1, $2, …)` */
  readonly text: string;
}

/**
 * Calls a function that sets the tenant for its own statement: one round trip, no transaction around it. `Row` is
 * what the function returns, its keys in camel case.
 */
export async function readInTenant<Row>(
  db: AppDatabase,
  tenant: Tenant,
  read: HotRead,
  values: readonly unknown[],
): Promise<Row[]> {
  const { rows } = await db.unscopedPool.query<QueryResultRow>({
    name: read.name,
    text: read.text,
    values: [tenant.clientAccountId, tenant.engagementId, ...values],
  });
  return rows.map((row) => camelRow<Row>(row));
}

/**
 * Calls a function of the database that sets the tenant itself: one round trip, which is a transaction of its own.
 * The statement names the tenant as `:clientAccountId` and `:engagementId`.
 */
export async function callInTenant<Row>(
  db: AppDatabase,
  tenant: Tenant,
  call: Prepared,
  bindings: Bindings,
): Promise<Row | undefined> {
  const { clientAccountId, engagementId } = tenant;
  const query = toQuery(call, { clientAccountId, engagementId, ...bindings });
  const { rows } = await db.unscopedPool.query<QueryResultRow>(query);
  return rows[0] === undefined ? undefined : camelRow<Row>(rows[0]);
}

const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The ids stand in the text of the message, so nothing but a UUID may pass. */
function openTenant(tenant: Tenant): readonly string[] {
  const { clientAccountId, engagementId } = tenant;
  if (!uuidPattern.test(clientAccountId) || !uuidPattern.test(engagementId)) {
    throw new TypeError('A tenant is a pair of UUIDs');
  }
  return [
    'begin',
    `set local app.client_account_id = '${clientAccountId}'`,
    `set local app.engagement_id = '${engagementId}'`,
  ];
}
