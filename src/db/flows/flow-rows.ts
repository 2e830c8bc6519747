import type { Gate, Phase } from '../../domain/flow/phases';
import type { FlowStatus } from '../../domain/flow/status';

/** A row of `master_flows`. */
export interface MasterFlow {
  readonly clientAccountId: string;
  readonly engagementId: string;
  readonly flowId: string;
  readonly userId: string;
  readonly flowType: 'discovery';
  readonly flowName: string;
  readonly flowStatus: FlowStatus;
  /** The status that a paused flow returns to; null for others. */
  readonly pausedFrom: FlowStatus | null;
  readonly waitingFor: Gate | null;
  readonly currentPhase: Phase | null;
  readonly fingerprint: string;
  readonly workflowId: string;
  readonly runId: string | null;
  readonly flowConfiguration: Readonly<Record<string, unknown>>;
  readonly flowPersistenceData: Readonly<Record<string, unknown>>;
  /** 0 to 100 with one decimal. */
  readonly progressPercentage: number;
  readonly failureCode: string | null;
  readonly failureMessage: string | null;
  readonly reason: FlowReason | null;
  readonly acceptsImports: boolean;
  /** Raised by every change; the id of a server-sent event. */
  readonly rowVersion: number;
  readonly changedAt: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly completedAt: Date | null;
  readonly archivedAt: Date | null;
}

export type FlowReason = 'requested' | 'expired' | 'terminated';

/** Which phases of a flow are published, for all of its imports. */
export interface CompletedPhases {
  readonly dataImportCompleted: boolean;
  readonly dataValidationCompleted: boolean;
  readonly fieldMappingCompleted: boolean;
  readonly dataCleansingCompleted: boolean;
  readonly assetInventoryCompleted: boolean;
  readonly dependencyAnalysisCompleted: boolean;
  readonly techDebtAssessmentCompleted: boolean;
}

/** A row of `discovery_flows`. */
export interface DiscoveryFlow extends CompletedPhases {
  readonly clientAccountId: string;
  readonly engagementId: string;
  readonly id: string;
  readonly masterFlowId: string;
  readonly status: FlowStatus;
  readonly currentPhase: Phase | null;
  readonly phaseState: Readonly<Record<string, unknown>>;
  readonly dataImportId: string | null;
  readonly learningScope: 'engagement' | 'client';
  readonly assessmentReady: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly completedAt: Date | null;
}

/** Sums over the runs of one phase of a flow, superseded ones left out. JSON: names in snake case, times as text. */
export interface PhaseCounts {
  readonly runs: number;
  readonly published: number;
  readonly running: number;
  readonly paused: number;
  readonly failed: number;
  readonly rows_total: number | null;
  readonly position: number;
  readonly rows_in: number;
  readonly rows_out: number;
  readonly passed: number;
  readonly created: number;
  readonly updated: number;
  readonly merged: number;
  readonly unchanged: number;
  readonly linked: number;
  readonly unresolved: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly started_at: string;
  readonly finished_at: string | null;
}

/** A row of the view `flow_statuses`: all that a status answer says of a flow. */
export interface FlowStatusRow extends MasterFlow, CompletedPhases {
  readonly discoveryFlowId: string;
  readonly dataImportId: string | null;
  readonly phaseState: Readonly<Record<string, unknown>>;
  readonly learningScope: 'engagement' | 'client';
  readonly assessmentReady: boolean;
  /** Number of imports that count: undone ones are left out. */
  readonly imports: number;
  readonly recordsTotal: number;
  readonly recordsAccepted: number;
  readonly recordsRejected: number;
  /** Version of the gate that the flow waits at; null when it waits for nobody. */
  readonly gateVersion: number | null;
  /** Null before the first phase. */
  readonly phases: Readonly<Partial<Record<Phase, PhaseCounts>>> | null;
}
