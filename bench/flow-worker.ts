import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { createActivities } from '../src/activities';
import { activityInterceptors } from '../src/activities/interceptors/interceptors';
import { createTaskRecorder } from '../src/activities/interceptors/task-recorder';
import { createFlowWorkflows } from '../src/api/temporal/flow-workflows';
import { createTemporalLink } from '../src/api/temporal/temporal-link';
import { createSurveyorWorker } from '../src/create-worker';
import { discoveryWorkflowId } from '../src/domain/flow/ids';
import type { DiscoveryFlowInput, Tenant } from '../src/domain/flow/messages';
import { tuneCollector } from '../src/runtime/collector';
import { connectClient, connectWorker, lazyClient } from '../src/runtime/temporal-client';
import { createFlowDirectory } from '../src/worker-directory';
import { bareActivities } from './bare-activities';
import type { BenchDatabase } from './bench-database';
import { benchDependencies, flowInput, storeUpload } from './flow-dependencies';
import { benchConfig } from './servers';

/** A worker with every activity of the product, and one for bare workflows, in this process. */
export interface FlowWorker {
  readonly client: Client;
  /** Stores a file and answers the input of a flow that reads it. */
  upload(tenant: Tenant, source: Readable): Promise<DiscoveryFlowInput>;
  /** Runs a flow to its end; answers the seconds from start to result. */
  runFlow(input: DiscoveryFlowInput): Promise<number>;
  /** The same for a workflow of activities that do nothing. */
  runBare(steps: number): Promise<number>;
  /** Waits until all that is written beside the activities is written. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the workers on task queues of their own. */
export async function startFlowWorker(
  database: Pick<BenchDatabase, 'urls'>,
  options: { readonly temporalAddress: string; readonly folder: string },
): Promise<FlowWorker> {
  tuneCollector();
  Runtime.install({ logger: new DefaultLogger('WARN') });
  const settings = { ...benchConfig(), temporalAddress: options.temporalAddress };
  const namespace = settings.temporalNamespace;
  const [client, connection] = await Promise.all([connectClient(settings), connectWorker(settings)]);
  const queues = { flow: `bench-${randomUUID()}`, bare: `bench-bare-${randomUUID()}` };
  const { deps, pools } = benchDependencies(database, options.folder);
  const activities = createActivities({
    ...deps,
    directory: createFlowDirectory(client, queues.flow),
    cancellation: () => Context.current().cancellationSignal,
  });
  const recorder = createTaskRecorder(pools);
  const interceptors = activityInterceptors(recorder);
  const workers = await Promise.all([
    createSurveyorWorker({ connection, namespace, taskQueue: queues.flow, activities, interceptors }),
    Worker.create({
      connection,
      namespace,
      taskQueue: queues.bare,
      activities: bareActivities,
      workflowsPath: require.resolve('./workflows/bare'),
    }),
  ]);
  const running = workers.map((worker) => worker.run());
  const link = createTemporalLink(() => lazyClient(settings));
  const workflows = createFlowWorkflows(link, queues.flow);
  return {
    client,
    upload: async (tenant, source) =>
      flowInput(tenant, await storeUpload(deps, tenant, 'export.csv', source)),
    runFlow: (input) =>
      timed(async () => {
        await workflows.start(input);
        const outcome: unknown = await client.workflow.getHandle(discoveryWorkflowId(input)).result();
        const { status } = outcome as { readonly status: string }; // what discoveryFlow answers
        if (status !== 'completed') throw new Error(`The flow ended as ${status}`);
      }),
    runBare: (steps) =>
      timed(() =>
        client.workflow.execute('bareWorkflow', {
          taskQueue: queues.bare,
          workflowId: randomUUID(),
          args: [steps],
        }),
      ),
    settled: () => recorder.settled(),
    stop: async () => {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await recorder.settled();
      await link.close();
      await connection.close();
      await client.connection.close();
      await pools.close();
    },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}
