import type { EstateChangeInput, FlowRef, Tenant } from '../../domain/flow/messages';
import type { CommandType } from '../../domain/flow/status';

/** How the workflow of a flow stands in Temporal. */
export type WorkflowState =
  | 'running'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'terminated'
  | 'timed_out'
  | 'missing';

/** The look-ups and commands of Temporal that the reconciler needs; the worker's entry point makes it. */
export interface FlowDirectory {
  /** State of the last run. */
  readonly describe: (flow: FlowRef) => Promise<WorkflowState>;
  /** Starts the workflow of a stored flow again under the same id. */
  readonly restart: (flow: StoredFlowStart) => Promise<void>;
  readonly signal: (
    flow: FlowRef,
    type: CommandType,
    argument: { readonly commandId?: string },
  ) => Promise<void>;
  /** Flows whose workflow is open, of all tenants, that started before a moment. */
  readonly listOpen: (before: Date) => Promise<readonly FlowRef[]>;
  /** State of the workflow of an estate change. */
  readonly describeChange: (change: Tenant & { readonly id: string }) => Promise<WorkflowState>;
  /** Starts the workflow of a stored estate change; one that runs is left to itself. */
  readonly startChange: (input: EstateChangeInput) => Promise<void>;
}

/** What a stored flow's workflow is started with. */
export interface StoredFlowStart extends FlowRef {
  readonly userId: string;
  readonly flowName: string;
  readonly fingerprint: string;
  readonly configuration: Readonly<Record<string, unknown>>;
}
