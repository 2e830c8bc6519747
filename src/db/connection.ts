import type { Knex } from 'knex';
import type { Client } from 'pg';

/** The connection that a transaction runs on, for what knex cannot say: COPY, and the id of the server process. */
export async function connectionOf(trx: Knex.Transaction): Promise<Client & { readonly processID: number }> {
  const client = trx.client as { acquireConnection(): Promise<unknown> }; // knex types the client of a transaction as any
  return (await client.acquireConnection()) as Client & { readonly processID: number }; // pg keeps its process id
}

/** Has the connection closed instead of lent again when its transaction ends. */
export function giveUp(connection: Client, reason: string): void {
  Object.assign(connection, { __knex__disposed: reason }); // what knex looks at before it lends a connection
}
