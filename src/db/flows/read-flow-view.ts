import type { Tenant } from '../../domain/flow/messages';
import { type Phase, type PhaseRunStatus, phases as allPhases } from '../../domain/flow/phases';
import { ledgerStates } from '../../domain/lists';
import type { FlowStatusRow, PhaseCounts } from './flow-rows';
import type { AppDatabase } from '../connection/pools';
import { type HotRead, readInTenant } from '../connection/tenant';

/** What a status answer says of a flow, and no more. */
export type FlowView = Omit<
  FlowStatusRow,
  | 'userId'
  | 'pausedFrom'
  | 'fingerprint'
  | 'workflowId'
  | 'runId'
  | 'flowConfiguration'
  | 'flowPersistenceData'
  | 'changedAt'
  | 'archivedAt'
  | 'discoveryFlowId'
  | 'learningScope'
  | 'assessmentReady'
>;

/** One JSON column: parsing thirty columns one by one costs this process more than the rest of a status answer. */
const flowView: HotRead = { name: 'read_flow_view', text: 'select read_flow_view($1, $2, $3) as view' };

const flowEdition: HotRead = {
  name: 'read_flow_edition',
  text: 'select read_flow_edition($1, $2, $3, $4) as answer',
};

/** The lists of `read_flow_view`, in its order. */
type ViewDocument = readonly [flow: FlowPart, gateVersion: number | null];
type FlowPart = readonly [
  flowId: string,
  flowName: string,
  flowType: FlowView['flowType'],
  flowStatus: FlowView['flowStatus'],
  waitingFor: FlowView['waitingFor'],
  currentPhase: Phase | null,
  progressPercentage: number,
  failureCode: string | null,
  failureMessage: string | null,
  reason: FlowView['reason'],
  acceptsImports: boolean,
  rowVersion: number,
  createdAt: string,
  updatedAt: string,
  completedAt: string | null,
  dataImportId: string | null,
  phaseState: FlowView['phaseState'],
  completed: readonly boolean[],
  imports: readonly [count: number, total: number, accepted: number, rejected: number],
  runs: readonly RunPart[] | null,
];
type RunPart = readonly [
  phase: Phase,
  status: PhaseRunStatus,
  isPublished: boolean,
  counts: readonly (number | null)[],
  startedAt: string,
  finishedAt: string | null,
];

/** All that a status answer says of a flow, in one round trip; undefined for a flow that the tenant has not. */
export async function readFlowView(
  db: AppDatabase,
  tenant: Tenant,
  flowId: string,
): Promise<FlowView | undefined> {
  const [found] = await readInTenant<{ view: ViewDocument | null }>(db, tenant, flowView, [flowId]);
  return found?.view ? viewOf(tenant, found.view) : undefined;
}

/** A view and the edition that names it; a later view has another one. */
export interface FlowEdition {
  readonly edition: string;
  readonly view: FlowView;
}

/**
 * What is kept of a flow when it still is of the present edition, else its view, in one round trip. The database
 * compares editions of this tenant's flows only.
 */
export async function readFlowEdition<Kept extends { readonly edition: string }>(
  db: AppDatabase,
  tenant: Tenant,
  flowId: string,
  kept: Kept | undefined,
): Promise<Kept | FlowEdition | undefined> {
  const values = [flowId, kept?.edition ?? null];
  const [found] = await readInTenant<{ answer: EditionDocument }>(db, tenant, flowEdition, values);
  if (found === undefined || found.answer === true) return kept;
  const [edition, view] = found.answer;
  return edition === null || view === null ? undefined : { edition, view: viewOf(tenant, view) };
}

/** What `read_flow_edition` answers; every flow has an edition. */
type EditionDocument = true | readonly [edition: string | null, view: ViewDocument | null];

