/** The two classes of knex that a transaction with its own opening message needs; knex publishes no types for them. */
declare module 'knex/lib/dialects/postgres/index.js' {
  import type { Knex } from 'knex';
  import type PgTransaction from 'knex/lib/dialects/postgres/execution/pg-transaction.js';

  class PgClient extends Knex.Client {
    constructor(config: Knex.Config);
    transaction(
      ...rest: ConstructorParameters<typeof PgTransaction> extends [unknown, ...infer R] ? R : never
    ): PgTransaction;
    _query(connection: unknown, statement: object): Promise<unknown>;
    releaseConnection(connection: unknown): Promise<void>;
  }
  export = PgClient;
}

declare module 'knex/lib/dialects/postgres/execution/pg-transaction.js' {
  class PgTransaction {
    constructor(client: unknown, container: unknown, config?: object, outerTransaction?: unknown);
    begin(connection: unknown): Promise<unknown>;
    commit(connection: unknown, value: unknown): Promise<unknown>;
    rollback(connection: unknown, error: unknown): Promise<unknown>;
    query(connection: unknown, sql: string, end?: number, value?: unknown): Promise<unknown>;
  }
  export = PgTransaction;
}
