import type { Knex } from 'knex';
import type { Client } from 'pg';

type Connection = Client & { readonly processID: number }; // pg keeps its process id

const connections = new WeakMap<Knex.Transaction, Connection>();

/** The connection that a transaction runs on, for what knex cannot say: COPY, and the id of the server process. */
export async function connectionOf(trx: Knex.Transaction): Promise<Connection> {
  const known = connections.get(trx);
  // knex lends its connection for as long as the transaction is open
  if (known !== undefined && !trx.isCompleted()) return known;
  const client = trx.client as { acquireConnection(): Promise<unknown> }; // knex types the client of a transaction as any
  const connection = (await client.acquireConnection()) as Connection; // the driver is pg
  connections.set(trx, connection);
  return connection;
}

/** Has the connection closed instead of lent again when its transaction ends. */
export function giveUp(connection: Client, reason: string): void {
  Object.assign(connection, { __knex__disposed: reason }); // what knex looks at before it lends a connection
}
