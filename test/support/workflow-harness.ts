import { randomUUID } from 'node:crypto';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import {
  DefaultLogger,
  NativeConnection,
  Runtime,
  type Worker,
  makeTelemetryFilterString,
} from '@temporalio/worker';
import { activityInterceptors } from '../../src/activities/interceptors/interceptors';
import type { TaskRecorder } from '../../src/activities/interceptors/task-interceptor';
import { discoveryWorkflowId } from '../../src/domain/flow/ids';
import type { FlowLimits } from '../../src/domain/flow/limits';
import { type DiscoveryFlowInput, defaultFlowPolicy } from '../../src/domain/flow/messages';
import type { Gate } from '../../src/domain/flow/phases';
import type { CommandType } from '../../src/domain/flow/status';
import { createSurveyorWorker } from '../../src/create-worker';
import type { discoveryFlow } from '../../src/workflows';
import { searchAttributeKeys as keys } from '../../src/workflows/messages';
import { serverKeys } from './servers';
import { RowStore, fakeActivities } from './workflow-activities';
import { workflowBundle } from './workflow-bundle';
import { FlowRows } from './workflow-rows';
import { eventually } from './eventually';

/** The server of this test run; outside of one, a server at its usual place. */
export const temporalTestAddress = process.env[serverKeys.temporalAddress] ?? '127.0.0.1:7233';

export const testLimits: FlowLimits = {
  rowPhaseMs: 30_000,
  shortActivityMs: 10_000,
  heartbeatMs: 3_000,
  retryInitialMs: 20,
  retryMaximumMs: 100,
  expiryMs: 60_000,
  phaseTotalMs: 60_000,
};

const signalNames: Readonly<Record<CommandType, string>> = {
  pause: 'pause',
  resume: 'resume',
  cancel: 'cancel',
  retry: 'retry',
  decide: 'decide',
  add_import: 'addImport',
  rerun: 'rerun',
};

export interface TestFlow {
  readonly handle: WorkflowHandle<typeof discoveryFlow>;
  readonly rows: FlowRows;
  readonly input: DiscoveryFlowInput;
}

/** Input of a flow with one file, approved automatically, in a tenant of its own. */
export function aFlowInput(overrides: Partial<DiscoveryFlowInput> = {}): DiscoveryFlowInput {
  return {
    clientAccountId: randomUUID(),
    engagementId: randomUUID(),
    flowId: randomUUID(),
    userId: randomUUID(),
    flowName: null,
    fingerprint: 'fingerprint',
    import: { importId: 'first', objectId: randomUUID() },
    policy: { ...defaultFlowPolicy, approval: { mode: 'auto', minConfidence: 0.9 } },
    limits: testLimits,
    ...overrides,
  };
}

/** Policy that asks a person to approve the mappings. */
export const asking = { policy: defaultFlowPolicy } as const;

/** A worker with fake activities on a task queue of its own, and a client beside it. */
export class WorkflowHarness {
  readonly store = new RowStore();
  readonly taskQueue = `workflow-test-${randomUUID()}`;
  private running: Promise<void> | undefined;

  private worker: Worker | undefined;

  private constructor(
    readonly client: Client,
    private readonly native: NativeConnection,
    private readonly recorder: TaskRecorder | undefined,
  ) {}

  static async start(recorder?: TaskRecorder): Promise<WorkflowHarness> {
    installQuietRuntime();
    const [connection, native] = await Promise.all([
      Connection.connect({ address: temporalTestAddress }),
      NativeConnection.connect({ address: temporalTestAddress }),
    ]);
    const harness = new WorkflowHarness(new Client({ connection, identity: 'client' }), native, recorder);
    await harness.startWorker();
    return harness;
  }

  async startWorker(): Promise<void> {
    this.worker = await createSurveyorWorker({
      connection: this.native,
      namespace: 'default',
      taskQueue: this.taskQueue,
      activities: fakeActivities(this.store),
      interceptors: activityInterceptors(this.recorder),
      workflowBundle: await workflowBundle(),
      maxCachedWorkflows: 0,
      identity: 'worker',
      shutdownGraceMs: 100,
    });
    this.running = this.worker.run();
  }

  async stopWorker(): Promise<void> {
    this.worker?.shutdown();
    await this.running;
  }

  async stop(): Promise<void> {
    await this.stopWorker();
    await this.native.close();
    await this.client.connection.close();
  }

  /** Prepares the rows of a flow, so that a test can script them before the flow starts. */
  plan(overrides: Partial<DiscoveryFlowInput> = {}): FlowRows {
    const rows = new FlowRows(aFlowInput(overrides));
    this.store.flows.set(rows.input.flowId, rows);
    return rows;
  }

  /** Starts the flow that the rows were planned for, the way the API does. */
  async start(rows: FlowRows = this.plan()): Promise<TestFlow> {
    const { input } = rows;
    const handle = await this.client.workflow.start<typeof discoveryFlow>('discoveryFlow', {
      args: [input],
      taskQueue: this.taskQueue,
      workflowId: discoveryWorkflowId(input),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      // Without a workflow cache the SDK now and then loses a task beside a query; it is then sent again.
      workflowTaskTimeout: '4s',
      typedSearchAttributes: [
        { key: keys.clientAccountId, value: input.clientAccountId },
        { key: keys.engagementId, value: input.engagementId },
        { key: keys.flowPhase, value: 'data_import' },
        { key: keys.flowStatus, value: 'initialized' },
      ],
      memo: { fingerprint: input.fingerprint },
    });
    return { handle, rows, input };
  }

  /** Records a command the way the API does, then signals it. */
  async command({ handle, rows }: TestFlow, type: CommandType, importId?: string): Promise<void> {
    const commandId = randomUUID();
    const gate: Gate | null = rows.waitingFor;
    if (!rows.accept(type, commandId, importId ?? null)) throw new Error(`${type} refused: ${rows.status}`);
    await handle.signal(signalNames[type], gate ? { commandId, gate } : { commandId });
  }

  /** Signals the way an operator does, without a recorded command. */
  async operatorSignal({ handle }: TestFlow, type: CommandType, argument?: unknown): Promise<void> {
    await (argument === undefined
      ? handle.signal(signalNames[type])
      : handle.signal(signalNames[type], argument));
  }
}

/** Waits until the flow has this status in its rows. */
export async function untilStatus({ rows }: TestFlow, status: FlowRows['status']): Promise<void> {
  await eventually(() => insist(rows.status === status, `status ${rows.status} is not ${status}`));
}

/** Waits until the phase runs for the nth time. */
export async function untilRunning({ rows }: TestFlow, phase: string, times = 1): Promise<void> {
  const runs = () => rows.trail.filter((entry) => entry.split(' ')[0] === phase).length;
  await eventually(() => insist(runs() >= times, `${phase} ran ${runs()} times`));
}

/** Waits until the flow has its rows. */
export async function untilOpened({ rows }: TestFlow): Promise<void> {
  await eventually(() => insist(rows.runIds.length > 0, 'the flow has no rows'));
}

/** Waits until the gate is open in at least this version. */
export async function untilVersion({ rows }: TestFlow, gate: Gate, version: number): Promise<void> {
  await eventually(() => insist((rows.gates.get(gate)?.version ?? 0) >= version, `${gate} < ${version}`));
}

function insist(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}

/** The phases begun, in order, without repetitions that follow each other. */
export function phasesOf({ trail }: FlowRows): string[] {
  const begun = trail.filter((entry) => !entry.startsWith('='));
  return begun.filter((entry, index) => entry !== begun[index - 1]);
}

let installed = false;
function installQuietRuntime(): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } },
  });
}
