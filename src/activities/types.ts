import type {
  CloseRequest,
  CorrectImportRequest,
  CorrectionResult,
  DiscoveryFlowInput,
  EstateChangeEnd,
  EstateChangeFailure,
  EstateChangeRef,
  FailureNote,
  FlowRef,
  FlowState,
  GateOutcome,
  PhaseRequest,
  PhaseResult,
  ProjectEstateRequest,
  ReconcileReport,
  RecordCommandRequest,
  RecordCommandResult,
  UndoImportRequest,
} from '../domain/flow/messages';
import type { phaseActivityNames } from '../domain/flow/activity-names';
import type { Gate } from '../domain/flow/phases';

export type PhaseActivity = (request: PhaseRequest) => Promise<PhaseResult>;

/**
 * One activity a phase. Each goes on from its phase run's position, publishes in its last transaction, and sets
 * the flow `running`. It answers `waiting` (flow `waiting_for_approval`) when a person must decide first: called
 * again after the decision it uses it and completes. A phase that is published already answers `completed`.
 */
export type PhaseActivities = Readonly<
  Record<(typeof phaseActivityNames)[keyof typeof phaseActivityNames], PhaseActivity>
>;

/** Flow rows. Every one of them may run twice and then writes nothing new. */
export interface RecordActivities {
  /**
   * Inserts import, master and child rows and the audit event in one transaction, or loads them and takes the new
   * run id. Rows with another fingerprint: `DomainError`, nothing is touched.
   */
  createOrLoadFlow(input: DiscoveryFlowInput, runId: string): Promise<FlowState>;
  /** Reads only. Fills `stopPending`. */
  loadFlow(flow: FlowRef): Promise<FlowState>;
  /**
   * Consumes the pending pause, resume, cancel, retry, add_import and rerun rows in their order and writes master
   * and child status with them: paused, the status before the pause, cancelled, running. `add_import` inserts the
   * import row; `rerun` supersedes the waiting `field_mapping` runs, so that they are suggested again under a
   * raised version. `decide` rows are left to `settleGate`. Nothing pending: only reads.
   */
  applyCommands(flow: FlowRef): Promise<FlowState>;
  /** Writes the row of a command that an operator signalled without an id. A refusal is an answer, no error. */
  recordCommand(request: RecordCommandRequest): Promise<RecordCommandResult>;
  /**
   * Consumes the decision of an open gate (and its `decide` rows). `mapping_approval`: seals the mappings and
   * publishes `field_mapping` of every import. Other gates: clears the gate; the phase then runs again.
   */
  settleGate(flow: FlowRef, gate: Gate): Promise<GateOutcome>;
  /** Writes `failed` with code and message, and answers the state. */
  failFlow(note: FailureNote): Promise<FlowState>;
  /**
   * Writes the terminal status, frees the estate's lease, and archives when the cancel asked for it. `completed`
   * while a pause, cancel or file is pending closes nothing and answers the state: the command comes first.
   */
  closeFlow(request: CloseRequest): Promise<FlowState>;
}

/** Activities of `estateChange`, for changes outside an open flow. Every one of them may run twice. */
export interface EstateActivities {
  /** Marks the row of a change as running. False when it has ended before. */
  beginEstateChange(request: EstateChangeRef): Promise<boolean>;
  endEstateChange(request: EstateChangeEnd): Promise<void>;
  /** Writes `failed` with code and message on the row of the change. */
  failEstateChange(request: EstateChangeFailure): Promise<void>;
  /**
   * Takes the records of a corrected file into their import: into the open flow when it stands at the gate of its
   * mappings, else, when the flow is closed, into its published rows. The other states answer `later`.
   */
  correctImport(request: CorrectImportRequest): Promise<CorrectionResult>;
  /** Writes into the ledger of the flow what the projection has made of the corrected records. */
  countCorrections(request: CorrectImportRequest): Promise<void>;
  /** Detaches the source records of one import from the estate. */
  undoImport(request: UndoImportRequest): Promise<void>;
  /** Runs one estate phase for the change and publishes it; never waits at a gate. */
  projectEstate(request: ProjectEstateRequest): Promise<PhaseResult>;
}

export interface ReconcileActivities {
  reconcileFlows(): Promise<ReconcileReport>;
}

/** Everything a discovery flow calls. */
export interface FlowActivities extends PhaseActivities, RecordActivities {}

/** Everything a worker registers. */
export interface Activities extends FlowActivities, EstateActivities, ReconcileActivities {}
