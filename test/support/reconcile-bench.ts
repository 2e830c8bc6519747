import { createReconcileActivities } from '../../src/activities/reconcile/reconcile';
import type { ActivityDependencies } from '../../src/activities/dependencies';
import type {
  FlowDirectory,
  StoredFlowStart,
  WorkflowState,
} from '../../src/activities/reconcile/flow-directory';
import type { ReconcileTiming } from '../../src/activities/reconcile/reconcile-round';
import type { EstateChangeInput, FlowRef, ReconcileFinding, Tenant } from '../../src/domain/flow/messages';
import type { CommandType } from '../../src/domain/flow/status';
import { defaultIntakeLimits } from '../../src/intake/types';
import type { ObjectStore } from '../../src/objects/object-store';
import type { TestDatabase } from './database';

/** A directory of workflows that a test writes by hand. */
export class ScriptedDirectory implements FlowDirectory {
  readonly states = new Map<string, WorkflowState>();
  /** Flows that run, but are not in the list yet. */
  readonly unlisted = new Set<string>();
  readonly youngerThanFiveMinutes = new Set<string>();
  readonly refusing = new Set<string>();
  readonly restarted: StoredFlowStart[] = [];
  readonly signals: { flowId: string; type: CommandType; commandId?: string }[] = [];
  readonly startedChanges: EstateChangeInput[] = [];
  private readonly createdAt = Date.now();

  constructor(private readonly tenant: Tenant) {}

  /** Flows of other tests share the database: all is well with those. */
  readonly describe = async ({ flowId }: FlowRef): Promise<WorkflowState> =>
    this.states.get(flowId) ?? 'running';

  readonly restart = async (flow: StoredFlowStart): Promise<void> => {
    this.refuse(flow.flowId);
    this.restarted.push(flow);
    this.states.set(flow.flowId, 'running');
  };

  readonly signal = async (
    { flowId }: FlowRef,
    type: CommandType,
    argument: { readonly commandId?: string },
  ): Promise<void> => {
    this.refuse(flowId);
    if (this.states.has(flowId)) this.signals.push({ flowId, type, ...argument });
  };

  readonly listOpen = async (before: Date): Promise<FlowRef[]> => {
    const young = before.getTime() < this.createdAt ? this.youngerThanFiveMinutes : new Set<string>();
    return [...this.states]
      .filter(([flowId, state]) => state === 'running' && !this.unlisted.has(flowId) && !young.has(flowId))
      .map(([flowId]) => ({ ...this.tenant, flowId }));
  };

  readonly describeChange = async ({ id }: { readonly id: string }): Promise<WorkflowState> =>
    this.states.get(id) ?? 'running';

  readonly startChange = async (input: EstateChangeInput): Promise<void> => {
    this.refuse(input.changeId);
    this.startedChanges.push(input);
    this.states.set(input.changeId, 'running');
  };

  private refuse(flowId: string): void {
    if (this.refusing.has(flowId)) throw new Error('out of order');
  }
}

export interface ReconcileBench {
  readonly directory: ScriptedDirectory;
  /** Keys of the objects that the sweeper removed. */
  readonly removed: string[];
  /** One round; answers what it found about the flows that the directory knows. */
  readonly round: () => Promise<ReconcileFinding[]>;
}

const impatient: ReconcileTiming = {
  quietMs: 0,
  unheardMs: 0,
  rowlessMs: 300_000,
  orphanMs: 0,
  supersededMs: 0,
  tasksMs: 0,
  sweepMs: 20_000,
};

/** A reconciler on a test database that waits for nothing before it looks at a thing. */
export function reconcileBench(
  database: TestDatabase,
  tenant: Tenant,
  timing: Partial<ReconcileTiming> = {},
): ReconcileBench {
  const directory = new ScriptedDirectory(tenant);
  const removed: string[] = [];
  const remove = async (_: Tenant, key: string): Promise<void> => void removed.push(key);
  const deps: ActivityDependencies = {
    app: database.pools.app,
    system: database.pools.system,
    objects: { remove } as unknown as ObjectStore, // the sweeper calls nothing else
    intakeLimits: defaultIntakeLimits,
    directory,
    cancellation: () => new AbortController().signal,
    today: () => '2026-01-01',
  };
  const { reconcileFlows } = createReconcileActivities(deps, { ...impatient, ...timing });
  const round = async (): Promise<ReconcileFinding[]> => {
    const { findings = [] } = await reconcileFlows();
    return findings.filter(({ flowId }) => directory.states.has(flowId));
  };
  return { directory, removed, round };
}
