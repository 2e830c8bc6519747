import type { FlowLimits } from './limits';
import type { Gate, ImportPhase, EstatePhase, Phase } from './phases';
import type { CommandType, FlowStatus } from './status';

/** Tenant scope: both ids are UUIDs. */
export interface Tenant {
  readonly clientAccountId: string;
  readonly engagementId: string;
}

export interface FlowRef extends Tenant {
  /** The master flow id, the only public id of a flow. */
  readonly flowId: string;
}

/** What a flow's owner decided before it started. */
export interface FlowPolicy {
  readonly approval: {
    readonly mode: 'ask' | 'auto';
    readonly minConfidence: number;
    /** Under `ask`: a table that the recipe of its source decides wholly passes without a person. Absent: `ask`. */
    readonly recipe?: 'ask' | 'auto' | undefined;
  };
  /** Ask a person before conflicting records are projected; otherwise conflicts go to a queue. */
  readonly askConflicts: boolean;
  /** Ask a person before the projected changes are applied. */
  readonly askPreview: boolean;
}

export const defaultFlowPolicy: FlowPolicy = {
  approval: { mode: 'ask', minConfidence: 0.9 },
  askConflicts: false,
  askPreview: false,
};

/** A table of a stored upload and the id its import row will have. */
export interface ImportTable {
  readonly importId: string;
  /** Absent: the upload is the table. */
  readonly place?: { readonly entry: string | null; readonly sheet: string | null };
  /** What the bytes of the table said when they were received; the intake reads it back. */
  readonly detection?: Readonly<Record<string, unknown>>;
}

/** A file that joins a flow: the stored upload and the first of its tables. */
export interface ImportRequest extends ImportTable {
  readonly objectId: string;
  /** Further tables of the same upload, in file order; all else is said of them as of the first. */
  readonly furtherTables?: readonly ImportTable[];
  /** Default: `Discovery Import {id}`. */
  readonly importName?: string;
  readonly importCategory?: string;
  /** What the sender said of the file: `as_of`, `source_name` and further settings; bounded by the API. */
  readonly processingConfig?: Readonly<Record<string, unknown>>;
}

export interface DiscoveryFlowInput extends FlowRef {
  readonly userId: string;
  readonly flowName: string | null;
  /** Hash of the request that started the flow; another fingerprint under the same id is a conflict. */
  readonly fingerprint: string;
  readonly import: ImportRequest | null;
  readonly policy: FlowPolicy;
  readonly limits: FlowLimits;
}

/** Signal argument. Operators may send a signal without one: the command is then recorded first. */
export interface CommandSignal {
  readonly commandId?: string;
  readonly gate?: Gate;
}

/** Answer of the query `flowView`: ids, statuses and counts only. */
export interface FlowView {
  readonly flowId: string;
  readonly status: FlowStatus;
  readonly phase: Phase | null;
  readonly importId: string | null;
  readonly waitingFor: Gate | null;
  readonly pendingSignals: number;
}

/** Where a flow stands in PostgreSQL: everything the workflow needs to go on from there. */
export interface FlowState {
  readonly status: FlowStatus;
  readonly pausedFrom: FlowStatus | null;
  /** Reason why a flow is open but stands still, if it does. */
  readonly waitingFor: Gate | null;
  readonly imports: readonly ImportState[];
  /** Estate phases whose run is published. */
  readonly publishedEstatePhases: readonly EstatePhase[];
  /** A pause or cancel is recorded and not consumed yet. Absent when the reader did not look. */
  readonly stopPending?: boolean;
}

export interface ImportState {
  readonly importId: string;
  /** Phases of this import whose run is published. */
  readonly publishedPhases: readonly ImportPhase[];
  /**
   * The gate at which the first unpublished phase of this import stands. When it is absent the workflow runs that
   * phase again, and the phase answers `waiting` if its gate is still open.
   */
  readonly waitingFor?: Gate | null;
}

/** What came of a look at a gate: the decision was consumed, or there is none yet. */
export interface GateOutcome {
  readonly decided: boolean;
  /** Where the flow stands now. */
  readonly state: FlowState;
}

/** Result of a phase activity. Rows stay in PostgreSQL. */
export type PhaseResult =
  | { readonly status: 'completed'; readonly rowsIn: number; readonly rowsOut: number }
  | { readonly status: 'waiting'; readonly gate: Gate; readonly version: number }
  /**
   * A command is pending; the batch in hand is committed. `add_import` only from `asset_inventory`, when a file
   * was accepted just before that phase began.
   */
  | { readonly status: 'interrupted'; readonly command: 'pause' | 'cancel' | 'add_import' };

