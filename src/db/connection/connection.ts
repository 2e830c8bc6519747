import type { Knex } from 'knex';
import type { Client } from 'pg';
import { flushAhead } from './ahead';

export type TransactionConnection = Client & { readonly processID: number }; // pg keeps its process id

const connections = new WeakMap<Knex.Transaction, TransactionConnection>();

/**
 * The connection that a transaction runs on, for what knex cannot say, such as the id of the server process. What
 * waited to go with the next statement has been sent.
 */
export async function connectionOf(trx: Knex.Transaction): Promise<TransactionConnection> {
  const connection = await heldConnection(trx);
  await flushAhead(connection);
  return connection;
}

/** The same, for a caller that sends what waits itself. */
export async function heldConnection(trx: Knex.Transaction): Promise<TransactionConnection> {
  const known = connections.get(trx);
  // knex lends its connection for as long as the transaction is open
  if (known !== undefined && !trx.isCompleted()) return known;
  const client = trx.client as { acquireConnection(): Promise<unknown> }; // knex types the client of a transaction as any
  const connection = (await client.acquireConnection()) as TransactionConnection; // the driver is pg
  connections.set(trx, connection);
  return connection;
}
