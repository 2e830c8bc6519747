import { Context } from '@temporalio/activity';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import type { ActivityDependencies } from '../../src/activities/dependencies';
import { activityInterceptors } from '../../src/activities/interceptors/interceptors';
import { createActivities } from '../../src/activities';
import { createTaskRecorder } from '../../src/activities/interceptors/task-recorder';
import { defaultIntakeLimits } from '../../src/intake/types';
import { createLocalObjectStore } from '../../src/objects/local-object-store';
import { createSurveyorWorker } from '../../src/create-worker';
import type { TestApi } from './api-server';
import { temporalAddress } from './servers';
import { workflowBundle } from './workflow-bundle';

export interface TestWorker {
  readonly stop: () => Promise<void>;
}

/** A worker for the flows of a test API, with the activities of the product. */
export async function startTestWorker({ database, config }: TestApi): Promise<TestWorker> {
  installQuietRuntime();
  const connection = await NativeConnection.connect({ address: temporalAddress() });
  const deps: ActivityDependencies = {
    app: database.pools.app,
    system: database.pools.system,
    objects: createLocalObjectStore(config.objectsDir),
    // Longer cells than the default lets pass, so that a test can have one that cannot be stored whole.
    intakeLimits: { ...defaultIntakeLimits, maxCellBytes: 1024 * 1024 },
    directory: {
      describe: async () => 'running',
      restart: async () => undefined,
      signal: async () => undefined,
      listOpen: async () => [],
      describeChange: async () => 'running',
      startChange: async () => undefined,
    },
    cancellation: () => Context.current().cancellationSignal,
    today: () => '2026-03-01',
  };
  const recorder = createTaskRecorder(deps);
  const worker = await createSurveyorWorker({
    connection,
    namespace: 'default',
    taskQueue: config.taskQueue,
    activities: createActivities(deps),
    interceptors: activityInterceptors(recorder),
    workflowBundle: await workflowBundle(),
    shutdownGraceMs: 500,
  });
  const running = worker.run();
  return {
    stop: async () => {
      worker.shutdown();
      await running;
      await recorder.settled();
      await connection.close();
    },
  };
}

let isInstalled = false;
function installQuietRuntime(): void {
  if (isInstalled) return;
  isInstalled = true;
  Runtime.install({ logger: new DefaultLogger('ERROR') });
}