export interface PhaseRequest extends FlowRef {
  readonly phase: Phase;
  /** Null for estate phases. */
  readonly importId: string | null;
}

export interface RecordCommandRequest extends FlowRef {
  readonly type: CommandType;
  readonly gate: Gate | null;
  /** Makes the row idempotent when the activity is retried: run id and signal number. */
  readonly key: string;
}

export interface FailureNote extends FlowRef {
  readonly phase: Phase | null;
  readonly code: string;
  readonly message: string;
}

export interface CloseRequest extends FlowRef {
  readonly status: 'completed' | 'cancelled';
  readonly reason: 'requested' | 'expired' | null;
}

export interface RecordCommandResult {
  /** False when the transition table refuses the command; nothing is written then. */
  readonly accepted: boolean;
}

/** How a discovery flow's workflow ended. */
export interface FlowOutcome {
  readonly flowId: string;
  readonly status: FlowStatus;
}

/** A change of an estate outside an open flow. */
export interface EstateChangeInput extends Tenant {
  readonly changeId: string;
  readonly userId: string;
  readonly change: EstateChange;
  readonly limits: FlowLimits;
  /** The change has a row, which says how it stands. Absent in runs older than those rows. */
  readonly hasRow?: boolean;
}

/** Undo takes back what one import contributed; its rows stay, they no longer feed the projection. */
export interface UndoImport {
  readonly kind: 'undo_import';
  readonly flowId: string;
  readonly importId: string;
}

/** Takes the records of a corrected file into the import that rejected them. */
export interface CorrectImport {
  readonly kind: 'correct_import';
  readonly flowId: string;
  readonly importId: string;
  /** The stored upload of the corrected file. */
  readonly objectId: string;
}

/** Lets groups, waves and dispositions follow what people have decided. */
export interface ProjectAnew {
  readonly kind: 'project';
}

export type EstateChange = UndoImport | CorrectImport | ProjectAnew;

export interface EstateChangeRef extends Tenant {
  readonly changeId: string;
  readonly userId: string;
}

/**
 * What came of a corrected file. `later`: its flow is in the middle of something; ask again. `taken`: the records are
 * part of the open flow, which goes on with them. `retry`: they are what a failed flow lacked; the row of that command
 * is written. `applied`: the estate has to be projected. `nothing`: no record was put right.
 */
export type CorrectionResult =
  | { readonly status: 'later' | 'taken' | 'applied' | 'nothing' }
  | { readonly status: 'retry'; readonly commandId: string };

export interface CorrectImportRequest extends EstateChangeRef {
  readonly flowId: string;
  readonly importId: string;
  readonly objectId: string;
}

export interface EstateChangeFailure extends EstateChangeRef {
  readonly code: string;
  readonly message: string;
}

export interface EstateChangeEnd extends EstateChangeRef {
  readonly rowsOut: number;
}

export interface UndoImportRequest extends Tenant {
  readonly changeId: string;
  readonly userId: string;
  readonly flowId: string;
  readonly importId: string;
}

/** One estate phase of a change; its run belongs to the change, not to a flow. */
export interface ProjectEstateRequest extends Tenant {
  readonly changeId: string;
  readonly userId: string;
  readonly phase: EstatePhase;
}

export interface EstateChangeOutcome {
  readonly changeId: string;
  readonly rowsOut: number;
}

/** What one round of the reconciler found and did. */
export interface ReconcileReport {
  readonly healed: number;
  readonly unhealed: number;
  /** The first findings of the round, for operators; the counts are complete. */
  readonly findings?: readonly ReconcileFinding[];
}

/** A flow whose rows and workflow did not agree. */
export interface ReconcileFinding {
  readonly flowId: string;
  /**
   * `run_ended`: an open flow without a running workflow; `run_terminated`: a person terminated it;
   * `command_unheard`, `decision_unheard`: a row nobody took notice of; `rows_missing`: a workflow without rows;
   * `change_not_started`, `change_ended`: an estate change without a running workflow, under its own id.
   */
  readonly kind:
    | 'run_ended'
    | 'run_terminated'
    | 'command_unheard'
    | 'decision_unheard'
    | 'rows_missing'
    | 'change_not_started'
    | 'change_ended';
  readonly healed: boolean;
  /** Why it could not be healed. */
  readonly problem?: string;
}
