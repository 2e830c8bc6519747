import type { FlowState, ImportState } from '../../domain/flow/messages';
import { type Gate, estatePhases, importPhases } from '../../domain/flow/phases';
import { DomainError } from '../../domain/errors';
import { findPendingStop } from '../../db/commands';
import type { MasterFlow } from '../../db/flow-rows';
import { listPublishedPhases } from '../../db/flow-results';
import { findFlow } from '../../db/flows';
import { type FlowGate, listGates } from '../../db/gates';
import { type DataImport, listFlowImports } from '../../db/imports';
import { listPhaseRuns, type PhaseRun } from '../../db/phase-runs';
import type { TenantTrx } from '../../db/tenant';

/**
 * Where a flow stands, from its rows alone.
 *
 * @throws DomainError `FLOW_002` when the tenant has no such flow.
 */
export async function readFlowState(trx: TenantTrx, flowId: string): Promise<FlowState> {
  const flow = await findFlow(trx, flowId);
  if (flow === undefined) throw new DomainError('FLOW_002', { flow_id: flowId });
  const rows: FlowRows = {
    flow,
    imports: (await listFlowImports(trx, flowId)).filter(({ undoneAt }) => undoneAt === null),
    published: await listPublishedPhases(trx, flowId),
    gates: (await listGates(trx, flowId)).filter(({ consumedAt }) => consumedAt === null),
    runs: await listPhaseRuns(trx, flowId),
  };
  const stop = await findPendingStop(trx, flowId);
  return { ...stateOf(rows), stopPending: stop !== undefined };
}

interface FlowRows {
  readonly flow: MasterFlow;
  readonly imports: readonly DataImport[];
  readonly published: Awaited<ReturnType<typeof listPublishedPhases>>;
  readonly gates: readonly FlowGate[];
  readonly runs: readonly PhaseRun[];
}

function stateOf(rows: FlowRows): FlowState {
  const { flow, published } = rows;
  return {
    status: flow.flowStatus,
    pausedFrom: flow.pausedFrom,
    waitingFor: flow.waitingFor,
    imports: rows.imports.map((entry) => importState(rows, entry.id)),
    publishedEstatePhases: estatePhases.filter((phase) => published.some((row) => row.phase === phase)),
  };
}

function importState(rows: FlowRows, importId: string): ImportState {
  const published = importPhases.filter((phase) =>
    rows.published.some((row) => row.phase === phase && row.importId === importId),
  );
  return { importId, publishedPhases: published, waitingFor: gateOf(rows, importId, published.length) };
}

/** The gate at which the first unpublished phase of an import stands, or null when that phase has to run. */
function gateOf(rows: FlowRows, importId: string, publishedPhases: number): Gate | null {
  const phase = importPhases[publishedPhases];
  const isOpen = (gate: Gate, ofImport: string | null): boolean =>
    rows.gates.some((row) => row.gate === gate && row.importId === ofImport);
  if (phase === 'data_validation' && isOpen('profile_decisions', importId)) return 'profile_decisions';
  if (phase !== 'field_mapping' || !isOpen('mapping_approval', null)) return null;
  const suggested = rows.runs.some(
    (run) => run.phase === phase && run.importId === importId && run.positionDetail['suggested'] === true,
  );
  return suggested ? 'mapping_approval' : null;
}
