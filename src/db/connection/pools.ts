import { type Knex, knex } from 'knex';
import PgClient from 'knex/lib/dialects/postgres/index.js';
import PgTransaction from 'knex/lib/dialects/postgres/execution/pg-transaction.js';
import { type Client, Pool, types } from 'pg';
import { flushAhead, sendAhead, takeAhead } from './ahead';
import type { DatabaseUrls } from './bootstrap';

/** One role's pool of connections. Only `tenant.ts` and `scopes.ts` use the fields; everybody else passes it on. */
export interface Database<Role extends string> {
  readonly role: Role;
  readonly url: string;
  readonly unscopedKnex: Knex;
  readonly unscopedPool: Pool;
}
export type AppDatabase = Database<'app'>;
export type AuthDatabase = Database<'auth'>;
export type SystemDatabase = Database<'system'>;

export interface PoolsConfig {
  readonly urls: Pick<DatabaseUrls, 'appUrl' | 'authUrl' | 'systemUrl'>;
  /** Most connections of each role. */
  readonly size?: { readonly app?: number; readonly auth?: number; readonly system?: number };
  /** Longest time of one statement, in milliseconds; 0 is no limit. Phases run statements of minutes. */
  readonly statementTimeoutMs?: number;
  /** Longest wait for a connection, in milliseconds. */
  readonly connectTimeoutMs?: number;
  /** Shown by `pg_stat_activity`. */
  readonly applicationName?: string;
  /** Settings of every session, as `-c name=value`. */
  readonly sessionOptions?: string;
  /** Told of errors of idle connections; the pool replaces them by itself. */
  readonly onIdleError?: (error: Error) => void;
}

export interface Pools {
  readonly app: AppDatabase;
  readonly auth: AuthDatabase;
  readonly system: SystemDatabase;
  close(): Promise<void>;
}

/** How many connections of a pool are in use and idle, and how many callers wait for one. */
export function poolUse({ unscopedPool }: Database<string>): {
  readonly used: number;
  readonly idle: number;
  readonly waiting: number;
} {
  const { totalCount, idleCount, waitingCount } = unscopedPool;
  return { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
}

const defaultSizes = { app: 10, auth: 4, system: 2 } as const;

/** Opens the three pools lazily: no connection is made before the first query. */
export function createPools(config: PoolsConfig): Pools {
  const { urls, size } = config;
  const app = openDatabase('app', urls.appUrl, size?.app ?? defaultSizes.app, config);
  const auth = openDatabase('auth', urls.authUrl, size?.auth ?? defaultSizes.auth, config);
  const system = openDatabase('system', urls.systemUrl, size?.system ?? defaultSizes.system, config);
  const close = async (): Promise<void> => {
    await Promise.all([app, auth, system].map((database) => database.unscopedPool.end()));
  };
  return { app, auth, system, close };
}

function openDatabase<Role extends string>(
  role: Role,
  url: string,
  max: number,
  config: PoolsConfig,
): Database<Role> {
  const pool = new Pool({
    connectionString: url,
    max,
    min: 0,
    keepAlive: true,
    connectionTimeoutMillis: config.connectTimeoutMs ?? 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: config.statementTimeoutMs ?? 0,
    idle_in_transaction_session_timeout: 300_000,
    application_name: config.applicationName ?? 'surveyor',
    ...(config.sessionOptions === undefined ? {} : { options: config.sessionOptions }),
    types: { getTypeParser },
  });
  pool.on('error', (error) => config.onIdleError?.(error));
  // A server that goes away between two statements of a transaction would else end this process; whoever holds the
  // connection learns of it by the next statement.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const unscopedKnex = knex({
    client: ScopedClient as unknown as typeof Knex.Client, // a subclass of knex's own client for PostgreSQL
    version: '18',
    connectionPool: pool,
  } as Knex.Config); // knex accepts a pool of pg in `connectionPool`
  return { role, url, unscopedKnex, unscopedPool: pool };
}

/** Settings of a transaction that begins with statements of its own. */
export interface ScopedConfig extends Knex.TransactionConfig {
  readonly opening: readonly string[];
}

/** A transaction that begins in the message of its first statement, and ends in that of what still waits. */
class ScopedTransaction extends PgTransaction {
  readonly #opening: readonly string[] | undefined;

  constructor(client: unknown, container: unknown, config?: object, outerTransaction?: unknown) {
    super(client, container, config, outerTransaction);
    // knex begins in a later turn, so this is set by then
    this.#opening =
      config !== undefined && 'opening' in config ? (config as ScopedConfig).opening : undefined;
  }

  override begin(connection: Client): Promise<unknown> {
    if (this.#opening === undefined) return super.begin(connection);
    for (const text of this.#opening) sendAhead(connection, text);
    return Promise.resolve();
  }

  override commit(connection: Client, value: unknown): Promise<unknown> {
    const waiting = takeAhead(connection);
    return waiting.length === 0
      ? super.commit(connection, value)
      : this.query(connection, [...waiting, 'commit'].join('; '), committed, value);
  }

  override rollback(connection: Client, error: unknown): Promise<unknown> {
    takeAhead(connection);
    return super.rollback(connection, error);
  }
}

/** How knex marks the statement that ends a transaction well. */
const committed = 1;

interface LentConnection extends Client {
  /** What knex looks at to close a connection instead of lending it again. */
  __knex__disposed?: string;
}

class ScopedClient extends PgClient {
  override transaction(container: unknown, config?: object, outerTransaction?: unknown): PgTransaction {
    return new ScopedTransaction(this, container, config, outerTransaction);
  }

  /** What knex itself runs comes behind what was said before it. */
  override async _query(connection: Client, statement: object): Promise<unknown> {
    await flushAhead(connection);
    return super._query(connection, statement);
  }

  /** A connection whose transaction did not end (its rollback took too long) is closed, not lent to the next. */
  override releaseConnection(connection: LentConnection): Promise<void> {
    takeAhead(connection);
    if (connection.getTransactionStatus() !== 'I')
      connection.__knex__disposed = 'its transaction did not end';
    return super.releaseConnection(connection);
  }
}

const wireTypes = { int8: 20, date: 1082, numeric: 1700 } as const;

/** 64-bit and exact numbers as numbers (our counts and percentages fit), dates as `YYYY-MM-DD`. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (oid === wireTypes.int8 || oid === wireTypes.numeric) return Number;
  if (oid === wireTypes.date) return String;
  const parserOf: (type: number, format: 'text' | 'binary') => (text: string) => unknown =
    types.getTypeParser;
  return parserOf(oid, format ?? 'text');
}
