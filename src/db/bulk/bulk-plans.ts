import { sendAhead } from '../connection/ahead';
import { heldConnection } from '../connection/connection';
import type { TenantTrx } from '../connection/tenant';

const planned = new WeakSet<TenantTrx>();

/**
 * For the rest of the transaction, joins of many rows with many are hashed or merged. Right after an import the
 * server has no statistics of its tables, takes them for small and would compare each row with every other.
 */
export async function planForManyRows(trx: TenantTrx): Promise<void> {
  if (planned.has(trx)) return;
  planned.add(trx);
  const connection = await heldConnection(trx);
  sendAhead(connection, 'set local enable_nestloop = off');
  sendAhead(connection, 'set local jit = off');
}
