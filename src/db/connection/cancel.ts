import type { Knex } from 'knex';
import { withClient } from './bootstrap';
import { heldConnection } from './connection';

interface CancelScope {
  /** Where a second connection of the same role is opened: only it may cancel the first. */
  readonly url: string;
  readonly trx: Knex.Transaction;
  readonly signal: AbortSignal;
}

/**
 * Runs `work` and, when the signal aborts, ends the statement that its transaction has in flight from another
 * connection. Rejects with the signal's reason then. The connection is not given back before the cancel request
 * has been answered, so that it never hits the next borrower.
 */
export async function runCancellable<T>(scope: CancelScope, work: () => Promise<T>): Promise<T> {
  const { signal, trx, url } = scope;
  const { processID } = await heldConnection(trx);
  let cancelling: Promise<void> | undefined;
  const cancel = (): void => {
    cancelling = cancelBackend(url, processID);
    cancelling.catch(() => undefined); // awaited below; until then nobody listens
  };
  signal.throwIfAborted();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const result = await work();
    signal.throwIfAborted();
    return result;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
    await cancelling?.catch(() => undefined); // a lost cancel costs time only: the statement ends by itself
  }
}

/** Asks the server to end what a connection is doing; nothing happens when it is idle. */
export async function cancelBackend(url: string, processId: number): Promise<void> {
  await withClient(url, (client) => client.query('select pg_cancel_backend($1)', [processId]));
}
