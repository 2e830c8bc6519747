import type { FlowState, ImportState } from '../../domain/flow/messages';
import { type Gate, estatePhases, importPhases } from '../../domain/flow/phases';
import { DomainError } from '../../domain/errors';
import { findFlowStanding, type FlowStanding } from '../../db/flows/flow-results';
import type { TenantTrx } from '../../db/connection/tenant';

/**
 * Where a flow stands, from its rows alone.
 *
 * @throws DomainError `FLOW_002` when the tenant has no such flow.
 */
export async function readFlowState(trx: TenantTrx, flowId: string): Promise<FlowState> {
  const flow = await findFlowStanding(trx, flowId);
  if (flow === undefined) throw new DomainError('FLOW_002', { flow_id: flowId });
  return {
    status: flow.flowStatus,
    pausedFrom: flow.pausedFrom,
    waitingFor: flow.waitingFor,
    imports: flow.imports.map((importId) => importState(flow, importId)),
    publishedEstatePhases: estatePhases.filter((phase) => flow.published.some((row) => row.phase === phase)),
    stopPending: flow.stopPending,
  };
}

function importState(flow: FlowStanding, importId: string): ImportState {
  const published = importPhases.filter((phase) =>
    flow.published.some((row) => row.phase === phase && row.importId === importId),
  );
  return { importId, publishedPhases: published, waitingFor: gateOf(flow, importId, published.length) };
}

/** The gate at which the first unpublished phase of an import stands, or null when that phase has to run. */
function gateOf(flow: FlowStanding, importId: string, publishedPhases: number): Gate | null {
  const phase = importPhases[publishedPhases];
  const isOpen = (gate: Gate, ofImport: string | null): boolean =>
    flow.gates.some((row) => row.gate === gate && row.importId === ofImport);
  if (phase === 'data_validation' && isOpen('profile_decisions', importId)) return 'profile_decisions';
  if (phase !== 'field_mapping' || !isOpen('mapping_approval', null)) return null;
  return flow.suggested.includes(importId) ? 'mapping_approval' : null;
}
