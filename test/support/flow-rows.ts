import { randomUUID } from 'node:crypto';
import { systemActor } from '../../src/db/accounts/audit';
import { type NewFlow, insertFlow } from '../../src/db/flows/flows';
import { insertObject, setObjectReady } from '../../src/db/imports/objects';
import { inTenant, type TenantTrx } from '../../src/db/connection/tenant';
import { defaultFlowPolicy, type Tenant } from '../../src/domain/flow/messages';
import type { TestDatabase } from './database';

/** A flow that nobody has inserted yet. */
export function aFlow(changes: Partial<NewFlow> = {}): NewFlow {
  return {
    flowId: randomUUID(),
    userId: randomUUID(),
    flowName: 'Discovery of the head office',
    fingerprint: 'a'.repeat(64),
    runId: randomUUID(),
    policy: defaultFlowPolicy,
    import: null,
    ...changes,
  };
}

/** Stores the row of an upload whose bytes are whole, and returns its id. */
export async function addReadyObject(trx: TenantTrx): Promise<string> {
  const id = randomUUID();
  await insertObject(trx, {
    id,
    kind: 'upload',
    storageKey: `uploads/${id}`,
    filename: 'servers.csv',
    mediaType: 'text/csv',
    createdBy: null,
  });
  await setObjectReady(trx, id, { size: 1_234, sha256: 'b'.repeat(64) });
  return id;
}

export interface AddedFlow {
  readonly flowId: string;
  readonly importId: string;
}

/** Inserts a flow with one import, and returns their ids. */
export async function addFlow(
  database: TestDatabase,
  tenant: Tenant,
  changes: Partial<NewFlow> = {},
): Promise<AddedFlow> {
  return inTenant(database.pools.app, tenant, async (trx) => {
    const importId = randomUUID();
    const objectId = await addReadyObject(trx);
    const flow = aFlow({ import: { id: importId, objectId, importedBy: null }, ...changes });
    await insertFlow(trx, flow, systemActor);
    return { flowId: flow.flowId, importId };
  });
}
