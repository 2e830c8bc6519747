import type { PhaseCounts } from '../../db/flows/flow-rows';
import type { FlowView } from '../../db/flows/read-flow-view';
import type { Tenant } from '../../domain/flow/messages';
import { type Phase, type PhaseStatus, nextPhase, phases } from '../../domain/flow/phases';
import type { FlowStatus } from '../../domain/flow/status';
import { errorCatalogue } from '../../domain/error-catalogue';
import { isErrorCode } from '../../domain/errors';
import type { FlowViewBody } from '../schemas/flows';

type PhaseBody = FlowViewBody['phases'][Phase];

/** A flow for people and programs; `wordOf` is the route's word for its status. */
export function presentFlow(row: FlowView, wordOf: (status: FlowStatus) => string): FlowViewBody {
  const { currentPhase } = row;
  return {
    flow_id: row.flowId,
    flow_name: row.flowName,
    flow_type: row.flowType,
    status: wordOf(row.flowStatus),
    detailed_status: row.flowStatus,
    current_phase: currentPhase,
    next_phase: currentPhase === null ? phases[0] : nextPhase(currentPhase),
    waiting_for: row.waitingFor,
    gate_version: row.gateVersion,
    progress_percentage: row.progressPercentage,
    accepts_imports: row.acceptsImports,
    phases: phasesOf((phase) => presentPhase(row, phase)),
    ...countsOf(row),
    failure: failureOf(row),
    reason: row.reason,
    client_account_id: row.clientAccountId,
    engagement_id: row.engagementId,
    row_version: row.rowVersion,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    completed_at: row.completedAt?.toISOString() ?? null,
  };
}

/** A flow whose workflow runs while its rows are not written yet. */
export function presentStartingFlow(tenant: Tenant, flowId: string): FlowViewBody {
  const now = new Date().toISOString();
  return {
    flow_id: flowId,
    flow_name: '',
    flow_type: 'discovery',
    status: 'initialized',
    detailed_status: 'initialized',
    current_phase: null,
    next_phase: phases[0],
    waiting_for: null,
    gate_version: null,
    progress_percentage: 0,
    accepts_imports: true,
    phases: phasesOf(() => pendingPhase),
    rows: { read: 0, accepted: 0, rejected: 0 },
    assets: { created: 0, updated: 0, merged: 0, unchanged: 0 },
    dependencies: { resolved: 0, unresolved: 0 },
    failure: null,
    reason: null,
    client_account_id: tenant.clientAccountId,
    engagement_id: tenant.engagementId,
    row_version: 0,
    created_at: now,
    updated_at: now,
    completed_at: null,
  };
}

function phasesOf(view: (phase: Phase) => PhaseBody): FlowViewBody['phases'] {
  const bodies: Partial<FlowViewBody['phases']> = {};
  for (const phase of phases) bodies[phase] = view(phase);
  return bodies as FlowViewBody['phases']; // one entry for each phase of the list
}

const emptyLedger = {
  passed: 0,
  created: 0,
  updated: 0,
  merged: 0,
  unchanged: 0,
  linked: 0,
  unresolved: 0,
  skipped: 0,
  rejected: 0,
} as const;

const pendingPhase: PhaseBody = {
  status: 'pending',
  rows_total: null,
  rows_in: 0,
  rows_out: 0,
  position: 0,
  ledger: emptyLedger,
  started_at: null,
  finished_at: null,
};

function presentPhase(row: FlowView, phase: Phase): PhaseBody {
  const counts = row.phases?.[phase];
  if (counts === undefined) return pendingPhase;
  const { passed, created, updated, merged, unchanged, linked, unresolved, skipped, rejected } = counts;
  return {
    status: phaseStatus(row, phase, counts),
    rows_total: counts.rows_total,
    rows_in: counts.rows_in,
    rows_out: counts.rows_out,
    position: counts.position,
    ledger: { passed, created, updated, merged, unchanged, linked, unresolved, skipped, rejected },
    started_at: timeOf(counts.started_at),
    finished_at: timeOf(counts.finished_at),
  };
}

/** `2026-01-05T09:30:00` and the dot of its fraction. */
const secondsLength = 20;
const utcOffset = '+00:00';

/** PostgreSQL writes times in JSON with microseconds and an offset; answers have milliseconds and are in UTC. */
function timeOf(text: string | null): string | null {
  if (text === null) return null;
  // A session in UTC, which is usual, needs no arithmetic.
  if (text[secondsLength - 1] !== '.' || !text.endsWith(utcOffset)) return new Date(text).toISOString();
  const fraction = text.slice(secondsLength, -utcOffset.length).padEnd(3, '0').slice(0, 3);
  return `${text.slice(0, secondsLength)}${fraction}Z`;
}

const isCompleted: Readonly<Record<Phase, (row: FlowView) => boolean>> = {
  data_import: (row) => row.dataImportCompleted,
  data_validation: (row) => row.dataValidationCompleted,
  field_mapping: (row) => row.fieldMappingCompleted,
  data_cleansing: (row) => row.dataCleansingCompleted,
  asset_inventory: (row) => row.assetInventoryCompleted,
  dependency_analysis: (row) => row.dependencyAnalysisCompleted,
  tech_debt_assessment: (row) => row.techDebtAssessmentCompleted,
};

function phaseStatus(row: FlowView, phase: Phase, counts: PhaseCounts): PhaseStatus {
  if (isCompleted[phase](row)) return 'completed';
  if (counts.failed > 0) return 'failed';
  if (counts.paused > 0 || (row.flowStatus === 'paused' && row.currentPhase === phase)) return 'paused';
  if (row.waitingFor !== null && row.currentPhase === phase) return 'waiting';
  return 'running';
}

function countsOf(row: FlowView): Pick<FlowViewBody, 'rows' | 'assets' | 'dependencies'> {
  const inventory = row.phases?.asset_inventory ?? emptyLedger;
  const analysis = row.phases?.dependency_analysis;
  return {
    rows: { read: row.recordsTotal, accepted: row.recordsAccepted, rejected: row.recordsRejected },
    assets: {
      created: inventory.created,
      updated: inventory.updated,
      merged: inventory.merged,
      unchanged: inventory.unchanged,
    },
    dependencies: dependencyCounts(row, analysis),
  };
}

/** Edges and open references of the whole analysis where it tells them, else the relation records of the ledger. */
function dependencyCounts(row: FlowView, analysis: PhaseCounts | undefined): FlowViewBody['dependencies'] {
  const state = row.phaseState['dependency_analysis'];
  const told = (name: string): number | undefined => {
    if (typeof state !== 'object' || state === null) return undefined;
    const value: unknown = Reflect.get(state, name);
    return typeof value === 'number' ? value : undefined;
  };
  return {
    resolved: told('dependencies') ?? analysis?.linked ?? 0,
    unresolved: told('unresolved') ?? analysis?.unresolved ?? 0,
  };
}

function failureOf({ failureCode, failureMessage }: FlowView): FlowViewBody['failure'] {
  if (failureCode === null) return null;
  const entry = isErrorCode(failureCode) ? errorCatalogue[failureCode] : errorCatalogue.FLOW_001;
  return { code: failureCode, message: failureMessage ?? entry.message, suggestion: entry.suggestion };
}
