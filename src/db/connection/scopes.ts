import type { Knex } from 'knex';
import type { AuthDatabase, SystemDatabase } from './pools';

const authKey = Symbol('auth');
const systemKey = Symbol('system');

/** A transaction before a tenant is known: accounts, memberships, keys. Only `inAuthScope` makes one. */
export type AuthTrx = Knex.Transaction & { readonly [authKey]: true };

/** A transaction over all tenants that sees ids, statuses and times only. Only `inSystemScope` makes one. */
export type SystemTrx = Knex.Transaction & { readonly [systemKey]: true };

/** Runs `work` as the role that knows who may do what; commits its result, rolls back when it throws. */
export async function inAuthScope<T>(db: AuthDatabase, work: (trx: AuthTrx) => Promise<T>): Promise<T> {
  return db.unscopedKnex.transaction((trx) => work(Object.assign(trx, { [authKey]: true as const })));
}

/** Runs `work` as the role of the reconciler and the sweepers. */
export async function inSystemScope<T>(db: SystemDatabase, work: (trx: SystemTrx) => Promise<T>): Promise<T> {
  return db.unscopedKnex.transaction((trx) => work(Object.assign(trx, { [systemKey]: true as const })));
}
