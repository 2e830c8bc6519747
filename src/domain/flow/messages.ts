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
  readonly approval: { readonly mode: 'ask' | 'auto'; readonly minConfidence: number };
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

/** A file that joins a flow: the stored upload and the id its import row will have. */
export interface ImportRequest {
  readonly importId: string;
  readonly objectId: string;
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
}

export interface ImportState {
  readonly importId: string;
  /** Phases of this import whose run is published. */
  readonly publishedPhases: readonly ImportPhase[];
}

/** Result of a phase activity. Rows stay in PostgreSQL. */
export type PhaseResult =
  | { readonly status: 'completed'; readonly rowsIn: number; readonly rowsOut: number }
  | { readonly status: 'waiting'; readonly gate: Gate; readonly version: number }
  /** A command (pause or cancel) is pending; the batch in hand is committed. */
  | { readonly status: 'interrupted'; readonly command: 'pause' | 'cancel' };

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
