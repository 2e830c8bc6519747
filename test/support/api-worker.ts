import { setTimeout as delay } from 'node:timers/promises';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import type { ActivityDependencies } from '../../src/activities/dependencies';
import { activityInterceptors } from '../../src/activities/interceptors';
import { createImportPhases } from '../../src/activities/phases/import-phases';
import { createRecordActivities } from '../../src/activities/records';
import { workPhase } from '../../src/activities/phase-work';
import type { PhaseRequest, PhaseResult } from '../../src/domain/flow/messages';
import { defaultIntakeLimits } from '../../src/intake/types';
import { createLocalObjectStore } from '../../src/objects/local-object-store';
import { createSurveyorWorker } from '../../src/create-worker';
import type { TestApi } from './api-server';
import { temporalAddress } from './servers';
import { workflowBundle } from './workflow-bundle';

export interface TestWorker {
  readonly stop: () => Promise<void>;
}

/** A worker for the flows of a test API: real records and import phases, estate phases that only publish. */
export async function startTestWorker({ database, config }: TestApi): Promise<TestWorker> {
  installQuietRuntime();
  const connection = await NativeConnection.connect({ address: temporalAddress() });
  const deps: ActivityDependencies = {
    app: database.pools.app,
    system: database.pools.system,
    objects: createLocalObjectStore(config.objectsDir),
    intakeLimits: defaultIntakeLimits,
    directory: {
      describe: async () => 'running',
      restart: async () => undefined,
      signal: async () => undefined,
      listOpen: async () => [],
    },
    cancellation: () => new AbortController().signal,
    today: () => '2026-03-01',
  };
  const publish = (request: PhaseRequest): Promise<PhaseResult> => publishEmpty(deps, request);
  const worker = await createSurveyorWorker({
    connection,
    namespace: 'default',
    taskQueue: config.taskQueue,
    activities: {
      ...createRecordActivities(deps),
      ...createImportPhases(deps),
      projectInventory: publish,
      analyseDependencies: publish,
      assessTechnicalDebt: publish,
    },
    interceptors: activityInterceptors(),
    workflowBundle: await workflowBundle(),
    shutdownGraceMs: 500,
  });
  const running = worker.run();
  return {
    stop: async () => {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}

function publishEmpty(deps: ActivityDependencies, request: PhaseRequest): Promise<PhaseResult> {
  const { clientAccountId, engagementId, flowId, phase } = request;
  const order = { clientAccountId, engagementId, flowId, changeId: null, phase, importId: null };
  return workPhase(deps, order, (work) => work.publish(async () => ({})));
}

/** Waits until the check passes, for at most thirty seconds; then fails with the check's own error. */
export async function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(25);
    }
  }
}

let isInstalled = false;
function installQuietRuntime(): void {
  if (isInstalled) return;
  isInstalled = true;
  Runtime.install({ logger: new DefaultLogger('ERROR') });
}
