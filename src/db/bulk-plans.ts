import { execute } from './query';
import type { TenantTrx } from './tenant';

/**
 * For the rest of the transaction, joins of many rows with many are hashed or merged. Right after an import the
 * server has no statistics of its tables, takes them for small and would compare each row with every other.
 */
export async function planForManyRows(trx: TenantTrx): Promise<void> {
  await execute(trx, `select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)`, {});
}