function viewOf(tenant: Tenant, [flow, gateVersion]: ViewDocument): FlowView {
  const [flowId, flowName, flowType, flowStatus, waitingFor, currentPhase, progressPercentage, ...more] =
    flow;
  const [failureCode, failureMessage, reason, acceptsImports, rowVersion, createdAt, updatedAt, ...rest] =
    more;
  const [completedAt, dataImportId, phaseState, completed, counts, runs] = rest;
  const [imports, recordsTotal, recordsAccepted, recordsRejected] = counts;
  return {
    clientAccountId: tenant.clientAccountId,
    engagementId: tenant.engagementId,
    flowId,
    flowName,
    flowType,
    flowStatus,
    waitingFor,
    currentPhase,
    progressPercentage,
    failureCode,
    failureMessage,
    reason,
    acceptsImports,
    rowVersion,
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    completedAt: completedAt === null ? null : new Date(completedAt),
    dataImportId,
    phaseState,
    ...completedPhases(completed),
    gateVersion,
    imports,
    recordsTotal,
    recordsAccepted,
    recordsRejected,
    phases: runs && sumsOf(runs),
  };
}

type Completed = Pick<FlowView, `${string}Completed` & keyof FlowView>;

function completedPhases(completed: readonly boolean[]): Completed {
  const isCompleted = (phase: Phase): boolean => completed[allPhases.indexOf(phase)] === true;
  return {
    dataImportCompleted: isCompleted('data_import'),
    dataValidationCompleted: isCompleted('data_validation'),
    fieldMappingCompleted: isCompleted('field_mapping'),
    dataCleansingCompleted: isCompleted('data_cleansing'),
    assetInventoryCompleted: isCompleted('asset_inventory'),
    dependencyAnalysisCompleted: isCompleted('dependency_analysis'),
    techDebtAssessmentCompleted: isCompleted('tech_debt_assessment'),
  };
}

type Sums = { -readonly [Name in keyof PhaseCounts]: PhaseCounts[Name] };

/** One entry for each phase that began; what imports have in common adds up. */
function sumsOf(runs: readonly RunPart[]): FlowView['phases'] {
  const sums: Partial<Record<Phase, Sums>> = {};
  for (const run of runs) addRun((sums[run[0]] ??= noCounts(run[4])), run);
  return sums;
}

function addRun(sum: Sums, [, status, isPublished, counts, startedAt, finishedAt]: RunPart): void {
  sum.runs += 1;
  if (isPublished) sum.published += 1;
  if (isCounted(status)) sum[status] += 1;
  for (const [index, name] of countNames.entries()) {
    const count = counts[index] ?? null;
    if (count !== null) sum[name] = (sum[name] ?? 0) + count;
  }
  if (isBefore(startedAt, sum.started_at)) sum.started_at = startedAt;
  if (finishedAt !== null && isBefore(sum.finished_at, finishedAt)) sum.finished_at = finishedAt;
}

const isCounted = (status: PhaseRunStatus): status is 'running' | 'paused' | 'failed' =>
  status === 'running' || status === 'paused' || status === 'failed';

/** Nothing is before every time. */
const isBefore = (one: string | null, other: string | null): boolean =>
  one === null || (other !== null && one !== other && Date.parse(one) < Date.parse(other));

/** The counts of a run, in the order of the function. */
const countNames = [
  'rows_total',
  'position',
  'rows_in',
  'rows_out',
  'passed',
  ...ledgerStates,
] as const satisfies readonly (keyof PhaseCounts)[];

function noCounts(startedAt: string): Sums {
  return {
    runs: 0,
    published: 0,
    running: 0,
    paused: 0,
    failed: 0,
    rows_total: null,
    position: 0,
    rows_in: 0,
    rows_out: 0,
    passed: 0,
    created: 0,
    updated: 0,
    merged: 0,
    unchanged: 0,
    linked: 0,
    unresolved: 0,
    skipped: 0,
    rejected: 0,
    started_at: startedAt,
    finished_at: null,
  };
}
