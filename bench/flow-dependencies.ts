import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { ActivityDependencies } from '../src/activities/dependencies';
import { insertObject, setObjectReady } from '../src/db/imports/objects';
import { type AppDatabase, createPools, type Pools } from '../src/db/connection/pools';
import { inTenant } from '../src/db/connection/tenant';
import { defaultFlowLimits } from '../src/domain/flow/limits';
import { defaultFlowPolicy, type DiscoveryFlowInput, type Tenant } from '../src/domain/flow/messages';
import { defaultIntakeLimits } from '../src/intake/types';
import { createLocalObjectStore } from '../src/objects/local-object-store';
import type { ObjectStore } from '../src/objects/object-store';
import type { BenchDatabase } from './bench-database';

/** What activities need, over a bench database and a folder for the stored uploads. */
export function benchDependencies(
  database: Pick<BenchDatabase, 'urls'>,
  folder: string,
): { readonly deps: ActivityDependencies; readonly pools: Pools } {
  const pools = createPools({ urls: database.urls, applicationName: 'surveyor bench' });
  const deps: ActivityDependencies = {
    app: pools.app,
    system: pools.system,
    objects: createLocalObjectStore(folder),
    intakeLimits: defaultIntakeLimits,
    directory: {
      describe: () => Promise.resolve('running'),
      restart: () => Promise.resolve(),
      signal: () => Promise.resolve(),
      listOpen: () => Promise.resolve([]),
      describeChange: async () => 'running',
      startChange: async () => undefined,
    },
    cancellation: () => new AbortController().signal,
    today: () => '2026-11-22',
  };
  return { deps, pools };
}

export interface StoredUpload {
  readonly objectId: string;
  readonly sha256: string;
}

/** Stores a file as the API does. */
export async function storeUpload(
  deps: { readonly app: AppDatabase; readonly objects: ObjectStore },
  tenant: Tenant,
  filename: string,
  source: Readable,
): Promise<StoredUpload> {
  const objectId = randomUUID();
  const place = { ...tenant, objectId };
  const stored = await deps.objects.put(place, source, { maxBytes: 1e11, inspect: () => undefined });
  await inTenant(deps.app, tenant, async (trx) => {
    const entry = { id: objectId, kind: 'upload', storageKey: stored.key, filename } as const;
    await insertObject(trx, { ...entry, mediaType: 'text/csv', createdBy: randomUUID() });
    await setObjectReady(trx, objectId, stored);
  });
  return { objectId, sha256: stored.sha256 };
}

/** The input of a flow over a stored upload, which approves its mappings itself. */
export function flowInput(tenant: Tenant, upload: StoredUpload) {
  return {
    ...tenant,
    flowId: randomUUID(),
    userId: randomUUID(),
    flowName: null,
    fingerprint: upload.sha256,
    import: { importId: randomUUID(), objectId: upload.objectId },
    policy: { ...defaultFlowPolicy, approval: { mode: 'auto', minConfidence: 0.9 } },
    limits: defaultFlowLimits,
  } as const satisfies DiscoveryFlowInput;
}
